"""Seasons: a deadline moves away for all or for one, and every answer says what time it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.apps import Issuer
from tests.component.submission.offices import Office, office, open_season, register

DINKES = ("kalsel", "hss", "hss-dinkes")
PUSKESMAS = (*DINKES, "hss-pkm-ambah")


@pytest.fixture
def admin(api: httpx.AsyncClient, issuer: Issuer) -> Office:
    return office(api, issuer, "pemda_admin", "kalsel", "kalsel-brida")


@pytest.fixture
async def agencies(admin: Office) -> None:
    await register(admin, "kalsel", kind="province")
    await register(admin, "kalsel", "hss", kind="regency")
    await register(admin, *DINKES)
    await register(admin, *PUSKESMAS, kind="health_centre")


def in_days(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


async def test_a_season_shows_all_it_was_opened_with_and_its_clock(admin: Office) -> None:
    told: dict[str, Any] = {
        "grace_minutes": 90,
        "endorsement_required": True,
        "time_zone": "Asia/Jakarta",
        "obliged_kinds": ["agency", "school"],
    }
    await open_season(admin, deadline="2099-08-31T23:59:00+07:00", **told)
    answer = await admin.get("/seasons/2026")
    season = answer.json()
    assert {name: season[name] for name in told} == told
    clock = season["clock"]
    assert (clock["phase"], clock["deadline"], clock["grace_until"], clock["time_zone"]) == (
        "open",
        "2099-08-31T16:59:00.000000Z",
        "2099-08-31T18:29:00.000000Z",
        "Asia/Jakarta",
    )
    assert clock["sentence"].startswith("Ditutup Senin 31 Agustus 2099 pukul 23.59 WIB, ")
    assert answer.headers["Inda-Phase"] == "open"
    assert answer.headers["Inda-Deadline"] == "2099-08-31T16:59:00.000Z"
    now = datetime.fromisoformat(answer.headers["Inda-Time"])
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)
    english = await admin.english.read("/seasons/2026")
    assert english["clock"]["sentence"].startswith("Closes Monday 31 August 2099 at 23:59 WIB, ")
    listed = await admin.read("/seasons")
    assert [each["clock"]["phase"] for each in listed["items"]] == ["open"]


REFUSED_SEASONS: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"grace_minutes": 1441}, 422, "request_invalid"),
    ({"time_zone": "Asia/Pontianak"}, 422, "request_invalid"),
    ({"obliged_kinds": ["office"]}, 422, "request_invalid"),
    ({"training": True}, 409, "training_id_differs"),
    ({"season_id": "latihan-2026"}, 409, "training_id_differs"),
    ({"deadline": "2025-12-31T00:00:00+08:00"}, 409, "deadline_too_early"),
    ({"deadline": "2026-12-31T00:00:00"}, 422, "request_invalid"),
    ({"deadline": "9999-12-31T23:59:59Z"}, 422, "request_invalid"),
    ({"opens_at": "0001-01-01T00:00:00+08:00"}, 422, "request_invalid"),
    ({"opens_at": 1e308}, 422, "request_invalid"),
    ({"name": "Musim\u0000"}, 422, "request_invalid"),
    ({"edition": "2030"}, 409, "edition_unknown"),
    ({"edition": "2027"}, 409, "edition_incomplete"),
)


async def test_a_season_that_cannot_be_is_refused(admin: Office) -> None:
    body = {
        "season_id": "2026",
        "name": "Musim 2026",
        "edition": "2026",
        "opens_at": "2026-01-01T00:00:00+08:00",
        "deadline": "2099-08-31T23:59:00+08:00",
    }
    for changes, status, code in REFUSED_SEASONS:
        told = await admin.refused("/seasons", {**body, **changes})
        assert (changes, *told) == (changes, status, code)
    assert (await admin.read("/seasons"))["items"] == []


async def test_one_agency_gets_more_time_and_everything_below_it(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office, agencies: None
) -> None:
    await open_season(admin, deadline=in_days(-1))
    until = in_days(7)
    granting = {"agency_id": "hss-dinkes", "until": until, "reason": "Banjir."}
    granted = await admin.write("/seasons/2026/late-exceptions", granting)
    assert granted.json()["happened"] == ["LateExceptionGranted"]
    below = office(api, issuer, "skpd_operator", *PUSKESMAS)
    answer = await below.get("/seasons/2026")
    assert (answer.headers["Inda-Phase"], answer.json()["clock"]["phase"]) == ("late", "late")
    shown = [
        (each["agency_id"], datetime.fromisoformat(each["until"]), each["reason"])
        for each in answer.json()["exceptions"]
    ]
    assert shown == [("hss-dinkes", datetime.fromisoformat(until), "Banjir.")]
    beside = office(api, issuer, "skpd_operator", "kalsel", "hss", "hss-disdik")
    assert (await beside.read("/seasons/2026"))["clock"]["phase"] == "closed"
    late = await below.draft("hss-pkm-ambah", "AMBAH SEHAT")
    assert (await below.read(f"/innovations/{late}"))["clock"]["phase"] == "late"


REFUSED_EXCEPTIONS: tuple[tuple[str, float, str, int, str], ...] = (
    ("hss-dinkes", 10, "", 422, "request_invalid"),
    ("hss-dinkes", 5, "x", 409, "exception_only_extends"),
    ("hss-dinkes", 97, "x", 409, "exception_too_long"),
    ("nobody", 10, "x", 409, "agency_unknown"),
)


async def test_an_exception_that_cannot_be_is_refused(admin: Office, agencies: None) -> None:
    await open_season(admin, deadline=in_days(6))
    for agency_id, days, reason, status, code in REFUSED_EXCEPTIONS:
        body = {"agency_id": agency_id, "until": in_days(days), "reason": reason}
        told = await admin.refused("/seasons/2026/late-exceptions", body)
        assert (body, *told) == (body, status, code)
    assert (await admin.read("/seasons/2026"))["exceptions"] == []


async def test_a_deadline_is_extended_for_all_and_a_closed_season_for_nobody(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office, agencies: None
) -> None:
    await open_season(admin, deadline=in_days(-1))
    longer = {"deadline": in_days(3), "reason": "Listrik padam."}
    extended = await admin.write("/seasons/2026/extensions", longer)
    assert extended.headers["Inda-Phase"] == "open"
    season = await admin.read("/seasons/2026")
    assert (season["clock"]["phase"], len(season["extensions"])) == ("open", 1)
    shorter = {"deadline": in_days(1), "reason": "x"}
    assert await admin.refused("/seasons/2026/extensions", shorter) == (
        409,
        "deadline_only_extends",
    )
    closed = await admin.write("/seasons/2026/closing")
    assert closed.headers["Inda-Phase"] == "closed"
    season = await admin.read("/seasons/2026")
    assert (season["is_open"], season["clock"]["sentence"]) == (False, "Pengajuan sudah ditutup.")
    granting = {"agency_id": "hss-dinkes", "until": in_days(5), "reason": "x"}
    assert await admin.refused("/seasons/2026/late-exceptions", granting) == (409, "season_closed")
    operator = office(api, issuer, "skpd_operator", *DINKES)
    assert await operator.refused("/seasons/2026/extensions", longer) == (403, "role_not_allowed")


async def test_a_training_season_can_never_be_mistaken(admin: Office) -> None:
    await open_season(admin, "latihan-2026", training=True)
    season = await admin.read("/seasons/latihan-2026")
    assert (season["training"], season["clock"]["training"]) == (True, True)
    assert season["clock"]["sentence"].startswith("LATIHAN. ")
