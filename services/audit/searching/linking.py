"""What belongs to one innovation, competition, fund, person or document, wherever it was said."""

from collections.abc import Mapping
from typing import Final, Literal

from services.audit.searching.asking import Asked
from services.audit.searching.index import Index

Kind = Literal["innovation", "dossier", "competition", "fund", "person", "document"]

LINKS: Final[Mapping[str, Mapping[str, str]]] = {
    "innovation": {"MoneyAllocated": "allocation", "ReplicationStated": "replication"},
    "competition": {"MoneyAllocated": "allocation", "PanelOpened": "panel"},
}
"""By kind: facts that give a name to something of it, by which alone later facts speak of it."""


async def everything(index: Index, kind: Kind, key: str) -> Asked:
    """The question for all facts about it. Raises `Unavailable`."""
    if kind == "person":
        return Asked(involves=key)
    links = LINKS.get(kind, {})
    own = f"{kind}:{key}"
    if not links:
        return Asked(about=(own,))
    naming = await index.all(Asked(about=(own,), facts=tuple(links)))
    named = {
        name
        for entry in naming.items
        for name in entry.about
        if own in entry.about and name.startswith(f"{links[entry.fact]}:")
    }
    return Asked(about=(own, *sorted(named)))
