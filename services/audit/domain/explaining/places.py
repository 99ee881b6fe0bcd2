"""A place in the results: the rounds behind it, whom it stands above, and the decree. Pure."""

from collections.abc import Mapping

from services.audit.domain.explaining.disputes import dispute_steps
from services.audit.domain.explaining.history import History, announced_rule
from services.audit.domain.explaining.ranking import ranking_step
from services.audit.domain.explaining.rounds import Contest, contest_of, round_steps
from services.audit.domain.explaining.scorecards import scorecard_step
from services.audit.domain.explaining.steps import Rule, Said, Step, Value, said
from services.audit.domain.explaining.words import (
    CAUSES,
    TIE_BREAKS,
    category_named,
    exact,
    listed,
    named,
    shown,
)
from services.awards.domain.competition.states import Drafted, Judging
from services.awards.domain.rounds import ClosedRound
from shared.events.awards import (
    COMPETITION,
    Entry,
    EntryCorrected,
    EntryDisqualified,
    EntryEnrolled,
    MinutesSigned,
    RankedEntry,
    ResultsDetermined,
    ResultsDrafted,
    ResultsPublished,
    RoundScore,
)
from shared.wita import long_date


def entry_step(competition_id: str, innovation_id: str, history: History) -> Step:
    """An entry with its place, or with what became of it without one."""
    about = f"entry/{competition_id}/{innovation_id}"
    return history.once(about, lambda: _entry(competition_id, innovation_id, about, history))


def _entry(competition_id: str, innovation_id: str, about: str, history: History) -> Step:
    where = history.competition(competition_id)
    entry = None if where is None else where.entries.get(innovation_id)
    if where is None or entry is None:
        return Step("rank", f"{innovation_id} tidak ikut dalam {competition_id}.")
    contest = contest_of(where, entry.category)
    if contest is None:
        return Step("rank", f"Aturan {competition_id} tidak memuat kategori {entry.category}.")
    results = history.results(competition_id)
    place = None if results is None else place_of(results, innovation_id)
    if results is None or place is None:
        return _without_place(contest, entry, about, history)
    return Step(
        kind="rank",
        title=_title(contest, entry, place, history),
        about=about,
        facts=_version_said(results.version, contest, history),
        values=_values(place, results.version, contest),
        rule=_rule(contest),
        because=(
            *round_steps(contest, entry, place.round_scores, history),
            ranking_step(contest, results, history),
            _enrolled(contest, entry, history),
            *dispute_steps(competition_id, innovation_id, history),
            *_versions(results, contest, history),
            *_signed(results, contest, history),
        ),
    )


def _values(place: RankedEntry, version: int, contest: Contest) -> Mapping[str, Value]:
    return {
        "competition_id": contest.competition_id,
        "innovation_id": place.innovation_id,
        "category": place.category,
        "rank": place.rank,
        "final_score": exact(place.final_score),
        "version": version,
        "tie_break": place.tie_break or "",
    }


def place_of(results: Drafted, innovation_id: str) -> RankedEntry | None:
    mine = (each for each in results.ranking if each.innovation_id == innovation_id)
    return next(mine, None)


def _title(contest: Contest, entry: Entry, place: RankedEntry, history: History) -> str:
    decree = history.decree(contest.competition_id)
    fixed = "belum ditetapkan"
    if decree is not None:
        fixed = f"ditetapkan dengan SK {decree.decree_number} tanggal"
        fixed += f" {long_date(decree.decree_date)}"
    tie = f", dipisahkan oleh {named(place.tie_break, TIE_BREAKS)}" if place.tie_break else ""
    return (
        f"Peringkat {place.rank} kategori {category_named(contest.category)}: {entry.title}"
        f" ({entry.innovation_id}), nilai akhir {shown(place.final_score)}{tie}, {fixed}"
    )


def _rule(contest: Contest) -> Rule:
    breaks = listed(TIE_BREAKS[each] for each in contest.where.rules.tie_breaks)
    what = (
        "Nilai akhir = jumlah bobot x nilai babak dibagi jumlah bobot, dua desimal;"
        f" pemisah nilai sama: {breaks}"
    )
    return announced_rule(what, contest.where)


