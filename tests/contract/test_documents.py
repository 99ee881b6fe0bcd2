"""Documents on the real object storage, with keys that may do no more than they need."""

import asyncio
import socket
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from minio import S3Error
from minio.commonconfig import COMPLIANCE, GOVERNANCE
from minio.retention import Retention
from pikepdf import Dictionary, Name

from shared.documents import (
    Accepted,
    Connection,
    Declared,
    Documents,
    Failed,
    Held,
    NotUploaded,
    Properties,
    Scan,
    Stored,
    Verdict,
)
from shared.errors import Invalid, Unavailable
from shared.settings import MEGABYTE
from tests.builders.files import jpeg, locked_pdf, mp4, pdf, pdf_with, png
from tests.contract.desk import TERMS, Clock, Desk, Server, declared_as, documents_for


async def test_both_buckets_are_ready(desk: Desk):
    await desk.documents.ensure_ready()


async def test_a_bucket_without_object_lock_is_not_ready(server: Server):
    documents = documents_for(server, Clock(), "admin", evidence_bucket="unlocked")
    with pytest.raises(Unavailable, match="keeps no versions"):
        await documents.ensure_ready()
    documents.close()


SAID = "SIP PUTIH\nHalaman 1\fSIP PUTIH\nHalaman 2"


@pytest.mark.parametrize(
    ("content", "media_type", "properties", "text"),
    [
        (pdf("SIP PUTIH", 2), "application/pdf", Properties(pages=2), SAID),
        (png(), "image/png", Properties(width_pixels=8, height_pixels=6), None),
        (jpeg(), "image/jpeg", Properties(width_pixels=8, height_pixels=6), None),
        (mp4(), "video/mp4", Properties(duration_seconds=7), None),
    ],
    ids=["pdf", "png", "jpeg", "mp4"],
)
async def test_an_upload_as_declared_is_kept_and_locked(
    desk: Desk, content: bytes, media_type: str, properties: Properties, text: str | None
):
    declared = declared_as(content, media_type)
    await desk.uploaded(content, declared)
    before = desk.clock().replace(microsecond=0)
    accepted = await desk.documents.intake(desk.evidence_id, declared)
    assert isinstance(accepted, Accepted)
    assert before <= accepted.retain_until - timedelta(days=30) <= desk.clock()
    kept = Retention(GOVERNANCE, accepted.retain_until)
    key = f"sha256/{declared.sha256}"
    assert desk.admin.get_object_retention("evidence", key) == kept
    assert accepted == Accepted(
        declared.sha256,
        len(content),
        media_type,
        key,
        desk.versions(declared.sha256)[0],
        accepted.retain_until,
        properties,
        text,
    )
    assert await desk.documents.text(declared.sha256, media_type) == text
    assert await desk.documents.stat(declared.sha256) == Stored(
        declared.sha256, len(content), media_type, accepted.version_id, accepted.retain_until
    )


async def test_what_is_kept_cannot_be_deleted_not_by_an_admin_either(desk: Desk):
    content = pdf()
    await desk.uploaded(content, declared_as(content))
    accepted = await desk.documents.intake(desk.evidence_id, declared_as(content))
    assert isinstance(accepted, Accepted)
    with pytest.raises(S3Error, match="AccessDenied"):
        desk.admin.remove_object("evidence", accepted.object_key, accepted.version_id)
    assert await desk.documents.exists(accepted.sha256)


async def test_the_same_file_is_stored_once_and_kept_for_longer(desk: Desk):
    content = pdf()
    declared = declared_as(content)
    await desk.uploaded(content, declared)
    first = await desk.documents.intake(desk.evidence_id, declared)
    desk.clock.ahead = timedelta(days=3)
    second = await desk.documents.intake(desk.evidence_id, declared)
    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert second == replace(first, retain_until=second.retain_until)
    assert second.retain_until >= first.retain_until + timedelta(days=3)
    assert desk.versions(declared.sha256) == [first.version_id]


async def test_two_intakes_at_once_both_answer_what_is_kept(desk: Desk):
    content = pdf()
    declared = declared_as(content)
    await desk.uploaded(content, declared)
    both = await asyncio.gather(
        *(desk.documents.intake(desk.evidence_id, declared) for _ in range(2))
    )
    assert [type(each) for each in both] == [Accepted, Accepted]


