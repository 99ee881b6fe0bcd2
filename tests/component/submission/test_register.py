"""The register shows everybody what may be taken up, and how often and where it was."""

import httpx
import pytest

from deploy.local.stack import Addresses
from tests.apps import Issuer
from tests.component.submission.offices import Office, office, open_season, register, verify


@pytest.fixture
async def admin(api: httpx.AsyncClient, issuer: Issuer) -> Office:
    """The office, with a season and agencies in two regencies."""
    admin = office(api, issuer, "pemda_admin", "kalsel", "kalsel-brida")
    await open_season(admin)
    await register(admin, "kalsel", kind="province")
    for regency, agencies in (("hss", ("dinkes",)), ("tapin", ("dinkes", "disdik"))):
        await register(admin, "kalsel", regency, kind="regency")
        for each in agencies:
            await register(
                admin, "kalsel", regency, f"{regency}-{each}", name=f"Dinas Kesehatan {regency}"
            )
    return admin


async def stated(person: Office, innovation: str, agency_id: str) -> str:
    body = {
        "agency_id": agency_id,
        "letter": {"number": "440/118", "signed_on": "2026-01-14", "subject": "Replikasi"},
        "started_on": "2026-01-02",
        "contact_body": "Bidang Kesehatan Masyarakat",
    }
    return (await person.write(f"/innovations/{innovation}/replications", body)).json()["id"]


async def test_everybody_finds_what_may_be_taken_up_and_how_often_it_was(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office, fresh_servers: Addresses
) -> None:
    owner = office(api, issuer, "skpd_operator", "kalsel", "hss", "hss-dinkes")
    taker = office(api, issuer, "skpd_operator", "kalsel", "tapin", "tapin-dinkes")
    original = await owner.hand_in("hss-dinkes", "SIP PUTIH")
    await verify(fresh_servers, owner, original)
    await owner.draft("hss-dinkes", "BELUM JADI")
    second = await taker.hand_in("tapin-dinkes", "Antar Obat", main_affair="sosial")
    await verify(fresh_servers, taker, second)
    await stated(taker, original, "tapin-dinkes")
    beside = office(api, issuer, "skpd_operator", "kalsel", "tapin", "tapin-disdik")
    withdrawn = await stated(beside, second, "tapin-disdik")
    await beside.write(f"/replications/{withdrawn}/withdrawal", {"reason": "Batal."})
    await stated(beside, original, "tapin-disdik")
    judge = office(api, issuer, "judge")
    items = (await judge.read("/register"))["items"]
    assert items[1] == {
        "innovation_id": original,
        "title": "SIP PUTIH",
        "season_id": "2026",
        "agency_id": "hss-dinkes",
        "agency_name": "Dinas Kesehatan hss",
        "region_id": "hss",
        "affair": "kesehatan",
        "kind": "digital",
        "purpose": "tujuan",
        "benefit": "manfaat",
        "replications": 2,
        "regions": 1,
    }
    assert [(each["title"], each["replications"]) for each in items] == [
        ("Antar Obat", 0),
        ("SIP PUTIH", 2),
    ]
    for params, titles in (
        ({"text": "put"}, ["SIP PUTIH"]),
        ({"text": "utih"}, []),
        ({"text": "obat antar"}, ["Antar Obat"]),
        ({"affair": "sosial"}, ["Antar Obat"]),
        ({"region": "hss"}, ["SIP PUTIH"]),
        ({"region": "hss", "affair": "sosial"}, []),
    ):
        found = await judge.read("/register", **params)
        assert (params, [each["title"] for each in found["items"]]) == (params, titles)
    first = await judge.read("/register", limit=1)
    rest = await judge.read("/register", limit=1, cursor=first["next_cursor"])
    assert [each["title"] for each in (*first["items"], *rest["items"])] == [
        "Antar Obat",
        "SIP PUTIH",
    ]
    assert rest["next_cursor"] is None
