"""Evidence over HTTP: told anew, taken in, withdrawn, downloaded. The bytes never pass here."""

from collections.abc import Mapping
from typing import Annotated, Any

import structlog
from fastapi import APIRouter

from services.submission.api.bodies import ReasonRequest
from services.submission.api.clocks import InTongue, Tongue
from services.submission.api.declarations import Indicators, ordered
from services.submission.api.desk import Desk, Held, InnovationWritten
from services.submission.api.intake import Giver, Intake, Taken, Taking, Told
from services.submission.api.texts import Choice, LetterBody
from services.submission.domain.commands import ReviseEvidence, WithdrawEvidence
from shared.accesses import Openings
from shared.documents import Documents, explain
from shared.errors import NotFound, Stale, Unavailable
from shared.events.base import Key
from shared.events.submission import EvidenceItem, FileEvidence
from shared.history import Outcome
from shared.http import Answer, Ask, Body, Doors, show_version
from shared.identity import Access

log = structlog.get_logger("evidence")

ADVICE: Mapping[Tongue, Mapping[Taken, str]] = {
    "id": {
        "held": "Berkas sudah sampai dan menunggu pemindai virus. Pemeriksaan diulang dengan"
        " sendirinya; Anda tidak perlu mengunggah lagi.",
        "incomplete": "Berkas belum lengkap sampai. Lanjutkan unggahan yang kurang, lalu minta"
        " pemeriksaan lagi.",
        "received": "Berkas sudah lengkap sampai. Ini hanya uji coba: berkas belum diperiksa.",
    },
    "en": {
        "held": "The file is here and waits for the virus scanner. It is tried again by itself;"
        " there is no need to upload it again.",
        "incomplete": "The file is not here as a whole. Upload what is missing, then have it taken"
        " in again.",
        "received": "The whole file is here. This was only a dry run: it has not been judged.",
    },
}


class RevisionRequest(Body):
    """What the evidence is shown for, and its letter, told anew; the file stays the same."""

    evidence_kind: Choice
    indicators: Indicators = ()
    letter: LetterBody | None = None


class IntakeAnswer(Answer):
    """What became of the file: `accepted`; `refused` by `rule`, whose parameters are in `detail`;
    `held` until the virus scanner answers; `incomplete`, with the numbers of the parts that are
    `missing`. `advice` tells what to do. A dry run judges nothing: `received` or `incomplete`.
    """

    evidence_id: str
    version: int
    sequence: int
    outcome: Taken
    rule: str | None
    detail: Mapping[str, str]
    advice: str | None
    missing: tuple[int, ...]
    training: bool
    dry_run: bool = False


class Download(Answer):
    url: str


def routes(
    doors: Doors, desk: Desk, intake: Intake, documents: Documents, openings: Openings
) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}/evidence", tags=["evidence"])

    @router.put("/{evidence_id}", name="revise_evidence")
    async def revise_evidence(
        innovation_id: Key,
        evidence_id: Key,
        body: RevisionRequest,
        ask: Annotated[Ask, doors.writes("revise_evidence", if_match=True)],
    ) -> InnovationWritten:
        drafted = (await desk.held(ask, innovation_id)).drafted
        command = ReviseEvidence(
            by=ask.by,
            at=ask.at,
            edition=desk.edition_of(drafted.edition_id),
            evidence_id=evidence_id,
            indicators=ordered(body.indicators),
            evidence_kind=body.evidence_kind,
            letter=None if body.letter is None else body.letter.letter(),
        )
        try:
            outcome = await ask.send(desk.innovations, innovation_id, command)
        except Stale as stale:
            held = await desk.held(ask, innovation_id, fresh=True)
            current = held.content.evidence.get(evidence_id)
            raise stale.with_texts(body.model_dump(mode="json"), _text(current)) from None
        return await desk.written(ask, outcome, drafted)

    @router.post("/{evidence_id}/intake", name="take_in_evidence")
    async def take_in_evidence(
        innovation_id: Key,
        evidence_id: Key,
        tongue: InTongue,
        ask: Annotated[Ask, doors.writes("take_in_evidence")],
    ) -> IntakeAnswer:
        """Has the uploaded file judged and kept. Safe to ask again, whatever the answer was."""
        drafted = (await desk.held(ask, innovation_id)).drafted
        await desk.clock(ask.response, drafted.season_id, drafted.agency_path)

        async def send(command: Taking) -> Outcome[Any]:
            return await ask.send(desk.innovations, innovation_id, command)

        if ask.dry_run:
            told = await intake.rehearse(innovation_id, evidence_id, ask.at)
        else:
            told = await intake.take_in(innovation_id, evidence_id, Giver(ask.at, send, ask.by))
        show_version(ask.response, told.version, told.sequence)
        return IntakeAnswer(
            evidence_id=evidence_id,
            version=told.version,
            sequence=told.sequence,
            outcome=told.outcome,
            rule=told.rule,
            detail=told.detail,
            advice=_advice(told, tongue),
            missing=told.missing,
            training=drafted.training,
            dry_run=ask.dry_run,
        )

    @router.post("/{evidence_id}/withdrawal", name="withdraw_evidence")
    async def withdraw_evidence(
        innovation_id: Key,
        evidence_id: Key,
        body: ReasonRequest,
        ask: Annotated[Ask, doors.writes("withdraw_evidence")],
    ) -> InnovationWritten:
        drafted = (await desk.held(ask, innovation_id)).drafted
        command = WithdrawEvidence(ask.by, ask.at, evidence_id, body.reason)
        outcome = await ask.send(desk.innovations, innovation_id, command)
        if not ask.dry_run:
            await _cleared(documents, evidence_id)
        return await desk.written(ask, outcome, drafted)

    @router.get("/{evidence_id}/download", name="download_evidence")
    async def download_evidence(
        innovation_id: Key,
        evidence_id: Key,
        access: Annotated[Access, doors.reads("download_evidence")],
    ) -> Download:
        """A short-lived address. Only of what this very innovation had taken in: to know another
        file's digest is not to have it, and what is in quarantine nobody reads. That you were
        given it is recorded first.
        """
        file = _accepted(await desk.held(access, innovation_id), evidence_id)
        if file is None:
            # It may have been taken in after what is remembered here.
            file = _accepted(await desk.held(access, innovation_id, fresh=True), evidence_id)
        if file is None or not await documents.exists(file.sha256):
            raise NotFound("evidence_not_accepted", "No such file has been taken in.")
        await openings.record(access, file.sha256, innovation_id, "link")
        return Download(url=documents.download_link(file.sha256, file.file_name, file.media_type))

    return router


def _accepted(held: Held, evidence_id: str) -> FileEvidence | None:
    item = held.content.evidence.get(evidence_id)
    if item is None or not item.accepted or not isinstance(item.content, FileEvidence):
        return None
    return item.content


def _text(item: EvidenceItem | None) -> Mapping[str, object] | None:
    return None if item is None else item.model_dump(mode="json", include=_TOLD)


_TOLD = {"evidence_kind", "indicators", "letter"}


def _advice(told: Told, tongue: Tongue) -> str | None:
    if told.rule is not None:
        return explain(told.rule, told.detail, tongue)
    return ADVICE[tongue].get(told.outcome)


async def _cleared(documents: Documents, evidence_id: str) -> None:
    try:
        await documents.discard(evidence_id)
    except Unavailable as error:
        # It is withdrawn; what was uploaded is removed later, when nobody declares it.
        log.warning("upload left behind", evidence=evidence_id, reason=error.code)
