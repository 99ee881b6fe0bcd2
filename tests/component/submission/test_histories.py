"""The history of one innovation, told to those whose it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from deploy.local.stack import Addresses
from services.submission.domain.commands import Reopen
from tests.apps import key
from tests.builders.files import pdf
from tests.component.submission.conftest import Headers
from tests.component.submission.developing import sent_by_hand
from tests.component.submission.test_way_of_an_innovation import drafted
from tests.component.submission.uploading import Files

Api = httpx.AsyncClient


async def history_of(
    api: Api, person: Headers, innovation: str, language: str = "id", **params: Any
) -> dict[str, Any]:
    answer = await api.get(
        f"/innovations/{innovation}/history",
        params=params,
        headers={**person, "Accept-Language": language},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def lived(api: Api, operator: Headers, servers: Addresses) -> str:
    """An innovation that went from draft to a revision."""
    innovation = await drafted(api, operator)
    url = f"/innovations/{innovation}"
    await api.patch(
        f"{url}/profile",
        json={"purpose": "Rahasia dapur.", "budget_rupiah": 5},
        headers={**operator, "If-Match": "1"},
    )
    await Files(api, operator, innovation).accepted(pdf())
    for level in (1, 3):
        await api.put(f"{url}/claims/SID-01", json={"level": level}, headers=operator)
    sent = await api.post(f"{url}/submissions", headers={**operator, **key()})
    assert sent.status_code == 200, sent.text
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(days=7)
    asked = Reopen("system:submission", datetime.now(UTC), 1, ("SID-01",), due, ("purpose",))
    await sent_by_hand(servers, innovation, asked)
    return innovation


async def test_the_owner_reads_what_happened_newest_first(
    api: Api, season: str, operator: Headers, fresh_servers: Addresses
) -> None:
    innovation = await lived(api, operator, fresh_servers)
    found = await history_of(api, operator, innovation)
    assert (found["training"], found["next_cursor"]) == (False, None)
    told = [(each["version"], each["by"], each["sentence"]) for each in found["items"]]
    (_, _, reopened), *others = told
    assert reopened.startswith("Dibuka kembali untuk perbaikan sampai ")
    assert reopened.endswith(" WITA: SID-01, tujuan.")
    assert others == [
        (7, "operator-1", "Diajukan, putaran 1, dengan 1 klaim dan 1 bukti."),
        (6, "operator-1", "SID-01 diubah dari level 1 ke level 3."),
        (5, "operator-1", "SID-01 diklaim pada level 1."),
        (4, "operator-1", "Berkas sk.pdf diterima dan dikunci."),
        (
            3,
            "operator-1",
            "Bukti sk.pdf didaftarkan untuk SID-01, SID-02, surat nomor 188/1.",
        ),
        (2, "operator-1", "Profil diubah: tujuan, anggaran."),
        (1, "operator-1", "Draf dibuat."),
    ]
    revised = found["items"][-2]
    assert (revised["happened"], revised["fields"]) == (
        "ProfileRevised",
        ["purpose", "budget_rupiah"],
    )
    assert "Rahasia dapur" not in str(found)


async def test_who_prefers_english_reads_english(
    api: Api, season: str, operator: Headers, fresh_servers: Addresses
) -> None:
    innovation = await lived(api, operator, fresh_servers)
    found = await history_of(api, operator, innovation, "en-GB, id;q=0.3")
    assert [each["sentence"] for each in found["items"]][1:4] == [
        "Submitted, round 1, with 1 claims and 1 items of evidence.",
        "SID-01 was changed from level 1 to level 3.",
        "SID-01 was claimed at level 1.",
    ]


async def test_pages_go_on_where_the_last_one_ended(
    api: Api, season: str, operator: Headers, fresh_servers: Addresses
) -> None:
    innovation = await lived(api, operator, fresh_servers)
    whole = (await history_of(api, operator, innovation))["items"]
    pages: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        page = await history_of(api, operator, innovation, limit=3, **cursor)
        pages.append(page["items"])
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert [len(page) for page in pages] == [3, 3, 2]
    assert [each for page in pages for each in page] == whole
    assert (await history_of(api, operator, innovation, cursor="1"))["items"] == []


async def test_another_agency_reads_no_history(
    api: Api, season: str, operator: Headers, stranger: Headers
) -> None:
    url = f"/innovations/{await drafted(api, operator)}/history"
    answer = await api.get(url, headers=stranger)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