def _version_said(version: int, contest: Contest, history: History) -> tuple[Said, ...]:
    """How these results came to be, and what fixed them."""
    told = (ResultsDrafted, ResultsDetermined, ResultsPublished)
    return said(
        event
        for event in history.trail.on(contest.subject)
        if isinstance(event.fact, told) and event.fact.version == version
    )


def _versions(results: Drafted, contest: Contest, history: History) -> tuple[Step, ...]:
    """Why the results were drafted again, if they were."""
    if results.version == 1:
        return ()
    return tuple(
        Step(
            kind="version",
            title=(
                f"Versi {event.fact.version} hasil {named(event.fact.cause, CAUSES)}"
                f"{f' ({event.fact.cause_id})' if event.fact.cause_id else ''}"
            ),
            facts=said((event,)),
            values={"version": event.fact.version, "cause": event.fact.cause},
        )
        for event in history.trail.of(contest.subject, ResultsDrafted)
    )


def _enrolled(contest: Contest, entry: Entry, history: History) -> Step:
    events = [
        event
        for event in history.trail.on(contest.subject)
        if isinstance(event.fact, EntryEnrolled | EntryCorrected)
        and event.fact.entry.innovation_id == entry.innovation_id
    ]
    by_hand = [each.fact for each in events if isinstance(each.fact, EntryEnrolled)]
    how, is_by_hand = "menurut aturan kategori", bool(by_hand and by_hand[-1].reason)
    if is_by_hand:
        how = f"oleh {by_hand[-1].by}: {by_hand[-1].reason}"
    minimum = shown(contest.category.minimum_maturity)
    what = f"Inovasi di bawah {contest.category.within}, kematangan sedikitnya {minimum}"
    rule = announced_rule(what, contest.where)
    return Step(
        kind="entry",
        title=f"Ikut serta {how}, kematangan {shown(entry.verified_maturity)}",
        facts=said(events),
        values={
            "scorecard_number": entry.scorecard_number,
            "verified_maturity": exact(entry.verified_maturity),
            "agency_id": entry.agency_id,
        },
        rule=None if is_by_hand else rule,
        because=(scorecard_step(entry.innovation_id, entry.scorecard_number, history),),
    )


def _signed(results: Drafted, contest: Contest, history: History) -> tuple[Step, ...]:
    signed = tuple(
        history.trail.of(
            contest.subject, MinutesSigned, lambda each: each.version == results.version
        )
    )
    if not signed:
        return ()
    people = listed(f"{each.fact.by} ({each.fact.function})" for each in signed)
    title = f"Berita acara versi {results.version} ditandatangani oleh {people}"
    digest = signed[-1].fact.ranking_digest
    return (Step("minutes", title, facts=said(signed), values={"ranking_digest": digest}),)


def _without_place(contest: Contest, entry: Entry, about: str, history: History) -> Step:
    name = f"{entry.title} ({entry.innovation_id})"
    out = tuple(
        history.trail.of(
            COMPETITION.subject(contest.competition_id),
            EntryDisqualified,
            lambda each: each.innovation_id == entry.innovation_id,
        )
    )
    title = f"{name} belum atau tidak mendapat peringkat"
    if out:
        title = f"{name} didiskualifikasi oleh {out[-1].fact.by}: {out[-1].fact.reason}"
    scores = _scores(contest.where, contest, entry)
    return Step(
        kind="rank",
        title=title,
        about=about,
        facts=said(out),
        values={
            "competition_id": contest.competition_id,
            "innovation_id": entry.innovation_id,
            "category": entry.category,
        },
        because=(
            *round_steps(contest, entry, scores, history),
            _enrolled(contest, entry, history),
            *dispute_steps(contest.competition_id, entry.innovation_id, history),
        ),
    )


def _scores(where: Judging, contest: Contest, entry: Entry) -> tuple[RoundScore, ...]:
    """Those of the rounds that closed with this entry in them."""
    closed = (where.rounds.get((entry.category, rule.code)) for rule in contest.category.rounds)
    found = (
        each.scores.get(entry.innovation_id) for each in closed if isinstance(each, ClosedRound)
    )
    return tuple(score for score in found if score is not None)
