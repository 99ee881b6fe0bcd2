"""Accepting several indicators at once, or all that are trivially good."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from fastapi import APIRouter

from services.verification.api.machine.examining import Examined, Examiner
from services.verification.api.reviews.bodies import AcceptanceRequest
from services.verification.api.reviews.desk import Desk
from services.verification.domain.commands import AcceptIndicators, Granting
from services.verification.domain.states import Case, InReview, UnderCheck
from services.verification.domain.verdicts import shown_for
from services.verification.projections import DossierView
from shared.errors import Refused, Unavailable
from shared.events.base import Key
from shared.events.verification import DossierEvent, IndicatorDecided, IndicatorRechecked
from shared.findings import Severity
from shared.history import Outcome
from shared.http import Answer, Ask, Doors, Written
from shared.projector import bare
from shared.views import Collection

Why = Literal["already_decided", "evidence_missing", "finding", "evidence_unread"]
GRAVE: Final = frozenset[Severity]({"blocks", "costs"})
"""Findings that a person must look at before anything is granted."""


class Left(Answer):
    """What a person must decide one by one.

    `why`: it has a verdict, it shows no evidence, the machine found something there, or could
    not read a paper of it yet.
    """

    indicator: str
    why: Why


class Accepted(Written):
    accepted: tuple[str, ...]
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """The claimed indicators: what to accept, and why not the others."""

    verdicts: tuple[Granting, ...] = ()
    left: Mapping[str, Why] = field(default_factory=dict[str, Why])


def routes(doors: Doors, desk: Desk, view: Collection, examiner: Examiner) -> APIRouter:
    router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["review"])

    async def sorted_out(ask: Ask, body: AcceptanceRequest, dossier_id: str) -> Sorted:
        state = (await desk.dossiers.state(dossier_id)).state
        if not isinstance(state, InReview | UnderCheck):
            return Sorted()
        if body.indicators is not None:
            return Sorted(tuple(_as_claimed(each, state.case) for each in body.indicators))
        await desk.require(ask, dossier_id)
        return trivially_good(state, await examined(dossier_id, state.case.round))

    async def examined(dossier_id: str, round: int) -> Examined:
        """Claims and evidence change with a round, and with nothing else."""
        document = await view.get(dossier_id)
        if document is None or document["round"] != round:
            raise Unavailable("view_behind", "The dossier is not shown as it is yet; ask again.")
        return await examiner.examined(DossierView.model_validate(bare(document)))

    @router.post("/acceptances", name="accept_indicators")
    async def accept_indicators(
        dossier_id: Key,
        body: AcceptanceRequest,
        ask: Annotated[Ask, doors.writes("accept_indicators", if_match=True)],
    ) -> Accepted:
        """Grants what was claimed, for all of these indicators or for none."""
        found = await sorted_out(ask, body, dossier_id)
        command = AcceptIndicators(
            **await desk.who(ask),
            token=body.token,
            lease_seconds=desk.terms.lease_seconds,
            verdicts=found.verdicts,
        )
        try:
            outcome = await desk.send(ask, dossier_id, command, body)
        except Refused as no:
            raise _with_left(no, found.left) from None
        return _accepted(ask, outcome, found)

    return router


def trivially_good(state: InReview | UnderCheck, examined: Examined) -> Sorted:
    """Undecided, with evidence that was read and nothing grave found on it. Pure."""
    verdicts: list[Granting] = []
    left: dict[str, Why] = {}
    for indicator in state.case.claimed:
        why = _why(indicator, state, examined)
        if why is None:
            verdicts.append(_as_claimed(indicator, state.case))
        else:
            left[indicator] = why
    return Sorted(tuple(verdicts), left)


def _why(indicator: str, state: InReview | UnderCheck, examined: Examined) -> Why | None:
    standing = state.case if isinstance(state, InReview) else state.check
    if standing.verdict(indicator) is not None:
        return "already_decided"
    shown = {
        item.evidence_id
        for item in state.case.manifest
        if item.accepted and indicator in item.indicators
    }
    if not shown:
        return "evidence_missing"
    grave = (each for each in examined.findings if each.severity in GRAVE)
    if any(each.indicator == indicator or each.evidence_id in shown for each in grave):
        return "finding"
    if shown & set(examined.unread):
        return "evidence_unread"
    return None


def _as_claimed(indicator: str, case: Case) -> Granting:
    """What is not claimed is refused when it is decided on."""
    claim = case.claim(indicator)
    return Granting(
        indicator=indicator,
        granted_level=0 if claim is None else claim.level,
        evidence=shown_for(indicator, case.manifest),
        basis=None if claim is None else claim.basis,
    )


def _with_left(no: Refused, left: Mapping[str, Why]) -> Refused:
    """Where there is nothing to accept, why not."""
    if no.code != "nothing_to_accept" or not left:
        return no
    told = tuple(f"{indicator}: {why}" for indicator, why in left.items())
    return Refused(no.code, "No indicator is trivially good; decide them one by one.", left=told)


def _accepted(ask: Ask, outcome: Outcome[DossierEvent], found: Sorted) -> Accepted:
    """A retry is answered from the facts of the first time."""
    accepted = tuple(
        fact.verdict.indicator
        for fact in outcome.facts
        if isinstance(fact, IndicatorDecided | IndicatorRechecked)
    )
    left = (
        Left(indicator=indicator, why=why)
        for indicator, why in found.left.items()
        if indicator not in accepted
    )
    written = ask.written(outcome)
    return Accepted(**written.model_dump(), accepted=accepted, left=tuple(left))
