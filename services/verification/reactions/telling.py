"""Notices in words, in two languages: one sentence, and a line for each point. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from services.verification.reactions.notices import (
    Corrected,
    Lapsed,
    LevelTold,
    Notice,
    Received,
    Rejected,
    RevisionAsked,
    Verified,
    Withdrawn,
)
from services.verification.reactions.words import TEXTS, named
from shared.findings import Language
from shared.wita import long_moment


@dataclass(frozen=True, slots=True)
class Words:
    """A notice as people read it; `points` are single lines."""

    subject: str
    sentence: str
    points: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it, as the text of a letter."""
        points = "".join(f"- {point}\n" for point in self.points)
        return f"{self.sentence}\n" + (f"\n{points}" if points else "")


def told(notice: Notice, language: Language) -> Words:
    texts = TEXTS[language]
    values = {"title": _line(notice.title), **_values(notice, language)}
    practice = texts["practice"] if notice.training else ""
    return Words(
        subject=practice + texts[f"{notice.kind}_subject"].format_map(values),
        sentence=practice + texts[_sentence_of(notice)].format_map(values),
        points=tuple(_points(notice, language)),
    )


def _sentence_of(notice: Notice) -> str:
    """The text that fits: a revision is received in other words than a first submission."""
    match notice.params:
        case Received(round=round) if round > 1:
            return "received_again"
        case Verified(indicators=()):
            return "verified_without_claims"
        case _:
            return notice.kind


def _values(notice: Notice, language: Language) -> dict[str, str]:
    params = notice.params
    match params:
        case Received() | Lapsed():
            return {"round": str(params.round)}
        case RevisionAsked():
            return {"due": long_moment(params.due, language), "count": str(len(params.items))}
        case Verified():
            full = [each for each in params.indicators if not _is_cut(each)]
            return {"full": str(len(full)), "count": str(len(params.indicators))}
        case Corrected():
            corrected = params.corrected
            level = str(corrected.granted_level)
            return {"indicator": corrected.indicator, "level": level}
        case Withdrawn():
            return {"reason": _line(params.reason)}
        case Rejected():
            return {}
        case _:
            assert_never(params)


def _points(notice: Notice, language: Language) -> Iterator[str]:
    params = notice.params
    match params:
        case Received(lapsed=lapsed) if lapsed:
            yield TEXTS[language]["judged_anew"].format(indicators=", ".join(lapsed))
        case RevisionAsked():
            yield from _asked(params, language)
        case Verified() | Corrected():
            for level in params.indicators:
                yield _level(level, language)
        case Rejected():
            for each in params.criteria:
                yield f"{named(each.criterion, language)}: {_line(each.note)}"
        case Received() | Lapsed() | Withdrawn():
            return
        case _:
            assert_never(params)


def _asked(params: RevisionAsked, language: Language) -> Iterator[str]:
    if params.message:
        yield _line(params.message)
    for item in params.items:
        yield f"{item.indicator}: {_line(item.message)}"
    if params.fields:
        fields = ", ".join(named(field, language) for field in params.fields)
        yield TEXTS[language]["fields"].format(fields=fields)


def _level(told: LevelTold, language: Language) -> str:
    texts = TEXTS[language]
    line = texts["level"].format(
        indicator=told.indicator, claimed=told.claimed_level, granted=told.granted_level
    )
    why = [named(told.reason_code, language)] if told.reason_code else []
    why += [_line(told.note)] if told.note.strip() else []
    return f"{line} {' '.join(why)}".rstrip()


def _is_cut(told: LevelTold) -> bool:
    return told.granted_level < told.claimed_level


def _line(text: str) -> str:
    """What people typed, on one line."""
    return " ".join(text.split())
