"""What the committee must do now, from the view and the clock. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from services.awards.domain.ranking import votes_needed
from services.awards.projections import CompetitionView
from services.awards.projections.competition.disputes import doubt_due, objection_due
from services.awards.projections.parts import RoundView, WindowView
from shared.events.awards import CategoryRule, RoundRule
from shared.events.base import Utc
from shared.findings.language import Language
from shared.http import Answer
from shared.wita import long_moment

# Code to Indonesian and English; `{names}` are parameters.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "open_round": (
        "Kategori {category}: babak {round} belum dibuka.",
        "Category {category}: round {round} is not open yet.",
    ),
    "close_round": (
        "Kategori {category}: babak {round} belum ditutup.",
        "Category {category}: round {round} is not closed yet.",
    ),
    "await_judges": (
        "Kategori {category}: babak {round} menunggu nilai para juri.",
        "Category {category}: round {round} waits for the judges' scores.",
    ),
    "draft_results": (
        "Semua babak selesai: susun hasil versi 1.",
        "All rounds are over: draft version 1 of the results.",
    ),
    "resolve_tie": (
        "Kategori {category}: nilai {entries} peserta sama; panitia memutus urutannya.",
        "Category {category}: {entries} entries are equal; the committee votes on their order.",
    ),
    "sign_minutes": (
        "Berita acara versi {version} belum ditandatangani: {signed} dari {needed}.",
        "The minutes of version {version} are not signed yet: {signed} of {needed}.",
    ),
    "open_objection_window": ("Masa sanggah belum dibuka.", "Objections are not invited yet."),
    "objection_window_open": (
        "Masa sanggah berakhir {until}.",
        "The objection window ends on {until}.",
    ),
    "open_public_test": ("Uji publik belum dibuka.", "The public test is not open yet."),
    "public_test_open": ("Uji publik berakhir {until}.", "The public test ends on {until}."),
    "decide_objections": (
        "{count} sanggahan menunggu keputusan{by}.",
        "Objections that wait for a decision{by}: {count}.",
    ),
    "await_corrections": (
        "{count} sanggahan yang dikabulkan menunggu nilai baru{by}.",
        "Granted objections that wait for a new scorecard{by}: {count}.",
    ),
    "decide_doubts": (
        "{count} keraguan dari uji publik menunggu keputusan{by}.",
        "Doubts of the public test that wait for a decision{by}: {count}.",
    ),
    "determine_results": (
        "Hasil versi {version} siap ditetapkan dengan SK.",
        "Version {version} of the results is ready for its decree.",
    ),
    "publish_results": (
        "Hasil sudah ditetapkan dan belum diumumkan.",
        "The results are determined and not published yet.",
    ),
}


class NextStep(Answer):
    """`until` is when it ends, or lapses; None where nothing presses."""

    code: str
    sentence: str
    until: Utc | None


def next_steps(view: CompetitionView, at: datetime, language: Language) -> tuple[NextStep, ...]:
    """In the order in which they are best taken."""
    say = Saying(language)
    match view.state:
        case "announced" | "judging":
            return _judging(view, say)
        case "drafted" | "objection":
            return _drafted(view, at, say)
        case "determined":
            return (say("publish_results"),)
        case "published":
            return ()


class Saying:
    """Makes steps in one language."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def __call__(self, code: str, until: datetime | None = None, **params: str | int) -> NextStep:
        told = {**params, "until": self.moment(until), "by": self._by(until)}
        sentence = SENTENCES[code][self._language == "en"].format_map(told)
        return NextStep(code=code, sentence=sentence, until=until)

    def counted(self, code: str, dues: Iterable[datetime | None]) -> tuple[NextStep, ...]:
        """One step for all that wait, with the first moment at which one of them lapses."""
        waiting = list(dues)
        if not waiting:
            return ()
        count = "Satu" if len(waiting) == 1 and self._language == "id" else str(len(waiting))
        first = min((due for due in waiting if due is not None), default=None)
        return (self(code, first, count=count),)

    def moment(self, until: datetime | None) -> str:
        return "" if until is None else long_moment(until, self._language)

    def _by(self, until: datetime | None) -> str:
        word = "until" if self._language == "en" else "sampai"
        return "" if until is None else f" {word} {self.moment(until)}"


