"""Composition root: the only place where the rooms of audit meet the outside."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

import httpx
from fastapi import FastAPI

from services.audit import api
from services.audit.cases import Cases
from services.audit.running import Replays
from services.audit.sealing import PublicLog, Signer, Watch
from services.audit.searching import Index, messages_at, messages_on, stored_at
from services.audit.settings import Settings
from services.audit.storing import BucketShelf
from services.audit.witnessing import Outside, Timestamps, Witnesses
from shared.documents.storage import Storage
from shared.documents.wiring import connection_of
from shared.history.checkpoints import Checkpoints
from shared.service import Service, Work, utc_now

REQUEST_SECONDS = 30.0


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    settings = settings or Settings.load()
    urls = settings.service_urls
    service = Service(settings, api.PERMISSIONS, (), now=now)
    kept = service.database.collection("replays")

    def clients(authorization: str) -> Mapping[str, httpx.AsyncClient]:
        return {name: client_of(url, authorization) for name, url in urls.items()}

    index = Index(service.connection, service.database)
    replays = Replays(service.connection, kept, clients, service.now)
    storage = Storage(connection_of(settings))
    shelf = _shelf(storage, settings)
    cases = Cases(index, partial(messages_at, service.connection), shelf)
    outside = _outside(settings, shelf)
    watch = _watch(service, settings, shelf, outside)
    log = PublicLog(shelf, Checkpoints(service.connection))
    return service.app(
        "Inda: audit",
        [
            api.replays.routes(service.doors, replays),
            api.timelines.routes(service.doors, service.history.facts, index),
            api.events.routes(service.doors, index, partial(stored_at, service.connection)),
            api.people.routes(service.doors, index),
            api.readers.routes(service.doors, index, partial(messages_on, service.connection)),
            api.cases.routes(service.doors, cases),
            api.log.routes(log, index.sequence_of),
            api.log_status.routes(service.doors, watch, settings.log_origin, outside.told),
            api.timestamps.routes(shelf),
        ],
        work=(index.keep_up, *_signing(watch, settings), outside.work),
        beside=_beside(replays.ending(), log, storage),
        details=lambda: api.log_status.details(watch),
    )


def _shelf(storage: Storage, settings: Settings) -> BucketShelf:
    """The storage keeps locks by the true time, whatever time a training plays."""
    lasts = timedelta(days=settings.log_retention_days)
    return BucketShelf(storage, settings.log_bucket, lasts, utc_now)


def _outside(settings: Settings, shelf: BucketShelf) -> Outside:
    witnesses = Witnesses(
        shelf, settings.log_witnesses, utc_now, quorum=settings.log_witness_quorum
    )
    timestamps = Timestamps(
        shelf,
        settings.log_timestamp_url,
        settings.timestamp_roots(),
        utc_now,
        every=timedelta(seconds=settings.log_timestamp_seconds),
    )
    verifiers = [key.verifier for key in settings.log_keys()]
    return Outside(shelf, verifiers, witnesses, timestamps)


def _watch(
    service: Service, settings: Settings, shelf: BucketShelf, outside: Outside
) -> Watch | None:
    """None for a process without a key, which signs nothing."""
    keys = settings.log_keys()
    if not keys:
        return None
    signer = Signer(service.connection, shelf, keys, after_signing=[outside.hear])
    return Watch(signer, utc_now, service.metrics.registry)


def _signing(watch: Watch | None, settings: Settings) -> tuple[Work, ...]:
    return () if watch is None else (partial(watch.keep_signing, settings.log_interval_seconds),)


@asynccontextmanager
async def _beside(
    replays: AbstractAsyncContextManager[None], log: PublicLog, storage: Storage
) -> AsyncGenerator[None]:
    try:
        async with replays:
            yield
    finally:
        log.close()
        storage.close()


def client_of(url: str, authorization: str) -> httpx.AsyncClient:
    """A client that speaks to a service as the auditor."""
    return httpx.AsyncClient(
        base_url=url, headers={"Authorization": authorization}, timeout=REQUEST_SECONDS
    )
