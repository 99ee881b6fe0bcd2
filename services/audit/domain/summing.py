"""One digest for all documents of a projection, or of a kind of aggregate. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from services.audit.domain.report import DocumentDigest, digest_of_all


@dataclass(frozen=True, slots=True)
class DigestOfMany:
    """`of` names a projection as `service/view`, or a kind of aggregate as `service.name`."""

    of: str
    documents: int
    digest: str


def by_projection(documents: Iterable[DocumentDigest]) -> tuple[DigestOfMany, ...]:
    return _by(lambda each: f"{each.service}/{each.view}", documents)


def by_aggregate(documents: Iterable[DocumentDigest]) -> tuple[DigestOfMany, ...]:
    """Over all documents of an aggregate, whichever service shows them."""
    return _by(lambda each: each.label, documents)


def _by(
    name: Callable[[DocumentDigest], str], documents: Iterable[DocumentDigest]
) -> tuple[DigestOfMany, ...]:
    found: defaultdict[str, list[DocumentDigest]] = defaultdict(list)
    for each in documents:
        found[name(each)].append(each)
    return tuple(
        DigestOfMany(of, len(those), digest_of_all(those)) for of, those in sorted(found.items())
    )
