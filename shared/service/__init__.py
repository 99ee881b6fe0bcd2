"""One service as one process: its adapters, its API and its consumers in one lifespan."""

from shared.service.build import Service, Work
from shared.service.clock import utc_now
from shared.service.inspection import INSPECTION
from shared.service.ticking import Tick, Ticked

__all__ = ["INSPECTION", "Service", "Tick", "Ticked", "Work", "utc_now"]
