"""How the signing of the log stands, for auditors."""

from collections.abc import Callable

from fastapi import APIRouter

from services.audit.sealing import Watch
from services.audit.witnessing import OutsideTold
from shared.events.base import Utc
from shared.http import Answer, Doors


class AlarmTold(Answer):
    """Signing has stopped. `place` is a path in the log, a sequence, or empty."""

    code: str
    sentence: str
    place: str
    since: Utc


class BehindTold(Answer):
    sentence: str
    since: Utc


class LogStatus(Answer):
    """As this process sees it: `is_signing` is false where it has no key. `size` facts were signed
    when it last looked, `waiting` more were there. `outside` is who else vouches for the log.
    """

    is_signing: bool
    origin: str
    size: int
    waiting: int
    alarm: AlarmTold | None
    behind: BehindTold | None
    outside: OutsideTold


def routes(
    doors: Doors, watch: Watch | None, origin: str, outside: Callable[[], OutsideTold]
) -> APIRouter:
    router = APIRouter(prefix="/log", tags=["log"])

    @router.get("/status", name="read_log_status", dependencies=[doors.reads("read_log_status")])
    async def read_log_status() -> LogStatus:
        return status_of(watch, origin, outside())

    return router


def status_of(watch: Watch | None, origin: str, outside: OutsideTold) -> LogStatus:
    if watch is None:
        return LogStatus(
            is_signing=False,
            origin=origin,
            size=0,
            waiting=0,
            alarm=None,
            behind=None,
            outside=outside,
        )
    alarm, behind = watch.alarm, watch.behind
    return LogStatus(
        is_signing=True,
        origin=origin,
        size=watch.signer.head.size,
        waiting=watch.signer.waiting,
        alarm=None
        if alarm is None
        else AlarmTold(
            code=alarm.code, sentence=alarm.sentence, place=alarm.place, since=alarm.since
        ),
        behind=None if behind is None else BehindTold(sentence=behind.sentence, since=behind.since),
        outside=outside,
    )


def details(watch: Watch | None) -> dict[str, object]:
    """For whoever watches the service: an alarm stops the signing, not the service."""
    if watch is None:
        return {}
    alarm, behind = watch.alarm, watch.behind
    return {
        "log": {
            "alarm": None if alarm is None else alarm.code,
            "is_behind": behind is not None,
        }
    }
