"""The dossier as people see it. Pure."""

from services.verification.projections.folding import DOSSIERS, fold
from services.verification.projections.views import DossierStatus, DossierView, IndicatorRow

PROJECTIONS = (DOSSIERS,)

__all__ = ["DOSSIERS", "PROJECTIONS", "DossierStatus", "DossierView", "IndicatorRow", "fold"]
