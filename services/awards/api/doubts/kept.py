"""What people wrote in the public test, and who they are: kept where it can be erased.

They are no facts. The history never forgets and holds digests only; this lies in a collection of
its own that no projection writes and no rebuild can make: it is backed up, and erasing is a plain
delete. Nothing of it is logged.
"""

from typing import Annotated

from pydantic import Field

from shared.events.base import Digest, Key
from shared.http import Body
from shared.views import Collection

Said = Annotated[str, Field(min_length=1, max_length=200)]


class Reporter(Body):
    """Who doubts, if they want to be asked back: nobody has to say."""

    name: Said
    contact: Said


class KeptFile(Body):
    sha256: Digest
    name: str
    media_type: str
    size_bytes: int


class KeptDoubt(Body):
    doubt_id: Key
    competition_id: str
    innovation_id: Key
    statement: str
    links: tuple[str, ...]
    files: tuple[KeptFile, ...]
    reporter: Reporter | None


class KeptDoubts:
    """A document a doubt; putting the same again changes nothing."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    async def put(self, doubt: KeptDoubt) -> None:
        told = doubt.model_dump(mode="json", exclude={"doubt_id"})
        await self._collection.put({"_id": doubt.doubt_id, **told})

    async def get(self, doubt_id: str) -> KeptDoubt | None:
        """None where it was erased."""
        found = await self._collection.get(doubt_id)
        if found is None:
            return None
        told = {name: value for name, value in found.items() if name != "_id"}
        return KeptDoubt.model_validate({"doubt_id": doubt_id, **told})

    async def erase(self, doubt_id: str) -> None:
        """What was written, who wrote it, and how the files were called; done twice is done."""
        await self._collection.delete(doubt_id)
