"""Whoever is given evidence stands in the history before they have it; nobody else does."""

import asyncio
from hashlib import sha256

import httpx
import pytest

from deploy.local.stack import Addresses
from services.submission.app import create_app
from services.submission.settings import Settings
from shared.events.submission import ACCESS, EvidenceOpened
from tests.accessed import openings
from tests.apps import Issuer, serving, settings_for
from tests.builders.files import pdf
from tests.component.submission.conftest import PATH, Headers, opened, registered
from tests.component.submission.test_exports import unpacked
from tests.component.submission.uploading import Files, begun
from tests.voices import Voice, speaking_as
from tests.waiting import found_in_time

CONTENT = pdf("SIP PUTIH")
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture
async def files(api: httpx.AsyncClient, season: str, operator: Headers) -> Files:
    return Files(api, operator, await begun(api, operator, season))


def read_by(files: Files, person: Headers) -> Files:
    return Files(files.api, person, files.innovation)


async def test_each_person_makes_one_fact_however_often_they_ask(
    files: Files, head: Headers, fresh_servers: Addresses
) -> None:
    where = f"evidence/{await files.accepted(CONTENT)}/download"
    assert await openings(fresh_servers, ACCESS, DIGEST) == []
    answers = [await files.get(where) for _ in range(3)]
    assert {each.status_code for each in answers} == {200}
    mine = ("operator-1", "link", files.innovation)
    assert await openings(fresh_servers, ACCESS, DIGEST) == [mine]
    assert (await read_by(files, head).get(where)).status_code == 200
    theirs = ("head-1", "link", files.innovation)
    assert await openings(fresh_servers, ACCESS, DIGEST) == [mine, theirs]


async def test_the_fact_says_for_which_agency_and_in_which_roles(
    files: Files, issuer: Issuer, fresh_servers: Addresses
) -> None:
    evidence = await files.accepted(CONTENT)
    both = issuer.headers("o-2", "skpd_operator", "skpd_head", agency=PATH[-1], path=PATH)
    answer = await read_by(files, both).get(f"evidence/{evidence}/download")
    assert answer.status_code == 200
    async with speaking_as(Voice, fresh_servers, "submission") as voice:
        (event,) = await voice.history.facts(ACCESS.subject(DIGEST))
    assert event.fact == EvidenceOpened(
        by="o-2",
        at=event.fact.at,
        sha256=DIGEST,
        about=files.innovation,
        how="link",
        agency="hss-dinkes",
        roles=("skpd_head", "skpd_operator"),
    )


async def test_who_may_not_see_a_document_makes_no_fact(
    files: Files, stranger: Headers, issuer: Issuer, fresh_servers: Addresses
) -> None:
    evidence = await files.accepted(CONTENT)
    waiting = await files.uploaded(pdf("belum diperiksa"))
    judge = issuer.headers("judge-1", "judge")
    asked = (
        (read_by(files, stranger), evidence, 404),
        (read_by(files, judge), evidence, 403),
        (files, waiting, 404),
        (files, "none", 404),
    )
    for reader, wanted, status in asked:
        answer = await reader.get(f"evidence/{wanted}/download")
        assert answer.status_code == status
    assert await openings(fresh_servers, ACCESS, DIGEST) == []
    assert await openings(fresh_servers, ACCESS, sha256(pdf("belum diperiksa")).hexdigest()) == []


async def test_an_archive_opens_every_file_in_it_once(
    files: Files, head: Headers, fresh_servers: Addresses
) -> None:
    """A file that stands for two indicators is twice in it, and opened once."""
    evidence = await files.accepted(CONTENT)
    other = pdf("SIP PUTIH dua")
    last = await files.accepted(other, file_name="lain.pdf")

    async def shown() -> bool | None:
        seen = (await files.api.get(files.path, headers=files.person)).json()["evidence"]
        taken = {each["evidence_id"] for each in seen if each["accepted"]}
        return taken == {evidence, last} or None

    await found_in_time(shown)
    names = await unpacked(files.api, head, files.innovation)
    assert len([each for each in names if each.endswith(".pdf")]) == 4
    for digest in (DIGEST, sha256(other).hexdigest()):
        told = [("head-1", "archive", files.innovation)]
        assert await openings(fresh_servers, ACCESS, digest) == told


async def test_a_table_of_innovations_opens_no_file(files: Files, fresh_servers: Addresses) -> None:
    await files.accepted(CONTENT)
    for format in ("json", "xlsx"):
        path = f"/innovations/{files.innovation}/export"
        answer = await files.api.get(path, params={"format": format}, headers=files.person)
        assert answer.status_code == 200
    assert await openings(fresh_servers, ACCESS, DIGEST) == []


async def test_two_replicas_asked_at_the_same_time_make_one_fact(
    fresh_servers: Addresses, issuer: Issuer, admin: Headers, operator: Headers
) -> None:
    settings = settings_for(Settings, "submission", fresh_servers, issuer)
    async with serving(create_app, settings) as one, serving(create_app, settings) as other:
        await opened(one, admin, "2026")
        for number, kind in enumerate(("province", "regency", "agency")):
            await registered(one, admin, PATH[: number + 1], kind)
        files = Files(one, operator, await begun(one, operator, "2026"))
        where = f"evidence/{await files.accepted(CONTENT)}/download"
        readers = [files, Files(other, operator, files.innovation)] * 4
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(each.get(where)) for each in readers]
        assert {each.result().status_code for each in asked} == {200}
    assert await openings(fresh_servers, ACCESS, DIGEST) == [
        ("operator-1", "link", files.innovation)
    ]
