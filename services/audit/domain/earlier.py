"""What earlier builds did not say yet: a history is judged by what its day knew. Pure."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from shared.events.base import Fact
from shared.events.scoring import InnovationCounted
from shared.events.submission import InnovationDrafted, InnovationSubmitted
from shared.events.verification import RevisionReceived

LATER: Mapping[type[Fact], tuple[str, ...]] = MappingProxyType(
    {
        InnovationDrafted: ("agency_kind",),
        InnovationSubmitted: ("content_digest", "agency_kind", "lineage"),
        InnovationCounted: ("claimed_maturity",),
        RevisionReceived: ("profile_digest",),
    }
)
"""Fields that follow from the rest of the history, and were added to a fact later."""


def as_said_then(derived: Sequence[Fact], recorded: Sequence[Fact]) -> list[Fact]:
    """The derived facts without what the recorded ones of an earlier build have no word about."""
    told = list(derived)
    if LATER.keys().isdisjoint(map(type, recorded)):
        return told
    for number, (one, other) in enumerate(zip(derived, recorded, strict=False)):
        unsaid = [name for name in LATER.get(type(other), ()) if name not in other.model_fields_set]
        if unsaid and type(one) is type(other):
            told[number] = one.model_copy(update={name: getattr(other, name) for name in unsaid})
    return told
