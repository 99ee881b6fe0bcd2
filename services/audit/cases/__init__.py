"""Case files: all facts about one thing with their proofs, to be checked by anybody, anywhere."""

from services.audit.cases.checking import Checked, checked
from services.audit.cases.giving import Cases
from services.audit.cases.making import CaseFile
from services.audit.cases.telling import Case
from services.audit.cases.unpacking import BrokenCase

__all__ = ["BrokenCase", "Case", "CaseFile", "Cases", "Checked", "checked"]
