"""The documents of a competition: issued, fetched, verified by anybody; and its open data."""

import asyncio
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import Any

from deploy.drive.contest import Contest
from deploy.drive.people import Person, Unexpected, patiently

LAST_CERTIFICATE = 3
PUBLIC = ("minutes", "decree_annex", "certificate")


@dataclass(frozen=True, slots=True)
class Asked:
    """`about` is the innovation of a certificate, the allocation of a tax slip."""

    kind: str
    format: str = "pdf"
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    kind: str
    format: str
    document_id: str
    sha256: str
    verify_url: str

    @property
    def file_name(self) -> str:
        return f"{self.kind}-{self.document_id}.{self.format}"


@dataclass(frozen=True, slots=True)
class Proven:
    """What the public routes say of a file as it was issued, and of a copy with one byte changed.

    `standing` is the sentence for people.
    """

    verify_url: str
    standing: str
    is_genuine: bool
    is_altered_copy_genuine: bool


async def issue_papers(
    contest: Contest, funds: Iterable[Mapping[str, Any]], ranking: Iterable[Mapping[str, Any]]
) -> tuple[Paper, ...]:
    """One after another: each is made from the newest version of the competition."""
    chair = await contest.chair()
    return tuple([await _issue(contest, chair, each) for each in _wanted(funds, ranking)])


def _wanted(
    funds: Iterable[Mapping[str, Any]], ranking: Iterable[Mapping[str, Any]]
) -> Iterator[Asked]:
    """A certificate for each of the best of a category, a slip for the first taxed allocation."""
    yield Asked("minutes")
    yield Asked("decree_annex")
    for place in ranking:
        if place["rank"] <= LAST_CERTIFICATE:
            yield Asked("certificate", about=place["innovation_id"])
    yield Asked("payment_list")
    yield Asked("payment_list", "xlsx")
    taxed = [a for fund in funds for a in fund["allocations"] if a["tax_rupiah"]]
    for allocation in taxed[:1]:
        yield Asked("tax_slip", about=allocation["allocation_id"])
    yield Asked("spd_12_evidence")


async def _issue(contest: Contest, chair: Person, asked: Asked) -> Paper:
    body = {"kind": asked.kind, "format": asked.format, "about": asked.about}
    turn = f"-{asked.kind}-{asked.format}-{asked.about}"
    told = await contest.must(chair, "/documents", body, turn=turn)
    return Paper(
        kind=asked.kind,
        format=asked.format,
        document_id=told["document_id"],
        sha256=told["sha256"],
        verify_url=told["verify_url"],
    )


async def fetch_papers(contest: Contest, papers: Iterable[Paper]) -> dict[str, bytes]:
    """The files by the ids of their documents."""
    return {each.document_id: await _fetch(contest, each) for each in papers}


async def _fetch(contest: Contest, paper: Paper) -> bytes:
    """The file. Raises `Unexpected` where it is not the one that was issued."""
    chair = await contest.chair()
    path = f"{contest.path}/documents/{paper.document_id}/file"
    content = (await chair.until(f"the {paper.kind}", "awards", path)).body
    if sha256(content).hexdigest() != paper.sha256:
        raise Unexpected(f"the {paper.kind} {paper.document_id} is not what was issued")
    return content


async def prove(contest: Contest, paper: Paper, content: bytes) -> Proven:
    """Anybody follows the code on it, and holds the file itself and an altered copy against it."""
    anybody = contest.world.anybody()
    path = f"/documents/{paper.document_id}/verification"
    known = await anybody.until("its verification", "awards", path)
    page = await contest.world.http.get(paper.verify_url)
    if page.status_code != 200 or paper.document_id not in page.text:
        raise Unexpected(f"the page {paper.verify_url} does not tell of its document")
    middle = len(content) // 2
    altered = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    return Proven(
        verify_url=paper.verify_url,
        standing=known.body["standing"],
        is_genuine=await _is_genuine(contest, content),
        is_altered_copy_genuine=await _is_genuine(contest, altered),
    )


async def _is_genuine(contest: Contest, content: bytes) -> bool:
    url = f"{contest.world.urls['awards']}/verify"
    answer = await patiently(
        "the verification of files",
        lambda: contest.world.http.post(
            url, files={"file": ("document.pdf", content)}, headers={"Accept": "application/json"}
        ),
    )
    if answer.status_code != 200:
        raise Unexpected(f"a file could not be verified: {answer.status_code}")
    return bool(answer.json()["is_genuine"])


async def published(contest: Contest, papers: Sequence[Paper]) -> dict[str, Any]:
    """The results as anybody reads them, once they name the public ones of these documents."""
    names = {each.document_id for each in papers if each.kind in PUBLIC}
    reply = await contest.world.anybody().until(
        "the published results",
        "awards",
        f"{contest.path}/results",
        lambda body: names <= {each["document_id"] for each in body["documents"]},
    )
    return reply.body


async def export(contest: Contest) -> list[dict[str, Any]]:
    """The open data. Raises `Unexpected` where CSV and JSON tell of other places."""
    anybody, asked = contest.world.anybody(), {"competition_id": contest.plan.competition_id}
    whole, table = await asyncio.gather(
        *(
            anybody.get("awards", "/results/export", format=form, **asked)
            for form in ("json", "csv")
        )
    )
    items = whole.needed("export as JSON").body["items"]
    rows = csv.DictReader(StringIO(table.needed("export as CSV").body.decode()))
    if [row["innovation_id"] for row in rows] != [each["innovation_id"] for each in items]:
        raise Unexpected("the open data as CSV is not the same as the JSON")
    return items
