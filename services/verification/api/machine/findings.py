"""What the rules find in a dossier, in the reader's language: hints, decided by nobody."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from services.verification.api.machine.examining import Examiner
from services.verification.api.sight import Sight
from shared.events.base import Indicator, Key, Level
from shared.findings import Finding, Language, Severity, explain, language_of
from shared.http import Answer, Doors
from shared.identity import Access


def _tongue(
    accept_language: Annotated[str | None, Header(description="`en` or `id`.")] = None,
) -> Language:
    return language_of(accept_language)


InTongue = Annotated[Language, Depends(_tongue)]


class DossierFinding(Answer):
    """One finding. `holds` is the level that the indicator may fall to, of what costs points."""

    rule: str
    severity: Severity
    source: str
    indicator: Indicator | None
    field: str | None
    evidence_id: Key | None
    holds: Level | None
    sentence: str
    advice: str


class DossierFindings(Answer):
    """`unread` are papers that were not read yet: ask again."""

    items: tuple[DossierFinding, ...]
    unread: tuple[Key, ...]


def routes(doors: Doors, sight: Sight, examiner: Examiner) -> APIRouter:
    router = APIRouter(tags=["machine checks"])

    @router.get("/dossiers/{dossier_id}/findings", name="read_findings")
    async def read_findings(
        dossier_id: Key,
        response: Response,
        tongue: InTongue,
        access: Annotated[Access, doors.reads("read_findings")],
    ) -> DossierFindings:
        """By the rules that the agency saw before it handed in, with what others handed in now."""
        view = await sight.found(dossier_id, access, response)
        examined = await examiner.examined(view, access)
        items = tuple(_answer(each, tongue) for each in examined.findings)
        return DossierFindings(items=items, unread=examined.unread)

    return router


def _answer(finding: Finding, tongue: Language) -> DossierFinding:
    told = explain(finding, tongue)
    return DossierFinding(
        rule=finding.code,
        severity=finding.severity,
        source=finding.source,
        indicator=finding.indicator,
        field=finding.field,
        evidence_id=finding.evidence_id,
        holds=finding.holds,
        sentence=told.what,
        advice=told.how_to_mend,
    )
