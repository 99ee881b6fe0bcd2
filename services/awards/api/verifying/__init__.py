"""Whether a document is genuine and still holds: for anybody, without a token."""

from services.awards.api.verifying.finding import Finder
from services.awards.api.verifying.proving import Proofs
from services.awards.api.verifying.results import results_routes
from services.awards.api.verifying.routes import routes

__all__ = ["Finder", "Proofs", "results_routes", "routes"]
