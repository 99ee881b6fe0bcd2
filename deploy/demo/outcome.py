"""What the demo came to: the one last line, and what is short of the whole job."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from deploy.demo.checking import Checked
from deploy.drive.competition import Played

CATEGORIES = 3
KINDS = {"minutes", "decree_annex", "certificate", "payment_list", "tax_slip", "spd_12_evidence"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of innovations, what came of the competition, and what the replay said."""

    drafted: int
    submitted: int
    verified: int
    scored: int
    played: Played
    replay: Mapping[str, Any]
    checked: Checked

    @property
    def awarded(self) -> int:
        paid = (each for fund in self.played.funds for each in fund["allocations"])
        return len({each["innovation_id"] for each in paid})

    @property
    def allocated_rupiah(self) -> int:
        return sum(int(fund["allocated_rupiah"]) for fund in self.played.funds)

    @property
    def ceiling_rupiah(self) -> int:
        return sum(int(fund["ceiling_rupiah"]) for fund in self.played.funds)

    @property
    def is_identical(self) -> bool:
        return bool(self.replay["is_identical"])


def rupiah(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def last_line(outcome: Outcome) -> str:
    verdict = "identical" if outcome.is_identical else "different"
    return (
        f"demo: {outcome.submitted} innovations submitted, {outcome.verified} verified,"
        f" {outcome.scored} scored, {outcome.awarded} awarded,"
        f" Rp {rupiah(outcome.allocated_rupiah)} allocated of Rp {rupiah(outcome.ceiling_rupiah)},"
        f" {outcome.replay['events']} events, replay {verdict}"
    )


def shortcomings(outcome: Outcome) -> Iterator[str]:
    """What the demo must show and did not."""
    for name in ("submitted", "verified", "scored"):
        if getattr(outcome, name) != outcome.drafted:
            yield f"{getattr(outcome, name)} of {outcome.drafted} innovations were {name}"
    yield from _short_of_results(outcome.played)
    yield from _short_of_money(outcome.played)
    yield from _short_of_papers(outcome.played)
    if not outcome.is_identical:
        yield "the replay differs from what the services serve"
    yield from _short_of_proofs(outcome)


def _short_of_results(played: Played) -> Iterator[str]:
    published = played.published
    categories = {place["category"] for place in published["ranking"]}
    if len(categories) != CATEGORIES:
        yield f"{len(categories)} categories have results, not {CATEGORIES}"
    if published["version"] != 2 or len(published["versions"]) != 2:
        yield "the granted objection did not make version 2 of the results"
    if len(published["disqualified"]) != 1:
        yield f"{len(published['disqualified'])} entries were disqualified, not 1"
    if published["public_test"]["refuted"] != 1:
        yield "the doubt of the public test was not refuted"
    if len(played.open_data) != len(published["ranking"]):
        yield f"the open data has {len(played.open_data)} places, not those of the results"


def _short_of_money(played: Played) -> Iterator[str]:
    for fund in played.funds:
        ceiling, allocated = fund["ceiling_rupiah"], fund["allocated_rupiah"]
        if not 0 < allocated <= ceiling:
            yield f"the fund {fund['fund_id']} allocated {allocated}"
        if fund["paid_rupiah"] != allocated:
            yield f"the fund {fund['fund_id']} paid {fund['paid_rupiah']}"
        if sum(each["amount_rupiah"] for each in fund["allocations"]) != allocated:
            yield f"the allocations of the fund {fund['fund_id']} do not sum to {allocated}"
    if all(each.missing_rupiah == 0 for each in played.scenarios):
        yield "no scenario asked for one prize too many"


def _short_of_papers(played: Played) -> Iterator[str]:
    missing = KINDS - {each.kind for each in played.papers}
    if missing:
        yield f"no document was issued of {', '.join(sorted(missing))}"
    if not played.proven.is_genuine:
        yield "a document does not verify"
    if played.proven.is_altered_copy_genuine:
        yield "an altered copy of a document verifies"


def _short_of_proofs(outcome: Outcome) -> Iterator[str]:
    checked = outcome.checked
    if checked.size < outcome.replay["last_sequence"]:
        yield f"the log holds {checked.size} of {outcome.replay['last_sequence']} events"
    if not checked.is_sound:
        yield "inda audit fsck found a difference"
    if checked.replay["digest"] != outcome.replay["digest"]:
        yield "the archive replays to another digest than the stream"


def results_json(outcome: Outcome) -> str:
    """What was published, the ledgers and the replay, as the services told them."""
    played = asdict(outcome.played)
    del played["files"]
    checked = asdict(outcome.checked)
    told = {"line": last_line(outcome), **played, "replay": outcome.replay, "checked": checked}
    return json.dumps(told, indent=2, ensure_ascii=False)
