"""`inda scenarios`: other prize tables beside the announced one, before anything is signed."""

from collections.abc import Iterator

from rich.table import Table

from deploy.cli.arguments import BodyFile, Competition, body_of
from deploy.cli.client import Document
from deploy.cli.output import Column, Record, detailed, listed, money
from deploy.cli.session import Session, writing

HEAD: tuple[Column, ...] = (
    ("Results (version)", "results_version"),
    ("Tax table", "tax_table"),
    ("Recipients assumed for", "assumed"),
)
SUM: tuple[Column, ...] = (
    ("Scenario", "name"),
    ("Sum", money("total_rupiah")),
    ("Fits", "fits"),
    ("Why not", "refused.detail"),
)
FUND: tuple[Column, ...] = (
    ("Fund", "fund_id"),
    ("Asked", money("asked_rupiah")),
    ("Tax", money("tax_rupiah")),
    ("Net", money("net_rupiah")),
    ("Available", money("available_rupiah")),
    ("Missing", money("missing_rupiah")),
    ("More than by the rules", money("difference_rupiah")),
)
CHANGE: tuple[Column, ...] = (
    ("Category", "category"),
    ("Innovation", "innovation_id"),
    ("By the rules", money("rules_rupiah")),
    ("By this", money("scenario_rupiah")),
)


@writing
def compare_scenarios(session: Session, competition_id: Competition, file: BodyFile) -> None:
    """Compare other prize tables with the announced one; nothing is stored.

    The JSON file: {"scenarios": [{"name": "hemat", "ties"?, "cap_per_recipient_rupiah"?,
    "categories": {"skpd": {"prizes"?: [...], "pools"?: [...]}}}]}. What is left out stays as it
    was announced. The results must be drafted.
    """
    path = f"/competitions/{competition_id}/scenarios"
    found = session.api("awards").post(path, body_of(file))
    session.out.answer(found, *_tables(found))


def _tables(found: Document) -> Iterator[Table]:
    yield detailed(found, *HEAD)
    yield listed(found["scenarios"], *SUM)
    for each in found["scenarios"]:
        if each["funds"]:
            yield listed(each["funds"], *FUND, title=_title(each))
        if each["changes"]:
            yield listed(each["changes"], *CHANGE, title=f"What {each['name']} changes")


def _title(scenario: Record) -> str:
    return f"{scenario['name']}, fund by fund"
