"""Each part of a check with what it needs: the log, the storage, the stream, the services."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path

from deploy.cli.auditing.fsck.telling import progress, watching
from deploy.cli.auditing.reaching import auditor_token, client, connected, text_of
from deploy.cli.failures import Failure
from deploy.cli.session import Session
from services.audit.archive.vouching import keys_beside, keys_of
from services.audit.checking import (
    FILE_SUBJECTS,
    USUAL_BUCKETS,
    Archived,
    Checked,
    Differs,
    Kept,
    NamedFile,
    Part,
    Sealed,
    Tally,
    Unasked,
    Vault,
    check_archive,
    check_documents,
    check_log,
    check_stream,
    check_views,
    ended,
    files_in,
    head_of,
)
from services.audit.reading import Source, StreamSource
from services.audit.served import Services
from services.audit.storing import BucketShelf
from shared.documents.storage import Connection as StorageConnection
from shared.documents.storage import Storage
from shared.errors import DomainError
from shared.history import Connection
from shared.history.reader import last_sequence, read_batches
from shared.transparency import Amiss, FolderShelf, Shelf, Verifier


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asked for."""

    folder: Path | None
    vkey: Path | None
    kept: Kept | None
    parts: tuple[Part, ...]
    is_settled: bool


async def checked(session: Session, wishes: Wishes) -> list[Checked]:
    found: list[Checked] = []
    async with AsyncExitStack() as open_:
        bars = open_.enter_context(progress(session))
        checks = _Checks(session, wishes, open_).by_part
        for part in wishes.parts:
            task = bars.add_task(part, total=1, rate="")
            tally = Tally(watching(bars, task))
            found.append(ended(part, tally, await _error(checks[part], tally)))
    return found


async def _error(check: Callable[[Tally], Awaitable[None]], tally: Tally) -> Exception | None:
    try:
        await check(tally)
    except (Differs, Unasked, Amiss, DomainError) as error:
        return error
    except Failure as failure:
        return Unasked(str(failure))
    return None


class _Checks:
    """Each part with what it needs, which is reached for only when it is asked for."""

    def __init__(self, session: Session, wishes: Wishes, open_: AsyncExitStack) -> None:
        self._session = session
        self._wishes = wishes
        self._open = open_
        self._auditor: Connection | None = None

    @property
    def by_part(self) -> Mapping[Part, Callable[[Tally], Awaitable[None]]]:
        return {
            "stream": self._stream,
            "log": self._log,
            "archive": self._archive,
            "documents": self._documents,
            "views": self._views,
        }

    async def _log(self, tally: Tally) -> None:
        verifiers = self._verifiers(tally)
        await asyncio.to_thread(check_log, self._shelf, verifiers, self._wishes.kept, tally)

    async def _archive(self, tally: Tally) -> None:
        # Listed before the head is read: what is archived meanwhile is not ahead of the log.
        archived = await asyncio.to_thread(Archived.of, self._shelf)
        sealed = self._sealed(tally)
        settled = self._wishes.is_settled
        await asyncio.to_thread(check_archive, archived, sealed, tally, is_settled=settled)

    async def _stream(self, tally: Tally) -> None:
        sealed, verifiers = self._sealed(tally), self._verifiers(tally)
        nats = self._session.context.nats
        admin = None
        if nats is not None and len(nats.urls) > 1 and "admin" in nats.seeds:
            admin = await connected(self._session, self._open, "admin")
        head = partial(head_of, self._shelf, verifiers)
        await check_stream(await self._reached(), admin, sealed, head, tally)

    async def _documents(self, tally: Tally) -> None:
        told = self._session.context.storage
        buckets = {} if told is None else told.buckets
        named = {kind: buckets.get(kind, usual) for kind, usual in USUAL_BUCKETS.items()}
        vault = Vault(self._storage, named, _now)
        files = await _files(await self._reached())
        await asyncio.to_thread(check_documents, vault, files, tally)

    async def _views(self, tally: Tally) -> None:
        if self._wishes.folder is not None:
            await check_views(Archived.of(self._shelf), None, tally)
            return
        token = auditor_token(self._session)
        clients = {
            name: await self._open.enter_async_context(client(url, token))
            for name, url in self._session.context.services.items()
        }
        source: Source = StreamSource(await self._reached())
        await check_views(source, Services(clients), tally)

    async def _reached(self) -> Connection:
        if self._auditor is None:
            self._auditor = await connected(self._session, self._open)
        return self._auditor

    def _sealed(self, tally: Tally) -> Sealed:
        """Raises `Unasked` where nothing vouches for any fact: the check of the log says why."""
        try:
            return Sealed(self._shelf, head_of(self._shelf, self._verifiers(tally)))
        except (Differs, Amiss) as error:
            raise Unasked(f"The log cannot vouch for anything: {error}") from None

    def _verifiers(self, tally: Tally) -> Sequence[Verifier]:
        """Those that were named, else the context's, else those beside the log, which is told."""
        file = self._wishes.vkey
        if file is None and self._wishes.folder is None:
            file = self._session.context.vkey
        if file is not None:
            return keys_of(text_of(file))
        tally.note(
            "The log was checked with the key that lies beside it, which nobody vouches for:"
            " name one that you trust with --vkey."
        )
        return keys_beside(self._shelf)

    @cached_property
    def _shelf(self) -> Shelf:
        if self._wishes.folder is not None:
            return FolderShelf(self._wishes.folder)
        told = self._session.context.storage
        bucket = "log" if told is None else told.buckets.get("log", "log")
        # Nothing is written here; what was, is locked by its writer.
        return BucketShelf(self._storage, bucket, timedelta(), _now)

    @cached_property
    def _storage(self) -> Storage:
        told = self._session.context.storage
        if told is None:
            raise Unasked(f"{self._session.context.file} does not say where the storage is.")
        storage = Storage(
            StorageConnection(
                endpoint=told.endpoint,
                access_key=text_of(told.access_key_file).strip(),
                secret_key=text_of(told.secret_key_file).strip(),
                region=told.region,
                is_secure=told.secure,
            )
        )
        self._open.callback(storage.close)
        return storage


async def _files(auditor: Connection) -> list[NamedFile]:
    """All that facts name, in the order of the facts."""
    found: list[NamedFile] = []
    last = await last_sequence(auditor)
    for subject in FILE_SUBJECTS:
        async with aclosing(read_batches(auditor, 1, last, subject)) as batches:
            async for batch in batches:
                found += [file for message in batch for file in files_in(message)]
    return sorted(found, key=lambda each: each.sequence)


def _now() -> datetime:
    return datetime.now(UTC)
