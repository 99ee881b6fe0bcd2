"""What `inda audit` shows: tables of a replay and of a timeline."""

from typing import Any

from rich.table import Table

from deploy.cli.output import Column, listed, rupiah
from services.audit.outcome import ReportTold

Shows = tuple[Column, ...]

FINDING: Shows = (
    ("Sequence", "at_sequence"),
    ("Kind", "kind"),
    ("Subject", "subject"),
    ("What", "what"),
    ("Expected", "expected"),
    ("Found", "found"),
)
DIFFERENCE: Shows = (("Kind", "mismatch"), ("What", "what"))
DIGEST: Shows = (
    ("Service", "service"),
    ("View", "view"),
    ("Key", "key"),
    ("Version", "version"),
    ("Digest", "digest"),
)
MANY: Shows = (("Of", "of"), ("Documents", "documents"), ("Digest", "digest"))
FUND: Shows = (
    ("Fund", "fund_id"),
    ("Ceiling", lambda row: rupiah(row["ceiling_rupiah"])),
    ("Allocated", lambda row: rupiah(row["allocated_rupiah"])),
    ("Held", lambda row: rupiah(row["held_rupiah"])),
    ("Paid", lambda row: rupiah(row["paid_rupiah"])),
    ("Returned", lambda row: rupiah(row["returned_rupiah"])),
    ("Tax withheld", lambda row: rupiah(row["tax_withheld_rupiah"])),
)
COMPETITION: Shows = (
    ("Competition", "competition_id"),
    ("State", "state"),
    ("Version", "version"),
    ("Entries", "entries"),
    ("Minutes signed", "signatures"),
    ("Objections", "objections"),
    ("Granted", "granted"),
    ("Dismissed", "dismissed"),
    ("Lapsed", "lapsed"),
    ("Doubts", "doubts"),
    ("Upheld", "doubts_upheld"),
    ("Doubts lapsed", "doubts_lapsed"),
    ("Documents", "documents"),
)
TABLE: Shows = (("Tax table", "table_id"), ("Digest", "digest"))
REVIEWS: Shows = (
    ("Season", "season_id"),
    ("Reviews ended", "ended"),
    ("Drawn", "drawn"),
    ("By sample", "sample"),
    ("Large change", "large_change"),
    ("Rejection", "rejection"),
    ("Decided", "decided"),
    ("Agreeing", "agreeing"),
    ("Disputed", "disputed"),
    ("Resolved", "resolved"),
)
PLACE: Shows = (
    ("Competition", "competition_id"),
    ("Version", "version"),
    ("Category", "category"),
    ("Rank", "rank"),
    ("Innovation", "innovation_id"),
    ("Score", "final_score"),
)
ENTRY: Shows = (
    ("Sequence", "sequence"),
    ("When", "at"),
    ("Who", "by"),
    ("Fact", "fact"),
    ("Version", "version"),
    ("Because of", "causation_id"),
)
WAITING: Shows = (
    ("Since sequence", "cause_sequence"),
    ("Reaction", "reaction"),
    ("Subject", "subject"),
)


def tables_of(report: ReportTold) -> list[Table]:
    plain = report.model_dump(mode="json")
    places = [
        {**place, "competition_id": each["competition_id"], "version": each["version"]}
        for each in plain["competitions"]
        for place in each["places"]
    ]
    competitions = [{**each, **each["disputes"]} for each in plain["competitions"]]
    rows: tuple[tuple[str, list[Any], Shows], ...] = (
        ("Digests", plain["digests"], DIGEST),
        ("Digests of projections", plain["projections"], MANY),
        ("Digests of kinds of aggregates", plain["kinds"], MANY),
        ("Quality checks", plain["reviews"], REVIEWS),
        ("Competitions", competitions, COMPETITION),
        ("Results", places, PLACE),
        ("Funds", plain["funds"], FUND),
        ("Tax tables", plain["tax_tables"], TABLE),
        ("Not answered yet", plain["outstanding"], WAITING),
        (_counted("Findings", report.finding_count, plain["findings"]), plain["findings"], FINDING),
        (
            _counted("Differences", report.difference_count, plain["differences"]),
            plain["differences"],
            DIFFERENCE,
        ),
    )
    return [listed(found, *columns, title=title) for title, found, columns in rows if found]


def _counted(title: str, number: int, shown: list[Any]) -> str:
    return title if number == len(shown) else f"{title}: the first {len(shown)} of {number}"
