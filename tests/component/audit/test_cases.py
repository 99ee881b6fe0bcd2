"""Case files of a running service, its real signer and bucket, checked on the command line."""

import asyncio
import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from deploy.local.issuer import Account, DevelopmentKeys, IssuerSettings, write_accounts
from deploy.local.issuer import create_app as issuer_app
from deploy.local.stack import Addresses
from services.audit.app import create_app
from services.audit.searching import entry_of
from services.audit.settings import Settings
from shared.history.envelope import Message
from shared.transparency import SigningKey
from tests.apps import ISSUER, Issuer, settings_for
from tests.component.audit.logged import KEY, ORIGIN, Bucket, bucket
from tests.component.audit.telling import tell, unreadable
from tests.component.cli.world import Ran, inda, serving, write_context
from tests.unit.audit.contest import FIRST
from tests.unit.audit.prize_rules import APBD, MAIN
from tests.unit.audit.prized import prized

PASSWORD = "a-password-of-the-tests"


@pytest.fixture
def own(fresh_servers: Addresses) -> Iterator[Bucket]:
    yield from bucket(fresh_servers)


@dataclass(frozen=True)
class Audited:
    """A service that signs, the stream that it reads, and an auditor who is logged in."""

    context: Path
    url: str
    messages: Sequence[Message]
    headers: dict[str, str]
    vkey: Path

    def __call__(self, line: str) -> Ran:
        return inda(line, context=self.context)

    def get(self, path: str, **asked: object) -> httpx.Response:
        return httpx.get(
            f"{self.url}{path}",
            params={name: str(value) for name, value in asked.items()},
            headers=self.headers,
            timeout=60,
        )

    def about(self, name: str) -> list[int]:
        entries = [entry_of(each) for each in self.messages]
        return [each.sequence for each in entries if name in each.about]


@pytest.fixture
def audited(fresh_servers: Addresses, own: Bucket, tmp_path: Path) -> Generator[Audited]:
    messages = asyncio.run(prized()).messages
    asyncio.run(tell(fresh_servers, messages))
    folder = tmp_path / "issuer"
    keys = DevelopmentKeys(folder, issuer=ISSUER)
    auditor = Account(
        username="auditor",
        password=PASSWORD,
        sub="person-auditor",
        name="Auditor",
        roles=("auditor",),
        agency=None,
        agency_path=(),
    )
    write_accounts(folder, [auditor])
    admin = fresh_servers.s3_keys["admin"]
    vkey = tmp_path / "trusted-vkey"
    vkey.write_text(f"{KEY.verifier.text}\n")
    with serving(lambda: issuer_app(IssuerSettings(issuer_folder=folder, issuer=ISSUER))) as url:
        issuer = Issuer(keys, f"{url}/jwks.json")
        settings = settings_for(
            Settings,
            "audit",
            fresh_servers,
            issuer,
            s3_access_key=admin.access,
            s3_secret_key=admin.secret,
            log_bucket=own.name,
            log_retention_days=1,
            log_origin=ORIGIN,
            log_key=KEY.text,
            log_interval_seconds=0.1,
        )
        with serving(lambda: create_app(settings)) as audit:
            context = write_context(tmp_path, fresh_servers, {"audit": audit}, url)
            headers = issuer.headers("auditor-1", "auditor")
            inda("login auditor --password-stdin", context=context, text=f"{PASSWORD}\n").fine()
            yield Audited(context, audit, messages, headers, vkey)


def test_a_case_is_saved_proven_and_refused_after_a_changed_byte(audited: Audited, tmp_path: Path):
    file = tmp_path / "kasus.zip"
    saved = audited(f"audit case competition {MAIN} --save {file} --json").fine()
    assert saved.answer == {"file": str(file), "bytes": file.stat().st_size}
    proven = audited(f"audit verify-case {file} --vkey {audited.vkey} --json").fine().answer
    expected = audited.about(f"competition:{MAIN}")
    assert proven["facts"] >= len(expected)
    assert (proven["kind"], proven["id"], proven["size"]) == (
        "competition",
        MAIN,
        len(audited.messages),
    )
    assert (proven["key_trusted"], proven["paper_checked"]) == (True, True)

    alone = audited(f"audit verify-case {file}").fine()
    assert alone.err.startswith("WARNING: the key was taken from the case file itself.")

    other = tmp_path / "other-vkey"
    other.write_text(f"{SigningKey.made(ORIGIN).verifier.text}\n")
    refused = audited(f"audit verify-case {file} --vkey {other}")
    assert (refused.code, "signed by another key" in refused.err) == (1, True)

    content = bytearray(file.read_bytes())
    content[content.index(b'"subject":"inda.v1.awards') + 12] ^= 1
    file.write_bytes(bytes(content))
    refused = audited(f"audit verify-case {file} --vkey {audited.vkey}")
    assert (refused.code, "fakta.ndjson" in refused.err) == (1, True)


