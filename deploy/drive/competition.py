"""A whole competition through the APIs: judged, disputed, determined, paid, proven on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from deploy.drive.contest import Contest
from deploy.drive.disputes import (
    determine_and_publish,
    draft_results,
    end_of_windows,
    hear_objections,
    hold_public_test,
)
from deploy.drive.judging import announce, judge
from deploy.drive.papers import Paper, Proven, export, fetch_papers, issue_papers, prove, published
from deploy.drive.paying import ledger, pay_all
from deploy.drive.rewarding import Weighed, compare, name_recipients, settle_taxes
from shared.wita import WITA, today_in_wita

PAID_WITHIN = timedelta(days=21)
"""All windows of the rules end within this, also around the long holidays."""
Bend = Callable[[datetime], None]
"""Sets the clock of all services ahead to a moment."""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it, as the services tell; `files` are those of the papers by their ids."""

    scenarios: tuple[Weighed, ...]
    published: dict[str, Any]
    funds: list[dict[str, Any]]
    papers: tuple[Paper, ...]
    files: dict[str, bytes]
    proven: Proven
    open_data: list[dict[str, Any]]


def fiscal_year_of(now: datetime) -> int:
    """The year in which the prizes of a competition that begins now are paid."""
    return today_in_wita(now + PAID_WITHIN).year


def clock_bent_by(file: Path) -> Bend:
    """Through the file in which services read by how much they are ahead."""

    def bend(moment: datetime) -> None:
        ahead = moment - datetime.now(UTC)
        file.write_text(str(int(ahead.total_seconds()) + 1))

    return bend


async def play_competition(contest: Contest, bend: Bend, say: Say) -> Played:
    """From its announcement to its documents."""
    say("judging: three categories, two rounds each, sealed scores, a third reading")
    await settle_taxes(contest)
    await announce(contest)
    await judge(contest)
    await draft_results(contest)
    say("signing minutes, hearing objections and a doubt, letting both windows pass")
    await hear_objections(contest)
    await hold_public_test(contest)
    await name_recipients(contest)
    scenarios = await compare(contest)
    paid_on = await _moment_of_payment(contest)
    bend(paid_on)
    today = today_in_wita(paid_on)
    await determine_and_publish(contest, today)
    say("paying uang pembinaan: allocated, held, released, approved by another, paid")
    await pay_all(contest, today)
    funds = await ledger(contest)
    say("issuing documents, and verifying one as anybody may")
    papers = await issue_papers(contest, funds, (await published(contest, ()))["ranking"])
    files = await fetch_papers(contest, papers)
    return Played(
        scenarios=scenarios,
        published=await published(contest, papers),
        funds=funds,
        papers=papers,
        files=files,
        proven=await prove(contest, papers[0], files[papers[0].document_id]),
        open_data=await export(contest),
    )


async def _moment_of_payment(contest: Contest) -> datetime:
    """After the windows, and not before the year of the funds begins."""
    year = contest.plan.rules.fiscal_year
    assert year is not None
    return max(await end_of_windows(contest), datetime(year, 1, 1, 0, 1, tzinfo=WITA))
