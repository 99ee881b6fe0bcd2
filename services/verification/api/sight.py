"""A dossier as the asking person may see it, and the evidence that it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from fastapi import Response

from services.verification.api.queue.asking import thing
from services.verification.projections import DossierView
from shared.accesses import Openings
from shared.errors import NotFound
from shared.events.access import How
from shared.events.base import Digest
from shared.events.submission import EvidenceItem, FileEvidence
from shared.http import show_version
from shared.identity import Access, Caller, Relation
from shared.projector import bare
from shared.views import Collection


class Ties(Protocol):
    async def of(self, caller: Caller) -> tuple[str, ...]:
        """The agencies that the person is tied to beside their own."""
        ...


@dataclass(frozen=True, slots=True)
class Sight:
    """Whoever is tied to a dossier does not see it, and does not learn that it is there.

    Whoever opens a document of one does so on the record.
    """

    view: Collection
    ties: Ties
    openings: Openings

    async def found(self, dossier_id: str, access: Access, response: Response) -> DossierView:
        """The dossier, with its version told in the answer. Raises `NotFound`."""
        document = await self.view.get(dossier_id)
        if document is None or document["round"] == 0:
            raise _hidden()
        shown = DossierView.model_validate(bare(document))
        if not await self.seen(access, (shown,)):
            raise _hidden()
        show_version(response, document["version"], document["sequence"])
        return shown

    async def opened(self, shown: DossierView, sha256: str, access: Access, how: How) -> None:
        """Records it; only then may the document be shown. Raises `Unavailable`."""
        await self.openings.record(access, sha256, shown.dossier_id, how)

    async def seen(self, access: Access, views: Iterable[DossierView]) -> frozenset[str]:
        """Those of the dossiers that the person may see."""
        allowed = [each for each in views if access.may(thing(each))]
        if not allowed or Relation.UNCONFLICTED not in access.relations:
            return frozenset(each.dossier_id for each in allowed)
        ties = frozenset(await self.ties.of(access.caller))
        return frozenset(each.dossier_id for each in allowed if not ties & {*each.agency_path})


def shown_file(view: DossierView, sha256: Digest) -> tuple[EvidenceItem, FileEvidence]:
    """The file of the manifest that was taken in, by its letter where it has one. NotFound for
    all else.
    """
    items = [each for each in view.manifest if each.accepted and each.content.sha256 == sha256]
    if not items:
        raise NotFound("evidence_unknown", "The dossier shows no such evidence.")
    with_letter = [each for each in items if each.letter is not None]
    item = (with_letter or items)[0]
    if not isinstance(item.content, FileEvidence):
        raise NotFound("evidence_without_file", "There is no file to this evidence.")
    return item, item.content


def _hidden() -> NotFound:
    return NotFound("not_found", "There is no such dossier, or none that you may see.")
