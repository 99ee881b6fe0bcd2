"""The clock of a season as people read it, and as headers of every answer about it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Literal

from fastapi import Depends, Header, Response

from services.submission.domain.clock import Clock, Phase
from services.submission.domain.season import HOURS_AHEAD, Season
from shared.events.base import Utc
from shared.http import Answer
from shared.wita import MONTHS

Tongue = Literal["id", "en"]
TimeZone = Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
SHORT = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
DAYS: dict[Tongue, tuple[str, ...]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SENTENCES: dict[Tongue, dict[Phase, str]] = {
    "id": {
        "before": "Dibuka {opens}, ditutup {deadline}.",
        "open": "Ditutup {deadline}, {left} lagi.",
        "late": "Tenggat musim sudah lewat; perangkat daerah ini boleh mengajukan sampai"
        " {deadline}, {left} lagi.",
        "grace": "Pengajuan ditutup {deadline}; berkas yang sudah didaftarkan boleh diselesaikan"
        " sampai {grace}.",
        "closed": "Pengajuan sudah ditutup.",
    },
    "en": {
        "before": "Opens {opens}, closes {deadline}.",
        "open": "Closes {deadline}, {left} left.",
        "late": "The season's deadline has passed; this agency may submit until {deadline},"
        " {left} left.",
        "grace": "Closed {deadline}; files that were declared in time may finish until {grace}.",
        "closed": "Submission is closed.",
    },
}
UNITS: dict[Tongue, tuple[tuple[int, str, str], ...]] = {
    "id": ((86_400, "hari", "hari"), (3_600, "jam", "jam"), (60, "menit", "menit")),
    "en": ((86_400, "day", "days"), (3_600, "hour", "hours"), (60, "minute", "minutes")),
}
MOMENTS: dict[Tongue, str] = {
    "id": "{day} {date} {month} {year} pukul {hour:02}.{minute:02} {zone}",
    "en": "{day} {date} {month} {year} at {hour:02}:{minute:02} {zone}",
}
UNDER_A_MINUTE: dict[Tongue, str] = {"id": "kurang dari satu menit", "en": "less than a minute"}
TRAINING: dict[Tongue, str] = {"id": "LATIHAN. ", "en": "TRAINING. "}


class ClockAnswer(Answer):
    """Where the season stands for one agency; `sentence` says so in the reader's language."""

    season_id: str
    training: bool
    at: Utc
    opens_at: Utc
    deadline: Utc
    grace_until: Utc
    phase: Phase
    seconds_left: int
    time_zone: str
    sentence: str


def clock_answer(clock: Clock, season: Season, tongue: Tongue = "id") -> ClockAnswer:
    return ClockAnswer(
        season_id=season.season_id,
        training=season.training,
        at=clock.at,
        opens_at=clock.opens_at,
        deadline=clock.deadline,
        grace_until=clock.grace_until,
        phase=clock.phase,
        seconds_left=clock.seconds_left,
        time_zone=season.time_zone,
        sentence=sentence(clock, season, tongue),
    )


def show_clock(response: Response, clock: Clock) -> None:
    """What everybody may hold their own clock against, on answers about a season or innovation."""
    response.headers["Inda-Time"] = _header(clock.at)
    response.headers["Inda-Deadline"] = _header(clock.deadline)
    response.headers["Inda-Phase"] = clock.phase


def sentence(clock: Clock, season: Season, tongue: Tongue) -> str:
    def local(moment: datetime) -> str:
        return moment_in(moment, season.time_zone, tongue)

    told = SENTENCES[tongue][clock.phase].format(
        opens=local(clock.opens_at),
        deadline=local(clock.deadline),
        grace=local(clock.grace_until),
        left=duration(clock.seconds_left, tongue),
    )
    return f"{TRAINING[tongue] if season.training else ''}{told}"


def moment_in(moment: datetime, time_zone: str, tongue: Tongue) -> str:
    """Such as `Senin 31 Agustus 2026 pukul 23.59 WITA`."""
    there = moment.astimezone(timezone(timedelta(hours=HOURS_AHEAD[time_zone])))
    return MOMENTS[tongue].format(
        day=DAYS[tongue][there.weekday()],
        date=there.day,
        month=MONTHS[tongue][there.month - 1],
        year=there.year,
        hour=there.hour,
        minute=there.minute,
        zone=SHORT[time_zone],
    )


def duration(seconds: int, tongue: Tongue) -> str:
    """In the largest unit that fits, rounded down: `12 hari`."""
    for size, one, many in UNITS[tongue]:
        count = seconds // size
        if count:
            return f"{count} {one if count == 1 else many}"
    return UNDER_A_MINUTE[tongue]


def tongue_of(accept_language: Annotated[str | None, Header()] = None) -> Tongue:
    """Indonesian, unless English is preferred to it."""
    weights = {"id": 0.0, "en": 0.0}
    for part in (accept_language or "")[:500].lower().split(","):
        language, _, weight = part.strip().partition(";q=")
        name = language.split("-")[0]
        if name in weights:
            weights[name] = max(weights[name], _weight(weight))
    return "en" if weights["en"] > weights["id"] else "id"


def _weight(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        return 0.0


def _header(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Now = Callable[[], datetime]
InTongue = Annotated[Tongue, Depends(tongue_of)]
