"""Every expected no, as one small tree: a code, its parameters, and a plain sentence."""

from collections.abc import Mapping

Param = str | int | bool | None | tuple[str, ...]


class DomainError(Exception):
    """An expected no. `code` is stable and translated at the edges; `sentence` is English."""

    def __init__(self, code: str, sentence: str, **params: Param) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.params: Mapping[str, Param] = params


class Refused(DomainError):
    """A rule of the domain says no: the same command on the same state is refused again."""


class Invalid(DomainError):
    """The request cannot be understood as what it claims to be."""


class NotFound(DomainError):
    """There is no such thing, or none that this person may touch."""


class Forbidden(DomainError):
    """The person's roles never allow this operation."""


class Unauthenticated(DomainError):
    """Nobody is known to be asking."""


class Stale(DomainError):
    """The decision was taken on an older version (`If-Match`) than the one that holds now.

    `texts` are what was sent and what holds now, as JSON, so that no typing is lost.
    """

    texts: Mapping[str, object] | None = None

    def with_texts(self, yours: object, current: object) -> "Stale":
        self.texts = {"yours": yours, "current": current}
        return self


class Unavailable(DomainError):
    """Nothing is known to be written; the same request may be sent again."""
