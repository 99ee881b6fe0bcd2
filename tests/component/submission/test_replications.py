"""The register: a verified innovation is taken up elsewhere, by letter, and both sides see it."""

from datetime import date
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from shared.events.submission import Letter, statement_digest
from tests.apps import Issuer
from tests.component.submission.offices import Office, office, open_season, register, verify

DINKES = ("kalsel", "hss", "hss-dinkes")
TAPIN = ("kalsel", "tapin", "tapin-dinkes")
LETTER = {"number": "440/118", "signed_on": "2026-01-14", "subject": "Replikasi SIP PUTIH"}
STATEMENT: dict[str, Any] = {
    "agency_id": "tapin-dinkes",
    "letter": LETTER,
    "started_on": "2026-01-02",
    "contact_body": "Bidang Kesehatan Masyarakat",
}


@pytest.fixture
async def admin(api: httpx.AsyncClient, issuer: Issuer) -> Office:
    """The office, with a season and health offices in two regencies."""
    admin = office(api, issuer, "pemda_admin", "kalsel", "kalsel-brida")
    await open_season(admin)
    await register(admin, "kalsel", kind="province")
    for regency, agency in (DINKES[1:], TAPIN[1:]):
        await register(admin, "kalsel", regency, kind="regency")
        await register(admin, "kalsel", regency, agency, name=f"Dinas Kesehatan {regency}")
    return admin


@pytest.fixture
def owner(api: httpx.AsyncClient, issuer: Issuer, admin: Office) -> Office:
    return office(api, issuer, "skpd_operator", *DINKES)


@pytest.fixture
def taker(api: httpx.AsyncClient, issuer: Issuer, admin: Office) -> Office:
    return office(api, issuer, "skpd_operator", *TAPIN)


@pytest.fixture
async def original(owner: Office, fresh_servers: Addresses) -> str:
    """A verified innovation of the owner's."""
    innovation = await owner.hand_in("hss-dinkes", "SIP PUTIH")
    await verify(fresh_servers, owner, innovation)
    return innovation


async def stated(taker: Office, original: str, **changes: Any) -> str:
    path = f"/innovations/{original}/replications"
    return (await taker.write(path, {**STATEMENT, **changes})).json()["id"]


async def replications(person: Office, **params: Any) -> list[str]:
    found = await person.read("/replications", **params)
    return [each["replication_id"] for each in found["items"]]


async def test_a_statement_is_seen_by_both_sides_and_by_nobody_else(
    api: httpx.AsyncClient, issuer: Issuer, owner: Office, taker: Office, original: str
) -> None:
    replication = await stated(taker, original)
    seen = await taker.read(f"/replications/{replication}")
    digest = statement_digest(
        original,
        "tapin-dinkes",
        Letter.model_validate(LETTER),
        date(2026, 1, 2),
        "Bidang Kesehatan Masyarakat",
    )
    assert {name: seen[name] for name in (*STATEMENT, "statement_digest", "is_standing")} == {
        **STATEMENT,
        "statement_digest": digest,
        "is_standing": True,
    }
    assert (seen["original_region_id"], seen["region_id"]) == ("hss", "tapin")
    assert await owner.read(f"/replications/{replication}") == seen
    auditor = office(api, issuer, "auditor")
    for person in (owner, taker, auditor):
        assert await replications(person) == [replication]
        assert await replications(person, innovation_id=original) == [replication]
        assert await replications(person, agency_id="hss-dinkes") == []
    stranger = office(api, issuer, "skpd_operator", "kalsel", "tapin", "tapin-disdik")
    assert (await stranger.get(f"/replications/{replication}")).json()["code"] == "not_found"
    assert await replications(stranger) == []
    reason = {"reason": "x"}
    withdrawal = f"/replications/{replication}/withdrawal"
    for person in (stranger, owner):
        assert await person.refused(withdrawal, reason) == (404, "not_found")


async def test_one_statement_stands_until_it_is_withdrawn(taker: Office, original: str) -> None:
    replication = await stated(taker, original)
    path = f"/innovations/{original}/replications"
    assert await taker.refused(path, STATEMENT) == (409, "replication_exists")
    await taker.write(f"/replications/{replication}/withdrawal", {"reason": "Anggaran."})
    seen = await taker.read(f"/replications/{replication}")
    assert (seen["is_standing"], seen["withdrawn_because"]) == (False, "Anggaran.")
    assert await stated(taker, original, started_on="2026-01-03") == replication
    seen = await taker.read(f"/replications/{replication}")
    assert (seen["is_standing"], seen["started_on"]) == (True, "2026-01-03")


