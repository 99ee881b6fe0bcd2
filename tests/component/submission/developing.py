"""How an innovation gets to where it can be developed further, and is asked to be."""

from typing import Any

import httpx

from deploy.local.stack import Addresses
from services.submission.domain.innovation import decider
from shared.events.submission import INNOVATION
from shared.history import Cause, Handler, HistoryLog, connect, derived_id
from tests.apps import key
from tests.builders.files import pdf
from tests.component.submission.conftest import NEXT, Headers
from tests.component.submission.test_way_of_an_innovation import drafted
from tests.component.submission.uploading import Files

Api = httpx.AsyncClient


async def submitted(api: Api, operator: Headers) -> str:
    """An innovation with a claim and a decree that was taken in, handed in."""
    innovation = await drafted(api, operator)
    await Files(api, operator, innovation).accepted(pdf())
    await api.put(f"/innovations/{innovation}/claims/SID-01", json={"level": 2}, headers=operator)
    sent = await api.post(f"/innovations/{innovation}/submissions", headers={**operator, **key()})
    assert sent.status_code == 200, sent.text
    return innovation


async def developed(
    api: Api, person: Headers, innovation: str, params: dict[str, Any] | None = None, **body: Any
) -> httpx.Response:
    return await api.post(
        f"/innovations/{innovation}/developments",
        json={"season_id": NEXT, **body},
        params=params,
        headers={**key(), **person},
    )


async def sent_by_hand(servers: Addresses, innovation: str, command: Any) -> None:
    """A command as the service would append it, without its routes."""
    seed = servers.nats_seeds["submission"]
    connection = await connect((servers.nats_url,), "submission", seed)
    try:
        handle = Handler(HistoryLog(connection), INNOVATION, decider)
        await handle(innovation, command, Cause(derived_id("by hand", innovation, repr(command))))
    finally:
        await connection.close()
