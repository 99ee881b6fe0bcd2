"""What may be asked of the dossier of the tests: everything alone, and some of it together."""

from datetime import timedelta
from typing import Any

from services.verification.domain import Command
from shared.events.submission import Profile
from shared.events.verification import QualityRule
from tests.builders.verification import (
    ALL_SAMPLED,
    AT,
    COLLEAGUE,
    DUE,
    FILES_UNTIL,
    MANIFEST,
    NO_SAMPLE,
    RESOLVER,
    SECOND_TOKEN,
    TOKEN,
    VERIFIER,
    Person,
    about,
    announce,
    claim,
    correct,
    decide,
    decide_admissibility,
    findings,
    granting,
    hand_over,
    lapse,
    lease_end,
    receive,
    recuse,
    release,
    renew,
    request_revision,
    resolve,
    revoke,
    verify,
    visit,
    withdraw,
)

Steps = tuple[Command, ...]
ENDED = lease_end(AT)
HERS: dict[str, Any] = {"person": COLLEAGUE, "token": SECOND_TOKEN}
RETITLED = about(profile=Profile(title="Posyandu Digital 2"))

ONE_BY_ONE: tuple[Command, ...] = (
    claim(),
    claim(COLLEAGUE, SECOND_TOKEN),
    claim(COLLEAGUE, SECOND_TOKEN, ENDED),
    renew(at=AT + timedelta(minutes=20)),
    release(),
    release(COLLEAGUE, SECOND_TOKEN),
    hand_over(),
    hand_over(RESOLVER, COLLEAGUE, token=SECOND_TOKEN),
    revoke(),
    revoke(COLLEAGUE),
    decide_admissibility(),
    decide_admissibility("renewal"),
    decide_admissibility(**HERS),
    decide("SID-01", 3),
    decide("SID-01", 3, **HERS),
    decide("SID-18", 0),
    request_revision(),
    request_revision(COLLEAGUE, token=SECOND_TOKEN, max_revisions=2),
    receive(),
    receive(about=RETITLED),
    receive(round=3, manifest=MANIFEST),
    announce(),
    announce(round=3),
    lapse(DUE + timedelta(seconds=1)),
    lapse(FILES_UNTIL + timedelta(seconds=1), due=FILES_UNTIL),
    recuse(),
    recuse(COLLEAGUE),
    visit(),
    verify(),
    verify(COLLEAGUE, SECOND_TOKEN),
    resolve(granting("SID-01", 3)),
    resolve(findings=findings()),
    resolve(findings=findings("benefit")),
    correct(),
    withdraw(),
)


def _reviewed(
    level: int,
    person: Person = VERIFIER,
    token: str = TOKEN,
    rule: QualityRule = ALL_SAMPLED,
) -> Steps:
    held: dict[str, Any] = {"person": person, "token": token}
    return (
        claim(person, token),
        decide_admissibility(**held),
        decide("SID-01", level, **held),
        decide("SID-02", 2, **held),
        decide("SID-18", 0, **held),
        verify(person, token, rule),
    )


def _refused(person: Person = VERIFIER, token: str = TOKEN) -> Steps:
    unmet = decide_admissibility("renewal", person=person, token=token)
    return (claim(person, token), unmet, verify(person, token))


ALONE: tuple[Steps, ...] = tuple((each,) for each in ONE_BY_ONE)
TOGETHER: tuple[Steps, ...] = (
    _reviewed(2),
    _reviewed(2, rule=NO_SAMPLE),
    _reviewed(2, COLLEAGUE, SECOND_TOKEN),
    _reviewed(3, COLLEAGUE, SECOND_TOKEN),
    (resolve(granting("SID-01", 3)), resolve(findings=findings("benefit"))),
    _refused(),
    _refused(COLLEAGUE, SECOND_TOKEN),
)
"""Without these hardly any dossier would ever come as far as a second look, or an end."""
