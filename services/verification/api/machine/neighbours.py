"""Other dossiers that share a file, a text, a letter or a title, of any season and agency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from services.verification.api.machine.titles import IN_REVIEW, KnownTitles
from services.verification.projections import DossierView
from services.verification.projections.content import letter_key
from shared.contents import Content, Contents
from shared.events.submission import EvidenceItem
from shared.findings import Reading
from shared.projector import bare
from shared.views import Collection

Kind = Literal["same_file", "near_file", "same_title", "similar_title", "same_letter"]
MOST_OF_A_KIND = 50


@dataclass(frozen=True, slots=True)
class Near:
    """A file of somebody that nearly repeats ours."""

    sha256: str
    other_sha256: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """One thing in which another dossier is like ours; the digests are those of files."""

    kind: Kind
    other: DossierView
    similarity: float
    sha256: str | None = None
    other_sha256: str | None = None


class Neighbourhood:
    """Looks in the read model and in the cache: a file that nobody read has no near copies yet."""

    def __init__(self, view: Collection, contents: Contents, titles: KnownTitles) -> None:
        self._view = view
        self._contents = contents
        self._titles = titles

    async def of(self, view: DossierView, readings: Mapping[str, Reading]) -> tuple[Likeness, ...]:
        """In the order of the kinds, the most alike first. At most so many of a kind."""
        near = await self.near(view, readings)
        titles = await self._titles.like(view.title, MOST_OF_A_KIND)
        holders = await self._with_any(view, "digests", {*view.digests, *near})
        senders = await self._with_any(view, "letters", view.letters)
        namesakes = await self._with_any(view, "title_key", (view.title_key,))
        alike = await self._with_any(view, "_id", titles)
        found = (
            *(each for other in holders for each in same_files(view, other)),
            *(each for other in holders for each in near_files(view, other, near)),
            *(each for other in senders for each in same_letters(view, other)),
            *(Likeness("same_title", other, 1.0) for other in namesakes),
            *(Likeness("similar_title", other, titles[other.dossier_id]) for other in alike),
        )
        return tuple(sorted(found, key=lambda each: (_rank(each.kind), -each.similarity)))

    async def near(
        self, view: DossierView, readings: Mapping[str, Reading]
    ) -> dict[str, tuple[Near, ...]]:
        """By the digests of files that are not in this dossier."""
        found: dict[str, tuple[Near, ...]] = {}
        for sha256, reading in sorted(readings.items()):
            alike = await self._contents.near(Content(sha256, reading.text, reading.pages))
            for other, similarity in alike:
                if other not in view.digests:
                    one = Near(sha256, other, round(similarity, 4))
                    found[other] = (*found.get(other, ()), one)
        return found

    async def _with_any(
        self, view: DossierView, field: str, values: Iterable[str]
    ) -> list[DossierView]:
        """Without the dossier itself; those of a training are only near one another."""
        wanted = sorted(set(values))
        if not wanted:
            return []
        training = view.about is not None and view.about.training
        query = {field: {"$in": wanted}, **IN_REVIEW, "about.training": training}
        page = await self._view.page(query, limit=MOST_OF_A_KIND + 1)
        others = (each for each in page.items if each["_id"] != view.dossier_id)
        return [DossierView.model_validate(bare(each)) for each in others][:MOST_OF_A_KIND]


def letters_of(manifest: Iterable[EvidenceItem]) -> dict[str, EvidenceItem]:
    """The items by the numbers and dates of their letters, the first of each. A letter without a
    number is like no other.
    """
    found: dict[str, EvidenceItem] = {}
    for item in manifest:
        if item.letter is not None and item.letter.number.strip():
            found.setdefault(letter_key(item.letter), item)
    return found


def same_files(view: DossierView, other: DossierView) -> Iterable[Likeness]:
    for sha256 in sorted(set(view.digests) & set(other.digests)):
        yield Likeness("same_file", other, 1.0, sha256, sha256)


def near_files(
    view: DossierView, other: DossierView, near: Mapping[str, tuple[Near, ...]]
) -> Iterable[Likeness]:
    for digest in sorted(set(other.digests) - set(view.digests)):
        for each in near.get(digest, ()):
            yield Likeness("near_file", other, each.similarity, each.sha256, digest)


def same_letters(view: DossierView, other: DossierView) -> Iterable[Likeness]:
    """A letter on another file: on the same one it is no more than the same file."""
    ours, theirs = letters_of(view.manifest), letters_of(other.manifest)
    for key in sorted(ours.keys() & theirs.keys()):
        one, two = ours[key].content.sha256, theirs[key].content.sha256
        if one != two:
            yield Likeness("same_letter", other, 1.0, one, two)


def _rank(kind: Kind) -> int:
    return ("same_file", "near_file", "same_letter", "same_title", "similar_title").index(kind)
