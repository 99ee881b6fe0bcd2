"""Where the rules of an edition are published, as its own citations say."""

from collections.abc import Iterable
from typing import Final

from shared.editions import Edition
from shared.http import Answer

SECONDARY: Final = "/sec"


class Source(Answer):
    """`is_secondary`: the official letter was read in a copy of somebody else."""

    key: str
    title: str
    is_secondary: bool


def sources_of(edition: Edition, cited: Iterable[str]) -> tuple[Source, ...]:
    titles = {reference.key: reference.title for reference in edition.references}
    return tuple(
        Source(
            key=each.removesuffix(SECONDARY),
            title=titles[each.removesuffix(SECONDARY)],
            is_secondary=each.endswith(SECONDARY),
        )
        for each in cited
    )


def sources_of_fact(edition: Edition, fact: str) -> tuple[Source, ...]:
    """Those that a constant or the formula rests on; () where the edition cites none."""
    cited = next((each.source for each in edition.citations if each.fact == fact), ())
    return sources_of(edition, cited)
