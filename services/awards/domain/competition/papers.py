"""Decisions on who receives what an entry wins, and on documents that are issued."""

from services.awards.domain.competition.commands import IssueDocument, NameRecipients
from services.awards.domain.competition.questions import category_of, entry_in, judged, results_of
from services.awards.domain.competition.states import State
from services.awards.domain.recipients import check_recipients
from shared.errors import Refused
from shared.events.awards import CompetitionEvent, DocumentIssued, RecipientsNamed

Command = NameRecipients | IssueDocument


def decide(command: Command, state: State) -> list[CompetitionEvent]:
    match command:
        case NameRecipients():
            return name_recipients(command, state)
        case IssueDocument():
            return issue_document(command, state)


def name_recipients(command: NameRecipients, state: State) -> list[CompetitionEvent]:
    before = judged(state)
    entry = entry_in(before, command.innovation_id)
    if entry.innovation_id in before.disqualified:
        raise Refused("entry_disqualified", "A disqualified entry wins nothing.")
    check_recipients(category_of(before, entry.category), entry, command.recipients)
    if before.recipients.get(entry.innovation_id) == command.recipients:
        return []
    return [
        RecipientsNamed(
            by=command.by,
            at=command.at,
            competition_id=before.announced.competition_id,
            innovation_id=entry.innovation_id,
            recipients=command.recipients,
            by_agency=command.agency,
        )
    ]


def issue_document(command: IssueDocument, state: State) -> list[CompetitionEvent]:
    before = judged(state)
    known = before.documents.get(command.document_id)
    if known is not None and known.sha256 == command.sha256:
        return []
    if known is not None:
        raise Refused("document_differs", "There is another document of this id.")
    if command.version != results_of(state).version:
        raise Refused("version_not_current", "A document is made of the newest results.")
    return [
        DocumentIssued(
            by=command.by,
            at=command.at,
            competition_id=before.announced.competition_id,
            document_id=command.document_id,
            kind=command.kind,
            media_type=command.media_type,
            version=command.version,
            about=command.about,
            sha256=command.sha256,
            size=command.size,
            content_digest=command.content_digest,
            template=command.template,
            verify_url=command.verify_url,
            has_names=command.has_names,
        )
    ]