async def test_a_crash_before_the_fact_asks_for_no_second_upload(desk: Desk):
    content = pdf()
    declared = declared_as(content)
    await desk.uploaded(content, declared)
    await desk.documents.intake(desk.evidence_id, declared)
    assert isinstance(await desk.documents.intake(desk.evidence_id, declared), Accepted)
    await desk.documents.discard(desk.evidence_id)
    await desk.documents.discard(desk.evidence_id)
    assert await desk.documents.intake(desk.evidence_id, declared) == NotUploaded()


async def test_knowing_the_digest_of_a_kept_file_is_not_having_it(desk: Desk):
    content = pdf()
    declared = declared_as(content)
    await desk.uploaded(content, declared)
    await desk.documents.intake(desk.evidence_id, declared)
    assert await desk.documents.intake("somebody-else", declared) == NotUploaded()


async def test_the_server_refuses_more_bytes_thandeclared_as(desk: Desk):
    content = pdf()
    form = desk.documents.upload_link(desk.evidence_id, declared_as(content))
    answer = await desk.upload(form, content + b"x")
    assert (answer.status_code, "EntityTooLarge" in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("key", "another-place"),
        ("Content-Type", "text/html"),
        ("x-amz-meta-sha256", "0" * 64),
        ("x-amz-signature", "0" * 64),
    ],
)
async def test_the_server_refuses_a_changed_form(desk: Desk, name: str, value: str):
    content = pdf()
    form = desk.documents.upload_link(desk.evidence_id, declared_as(content))
    changed = replace(form, fields={**form.fields, name: value})
    assert (await desk.upload(changed, content)).status_code == 403


async def test_the_server_refuses_a_form_after_its_time(desk: Desk):
    content = pdf()
    desk.clock.ahead = timedelta(seconds=-901)
    form = desk.documents.upload_link(desk.evidence_id, declared_as(content))
    assert (await desk.upload(form, content)).status_code == 403


def test_the_form_points_to_the_public_address():
    connection = Connection(
        "127.0.0.1:1", "key", "secret", public_endpoint="files.example.go.id:8443"
    )
    documents = Documents(connection, TERMS, Clock())
    form = documents.upload_link("e-1", declared_as(pdf()))
    documents.close()
    assert form.url == "http://files.example.go.id:8443/quarantine/"


@pytest.mark.parametrize(
    ("evidence_id", "declared", "code"),
    [
        ("../evidence", declared_as(pdf()), "malformed"),
        ("", declared_as(pdf()), "malformed"),
        ("e-1", Declared("ABC", 10, "application/pdf"), "malformed"),
        ("e-1", Declared("0" * 64, MEGABYTE + 1, "application/pdf"), "too_large"),
        ("e-1", Declared("0" * 64, 0, "application/pdf"), "empty"),
        ("e-1", Declared("0" * 64, 10, "text/html"), "type_not_allowed"),
        (
            "e-1",
            Declared("0" * 64, 10, "image/png", frozenset({"application/pdf"})),
            "type_not_allowed",
        ),
    ],
)
def test_no_form_is_made_for_what_would_be_refused(
    server: Server, evidence_id: str, declared: Declared, code: str
):
    documents = documents_for(server, Clock())
    with pytest.raises(Invalid) as refusal:
        documents.upload_link(evidence_id, declared)
    documents.close()
    assert refusal.value.code == code