def _judging(view: CompetitionView, say: Saying) -> tuple[NextStep, ...]:
    waiting = [
        step
        for category in view.rules.categories
        if (step := _round_step(view, category, say)) is not None
    ]
    return tuple(waiting) or (say("draft_results"),)


def _round_step(view: CompetitionView, category: CategoryRule, say: Saying) -> NextStep | None:
    """What the category waits for; None where all its rounds are over or nobody is left in it."""
    left = {
        each.entry.innovation_id
        for each in view.entries
        if each.entry.category == category.code and each.disqualified is None
    }
    for rule in category.rounds:
        shown = _round(view, category, rule)
        if shown is None:
            step = say("open_round", category=category.name, round=rule.name)
            return step if left else None
        if shown.closed is None:
            code = "await_judges" if rule.scored_by == "panel" else "close_round"
            return say(code, category=category.name, round=rule.name)
        left &= {each.innovation_id for each in shown.scores if each.advanced}
    return None


def _round(view: CompetitionView, category: CategoryRule, rule: RoundRule) -> RoundView | None:
    here = (category.code, rule.code)
    return next((each for each in view.rounds if (each.category, each.round) == here), None)


def _drafted(view: CompetitionView, at: datetime, say: Saying) -> tuple[NextStep, ...]:
    steps = (
        *_ties(view, say),
        *_minutes(view, say),
        *_windows(view, at, say),
        *_disputes(view, say),
    )
    version = view.results[-1].version
    return steps or (say("determine_results", version=version),)


def _ties(view: CompetitionView, say: Saying) -> list[NextStep]:
    ranking = view.results[-1].ranking
    return [
        say("resolve_tie", category=category.name, entries=len(tied))
        for category in view.rules.categories
        for tied in votes_needed(ranking, category, view.rules)
    ]


def _minutes(view: CompetitionView, say: Saying) -> list[NextStep]:
    version, needed = view.results[-1].version, view.rules.minutes_signatures
    signed = sum(each.version == version for each in view.minutes)
    if signed >= needed:
        return []
    return [say("sign_minutes", version=version, signed=signed, needed=needed)]


def _windows(view: CompetitionView, at: datetime, say: Saying) -> list[NextStep]:
    steps = [_window(view.windows, at, say, ("open_objection_window", "objection_window_open"))]
    if view.rules.public_test_days:
        steps.append(_window(view.public_tests, at, say, ("open_public_test", "public_test_open")))
    return [each for each in steps if each is not None]


def _window(
    opened: tuple[WindowView, ...], at: datetime, say: Saying, codes: tuple[str, str]
) -> NextStep | None:
    """To be opened, or still open; None once it is over."""
    if not opened:
        return say(codes[0])
    closes_at = opened[-1].closes_at
    return say(codes[1], closes_at) if at < closes_at else None


def _disputes(view: CompetitionView, say: Saying) -> tuple[NextStep, ...]:
    """What is about entries that are out waits for nobody."""
    out = {e.entry.innovation_id for e in view.entries if e.disqualified is not None}
    objections = [each for each in view.objections if each.innovation_id not in out]
    filed = (objection_due(view, each) for each in objections if each.state == "filed")
    granted = (objection_due(view, each) for each in objections if each.state == "granted")
    doubts = (
        doubt_due(view, each)
        for each in view.doubts
        if each.state == "filed" and each.innovation_id not in out
    )
    return (
        *say.counted("decide_objections", filed),
        *say.counted("await_corrections", granted),
        *say.counted("decide_doubts", doubts),
    )
