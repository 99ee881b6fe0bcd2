"""What a season's competitions give as evidence for indicator 12 of the index. Pure.

Never a level: which parameter it supports is said, and that the innovation office decides.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from services.awards.api.papers.contest import Contest
from services.awards.api.papers.labels import MONEY, TITLES
from services.awards.api.papers.past import Past
from shared.editions import Unpublished, load
from shared.events.awards import (
    CompetitionAnnounced,
    DocumentIssued,
    MinutesSigned,
    ObjectionFiled,
    ObjectionWindowOpened,
    PublicTestOpened,
    ResultsDrafted,
)
from shared.events.base import Fact, Recorded
from shared.papers import rupiah, rupiah_in_words
from shared.wita import long_date, long_moment

EDITION: Final = "2026-r1"
INDICATOR: Final = "SPD-12"
DECISION: Final = (
    "Dokumen ini hanya mengumpulkan bukti. Parameter mana yang dipenuhi diputuskan oleh badan yang"
    " membidangi riset dan inovasi daerah, dan diisikan olehnya dengan menyebut sumber; sistem"
    " tidak menetapkan parameter."
)


def told(contest: Contest) -> dict[str, Any]:
    """All competitions of the season of `contest` that have results."""
    season = contest.fact.season_id
    contests = list(_contests(contest.past, season))
    certificates = [row for each in contests for row in _certificates(each)]
    money = [row for each in contests for row in _money(each)]
    total = sum(row["rupiah"] for row in money)
    control = [row for each in contests for row in _control(each)]
    return {
        "title": TITLES["spd_12_evidence"],
        "season": season,
        "indicator": _indicator(),
        "decision": DECISION,
        "supports": _supports(_indicator()["parameters"], certificates, money),
        "competitions": [_competition(each) for each in contests],
        "certificates": certificates,
        "money": money,
        "total": {"rupiah": total, "amount": rupiah(total), "words": rupiah_in_words(total)},
        "control": control,
        "source": {"event": contest.results.id, "sequence": contest.results.sequence},
    }


@cache
def _indicator() -> dict[str, Any]:
    """The parameters as the instrument words them."""
    rows = load(EDITION).spd
    assert not isinstance(rows, Unpublished)
    row = next(each for each in rows if each.code == INDICATOR)
    return {
        "edition": EDITION,
        "name": f"{row.iid_no}. {row.name_id}",
        "parameters": list(row.levels) if not isinstance(row.levels, Unpublished) else [],
    }


def _contests(past: Past, season: str) -> Iterable[Contest]:
    for event in past.all(CompetitionAnnounced, season_id=season):
        key = event.fact.competition_id
        if past.last(ResultsDrafted, competition_id=key) is not None:
            yield Contest(past, key)


def _competition(contest: Contest) -> list[str]:
    decree = contest.determined
    if decree is None:
        return [contest.fact.name, "belum ditetapkan", "", contest.results.id]
    fact = decree.fact
    return [contest.fact.name, fact.decree_number, long_date(fact.decree_date), decree.id]


def _certificates(contest: Contest) -> Iterable[list[str]]:
    """The newest of each innovation."""
    issued = contest.past.all(
        DocumentIssued, competition_id=contest.competition_id, kind="certificate"
    )
    newest = {event.fact.about: event for event in issued}
    for innovation, event in newest.items():
        title = contest.title(innovation or "")
        yield [title, contest.fact.name, event.fact.document_id, event.id]


def _money(contest: Contest) -> Iterable[dict[str, Any]]:
    """`ids` are the facts of allocation and payment."""
    number = "" if contest.determined is None else contest.determined.fact.decree_number
    for payment in contest.living:
        paid = payment.paid
        gift = payment.money.in_kind
        yield {
            "innovation": contest.title(payment.money.innovation_id),
            "label": f"{payment.money.label}{f' ({gift})' if gift else ''}",
            "decree": number,
            "rupiah": payment.money.amount_rupiah,
            "amount": rupiah(payment.money.amount_rupiah),
            "state": MONEY[payment.state],
            "sp2d": ""
            if paid is None
            else f"{paid.fact.reference}, {long_date(paid.fact.paid_on)}",
            "ids": [payment.allocated.id, *(() if paid is None else (paid.id,))],
        }


def _control(contest: Contest) -> Iterable[list[str]]:
    """Rules fixed beforehand, signed minutes, objections, the public test: what happened of it."""
    name, past, key = contest.fact.name, contest.past, contest.competition_id
    yield [name, "Aturan dibekukan saat diumumkan", contest.fact.rules_digest, contest.announced.id]
    steps: Sequence[tuple[str, type[Fact]]] = (
        ("Hasil disusun dalam berita acara", ResultsDrafted),
        ("Berita acara ditandatangani", MinutesSigned),
        ("Masa sanggah dibuka", ObjectionWindowOpened),
        ("Uji publik dibuka", PublicTestOpened),
        ("Sanggahan diajukan", ObjectionFiled),
    )
    for step, kind in steps:
        found: list[Recorded[Fact]] = past.all(kind, competition_id=key)
        for event in found:
            yield [name, step, long_moment(event.fact.at), event.id]


def _supports(
    parameters: Sequence[str], certificates: Sequence[object], money: Sequence[dict[str, Any]]
) -> str:
    """The parameter whose words the evidence would meet; only ever as a possibility."""
    is_paid = any(each["sp2d"] for each in money)
    met = [bool(certificates), bool(certificates) and is_paid]
    reached = [text for text, is_met in zip(parameters, met, strict=False) if is_met]
    if not reached:
        return "Belum ada piagam yang diterbitkan: belum ada parameter yang didukung."
    beyond = (
        " Bersama catatan pengendalian di bawah, dapat pula diajukan untuk parameter"
        f' "{parameters[-1]}".'
        if is_paid
        else " Belum ada insentif yang dibayar."
    )
    return f'Menurut bunyi instrumen, bukti ini dapat mendukung parameter "{reached[-1]}".{beyond}'
