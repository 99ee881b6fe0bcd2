"""The rules of the pre-flight held against a dossier: hints for verifiers, decisions never."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import assert_never

from services.verification.api.machine.neighbours import Likeness, Neighbourhood
from services.verification.api.sight import Sight
from services.verification.projections import DossierView, IndicatorRow
from shared.contents import Readings
from shared.editions import Edition
from shared.errors import NotFound, Refused
from shared.events.submission import Claim
from shared.events.verification import Subject
from shared.findings import Case, Finding, Neighbour, examine
from shared.identity import Access

EditionOf = Callable[[str], Edition]


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, and the evidence ids of papers that were not read yet: ask again."""

    findings: tuple[Finding, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examiner:
    """Reads, never writes but to the cache of texts."""

    edition_of: EditionOf
    readings: Readings
    neighbourhood: Neighbourhood
    sight: Sight

    async def findings(
        self, view: DossierView, access: Access | None = None
    ) -> tuple[Finding, ...]:
        """As `examined`; what no machine could read yet has no findings."""
        return (await self.examined(view, access)).findings

    async def examined(self, view: DossierView, access: Access | None = None) -> Examined:
        """Other dossiers are named only where `access` shows them; without it none is.

        Refused where the dossier's edition is not at hand, exactly as it was.
        """
        about = _about(view)
        read = await self.readings.of(view.manifest)
        likenesses = await self.neighbourhood.of(view, read.readings)
        case = Case(
            edition=_exactly(self.edition_of(about.edition_id), about),
            profile=about.profile,
            claims=tuple(map(_claim, view.indicators)),
            evidence=view.manifest,
            readings=read.readings,
            neighbours=await self._neighbours(likenesses, access),
            lineage=tuple(
                sorted({each.carried_from for each in view.manifest if each.carried_from})
            ),
        )
        return Examined(await asyncio.to_thread(examine, case), read.unread)

    async def _neighbours(
        self, likenesses: Collection[Likeness], access: Access | None
    ) -> tuple[Neighbour, ...]:
        others = {each.other.dossier_id: each.other for each in likenesses}
        seen = await self.sight.seen(access, others.values()) if access else frozenset[str]()
        found = {key: Neighbour(key, other.title, key in seen) for key, other in others.items()}
        for each in likenesses:
            key = each.other.dossier_id
            found[key] = _with(found[key], each)
        return tuple(found[key] for key in sorted(found))


def _about(view: DossierView) -> Subject:
    if view.about is None:
        raise NotFound("not_found", "There is no such dossier, or none that you may see.")
    return view.about


def _exactly(edition: Edition, about: Subject) -> Edition:
    if edition.digest == about.edition_digest:
        return edition
    raise Refused(
        "edition_differs",
        f"The edition at hand is not the one that {about.edition_id} was frozen as.",
        edition=about.edition_id,
        expected=about.edition_digest,
        found=edition.digest,
    )


def _claim(row: IndicatorRow) -> Claim:
    return Claim(
        indicator=row.indicator, level=row.claimed_level, basis=row.basis, subtype=row.subtype
    )


def _with(known: Neighbour, likeness: Likeness) -> Neighbour:
    """Letters are compared beside one another, not by a rule."""
    ours = frozenset((likeness.sha256,)) if likeness.sha256 else frozenset[str]()
    match likeness.kind:
        case "same_file":
            return replace(known, same_files=known.same_files | ours)
        case "near_file":
            return replace(known, near_files=known.near_files | ours)
        case "same_letter" | "same_title" | "similar_title":
            return known
        case _:
            assert_never(likeness.kind)
