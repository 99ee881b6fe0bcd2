"""What a verifier reads beside the dossier itself: its evidence, the catalogue of reasons."""

from hashlib import sha256

import httpx

from deploy.local.stack import Addresses
from tests.builders.verification import (
    FIRST_DIGEST,
    SECOND_DIGEST,
    THIRD_DIGEST,
    attachment,
    evidence,
    statement,
)
from tests.component.verification.world import Reviewer, Voice, store


async def test_evidence_is_reached_by_a_link_that_ends(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient, fresh_servers: Addresses
) -> None:
    content = b"%PDF-1.4\n%%EOF\n"
    digest = sha256(content).hexdigest()
    store(fresh_servers, digest, content)
    dossier = await submission.submit("inov-1", manifest=(evidence("ev-1", digest, "SID-01"),))
    await verifier.see(dossier)
    answer = await api.get(f"/dossiers/{dossier}/evidence/{digest}", headers=verifier.headers)
    assert (answer.status_code, answer.json()["valid_seconds"]) == (200, 120)
    async with httpx.AsyncClient() as storage:
        fetched = await storage.get(answer.json()["url"])
    assert fetched.content == content
    assert "ev-1.pdf" in fetched.headers["content-disposition"]
    other = await api.get(f"/dossiers/{dossier}/evidence/{FIRST_DIGEST}", headers=verifier.headers)
    assert (other.status_code, other.json()["code"]) == (404, "evidence_unknown")


async def test_a_statement_of_replication_is_read_in_the_dossier_itself(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient
) -> None:
    manifest = (statement("ev-4", THIRD_DIGEST), attachment("ev-5", SECOND_DIGEST))
    dossier = await submission.submit("inov-1", manifest=manifest)
    seen = await verifier.see(dossier)
    stated, attached = seen["manifest"]
    assert (stated["content"]["agency_id"], stated["letter"]["number"]) == (
        "tapin-dinkes",
        "188/12",
    )
    assert (attached["indicators"], attached["properties"]["pages"]) == ([], 3)
    path = f"/dossiers/{dossier}/evidence"
    answer = await api.get(f"{path}/{THIRD_DIGEST}", headers=verifier.headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "evidence_without_file")
    answer = await api.get(f"{path}/{SECOND_DIGEST}", headers=verifier.headers)
    assert (answer.status_code, answer.json()["file_name"]) == (200, "ev-5.pdf")


async def test_the_reasons_are_told(verifier: Reviewer, api: httpx.AsyncClient) -> None:
    answer = await api.get("/reason-codes", headers=verifier.headers)
    codes = [each["code"] for each in answer.json()["items"]]
    assert "evidence_missing" in codes
    assert codes[-1] == "other"
