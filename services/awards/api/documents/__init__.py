"""Documents of a competition: issued once by digest, kept, and made again from the history."""

from services.awards.api.documents.gathering import Gathering
from services.awards.api.documents.keeping import Archive
from services.awards.api.documents.office import Office
from services.awards.api.documents.routes import Shelf, routes

__all__ = ["Archive", "Gathering", "Office", "Shelf", "routes"]