REFUSED_STATEMENTS: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"started_on": "1999-12-31"}, 409, "start_out_of_range"),
    ({"started_on": "2099-01-01"}, 409, "start_out_of_range"),
    ({"started_on": "2026-02-30"}, 422, "request_invalid"),
    ({"letter": {**LETTER, "signed_on": "2099-01-01"}}, 409, "letter_in_future"),
    ({"letter": {**LETTER, "number": ""}}, 422, "request_invalid"),
    ({"contact_body": "Budi, 0812-3456-7890"}, 409, "contact_is_personal"),
    ({"contact_body": "budi@tapinkab.go.id"}, 409, "contact_is_personal"),
    ({"contact_body": ""}, 422, "request_invalid"),
    ({"agency_id": "hss-dinkes"}, 404, "not_found"),
    ({"agency_id": "nobody"}, 404, "not_found"),
    ({"unknown": 1}, 422, "request_invalid"),
)


async def test_a_statement_that_cannot_be_is_refused(taker: Office, original: str) -> None:
    path = f"/innovations/{original}/replications"
    for changes, status, code in REFUSED_STATEMENTS:
        told = await taker.refused(path, {**STATEMENT, **changes})
        assert (changes, *told) == (changes, status, code)
    assert await replications(taker) == []


async def test_only_what_was_verified_for_real_and_elsewhere_is_replicated(
    admin: Office, owner: Office, taker: Office, original: str, fresh_servers: Addresses
) -> None:
    path = f"/innovations/{original}/replications"
    of_own = {**STATEMENT, "agency_id": "hss-dinkes"}
    assert await owner.refused(path, of_own) == (409, "replication_of_own")
    draft = await owner.draft("hss-dinkes", "BELUM")
    path = f"/innovations/{draft}/replications"
    assert await taker.refused(path, STATEMENT) == (409, "original_not_verified")
    await open_season(admin, "latihan-1", training=True)
    practice = await owner.hand_in("hss-dinkes", "COBA", season="latihan-1")
    await verify(fresh_servers, owner, practice)
    path = f"/innovations/{practice}/replications"
    assert await taker.refused(path, STATEMENT) == (409, "training")
    assert await taker.refused("/innovations/none/replications", STATEMENT) == (404, "not_found")


async def test_the_replica_links_the_two_innovations(
    owner: Office, taker: Office, original: str
) -> None:
    replication = await stated(taker, original)
    replica = await taker.draft("tapin-dinkes", "SIP PUTIH TAPIN")
    path = f"/replications/{replication}/replica"
    assert await owner.refused(path, {"innovation_id": original}) == (404, "not_found")
    assert await taker.refused(path, {"innovation_id": original}) == (404, "not_found")
    await taker.write(path, {"innovation_id": replica})
    assert (await owner.read(f"/replications/{replication}"))["replica_id"] == replica
    again = await taker.write(path, {"innovation_id": replica})
    assert again.json()["happened"] == []


async def test_the_next_edition_adopts_the_statement_as_evidence(
    admin: Office, owner: Office, taker: Office, original: str
) -> None:
    replication = await stated(taker, original)
    body = {"replication_id": replication}
    locked = await owner.post(f"/innovations/{original}/adoptions", body)
    assert locked.status_code == 409, locked.text
    await open_season(admin, "2027", opens_at="2026-02-01T00:00:00+08:00")
    developing = {"season_id": "2027"}
    developed = await owner.write(f"/innovations/{original}/developments", developing)
    successor = developed.json()["id"]
    path = f"/innovations/{successor}/adoptions"
    assert await taker.refused(path, body) == (404, "not_found")
    adopted = await owner.write(path, body)
    (item,) = (await owner.read(f"/innovations/{successor}"))["evidence"]
    stated_as = await owner.read(f"/replications/{replication}")
    assert item == {
        "evidence_id": adopted.json()["evidence_id"],
        "indicators": ["SID-16"],
        "evidence_kind": "replication_statement",
        "content": {
            "kind": "replication",
            "replication_id": replication,
            "agency_id": "tapin-dinkes",
            "region_id": "tapin",
            "started_on": "2026-01-02",
            "contact_body": "Bidang Kesehatan Masyarakat",
            "sha256": stated_as["statement_digest"],
        },
        "letter": LETTER,
        "accepted": True,
        "declared_by": "skpd_operator-hss-dinkes",
        "properties": None,
        "carried_from": None,
    }
    assert await owner.refused(path, body) == (409, "replication_adopted")
    claimed = await owner.api.put(
        f"/innovations/{successor}/claims/SID-16", json={"level": 1}, headers=owner.headers
    )
    assert claimed.status_code == 200, claimed.text


async def test_a_statement_about_another_innovation_or_one_withdrawn_is_not_adopted(
    owner: Office, taker: Office, original: str
) -> None:
    replication = await stated(taker, original)
    other = await owner.draft("hss-dinkes", "LAIN")
    path, body = f"/innovations/{other}/adoptions", {"replication_id": replication}
    assert await owner.refused(path, body) == (404, "replication_unknown")
    assert await owner.refused(path, {"replication_id": "none"}) == (404, "replication_unknown")
    await taker.write(f"/replications/{replication}/withdrawal", {"reason": "Batal."})
    path = f"/innovations/{original}/adoptions"
    assert await owner.refused(path, body) == (409, "replication_withdrawn")
