"""Every file that facts name is held against its digest, in real object storage."""

import io
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from minio import Minio

from deploy.local.objects import DOCUMENTS, EVIDENCE, REGION
from deploy.local.stack import Addresses
from shared.documents.storage import Connection, Lock, Storage
from shared.events.awards import DocumentIssued
from shared.events.base import Fact
from shared.events.submission import EvidenceAccepted
from tests.integration.audit.fscking import first_of
from tests.integration.audit.world import World, write_context
from tests.servers import nats_client, until

AT = datetime(2026, 5, 20, tzinfo=UTC)
Found = tuple[str, str, int | None]


@dataclass
class Files:
    """Facts that name files, and the files where they should be."""

    world: World
    said: int = 0

    @property
    def at(self) -> Addresses:
        return self.world.addresses

    def admin(self) -> Minio:
        key = self.at.s3_keys["admin"]
        return Minio(self.at.s3_endpoint, key.access, key.secret, secure=False, region=REGION)

    def keep(self, bucket: str, digest: str, content: bytes) -> str:
        """Under a lock of a day, as the service does it; the place."""
        key = self.at.s3_keys["submission" if bucket == EVIDENCE else "awards"]
        storage = Storage(Connection(self.at.s3_endpoint, key.access, key.secret))
        until_ = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
        path = f"sha256/{digest}"
        storage.put_locked(bucket, path, content, "text/plain", Lock("GOVERNANCE", until_))
        storage.close()
        return f"{bucket}/{path}"

    async def accepted(self, content: bytes) -> str:
        """The fact that evidence was taken in; its digest."""
        digest = sha256(content).hexdigest()
        fact = EvidenceAccepted(
            at=AT,
            by="drafter-1",
            innovation_id="inov-1",
            evidence_id=f"ev-{self.said}",
            sha256=digest,
            size_bytes=len(content),
            media_type="application/pdf",
            object_key=f"sha256/{digest}",
            object_version="",
        )
        await self.say("submission", "inda.v1.submission.innovation.inov-1", fact)
        return digest

    async def issued(self, content: bytes) -> str:
        digest = sha256(content).hexdigest()
        fact = DocumentIssued(
            at=AT,
            by="chair-1",
            competition_id="kia-2026",
            document_id=f"document-{self.said}",
            kind="minutes",
            media_type="application/pdf",
            version=1,
            about=None,
            sha256=digest,
            size=len(content),
            content_digest="0" * 64,
            template="minutes-1",
            verify_url="http://x.test/verify/1",
            has_names=True,
        )
        await self.say("awards", "inda.v1.awards.competition.kia-2026", fact)
        return digest

    async def say(self, service: str, subject: str, fact: Fact) -> None:
        self.said += 1
        async with nats_client(self.at, service) as client:
            js = client.jetstream(prefix="JSI.API", timeout=5)
            headers = {"ce-type": fact.ce_type, "ce-id": f"id-{self.said}"}
            await js.publish(subject, fact.model_dump_json().encode(), headers=headers)

    async def fsck(self) -> tuple[int, Found | None, int, list[str]]:
        """Exit code, the first difference, how many files were read, notes."""
        code, out, error = await self.world.inda("--json", "audit", "fsck", "--only", "documents")
        assert out, error
        part = json.loads(out)["parts"][0]
        assert part["skipped_because"] is None, part
        return code, first_of(part), part["checked"], part["notes"]


@pytest.fixture
async def files(fresh_servers: Addresses, tmp_path: Path) -> Files:
    """The context holds the auditor's own key."""
    context = write_context(tmp_path, fresh_servers, {}, "nobody")
    _with_key(context, fresh_servers, "auditor", {})
    return Files(World(fresh_servers, {}, {}, context))


def _with_key(context: Path, at: Addresses, user: str, buckets: dict[str, str]) -> None:
    key = at.s3_keys[user]
    (context.parent / "access").write_text(key.access)
    (context.parent / "secret").write_text(key.secret)
    told = json.loads(context.read_text())
    told["storage"] = {
        "endpoint": at.s3_endpoint,
        "access_key_file": "access",
        "secret_key_file": "secret",
        "buckets": buckets,
    }
    context.write_text(json.dumps(told))


async def test_kept_files_are_sound_and_those_that_no_fact_names_are_counted(files: Files):
    evidence, minutes = os.urandom(3000), os.urandom(5_000_000)
    files.keep(EVIDENCE, await files.accepted(evidence), evidence)
    files.keep(DOCUMENTS, await files.issued(minutes), minutes)
    await files.accepted(evidence)
    stranger = os.urandom(10)
    files.keep(EVIDENCE, sha256(stranger).hexdigest(), stranger)
    code, first, checked, notes = await files.fsck()
    assert (code, first, checked) == (0, None, 2)
    assert any(
        note.endswith("objects in the bucket evidence are named by no fact.") for note in notes
    )
    assert not any("locks" in note for note in notes)


async def test_a_file_that_is_not_there_is_named(files: Files):
    kept = os.urandom(100)
    files.keep(EVIDENCE, await files.accepted(kept), kept)
    digest = await files.issued(b"never kept")
    code, first, *_ = await files.fsck()
    assert (code, first) == (1, ("document_missing", f"documents/sha256/{digest}", 2))


@pytest.mark.parametrize("grown", [b"", b"x"], ids=["same size", "longer"])
async def test_a_newer_version_with_other_bytes_is_named(files: Files, grown: bytes):
    content = os.urandom(100)
    digest = await files.accepted(content)
    place = files.keep(EVIDENCE, digest, content)
    other = bytes([content[0] ^ 1]) + content[1:] + grown
    files.admin().put_object(EVIDENCE, f"sha256/{digest}", io.BytesIO(other), len(other))
    code, first, *_ = await files.fsck()
    assert (code, first) == (1, ("document_changed", place, 1))


async def test_a_file_without_a_lock_is_named(files: Files):
    admin = files.admin()
    admin.make_bucket("open-evidence")
    _with_key(files.world.context, files.at, "admin", {"evidence": "open-evidence"})
    content = os.urandom(100)
    digest = await files.accepted(content)
    path = f"sha256/{digest}"
    admin.put_object("open-evidence", path, io.BytesIO(content), len(content))
    code, first, _, notes = await files.fsck()
    assert (code, first) == (1, ("document_unlocked", f"open-evidence/{path}", 1)), notes


async def test_a_bit_flipped_on_the_disk_of_the_storage_is_named(
    files: Files, tmp_path_factory: pytest.TempPathFactory
):
    content = os.urandom(4000)
    digest = await files.accepted(content)
    place = files.keep(EVIDENCE, digest, content)
    base = tmp_path_factory.getbasetemp()
    until_there: list[tuple[Path, int]] = []

    def is_there() -> bool:
        for volume in base.glob("objects*/objects/data/**/*.dat"):
            at = volume.read_bytes().find(content)
            if at >= 0:
                until_there.append((volume, at))
                return True
        return False

    await until(is_there)
    volume, at = until_there[0]
    with volume.open("r+b") as file:
        file.seek(at + 2000)
        file.write(bytes([content[2000] ^ 1]))
    code, first, *_ = await files.fsck()
    assert first is not None
    assert (code, first[0] in ("document_unreadable", "document_changed"), first[1:]) == (
        1,
        True,
        (place, 1),
    )