PLAIN = pdf("plain")
PICTURE = png()
LOCKED = locked_pdf()
ACTING = pdf_with(OpenAction=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


@pytest.mark.parametrize(
    ("content", "declared", "rule"),
    [
        (b"", Declared("0" * 64, 1, "application/pdf"), "empty"),
        (b"x" * (MEGABYTE + 1), Declared("0" * 64, 1, "application/pdf"), "too_large"),
        (PLAIN, Declared("0" * 64, len(PLAIN), "application/pdf"), "digest_mismatch"),
        (PLAIN, replace(declared_as(PLAIN), size_bytes=7), "size_mismatch"),
        (PICTURE, declared_as(PICTURE, "application/pdf"), "type_mismatch"),
        (PLAIN, declared_as(PLAIN, "text/html"), "type_not_allowed"),
        (PLAIN[:-8], declared_as(PLAIN[:-8]), "unreadable"),
        (PICTURE[:-12], declared_as(PICTURE[:-12], "image/png"), "unreadable"),
        (b"\n" + PLAIN, declared_as(b"\n" + PLAIN), "type_mismatch"),
        (b"no file at all", declared_as(b"no file at all"), "type_mismatch"),
        (LOCKED, declared_as(LOCKED), "encrypted"),
        (ACTING, declared_as(ACTING), "active_content"),
        (PICTURE + b"rest", declared_as(PICTURE + b"rest", "image/png"), "trailing_bytes"),
    ],
    ids=range(13),
)
async def test_what_is_not_as_declared_is_refused_by_rule(
    desk: Desk, content: bytes, declared: Declared, rule: str
):
    desk.laid(content)
    failed = await desk.documents.intake(desk.evidence_id, declared)
    assert isinstance(failed, Failed)
    assert (failed.rule, await desk.documents.exists(declared.sha256)) == (rule, False)


async def test_a_pdf_that_writes_about_encryption_is_not_encrypted(desk: Desk):
    content = pdf("The key /Encrypt of a trailer")
    desk.laid(content)
    assert isinstance(await desk.documents.intake(desk.evidence_id, declared_as(content)), Accepted)


@dataclass
class Swapping:
    """A scanner that stands for an uploader who replaces the file while it is read."""

    desk: Desk
    other: bytes

    def begin(self) -> Scan:
        return self

    def feed(self, chunk: bytes) -> None:
        self.desk.laid(self.other)

    def verdict(self) -> Verdict:
        return Verdict.CLEAN

    def close(self) -> None: ...


async def test_a_file_replaced_while_it_is_read_is_not_kept(server: Server, desk: Desk):
    content = pdf()
    desk.laid(content)
    documents = documents_for(server, desk.clock, scanner=Swapping(desk, pdf()))
    with pytest.raises(Unavailable) as refusal:
        await documents.intake(desk.evidence_id, declared_as(content))
    documents.close()
    assert refusal.value.code == "upload_changed"
    assert desk.versions(sha256(content).hexdigest()) == []


@dataclass
class Judging:
    """A scanner that has made up its mind, and remembers what it saw."""

    answer: Verdict
    seen: bytes = b""

    def begin(self) -> Scan:
        return self

    def feed(self, chunk: bytes) -> None:
        self.seen += chunk

    def verdict(self) -> Verdict:
        return self.answer

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [(Verdict.INFECTED, Failed("malware")), (Verdict.HELD, Held())],
)
async def test_the_scanner_sees_every_byte_and_has_the_last_word(
    server: Server, desk: Desk, verdict: Verdict, expected: Failed | Held
):
    content = pdf()
    desk.laid(content)
    scanner = Judging(verdict)
    documents = documents_for(server, desk.clock, scanner=scanner)
    answer = await documents.intake(desk.evidence_id, declared_as(content))
    documents.close()
    assert (answer, scanner.seen) == (expected, content)
    assert not await desk.documents.exists(sha256(content).hexdigest())


async def test_a_download_saves_the_file_under_its_own_name(desk: Desk):
    content = pdf()
    desk.laid(content)
    await desk.documents.intake(desk.evidence_id, declared_as(content))
    link = desk.documents.download_link(
        sha256(content).hexdigest(), 'SK "Inovasi"/Désa; 1.pdf', "application/pdf"
    )
    answer = await desk.browser.get(link)
    assert (answer.content, answer.headers["content-type"]) == (content, "application/pdf")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="SK _Inovasi__D_sa; 1.pdf"; '
        "filename*=UTF-8''SK%20%22Inovasi%22_D%C3%A9sa%3B%201.pdf"
    )


async def test_a_link_never_says_that_evidence_is_a_page_to_show(desk: Desk):
    content = pdf()
    desk.laid(content)
    await desk.documents.intake(desk.evidence_id, declared_as(content))
    link = desk.documents.download_link(sha256(content).hexdigest(), "a.html", "text/html")
    answer = await desk.browser.get(link)
    assert (answer.content, answer.headers["content-type"]) == (content, "application/octet-stream")


