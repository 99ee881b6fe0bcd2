"""Who is given a file of a doubt stands in the history before they have it; nobody else does."""

from datetime import timedelta
from hashlib import sha256

from deploy.local.stack import Addresses
from shared.events.awards import ACCESS
from shared.history import HistoryLog
from tests.accessed import openings
from tests.builders.awards import PATH
from tests.component.awards.course import BRIDA, URL, drafted, funded, ok, rules, shown, signed
from tests.component.awards.test_public_test import DOUBTS, LETTER, doubt
from tests.component.awards.world import Clock, People
from tests.component.scoring.world import Person

DIGEST = sha256(LETTER).hexdigest()


async def test_who_decides_on_a_doubt_opens_its_files_on_the_record(
    people: People, scoring: HistoryLog, clock: Clock, fresh_servers: Addresses
) -> None:
    await funded(people("person-bpp", "treasurer", path=BRIDA), clock())
    chair = people("person-chair", "committee", path=BRIDA)
    await drafted(chair, scoring, rules(public_test_days=5))
    await signed(1, chair)
    await shown(chair, await chair.post(f"{URL}/public-test", {"version": 1}))
    filed = await Person(chair.api, {}).post(DOUBTS, doubt())
    where = f"{URL}/doubts/{ok(filed)['doubt_id']}"
    await shown(chair, filed)

    # To read what was written opens no file, and who may not have one is not given it.
    ok(await chair.get(where))
    tied = people("person-dinkes", "committee", path=PATH)
    auditor = people("person-inspektur", "auditor")
    for person, digest, status in (
        (tied, DIGEST, 404),
        (auditor, DIGEST, 403),
        (chair, "0" * 64, 404),
    ):
        assert (await person.get(f"{where}/evidence/{digest}")).status_code == status
    assert await openings(fresh_servers, ACCESS, DIGEST) == []

    second = people("person-leader", "leader", path=BRIDA)
    for person in (chair, chair, second):
        ok(await person.get(f"{where}/evidence/{DIGEST}"))
    told = [(name, "link", "inov-1") for name in ("person-chair", "person-leader")]
    assert await openings(fresh_servers, ACCESS, DIGEST) == told
    clock.ahead += timedelta(minutes=16)
    ok(await chair.get(f"{where}/evidence/{DIGEST}"))
    assert await openings(fresh_servers, ACCESS, DIGEST) == [*told, told[0]]
