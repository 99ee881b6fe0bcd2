"""That a person was given a document to look at: what three services say in the same words."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from shared.events.base import Code, Digest, Fact, Key

How = Literal["link", "picture", "text", "archive"]
"""An address of the file, pages of it as pictures, words of it, or the file among others."""

RoleName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class Opening(Fact):
    """The base of such facts, each of which is one service's own.

    `about` is the innovation that the document was shown for. `agency` and `roles` are the
    reader's, as their token said.
    """

    sha256: Digest
    about: Key
    how: How
    agency: Code | None
    roles: tuple[RoleName, ...]
