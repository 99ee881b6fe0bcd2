"""Stream, log, archive, documents and read models against one another: the first difference."""

from services.audit.checking.archive import check_archive
from services.audit.checking.archived import Archived
from services.audit.checking.difference import (
    PARTS,
    Checked,
    Difference,
    Differs,
    Part,
    Tally,
    Unasked,
    Watch,
    ended,
)
from services.audit.checking.documents import USUAL_BUCKETS, Vault, check_documents
from services.audit.checking.log import Kept, check_log, head_of
from services.audit.checking.named import FILE_SUBJECTS, NamedFile, files_in
from services.audit.checking.sealed import Sealed
from services.audit.checking.shapes import FirstDifference, Fsck, PartTold, fsck_of
from services.audit.checking.stream import check_stream
from services.audit.checking.views import check_views

__all__ = [
    "FILE_SUBJECTS",
    "PARTS",
    "USUAL_BUCKETS",
    "Archived",
    "Checked",
    "Difference",
    "Differs",
    "FirstDifference",
    "Fsck",
    "Kept",
    "NamedFile",
    "Part",
    "PartTold",
    "Sealed",
    "Tally",
    "Unasked",
    "Vault",
    "Watch",
    "check_archive",
    "check_documents",
    "check_log",
    "check_stream",
    "check_views",
    "ended",
    "files_in",
    "fsck_of",
    "head_of",
]
