"""The commands behind the facts of competitions: course, results and papers. Pure."""

from collections.abc import Sequence

from services.audit.domain.commands.disputes import dispute_command
from services.audit.domain.winners import known_funds, past_wins
from services.audit.domain.world import World
from services.awards.domain import competition
from services.awards.domain.competition.questions import judged
from shared.events.awards import (
    CompetitionAnnounced,
    DocumentIssued,
    EntryDisqualified,
    EntryEnrolled,
    MinutesSigned,
    RecipientsNamed,
    ResultsDetermined,
    ResultsDrafted,
    ResultsPublished,
    RoundClosed,
    RoundOpened,
    TieResolved,
)
from shared.events.base import Fact


def competition_command(
    facts: Sequence[Fact], before: competition.State, world: World
) -> competition.Command | None:
    return (
        _on_course(facts, before, world)
        or _on_results(facts, world)
        or dispute_command(facts, before, world)
        or _on_papers(facts)
    )


def _on_course(
    facts: Sequence[Fact], before: competition.State, world: World
) -> competition.Command | None:
    match facts:
        case [CompetitionAnnounced() as fact]:
            return _announce(fact, world)
        case [EntryEnrolled() as fact]:
            return _by_hand(fact, before, world)
        case [RoundOpened() as fact]:
            return competition.OpenRound(
                by=fact.by,
                at=fact.at,
                category=fact.category,
                round=fact.round,
                panel_id=fact.panel_id or "",
            )
        case [RoundClosed() as fact]:
            return competition.CloseRound(
                by=fact.by, at=fact.at, category=fact.category, round=fact.round
            )
        case _:
            return None


def _announce(fact: CompetitionAnnounced, world: World) -> competition.Announce:
    return competition.Announce(
        by=fact.by,
        at=fact.at,
        competition_id=fact.competition_id,
        name=fact.name,
        season_id=fact.season_id,
        rules=fact.rules,
        funds=known_funds(fact.rules, world),
    )


def _by_hand(
    fact: EntryEnrolled, before: competition.State, world: World
) -> competition.EnrolByHand:
    entry = fact.entry
    return competition.EnrolByHand(
        by=fact.by,
        at=fact.at,
        agency=fact.by_agency,
        agency_path=world.path_of(fact.by_agency),
        scorecard=world.scorecard(entry.innovation_id, entry.scorecard_number),
        category=entry.category,
        reason=fact.reason,
        past_wins=past_wins(judged(before).rules, world),
    )


def _on_results(facts: Sequence[Fact], world: World) -> competition.Command | None:
    match facts:
        case [ResultsDrafted() as fact]:
            return competition.DraftResults(by=fact.by, at=fact.at)
        case [TieResolved() as fact, ResultsDrafted()]:
            return competition.ResolveTie(
                by=fact.by,
                at=fact.at,
                agency=fact.by_agency,
                agency_path=world.path_of(fact.by_agency),
                category=fact.category,
                order=fact.order,
                reason=fact.reason,
            )
        case [EntryDisqualified() as fact] | [EntryDisqualified() as fact, ResultsDrafted()]:
            return _disqualify(fact, world)
        case [MinutesSigned() as fact]:
            return competition.SignMinutes(
                by=fact.by,
                at=fact.at,
                agency=fact.by_agency,
                version=fact.version,
                function=fact.function,
            )
        case [ResultsDetermined() as fact]:
            return competition.Determine(
                by=fact.by,
                at=fact.at,
                decree_number=fact.decree_number,
                decree_date=fact.decree_date,
            )
        case [ResultsPublished() as fact]:
            return competition.Publish(by=fact.by, at=fact.at)
        case _:
            return None


def _disqualify(fact: EntryDisqualified, world: World) -> competition.Disqualify:
    return competition.Disqualify(
        by=fact.by,
        at=fact.at,
        agency=fact.by_agency,
        agency_path=world.path_of(fact.by_agency),
        innovation_id=fact.innovation_id,
        ground=fact.ground,
        reason=fact.reason,
    )


def _on_papers(facts: Sequence[Fact]) -> competition.Command | None:
    match facts:
        case [RecipientsNamed() as fact]:
            return competition.NameRecipients(
                by=fact.by,
                at=fact.at,
                agency=fact.by_agency,
                innovation_id=fact.innovation_id,
                recipients=fact.recipients,
            )
        case [DocumentIssued() as fact]:
            return _issue(fact)
        case _:
            return None


def _issue(fact: DocumentIssued) -> competition.IssueDocument:
    return competition.IssueDocument(
        by=fact.by,
        at=fact.at,
        document_id=fact.document_id,
        kind=fact.kind,
        media_type=fact.media_type,
        version=fact.version,
        about=fact.about,
        sha256=fact.sha256,
        size=fact.size,
        content_digest=fact.content_digest,
        template=fact.template,
        verify_url=fact.verify_url,
        has_names=fact.has_names,
    )
