"""Documents on the real object storage, with keys that may do no more than they need."""

import asyncio
import io
import os
import socket
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import httpx
import pytest
from minio import Minio, S3Error
from minio.commonconfig import COMPLIANCE, GOVERNANCE
from minio.retention import Retention

from deploy.local.keys import S3Key
from shared.documents import (
    Accepted,
    Connection,
    Declared,
    Documents,
    Failed,
    Held,
    NotUploaded,
    Scan,
    Stored,
    UploadForm,
    Verdict,
)
from shared.errors import Invalid, Unavailable
from shared.settings import MEGABYTE
from tests.servers import Running

MAX_BYTES = {
    "application/pdf": MEGABYTE,
    "image/png": 4096,
    "image/jpeg": 4096,
    "video/mp4": 4096,
}


@dataclass(frozen=True)
class Server:
    endpoint: str
    keys: Mapping[str, S3Key]
    admin: Minio


@pytest.fixture(scope="module")
def server(s3_server: Running) -> Server:
    endpoint, keys = s3_server.addresses.s3_endpoint, s3_server.addresses.s3_keys
    key = keys["admin"]
    admin = Minio(endpoint, key.access, key.secret, secure=False, region="us-east-1")
    if not admin.bucket_exists("unlocked"):
        admin.make_bucket("unlocked")
    return Server(endpoint, keys, admin)


@dataclass
class Clock:
    """The real time, moved by `ahead`: the storage has a clock of its own."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Desk:
    """A service's documents, a browser beside them, and an admin who looks behind."""

    documents: Documents
    browser: httpx.AsyncClient
    admin: Minio
    clock: Clock
    evidence_id: str = field(default_factory=lambda: f"e-{uuid4()}")

    async def upload(self, form: UploadForm, content: bytes) -> httpx.Response:
        return await self.browser.post(
            form.url, data=dict(form.fields), files={"file": ("any name.bin", content)}
        )

    async def uploaded(self, content: bytes, declared: Declared) -> None:
        answer = await self.upload(self.documents.upload_link(self.evidence_id, declared), content)
        assert answer.status_code == 204, answer.text

    def laid(self, content: bytes, media_type: str = "application/pdf") -> None:
        """Past the form, as somebody with a key to the quarantine could."""
        self.admin.put_object(
            "quarantine", self.evidence_id, io.BytesIO(content), len(content), media_type
        )

    def versions(self, sha256_hex: str) -> list[str | None]:
        found = self.admin.list_objects(
            "evidence", prefix=f"sha256/{sha256_hex}", include_version=True
        )
        return [each.version_id for each in found]


def _documents(
    server: Server, clock: Clock, user: str = "submission", **changed: object
) -> Documents:
    settings: dict[str, object] = {
        "quarantine_bucket": "quarantine",
        "evidence_bucket": "evidence",
        "retention_days": 30,
        "max_bytes": MAX_BYTES,
        "now": clock,
        **changed,
    }
    key = server.keys[user]
    connection = Connection(server.endpoint, key.access, key.secret)
    return Documents(connection, **settings)


@pytest.fixture
async def desk(server: Server) -> AsyncIterator[Desk]:
    clock = Clock()
    documents = _documents(server, clock)
    async with httpx.AsyncClient() as browser:
        yield Desk(documents, browser, server.admin, clock)
    documents.close()


def _pdf(text: str | None = None, trailer: bytes = b"") -> bytes:
    body = f"%PDF-1.7\n% {text or uuid4()}\n".encode()
    return body + b"trailer << /Root 1 0 R " + trailer + b">>\nstartxref\n9\n%%EOF\n"


def _png() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        tail = zlib.crc32(name + content).to_bytes(4)
        return len(content).to_bytes(4) + name + content + tail

    header = (1).to_bytes(4) + (1).to_bytes(4) + bytes([8, 0, 0, 0, 0])
    pixels = zlib.compress(b"\0" + os.urandom(1)) + os.urandom(8)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def _jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + os.urandom(64) + b"\xff\xd9"


def _mp4() -> bytes:
    return b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + os.urandom(64)


def _declared(content: bytes, media_type: str = "application/pdf") -> Declared:
    return Declared(sha256(content).hexdigest(), len(content), media_type)


async def test_both_buckets_are_ready(desk: Desk):
    await desk.documents.ensure_ready()


