"""A season in large: as many innovations, from draft to score, as a benchmark has use for."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from hashlib import sha256
from itertools import count, groupby

from deploy.local.stack import Addresses
from services.submission.domain import commands
from shared.editions import SidRow
from shared.events.submission import AGENCY, INNOVATION, Claim, EvidenceItem, FileEvidence
from shared.history import Connection, connect
from shared.history.envelope import Message
from tests.unit.audit.past import Past
from tests.unit.audit.reviewing import NO_SAMPLE
from tests.unit.audit.story import DEADLINE, EDITION, OPENED, PROFILE, Story

SPEAKERS = ("submission", "verification", "scoring")
OWNER = "hss-dinkes"
SIZE_BYTES = 2048
MEDIA_TYPE_OF = {"pdf": "application/pdf", "jpg": "image/jpeg", "mp4": "video/mp4"}


async def told_season(least: int) -> list[Message]:
    """At least so many events: what the services' deciders and reactions say, in order."""
    story = Story(Past(), count())
    await story.season()
    await story.rule(NO_SAMPLE)
    for number in count(1):
        if len(story.past.messages) >= least:
            break
        await _verified(story, f"inov-{number}", f"drafter-{number}")
    return story.past.messages


async def _verified(story: Story, key: str, by: str) -> None:
    """Nearly every indicator claimed at some level, a fifth of them granted lower."""
    await _drafted(story, key, by)
    for place, row in enumerate(_rows()):
        await _shown(story, key, by, row)
        claim = Claim(indicator=row.code, level=_level(place))
        await story.past.give(INNOVATION, key, commands.ClaimLevel(by, story.at, EDITION, claim))
    await story.submit(key, by)
    await story.claimed(key, f"token-{key}")
    await story.admitted(key, f"token-{key}")
    for place, row in enumerate(_rows()):
        granted = _level(place) - (place % 5 == 0)
        await story.decided(key, f"token-{key}", row.code, granted)
    await story.verified(key, f"token-{key}")


def _rows() -> tuple[SidRow, ...]:
    """Those that are claimed without choosing a basis or a sub-type first."""
    return tuple(row for row in EDITION.sid if not row.bases and not row.subtypes)


def _level(place: int) -> int:
    return 1 + place % 3


async def _drafted(story: Story, key: str, by: str) -> None:
    owner = story.past.state(AGENCY, OWNER)
    draft = commands.DraftInnovation(
        by=by,
        at=story.at,
        innovation_id=key,
        season_id="2026",
        edition=EDITION,
        training=False,
        opens_at=OPENED,
        deadline=DEADLINE,
        agency_id=OWNER,
        agency_kind=owner.kind,
        agency_path=owner.path,
        region_id=owner.region_id,
        profile=PROFILE.model_copy(update={"title": f"SIP PUTIH {key}"}),
    )
    await story.past.give(INNOVATION, key, draft)


async def _shown(story: Story, key: str, by: str, row: SidRow) -> None:
    """A file for one indicator, declared and taken in."""
    evidence_id = f"{row.code}-{key}"
    digest = sha256(evidence_id.encode()).hexdigest()
    media_type = MEDIA_TYPE_OF[row.files[0]]
    content = FileEvidence(
        file_name=f"{row.code}.{row.files[0]}",
        sha256=digest,
        size_bytes=SIZE_BYTES,
        media_type=media_type,
    )
    item = EvidenceItem(
        evidence_id=evidence_id,
        indicators=(row.code,),
        evidence_kind=row.evidence[0],
        content=content,
    )
    declare = commands.DeclareEvidence(by, story.at, EDITION, item, 10 * SIZE_BYTES)
    await story.past.give(INNOVATION, key, declare)
    place = f"sha256/{digest}"
    accept = commands.AcceptEvidence(
        by, story.at, evidence_id, digest, SIZE_BYTES, media_type, place, "v1"
    )
    await story.past.give(INNOVATION, key, accept)


async def publish(at: Addresses, messages: Sequence[Message]) -> None:
    """In order, each fact through the account of the service that says it."""
    async with AsyncExitStack() as open_:
        voices: dict[str, Connection] = {}
        for service in SPEAKERS:
            voices[service] = await connect((at.nats_url,), service, at.nats_seeds[service])
            open_.push_async_callback(voices[service].close)
        for service, run in groupby(messages, key=lambda each: each.subject.split(".")[2]):
            js = voices[service].jetstream
            for each in run:
                await js.publish_async(each.subject, each.body, headers=dict(each.headers))
            # The next service speaks on another connection: it must not be heard before these.
            await js.publish_async_completed()
