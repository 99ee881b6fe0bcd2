"""Whoever looks into the evidence of a dossier stands in the history; nobody else does."""

from hashlib import sha256

import pytest

from deploy.local.stack import Addresses
from shared.events.submission import EvidenceItem, LinkEvidence
from shared.events.verification import ACCESS
from tests.accessed import openings
from tests.apps import Issuer
from tests.builders.files import mp4
from tests.builders.papers import BODY, LETTER_PAGES, paper
from tests.builders.verification import (
    COLLEAGUE,
    DRAFTER,
    OF_THE_AGENCY,
    SECOND_DIGEST,
    VERIFIER,
    Person,
)
from tests.component.verification.test_machine_checks import DECREE, OTHER_AGENCY, handed_in, item
from tests.component.verification.world import Later, Reviewer, Voice, store

LETTER = paper(*LETTER_PAGES)
DIGEST = sha256(LETTER).hexdigest()
PLACE = f"/dossiers/inov-1/evidence/{DIGEST}"
WAYS = {
    PLACE: "link",
    f"{PLACE}/pages/1": "picture",
    f"{PLACE}/text": "text",
    f"{PLACE}/text?page=2": "text",
    f"{PLACE}/letter": "text",
}


@pytest.fixture
def letter(fresh_servers: Addresses) -> EvidenceItem:
    store(fresh_servers, DIGEST, LETTER)
    return item(LETTER, "SID-01", letter=DECREE)


async def status(reviewer: Reviewer, path: str) -> int:
    return (await reviewer.api.get(path, headers=reviewer.headers)).status_code


@pytest.mark.parametrize("path", WAYS)
async def test_every_way_of_looking_makes_one_fact_for_each_person(
    submission: Voice,
    verifier: Reviewer,
    colleague: Reviewer,
    fresh_servers: Addresses,
    letter: EvidenceItem,
    path: str,
) -> None:
    dossier = await handed_in(submission, verifier, "inov-1", letter)
    assert await openings(fresh_servers, ACCESS, DIGEST) == []
    for reader in (verifier, verifier, colleague):
        assert await status(reader, path) == 200
    assert await openings(fresh_servers, ACCESS, DIGEST) == [
        (person.by, WAYS[path], dossier) for person in (VERIFIER, COLLEAGUE)
    ]


async def test_all_ways_together_are_one_look(
    submission: Voice, verifier: Reviewer, fresh_servers: Addresses, letter: EvidenceItem
) -> None:
    await handed_in(submission, verifier, "inov-1", letter)
    assert [await status(verifier, path) for path in WAYS] == [200] * len(WAYS)
    told = [(VERIFIER.by, "link", "inov-1")]
    assert await openings(fresh_servers, ACCESS, DIGEST) == told


async def test_who_comes_back_after_a_quarter_of_an_hour_makes_another_fact(
    submission: Voice, later: Later, fresh_servers: Addresses, letter: EvidenceItem
) -> None:
    await handed_in(submission, later.verifier, "inov-1", letter)
    for hours, facts in ((0, 1), (0.24, 1), (0.26, 2), (0.3, 2)):
        later.go_on(hours=hours)
        assert await status(later.verifier, PLACE) == 200
        told = [(VERIFIER.by, "link", "inov-1")] * facts
        assert await openings(fresh_servers, ACCESS, DIGEST) == told


@pytest.mark.parametrize("person", [OF_THE_AGENCY, DRAFTER], ids=lambda person: person.by)
async def test_who_is_tied_to_a_dossier_makes_no_fact(
    submission: Voice,
    verifier: Reviewer,
    issuer: Issuer,
    fresh_servers: Addresses,
    letter: EvidenceItem,
    person: Person,
) -> None:
    await handed_in(submission, verifier, "inov-1", letter)
    tied = Reviewer.of(verifier.api, issuer, person)
    assert [await status(tied, path) for path in WAYS] == [404] * len(WAYS)
    assert await openings(fresh_servers, ACCESS, DIGEST) == []


async def test_who_was_shown_nothing_makes_no_fact(
    submission: Voice, verifier: Reviewer, issuer: Issuer, fresh_servers: Addresses
) -> None:
    """No page, no words, no file, no role; an address stands in the dossier itself."""
    scan, film, gone = paper(" "), mp4(), paper("Tidak tersimpan")
    shown = (item(scan), item(film, media_type="video/mp4"), item(gone))
    for content in (scan, film):
        store(fresh_servers, sha256(content).hexdigest(), content)
    link = LinkEvidence(url="https://example.org/berita", sha256=SECOND_DIGEST)
    address = item(b"", "SID-01").model_copy(update={"evidence_id": "ev-link", "content": link})
    await handed_in(submission, verifier, "inov-1", *shown, address)
    other = Reviewer(verifier.api, issuer.headers("person-admin", "pemda_admin"))
    read, drawn, kept = (each.content.sha256 for each in shown)
    asked = (
        (verifier, f"{read}/text", 200),
        (verifier, f"{read}/letter", 200),
        (verifier, f"{read}/pages/2", 404),
        (verifier, f"{drawn}/pages/1", 409),
        (verifier, f"{kept}/text", 404),
        (verifier, f"{SECOND_DIGEST}", 200),
        (other, read, 403),
    )
    for reader, path, expected in asked:
        assert await status(reader, f"/dossiers/inov-1/evidence/{path}") == expected, path
    for digest in (read, drawn, kept, SECOND_DIGEST):
        assert await openings(fresh_servers, ACCESS, digest) == []


async def test_words_that_stand_side_by_side_open_both_documents(
    submission: Voice, verifier: Reviewer, fresh_servers: Addresses
) -> None:
    contents = [paper(f"Dinas {name}. {BODY}") for name in ("Kesehatan", "Sosial")]
    ours, theirs = (item(each, "SID-01") for each in contents)
    for shown, content in ((ours, contents[0]), (theirs, contents[1])):
        store(fresh_servers, shown.content.sha256, content)
    await handed_in(submission, verifier, "inov-1", ours)
    await handed_in(submission, verifier, "inov-2", theirs, **OTHER_AGENCY)
    for path in ("findings", "similar"):
        assert await status(verifier, f"/dossiers/inov-1/{path}") == 200
    assert await openings(fresh_servers, ACCESS, ours.content.sha256) == []
    assert await status(verifier, "/dossiers/inov-1/similar/inov-2") == 200
    for shown, dossier in ((ours, "inov-1"), (theirs, "inov-2")):
        told = [(VERIFIER.by, "text", dossier)]
        assert await openings(fresh_servers, ACCESS, shown.content.sha256) == told


async def test_what_a_browser_keeps_is_for_one_person_only(
    submission: Voice, verifier: Reviewer, letter: EvidenceItem
) -> None:
    await handed_in(submission, verifier, "inov-1", letter)
    for path in (f"{PLACE}/pages/1", f"{PLACE}/text"):
        answer = await verifier.api.get(path, headers=verifier.headers)
        assert answer.headers["Vary"] == "Authorization"
        assert answer.headers["Cache-Control"].startswith("private")
