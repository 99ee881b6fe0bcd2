"""Two dossiers beside one another: their fields, their files, and what the texts of both say."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rapidfuzz import fuzz

from services.verification.api.machine.neighbours import (
    Kind,
    Near,
    near_files,
    same_files,
    same_letters,
)
from services.verification.api.machine.similar.texts import Alike, alike_texts, passages_of
from services.verification.projections import DossierView
from shared.contents import Contents
from shared.events.base import Digest, Key
from shared.events.submission import FileEvidence
from shared.findings import is_paper
from shared.findings.similarity import NEAR_DUPLICATE
from shared.http import Answer

LONGEST_COMPARED: Final = 20_000


class FieldPair(Answer):
    """A field of the profile that either fills; `similarity` from 0 to 1."""

    field: str
    ours: Any
    theirs: Any
    similarity: float


class FilePair(Answer):
    """What two files have in common: their bytes, their words, or the number of their letters."""

    kind: Kind
    ours_sha256: Digest
    theirs_sha256: Digest
    ours_name: str
    theirs_name: str
    similarity: float


class PassagePair(Answer):
    """The same words, as each of the two writes them."""

    words: int
    ours: str
    theirs: str


class TextPair(Answer):
    ours_sha256: Digest
    theirs_sha256: Digest
    similarity: float
    passages: tuple[PassagePair, ...]


class Beside(Answer):
    """Where the two are alike. `unread` are papers of either that were not read yet: ask again."""

    dossier_id: Key
    other_id: Key
    fields: tuple[FieldPair, ...]
    files: tuple[FilePair, ...]
    texts: tuple[TextPair, ...]
    unread: tuple[Digest, ...]


async def beside(ours: DossierView, theirs: DossierView, contents: Contents) -> Beside:
    """From what was read of both."""
    mine, others = _papers(ours) - _papers(theirs), _papers(theirs) - _papers(ours)
    known = await contents.of(mine | others)
    signed = await contents.signatures(mine | others)
    alike = await asyncio.to_thread(alike_texts, mine, others, known, signed)
    texts = await asyncio.to_thread(_texts, alike, known)
    return Beside(
        dossier_id=ours.dossier_id,
        other_id=theirs.dossier_id,
        fields=await asyncio.to_thread(_fields, ours, theirs),
        files=tuple(_files(ours, theirs, alike)),
        texts=texts,
        unread=tuple(sorted((mine | others) - known.keys())),
    )


def _papers(view: DossierView) -> frozenset[str]:
    papers = (item for item in view.manifest if item.accepted and is_paper(item))
    return frozenset(item.content.sha256 for item in papers)


def _fields(ours: DossierView, theirs: DossierView) -> tuple[FieldPair, ...]:
    mine, others = _profile(ours), _profile(theirs)
    return tuple(
        FieldPair(field=name, ours=mine[name], theirs=others.get(name), similarity=alike)
        for name in mine
        if (alike := _similarity(mine[name], others.get(name))) is not None
    )


def _profile(view: DossierView) -> Mapping[str, Any]:
    return {} if view.about is None else view.about.profile.model_dump(mode="json")


def _similarity(ours: object, theirs: object) -> float | None:
    """None where there is nothing to compare."""
    if not ours and not theirs:
        return None
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return 1.0 if ours == theirs else 0.0
    one, other = ours[:LONGEST_COMPARED].casefold(), theirs[:LONGEST_COMPARED].casefold()
    return round(fuzz.ratio(one, other) / 100, 4)


def _files(ours: DossierView, theirs: DossierView, alike: tuple[Alike, ...]) -> Iterator[FilePair]:
    near: dict[str, tuple[Near, ...]] = {}
    for each in alike:
        if each.similarity >= NEAR_DUPLICATE:
            one = Near(each.ours, each.theirs, each.similarity)
            near[each.theirs] = (*near.get(each.theirs, ()), one)
    mine, others = _names(ours), _names(theirs)
    likenesses = (
        *same_files(ours, theirs),
        *near_files(ours, theirs, near),
        *same_letters(ours, theirs),
    )
    for each in likenesses:
        one, other = each.sha256 or "", each.other_sha256 or ""
        if one in mine and other in others:
            yield FilePair(
                kind=each.kind,
                ours_sha256=one,
                theirs_sha256=other,
                ours_name=mine[one],
                theirs_name=others[other],
                similarity=each.similarity,
            )


def _names(view: DossierView) -> dict[str, str]:
    """What both people and the storage call the files; a letter on something else has none."""
    contents = (item.content for item in view.manifest)
    return {each.sha256: each.file_name for each in contents if isinstance(each, FileEvidence)}


def _texts(alike: tuple[Alike, ...], known: Mapping[str, Any]) -> tuple[TextPair, ...]:
    return tuple(
        TextPair(
            ours_sha256=each.ours,
            theirs_sha256=each.theirs,
            similarity=each.similarity,
            passages=tuple(
                PassagePair(words=one.words, ours=one.ours, theirs=one.theirs)
                for one in passages_of(each, known)
            ),
        )
        for each in alike
    )
