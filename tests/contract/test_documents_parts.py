"""Large uploads in parts on the real object storage: resumed, joined there, never mixed up."""

import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from uuid import uuid4

import httpx
import pytest
from minio import S3Error
from minio.commonconfig import GOVERNANCE
from minio.retention import Retention

from shared.documents import (
    Accepted,
    Declared,
    Documents,
    NotUploaded,
    PartForm,
    Properties,
    Scan,
    UploadParts,
    Verdict,
)
from shared.errors import Invalid, NotFound, Unavailable
from shared.settings import MEGABYTE
from tests.builders.files import mp4, mp4_head
from tests.contract.desk import Clock, Desk, Server, declared_as, documents_for

PART = 5 * MEGABYTE
LIMITS = {"video/mp4": 400 * MEGABYTE}
VIDEO = "video/mp4"


def documents_in_parts(server: Server, clock: Clock, **changed: object) -> Documents:
    return documents_for(server, clock, **{"max_bytes": LIMITS, "part_bytes": PART, **changed})


@pytest.fixture
async def large(server: Server, desk: Desk) -> AsyncIterator[Desk]:
    """The desk of a service that takes large videos in small parts."""
    documents = documents_in_parts(server, desk.clock)
    yield replace(desk, documents=documents)
    documents.close()


def video(size_bytes: int = 2 * PART + 1000) -> bytes:
    """A video like no other, since equal files are kept once."""
    own = uuid4().bytes
    return mp4(content=bytes(size_bytes - len(mp4(content=own))) + own)


async def upload(desk: Desk, part: PartForm, content: bytes) -> httpx.Response:
    return await desk.upload(part, content[part.offset : part.offset + part.size_bytes])


async def uploaded(desk: Desk, parts: UploadParts, content: bytes, *numbers: int) -> None:
    for part in parts.missing:
        if part.number in numbers:
            assert (await upload(desk, part, content)).status_code == 204


def lying(desk: Desk) -> list[str | None]:
    found = desk.admin.list_objects("quarantine", f"_parts/{desk.evidence_id}/", recursive=True)
    return [each.object_name for each in found]


async def test_a_large_file_is_cut_into_parts_that_make_it_whole(large: Desk):
    content = video()
    parts = await large.documents.parts(large.evidence_id, declared_as(content, VIDEO))
    assert (parts.part_bytes, parts.part_count, parts.missing_count) == (PART, 3, 3)
    assert [(each.number, each.offset, each.size_bytes) for each in parts.missing] == [
        (1, 0, PART),
        (2, PART, PART),
        (3, 2 * PART, len(content) - 2 * PART),
    ]