async def test_who_may_only_read_evidence_finds_it_and_links_to_it(server: Server, desk: Desk):
    content = pdf()
    desk.laid(content)
    await desk.documents.intake(desk.evidence_id, declared_as(content))
    reading = documents_for(server, desk.clock, "verification")
    digest = sha256(content).hexdigest()
    answer = await desk.browser.get(reading.download_link(digest, "a.pdf", "application/pdf"))
    assert (await reading.exists(digest), answer.content) == (True, content)
    with pytest.raises(Unavailable):
        await reading.intake(desk.evidence_id, declared_as(content))
    reading.close()


@dataclass
class Looking:
    """A scanner that looks into a folder while the upload is judged."""

    folder: Path
    seen: list[int] = field(default_factory=list)

    def begin(self) -> Scan:
        return self

    def feed(self, chunk: bytes) -> None: ...

    def verdict(self) -> Verdict:
        self.seen.append(self.count())
        return Verdict.CLEAN

    def count(self) -> int:
        return len(list(self.folder.iterdir()))

    def close(self) -> None: ...


async def test_a_large_upload_is_judged_in_the_given_folder_and_gone_from_it(
    server: Server, desk: Desk, tmp_path: Path
):
    scanner = Looking(tmp_path)
    limits = {"video/mp4": 9 * MEGABYTE}
    documents = documents_for(
        server, desk.clock, scanner=scanner, max_bytes=limits, spool_folder=str(tmp_path)
    )
    for content in (mp4(), mp4(content=bytes(2 * MEGABYTE) + desk.evidence_id.encode())):
        desk.laid(content, "video/mp4")
        answer = await documents.intake(desk.evidence_id, declared_as(content, "video/mp4"))
        assert isinstance(answer, Accepted)
    documents.close()
    assert (scanner.seen, scanner.count()) == ([0, 1], 0)


async def test_without_a_folder_for_it_a_large_upload_waits(server: Server, desk: Desk):
    content = mp4(content=bytes(2 * MEGABYTE))
    desk.laid(content, "video/mp4")
    documents = documents_for(
        server, desk.clock, max_bytes={"video/mp4": 9 * MEGABYTE}, spool_folder="/nowhere/at/all"
    )
    with pytest.raises(Unavailable) as refusal:
        await documents.intake(desk.evidence_id, declared_as(content, "video/mp4"))
    documents.close()
    assert refusal.value.code == "spool_unavailable"


async def test_a_changed_or_expired_link_is_refused(desk: Desk):
    content = pdf()
    desk.laid(content)
    await desk.documents.intake(desk.evidence_id, declared_as(content))
    digest = sha256(content).hexdigest()
    link = desk.documents.download_link(digest, "a.pdf", "application/pdf")
    desk.clock.ahead = timedelta(seconds=-121)
    expired = desk.documents.download_link(digest, "a.pdf", "application/pdf")
    answers = [
        (await desk.browser.get(each)).status_code
        for each in (link, expired, link.replace("a.pdf", "b.pdf"), link.partition("?")[0])
    ]
    assert answers == [200, 403, 403, 403]


async def test_a_receipt_is_written_under_a_compliance_lock(desk: Desk):
    until = (desk.clock() + timedelta(days=2)).replace(microsecond=0)
    key = f"receipts/{uuid4()}.json"
    version = await desk.documents.put_locked(
        "evidence", key, b"{}", media_type="application/json", until=until
    )
    assert desk.admin.get_object_retention("evidence", key, version) == Retention(COMPLIANCE, until)


async def test_what_the_storage_does_not_lock_is_not_accepted(server: Server, desk: Desk):
    content = pdf()
    desk.laid(content)
    documents = documents_for(server, desk.clock, "admin", evidence_bucket="unlocked")
    with pytest.raises(Unavailable):
        await documents.intake(desk.evidence_id, declared_as(content))
    documents.close()


async def test_nothing_is_kept_under_an_unknown_digest(desk: Desk):
    assert await desk.documents.stat("0" * 64) is None


async def test_a_storage_that_is_not_there_is_unavailable(server: Server):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
        documents = documents_for(replace(server, endpoint=address), Clock())
        with pytest.raises(Unavailable) as refusal:
            await documents.stat("0" * 64)
    documents.close()
    assert refusal.value.code == "storage_unavailable"