async def test_a_bucket_without_object_lock_is_not_ready(server: Server):
    documents = _documents(server, Clock(), "admin", evidence_bucket="unlocked")
    with pytest.raises(Unavailable, match="keeps no versions"):
        await documents.ensure_ready()
    documents.close()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (_pdf(), "application/pdf"),
        (_png(), "image/png"),
        (_jpeg(), "image/jpeg"),
        (_mp4(), "video/mp4"),
    ],
    ids=["pdf", "png", "jpeg", "mp4"],
)
async def test_an_upload_as_declared_is_kept_and_locked(
    desk: Desk, content: bytes, media_type: str
):
    declared = _declared(content, media_type)
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
    )
    assert await desk.documents.stat(declared.sha256) == Stored(
        declared.sha256, len(content), media_type, accepted.version_id, accepted.retain_until
    )


async def test_what_is_kept_cannot_be_deleted_not_by_an_admin_either(desk: Desk):
    content = _pdf()
    await desk.uploaded(content, _declared(content))
    accepted = await desk.documents.intake(desk.evidence_id, _declared(content))
    assert isinstance(accepted, Accepted)
    with pytest.raises(S3Error, match="AccessDenied"):
        desk.admin.remove_object("evidence", accepted.object_key, accepted.version_id)
    assert await desk.documents.exists(accepted.sha256)


async def test_the_same_file_is_stored_once_and_kept_for_longer(desk: Desk):
    content = _pdf()
    declared = _declared(content)
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
    content = _pdf()
    declared = _declared(content)
    await desk.uploaded(content, declared)
    both = await asyncio.gather(
        *(desk.documents.intake(desk.evidence_id, declared) for _ in range(2))
    )
    assert [type(each) for each in both] == [Accepted, Accepted]


async def test_a_crash_before_the_fact_asks_for_no_second_upload(desk: Desk):
    content = _pdf()
    declared = _declared(content)
    await desk.uploaded(content, declared)
    await desk.documents.intake(desk.evidence_id, declared)
    assert isinstance(await desk.documents.intake(desk.evidence_id, declared), Accepted)
    await desk.documents.discard(desk.evidence_id)
    await desk.documents.discard(desk.evidence_id)
    assert await desk.documents.intake(desk.evidence_id, declared) == NotUploaded()


async def test_knowing_the_digest_of_a_kept_file_is_not_having_it(desk: Desk):
    content = _pdf()
    declared = _declared(content)
    await desk.uploaded(content, declared)
    await desk.documents.intake(desk.evidence_id, declared)
    assert await desk.documents.intake("somebody-else", declared) == NotUploaded()


async def test_the_server_refuses_more_bytes_than_declared(desk: Desk):
    content = _pdf()
    form = desk.documents.upload_link(desk.evidence_id, _declared(content))
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
    content = _pdf()
    form = desk.documents.upload_link(desk.evidence_id, _declared(content))
    changed = replace(form, fields={**form.fields, name: value})
    assert (await desk.upload(changed, content)).status_code == 403


async def test_the_server_refuses_a_form_after_its_time(desk: Desk):
    content = _pdf()
    desk.clock.ahead = timedelta(seconds=-901)
    form = desk.documents.upload_link(desk.evidence_id, _declared(content))
    assert (await desk.upload(form, content)).status_code == 403


def test_the_form_points_to_the_public_address():
    connection = Connection(
        "127.0.0.1:1", "key", "secret", public_endpoint="files.example.go.id:8443"
    )
    documents = Documents(
        connection,
        quarantine_bucket="quarantine",
        evidence_bucket="evidence",
        retention_days=1,
        max_bytes=MAX_BYTES,
        now=Clock(),
    )
    form = documents.upload_link("e-1", _declared(_pdf()))
    documents.close()
    assert form.url == "http://files.example.go.id:8443/quarantine/"