async def test_an_upload_is_resumed_by_another_process(server: Server, large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    first = await large.documents.parts(large.evidence_id, declared)
    await uploaded(large, first, content, 3, 1)
    assert await large.documents.intake(large.evidence_id, declared) == NotUploaded((2,))

    large.documents.close()
    another = documents_in_parts(server, large.clock)
    second = await another.parts(large.evidence_id, declared)
    assert (second.received, [part.number for part in second.missing]) == ((1, 3), [2])
    await uploaded(large, second, content, 2)
    done = await another.parts(large.evidence_id, declared)
    assert (done.received, done.missing, done.missing_count) == ((1, 2, 3), (), 0)
    accepted = await another.intake(large.evidence_id, declared)
    another.close()
    assert isinstance(accepted, Accepted)
    assert accepted.sha256 == declared.sha256


async def test_parts_are_kept_as_one_locked_object_with_the_declared_digest(large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    parts = await large.documents.parts(large.evidence_id, declared)
    await uploaded(large, parts, content, 1, 2, 3)
    accepted = await large.documents.intake(large.evidence_id, declared)
    assert isinstance(accepted, Accepted)
    key, version = f"sha256/{declared.sha256}", large.versions(declared.sha256)[0]
    assert accepted == Accepted(
        declared.sha256,
        len(content),
        VIDEO,
        key,
        version,
        accepted.retain_until,
        Properties(duration_seconds=7),
    )
    kept = large.admin.get_object_retention("evidence", key)
    assert kept == Retention(GOVERNANCE, accepted.retain_until)
    with pytest.raises(S3Error, match="AccessDenied"):
        large.admin.remove_object("evidence", key, version)
    link = large.documents.download_link(declared.sha256, "video.mp4", VIDEO)
    answer = await large.browser.get(link)
    assert (answer.content == content, answer.headers["content-type"]) == (True, VIDEO)


async def test_what_is_kept_is_streamed_in_pieces(large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    await large.uploaded(content, declared)
    await large.documents.intake(large.evidence_id, declared)
    pieces = [piece async for piece in large.documents.stream(declared.sha256)]
    assert (b"".join(pieces) == content, max(map(len, pieces))) == (True, MEGABYTE)


async def test_a_stream_that_nobody_reads_to_its_end_is_let_go(large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    await large.uploaded(content, declared)
    await large.documents.intake(large.evidence_id, declared)
    for _ in range(20):
        async with aclosing(large.documents.stream(declared.sha256)) as stream:
            assert len(await anext(stream)) == MEGABYTE
    assert await large.documents.exists(declared.sha256)


async def test_nothing_is_streamed_that_is_not_kept(large: Desk):
    with pytest.raises(NotFound):
        await anext(large.documents.stream("0" * 64))


async def test_nothing_is_left_of_the_parts_after_the_fact(large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    parts = await large.documents.parts(large.evidence_id, declared)
    await uploaded(large, parts, content, 1, 2, 3)
    assert isinstance(await large.documents.intake(large.evidence_id, declared), Accepted)
    assert len(lying(large)) == 3
    await large.documents.discard(large.evidence_id)
    await large.documents.discard(large.evidence_id)
    assert lying(large) == []
    answer = await large.documents.intake(large.evidence_id, declared)
    assert answer == NotUploaded((1, 2, 3))


@pytest.mark.parametrize("change", [b"", b"x"], ids=["shorter", "longer"])
async def test_a_part_of_another_size_cannot_be_uploaded(large: Desk, change: bytes):
    content = video()
    declared = declared_as(content, VIDEO)
    part = (await large.documents.parts(large.evidence_id, declared)).missing[1]
    wrong = bytes(part.size_bytes) + change if change else bytes(part.size_bytes - 1)
    assert (await large.upload(part, wrong)).status_code == 400
    assert (await large.documents.parts(large.evidence_id, declared)).received == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [("key", "_parts/e-other/5242880/00001"), ("Content-Type", "text/html")],
)
async def test_the_form_of_a_part_holds_for_that_part_only(large: Desk, name: str, value: str):
    content = video()
    part = (await large.documents.parts(large.evidence_id, declared_as(content, VIDEO))).missing[0]
    changed = replace(part, fields={**part.fields, name: value})
    assert (await upload(large, changed, content)).status_code == 403


async def test_a_connection_that_breaks_leaves_no_half_part(large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    part = (await large.documents.parts(large.evidence_id, declared)).missing[0]
    request = large.browser.build_request(
        "POST", part.url, data=dict(part.fields), files={"file": ("f", content[:PART])}
    )
    whole = request.read()

    async def torn() -> AsyncIterator[bytes]:
        yield whole[: len(whole) // 2]
        raise ConnectionResetError

    with pytest.raises((ConnectionResetError, httpx.HTTPError)):
        await large.browser.post(part.url, headers=request.headers, content=torn())
    assert (await large.documents.parts(large.evidence_id, declared)).received == ()
    await uploaded(
        large, await large.documents.parts(large.evidence_id, declared), content, 1, 2, 3
    )
    assert isinstance(await large.documents.intake(large.evidence_id, declared), Accepted)


async def test_parts_of_another_size_are_not_taken_for_parts_of_this(server: Server, large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    await uploaded(large, await large.documents.parts(large.evidence_id, declared), content, 1, 2)
    other = documents_in_parts(server, large.clock, part_bytes=2 * PART)
    parts = await other.parts(large.evidence_id, declared)
    other.close()
    assert (parts.received, parts.missing_count) == ((), 2)


async def test_a_part_that_was_laid_there_in_another_size_counts_as_missing(large: Desk):
    content = video()
    key = f"_parts/{large.evidence_id}/{PART}/00002"
    large.admin.put_object("quarantine", key, BytesIO(b"short"), 5)
    parts = await large.documents.parts(large.evidence_id, declared_as(content, VIDEO))
    assert (parts.received, parts.missing_count) == ((), 3)


async def test_forms_come_fifty_at_once_and_the_rest_is_counted(large: Desk):
    declared = Declared("0" * 64, 60 * PART, VIDEO)
    parts = await large.documents.parts(large.evidence_id, declared)
    assert [part.number for part in parts.missing] == list(range(1, 51))
    assert (parts.part_count, parts.missing_count) == (60, 60)


async def test_no_forms_are_made_for_what_would_be_refused(large: Desk):
    with pytest.raises(Invalid) as refusal:
        await large.documents.parts(large.evidence_id, Declared("0" * 64, LIMITS[VIDEO] + 1, VIDEO))
    assert refusal.value.code == "too_large"


@dataclass
class Swapping:
    """A scanner that stands for an uploader who replaces a part once everything was read."""

    desk: Desk
    number: int
    other: bytes = field(default_factory=lambda: b"y" * PART)

    def begin(self) -> Scan:
        return self

    def feed(self, chunk: bytes) -> None: ...

    def verdict(self) -> Verdict:
        key = f"_parts/{self.desk.evidence_id}/{PART}/{self.number:05d}"
        self.desk.admin.put_object("quarantine", key, BytesIO(self.other), len(self.other))
        return Verdict.CLEAN

    def close(self) -> None: ...


@pytest.mark.parametrize("number", [1, 2])
async def test_a_part_replaced_after_it_was_judged_is_not_mixed_in(
    server: Server, large: Desk, number: int
):
    content = video()
    declared = declared_as(content, VIDEO)
    await uploaded(
        large, await large.documents.parts(large.evidence_id, declared), content, 1, 2, 3
    )
    documents = documents_for(
        server, large.clock, scanner=Swapping(large, number), max_bytes=LIMITS, part_bytes=PART
    )
    with pytest.raises(Unavailable) as refusal:
        await documents.intake(large.evidence_id, declared)
    documents.close()
    assert refusal.value.code == "upload_changed"
    assert large.versions(declared.sha256) == []


async def test_what_came_whole_is_taken_in_whole_though_it_is_large(large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    await large.uploaded(content, declared)
    assert isinstance(await large.documents.intake(large.evidence_id, declared), Accepted)


async def test_what_came_as_one_part_is_taken_in_though_it_is_small(large: Desk):
    content = video(5000)
    declared = declared_as(content, VIDEO)
    assert await large.documents.intake(large.evidence_id, declared) == NotUploaded()
    await uploaded(large, await large.documents.parts(large.evidence_id, declared), content, 1)
    assert isinstance(await large.documents.intake(large.evidence_id, declared), Accepted)


async def test_nobody_reads_what_lies_in_quarantine(large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    parts = await large.documents.parts(large.evidence_id, declared)
    await uploaded(large, parts, content, 1)
    part = parts.missing[0]
    addresses = [f"{part.url}{part.fields['key']}", f"{part.url}{large.evidence_id}", part.url]
    assert [(await large.browser.get(each)).status_code for each in addresses] == [403, 403, 403]


async def test_uploads_of_which_nothing_came_for_long_are_stale(large: Desk):
    content = video()
    declared = declared_as(content, VIDEO)
    parts = await large.documents.parts(large.evidence_id, declared)
    await uploaded(large, parts, content, 2)
    now = large.clock()
    fresh = await large.documents.stale(now - timedelta(hours=1), 10_000)
    later = await large.documents.stale(now + timedelta(hours=1), 10_000)
    assert (large.evidence_id in fresh, later.count(large.evidence_id)) == (False, 1)
    assert len(await large.documents.stale(now + timedelta(hours=1), 1)) == 1
    await large.documents.discard(large.evidence_id)
    gone = await large.documents.stale(now + timedelta(hours=1), 10_000)
    assert large.evidence_id not in gone


def pieces(total: int, size: int) -> Iterator[bytes]:
    """A video that is never in memory as a whole, each piece of its own."""
    head = mp4_head(content_bytes=total)
    whole = len(head) + total
    for number, (start, end) in enumerate(pairwise((*range(0, whole, size), whole))):
        filling = bytes([number % 251]) * (end - start)
        yield (head + filling)[: end - start] if number == 0 else filling


async def test_two_hundred_megabytes_come_in_parts_within_little_memory(
    server: Server, large: Desk
):
    total, size = 200 * MEGABYTE, 8 * MEGABYTE
    documents = documents_in_parts(server, large.clock, part_bytes=size)
    digest = sha256()
    length = 0
    for piece in pieces(total, size):
        digest.update(piece)
        length += len(piece)
    declared = Declared(digest.hexdigest(), length, VIDEO)
    parts = await documents.parts(large.evidence_id, declared)
    for part, piece in zip(parts.missing, pieces(total, size), strict=True):
        assert (await large.upload(part, piece)).status_code == 204
    tracemalloc.start()
    try:
        accepted = await documents.intake(large.evidence_id, declared)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(accepted, Accepted)
    assert most < 16 * MEGABYTE
    await documents.discard(large.evidence_id)
    documents.close()
    assert kept_pieces(large, accepted, size) == [
        sha256(piece).hexdigest() for piece in pieces(total, size)
    ]


def kept_pieces(desk: Desk, accepted: Accepted, size: int) -> list[str]:
    """The digests of what is kept, read piece by piece."""
    digests: list[str] = []
    for offset in range(0, accepted.size_bytes, size):
        answer = desk.admin.get_object("evidence", accepted.object_key, offset, size)
        digests.append(sha256(answer.read()).hexdigest())
        answer.close()
        answer.release_conn()
    return digests
