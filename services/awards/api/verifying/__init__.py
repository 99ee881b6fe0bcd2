"""Whether a document is genuine and still holds: for anybody, without a token."""

from services.awards.api.verifying.finding import Finder
from services.awards.api.verifying.routes import routes

__all__ = ["Finder", "routes"]
