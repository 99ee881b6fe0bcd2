"""The pre-flight over HTTP: what the verifier will find, told while there is time to mend it."""

from services.submission.api.preflight.neighbours import Neighbourhood
from services.submission.api.preflight.routes import routes

__all__ = ["Neighbourhood", "routes"]
