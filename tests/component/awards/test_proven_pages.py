"""Papers and results are proven to anybody by the log that the auditor's signer really keeps."""

from collections.abc import Iterator

import httpx
import pytest

from deploy.local.stack import Addresses
from services.awards.settings import Settings
from shared.events.awards import COMPETITION
from shared.history import HistoryLog
from shared.transparency import TlogProof, verify
from tests.apps import Issuer, settings_for
from tests.builders.awards import COMPETITION_ID
from tests.component.audit.logged import KEY, Bucket, auditor, bucket, signed_all, signer
from tests.component.awards.test_documents import issued, ok
from tests.component.awards.test_open_data import published
from tests.component.awards.test_verify_page import Markup, verified
from tests.component.scoring.world import Person


@pytest.fixture
def log(fresh_servers: Addresses) -> Iterator[Bucket]:
    yield from bucket(fresh_servers)


@pytest.fixture
def settings(fresh_servers: Addresses, issuer: Issuer, log: Bucket) -> Settings:
    key = fresh_servers.s3_keys["admin"]
    more = {"s3_access_key": key.access, "s3_secret_key": key.secret}
    vkey = KEY.verifier.text
    return settings_for(
        Settings, "awards", fresh_servers, issuer, log_bucket=log.name, log_vkey=vkey, **more
    )


async def signed(at: Addresses, log: Bucket) -> None:
    async with auditor(at) as connection:
        await signed_all(signer(connection, log.shelf))


async def test_the_page_of_a_document_leads_to_proofs_that_hold_offline(
    api: httpx.AsyncClient,
    story: HistoryLog,
    chair: Person,
    fresh_servers: Addresses,
    log: Bucket,
) -> None:
    before = await issued(chair, "minutes")
    waiting = await verified(api, before)
    assert (waiting["log"]["size"], waiting["log"]["proven"]) == (None, 0)
    await signed(fresh_servers, log)
    told = await verified(api, before)
    assert told["log"]["proven"] == len(told["facts"])
    page = await api.get(f"/verify/{before['document_id']}")
    assert told["log"]["sentence"] in page.text and told["log"]["root"] in page.text
    links = [each for each in Markup(page.text).fetched if "/proofs/" in each]
    assert len(links) == len(told["facts"])
    for link, fact in zip(links, told["facts"], strict=True):
        answer = await api.get(link.replace("..", "", 1))
        assert answer.headers["Content-Type"].startswith("text/plain")
        proof = TlogProof.from_text(answer.text)
        found = verify(proof, proof.extra, [KEY.verifier])
        assert (proof.index, found.checkpoint.size) == (fact["sequence"] - 1, told["log"]["size"])
        assert fact["event_id"].encode() in proof.extra


async def test_published_results_have_a_page_with_their_proofs(
    api: httpx.AsyncClient, awards: HistoryLog, fresh_servers: Addresses, log: Bucket
) -> None:
    unknown = await api.get("/verify/results/kia-2024")
    assert (unknown.status_code, "Belum ada hasil" in unknown.text) == (404, True)
    await published(awards, COMPETITION_ID)
    await signed(fresh_servers, log)
    last = (await awards.facts(COMPETITION.subject(COMPETITION_ID)))[-1]
    shown = ok(await api.get(f"/competitions/{COMPETITION_ID}/results", params={"min_seq": 1}))
    assert shown["published_proof"]["sequence"] == last.sequence
    page = await api.get(f"/verify/results/{COMPETITION_ID}")
    assert (page.status_code, page.text.count("unduh bukti")) == (200, 3)
    assert shown["ranking"][0]["title"] in page.text and "person-" not in page.text
    where = f"/competitions/{COMPETITION_ID}/results/proofs"
    proof = TlogProof.from_text((await api.get(f"{where}/{last.sequence}")).text)
    verify(proof, proof.extra, [KEY.verifier])
    assert last.id.encode() in proof.extra
    other = await api.get(f"{where}/1")
    assert (other.status_code, other.json()["code"]) == (404, "not_found")