@pytest.mark.parametrize(
    ("evidence_id", "declared", "code"),
    [
        ("../evidence", _declared(_pdf()), "malformed"),
        ("", _declared(_pdf()), "malformed"),
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
    documents = _documents(server, Clock())
    with pytest.raises(Invalid) as refusal:
        documents.upload_link(evidence_id, declared)
    documents.close()
    assert refusal.value.code == code


PLAIN = _pdf("plain")
PICTURE = _png()


@pytest.mark.parametrize(
    ("content", "declared", "rule"),
    [
        (b"", Declared("0" * 64, 1, "application/pdf"), "empty"),
        (b"x" * (MEGABYTE + 1), Declared("0" * 64, 1, "application/pdf"), "too_large"),
        (PLAIN, Declared("0" * 64, len(PLAIN), "application/pdf"), "digest_mismatch"),
        (PLAIN, replace(_declared(PLAIN), size_bytes=7), "size_mismatch"),
        (PICTURE, _declared(PICTURE, "application/pdf"), "type_mismatch"),
        (PLAIN, _declared(PLAIN, "text/html"), "type_not_allowed"),
        (PLAIN[:-8], _declared(PLAIN[:-8]), "unreadable"),
        (PICTURE[:-12], _declared(PICTURE[:-12], "image/png"), "unreadable"),
        (b"\n" + PLAIN, _declared(b"\n" + PLAIN), "type_mismatch"),
        (b"no file at all", _declared(b"no file at all"), "type_mismatch"),
        (
            _pdf("locked", b"/Encrypt 5 0 R "),
            _declared(_pdf("locked", b"/Encrypt 5 0 R ")),
            "encrypted",
        ),
    ],
    ids=range(11),
)
async def test_what_is_not_as_declared_is_refused_by_rule(
    desk: Desk, content: bytes, declared: Declared, rule: str
):
    desk.laid(content)
    failed = await desk.documents.intake(desk.evidence_id, declared)
    assert isinstance(failed, Failed)
    assert (failed.rule, await desk.documents.exists(declared.sha256)) == (rule, False)


async def test_a_pdf_that_writes_about_encryption_is_not_encrypted(desk: Desk):
    content = _pdf("The key /Encrypt of a trailer")
    desk.laid(content)
    assert isinstance(await desk.documents.intake(desk.evidence_id, _declared(content)), Accepted)


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


async def test_a_file_replaced_while_it_is_read_is_not_kept(server: Server, desk: Desk):
    content = _pdf()
    desk.laid(content)
    documents = _documents(server, desk.clock, scanner=Swapping(desk, _pdf()))
    with pytest.raises(Unavailable) as refusal:
        await documents.intake(desk.evidence_id, _declared(content))
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


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [(Verdict.INFECTED, Failed("malware")), (Verdict.HELD, Held())],
)
async def test_the_scanner_sees_every_byte_and_has_the_last_word(
    server: Server, desk: Desk, verdict: Verdict, expected: Failed | Held
):
    content = _pdf()
    desk.laid(content)
    scanner = Judging(verdict)
    documents = _documents(server, desk.clock, scanner=scanner)
    answer = await documents.intake(desk.evidence_id, _declared(content))
    documents.close()
    assert (answer, scanner.seen) == (expected, content)
    assert not await desk.documents.exists(sha256(content).hexdigest())


async def test_a_download_saves_the_file_under_its_own_name(desk: Desk):
    content = _pdf()
    desk.laid(content)
    await desk.documents.intake(desk.evidence_id, _declared(content))
    link = desk.documents.download_link(
        sha256(content).hexdigest(), 'SK "Inovasi"/Désa; 1.pdf', "application/pdf"
    )
    answer = await desk.browser.get(link)
    assert (answer.content, answer.headers["content-type"]) == (content, "application/pdf")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="SK _Inovasi__D_sa; 1.pdf"; '
        "filename*=UTF-8''SK%20%22Inovasi%22_D%C3%A9sa%3B%201.pdf"
    )


async def test_a_changed_or_expired_link_is_refused(desk: Desk):
    content = _pdf()
    desk.laid(content)
    await desk.documents.intake(desk.evidence_id, _declared(content))
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
    content = _pdf()
    desk.laid(content)
    documents = _documents(server, desk.clock, "admin", evidence_bucket="unlocked")
    with pytest.raises(Unavailable):
        await documents.intake(desk.evidence_id, _declared(content))
    documents.close()


async def test_nothing_is_kept_under_an_unknown_digest(desk: Desk):
    assert await desk.documents.stat("0" * 64) is None


async def test_a_storage_that_is_not_there_is_unavailable(server: Server):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
        documents = _documents(replace(server, endpoint=address), Clock())
        with pytest.raises(Unavailable) as refusal:
            await documents.stat("0" * 64)
    documents.close()
    assert refusal.value.code == "storage_unavailable"
