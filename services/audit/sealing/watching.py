"""Keeps the log signed while the service runs, and tells how it stands."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from prometheus_client import CollectorRegistry, Gauge

from services.audit.sealing.alarms import Alarm, raised
from services.audit.sealing.signer import Signer
from shared.errors import DomainError
from shared.transparency import Amiss

log = structlog.get_logger("log")


@dataclass(frozen=True, slots=True)
class Behind:
    """Something does not answer, so that nothing could be signed `since` then."""

    sentence: str
    since: datetime


class Watch:
    """`alarm` is what stopped the signing, `behind` what delays it; None while all is well."""

    def __init__(
        self, signer: Signer, now: Callable[[], datetime], registry: CollectorRegistry
    ) -> None:
        self.signer = signer
        self.alarm: Alarm | None = None
        self.behind: Behind | None = None
        self._now = now
        self._alarms = _gauge(registry, "log_alarm", "Signing has stopped for this reason.", "code")
        self._size = _gauge(registry, "log_size", "Facts that were signed.")
        self._waiting = _gauge(registry, "log_waiting", "Facts that wait to be signed.")

    async def keep_signing(self, every_seconds: float) -> None:
        """Works until cancelled. What was amiss is looked at again in each round."""
        while True:
            if not await self.round():
                await asyncio.sleep(every_seconds)

    async def round(self) -> bool:
        """Whether the next one may follow at once."""
        more = False
        try:
            more = await self.signer.once()
            self._told(None, None)
        except Amiss as error:
            self._told(raised(error, self.alarm, self._now()), None)
        except DomainError as error:
            self._told(self.alarm, self._delayed(error.sentence))
        except Exception as error:
            # A signer that has died would say nothing, and the log would end in silence.
            log.exception("round failed")
            self._told(self.alarm, self._delayed(f"A round failed: {type(error).__name__}."))
        return more

    def _delayed(self, sentence: str) -> Behind:
        return Behind(sentence, self.behind.since if self.behind else self._now())

    def _told(self, alarm: Alarm | None, behind: Behind | None) -> None:
        """Each change is logged once."""
        if alarm is not None and alarm != self.alarm:
            log.error("signing stopped", code=alarm.code, why=alarm.sentence, place=alarm.place)
        if alarm is None and self.alarm is not None:
            log.info("alarm is over", code=self.alarm.code)
        if behind is not None and self.behind is None:
            log.warning("log is behind", why=behind.sentence)
        if behind is None and self.behind is not None:
            log.info("log is not behind any more")
        self._count(alarm)
        self.alarm, self.behind = alarm, behind

    def _count(self, alarm: Alarm | None) -> None:
        if self.alarm is not None:
            self._alarms.labels(self.alarm.code).set(0)
        if alarm is not None:
            self._alarms.labels(alarm.code).set(1)
        self._size.set(self.signer.head.size)
        self._waiting.set(self.signer.waiting)


def _gauge(registry: CollectorRegistry, name: str, help_text: str, *labels: str) -> Gauge:
    return Gauge(f"inda_{name}", help_text, labels, registry=registry)