def test_a_case_of_an_innovation_goes_from_its_draft_to_its_money(audited: Audited):
    answer = audited.get(f"/cases/innovation/{FIRST}")
    assert answer.headers["Content-Type"] == "application/zip"
    assert f"kasus-innovation-{FIRST}.zip" in answer.headers["Content-Disposition"]
    again = audited.get(f"/cases/innovation/{FIRST}")
    assert answer.content == again.content
    file = audited.context.parent / "innovation.zip"
    file.write_bytes(answer.content)
    with ZipFile(file) as archive:
        lines = [json.loads(each) for each in archive.read("fakta.ndjson").splitlines()]
        paper = archive.read("kasus.pdf")
    assert set(audited.about(f"innovation:{FIRST}")) <= {each["sequence"] for each in lines}
    said = {each["headers"]["ce-type"].split(".", 1)[1] for each in lines}
    assert said >= {
        "submission.innovation-drafted.v1",
        "verification.dossier-verified.v1",
        "scoring.innovation-scored.v1",
        "awards.results-published.v1",
        "awards.allocation-paid.v1",
    }
    assert audited.get(f"/cases/innovation/{FIRST}", format="pdf").content == paper
    assert paper.startswith(b"%PDF-")


def test_a_case_waits_for_a_checkpoint_over_its_newest_fact(
    audited: Audited, fresh_servers: Addresses
):
    late = unreadable(len(audited.messages) + 1)
    audited.get("/cases/innovation/inov-1", format="pdf").raise_for_status()
    asyncio.run(tell(fresh_servers, [late]))
    answer = audited.get("/cases/innovation/inov-1")
    file = audited.context.parent / "late.zip"
    file.write_bytes(answer.content)
    with ZipFile(file) as archive:
        contents = json.loads(archive.read("isi.json"))
    assert contents["sequences"][-1] == late.sequence == contents["checkpoint"]["size"]
    assert contents["unproven"] == []
    audited(f"audit verify-case {file} --vkey {audited.vkey}").fine()


def test_a_part_of_a_case_is_proven_too_and_what_is_not_there_is_refused(audited: Audited):
    mine = audited.about(f"fund:{APBD}")
    first, last = mine[2], mine[-2]
    answer = audited.get(f"/cases/fund/{APBD}", first=first, last=last)
    file = audited.context.parent / "part.zip"
    file.write_bytes(answer.content)
    proven = audited(f"audit verify-case {file} --vkey {audited.vkey} --json").fine().answer
    assert proven["facts"] == len([each for each in mine if first <= each <= last])
    refusals = (
        audited.get("/cases/fund/none"),
        audited.get("/cases/planet/mars"),
        audited.get(f"/cases/fund/{APBD}", first=9, last=8),
    )
    assert [each.status_code for each in refusals] == [404, 422, 422]
    assert [each.json()["code"] for each in refusals] == [
        "case_unknown",
        "request_invalid",
        "span_empty",
    ]


def test_the_history_is_searched_on_the_command_line(audited: Audited):
    entries = [entry_of(each) for each in audited.messages]
    paid = [each for each in entries if each.fact == "AllocationPaid"]
    found = audited("audit search --fact AllocationPaid --json").fine().answer
    assert [each["sequence"] for each in found["items"]] == [each.sequence for each in paid]
    whole = audited("audit search --limit 50 --all --json").fine().answer
    assert len(whole["items"]) == len(entries)
    since = audited(f"audit search --by chair-1 --since {paid[0].at} --json").fine().answer
    expected = [e.sequence for e in entries if e.by == "chair-1" and e.at >= paid[0].at]
    assert [each["sequence"] for each in since["items"]] == expected
    shown = audited(f"audit show {paid[0].id} --json").fine().answer
    assert shown == audited(f"audit show {paid[0].sequence} --json").fine().answer
    assert shown["headers"]["ce-id"] == paid[0].id
    person = audited("audit person judge-1 --named --json").fine().answer
    assert [each["sequence"] for each in person["items"]] == audited.about("person:judge-1")
    line = audited(f"audit innovation {FIRST} --all --json").fine().answer
    assert set(audited.about(f"innovation:{FIRST}")) <= {e["sequence"] for e in line["items"]}
    digest = "1" * 64
    readers = audited(f"audit readers {digest} --json").fine().answer
    assert {each["fact"] for each in readers["sources"]} >= {"EvidenceDeclared"}
    nobody = audited("audit readers 00")
    assert (nobody.code, nobody.out) == (2, "")
    assert "Sequence" in audited("audit search --by chair-1").fine().out
    by_id = audited.get("/log/inclusion", id=paid[0].id)
    assert by_id.json()["index"] == paid[0].sequence - 1
