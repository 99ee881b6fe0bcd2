"""Tokens become callers; the table of permissions decides what callers may do."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import httpx
import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from deploy.local.issuer import DevelopmentKeys
from shared.errors import DomainError, Forbidden, NotFound, Unauthenticated, Unavailable
from shared.identity import (
    Access,
    Caller,
    Permissions,
    PublishedKeys,
    Relation,
    Role,
    Thing,
    Verifier,
    allow,
    may,
    require,
    role_allows,
)

ISSUER = "http://issuer.test"
CLAIMS = {"iss": ISSUER, "aud": "inda", "sub": "p-1", "roles": ["verifier"]}


@dataclass
class Clock:
    moment: datetime = datetime(2026, 7, 1, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def pass_seconds(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class KeyServer:
    """The issuer's JWKS endpoint, counted, and down when told so."""

    answer: Callable[[], dict[str, object]]
    is_down: bool = False
    fetches: int = field(default=0)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.fetches += 1
        if self.is_down:
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(200, json=self.answer())


@dataclass
class Doorkeeper:
    verifier: Verifier
    keys: DevelopmentKeys
    clock: Clock
    server: KeyServer

    async def refusal(self, token: str) -> str:
        with pytest.raises(DomainError) as refusal:
            await self.verifier.verify(token)
        return refusal.value.code


@pytest.fixture
def door(tmp_path: Path) -> Doorkeeper:
    clock = Clock()
    keys = DevelopmentKeys(tmp_path, issuer=ISSUER, now=clock)
    server = KeyServer(keys.jwks)
    return Doorkeeper(_verifier(server, clock), keys, clock, server)


def _verifier(server: KeyServer, clock: Clock) -> Verifier:
    client = httpx.AsyncClient(transport=httpx.MockTransport(server))
    published = PublishedKeys(f"{ISSUER}/jwks.json", client, clock)
    return Verifier(published, issuer=ISSUER, audience="inda", now=clock)


async def test_a_token_becomes_a_caller_with_known_roles_and_agency_path(door: Doorkeeper):
    token = door.keys.token(
        sub="p-1",
        roles=["verifier", "role-of-another-system"],
        agency="puskesmas-1",
        agency_path=["dinkes", "puskesmas-1"],
    )
    assert await door.verifier.verify(token) == Caller(
        "p-1", frozenset({Role.VERIFIER}), "puskesmas-1", ("dinkes", "puskesmas-1")
    )


async def test_a_person_from_outside_has_no_agency(door: Doorkeeper):
    token = door.keys.token(sub="p-2", roles=["judge"])
    assert await door.verifier.verify(token) == Caller("p-2", frozenset({Role.JUDGE}))


async def test_an_agency_without_a_path_is_its_own_path(door: Doorkeeper):
    token = door.keys.token(sub="p-2", roles=["judge"], agency="dinkes")
    assert (await door.verifier.verify(token)).agency_path == ("dinkes",)


async def test_an_expired_token_is_refused_after_thirty_seconds_of_grace(door: Doorkeeper):
    token = door.keys.token(sub="p-1", roles=[], lifetime_seconds=60)
    door.clock.pass_seconds(80)
    await door.verifier.verify(token)
    door.clock.pass_seconds(11)
    assert await door.refusal(token) == "token_expired"


async def test_a_remembered_token_still_expires(door: Doorkeeper):
    token = door.keys.token(sub="p-1", roles=[], lifetime_seconds=100)
    await door.verifier.verify(token)
    door.clock.pass_seconds(131)
    assert await door.refusal(token) == "token_expired"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iss": "https://other.test"}, "token_claim_wrong"),
        ({"aud": "other"}, "token_claim_wrong"),
        ({"sub": ""}, "token_claim_wrong"),
        ({"sub": None}, "token_claim_wrong"),
        ({"exp": None}, "token_claim_wrong"),
        ({"exp": float("nan")}, "token_claim_wrong"),
        ({"nbf": 4102444800}, "token_claim_wrong"),
        ({"roles": "verifier"}, "token_claim_wrong"),
        ({"agency": "a", "agency_path": ["b"]}, "token_claim_wrong"),
        ({"agency_path": ["b"]}, "token_claim_wrong"),
        ({"exp": 1}, "token_expired"),
    ],
)
async def test_a_token_with_a_wrong_claim_is_refused(changed: dict[str, object], code: str):
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    clock = Clock()
    verifier = _verifier(KeyServer(lambda: {"keys": [key.as_dict(private=False)]}), clock)
    claims = {**CLAIMS, "exp": 4102444800, **changed}
    token = jwt.encode(
        {"alg": "Ed25519", "kid": key.kid},
        claims,
        key,
        registry=jws.JWSRegistry(algorithms=["Ed25519"]),
    )
    with pytest.raises(Unauthenticated) as refusal:
        await verifier.verify(token)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("Ed25519", OKPKey.generate_key("Ed25519", auto_kid=True)),
        ("ES256", ECKey.generate_key("P-256", auto_kid=True)),
        ("RS256", RSAKey.generate_key(2048, auto_kid=True)),
    ],
)
async def test_asymmetric_signatures_are_accepted(algorithm: str, key: ECKey | OKPKey | RSAKey):
    verifier = _verifier(KeyServer(lambda: {"keys": [key.as_dict(private=False)]}), Clock())
    token = jwt.encode(
        {"alg": algorithm, "kid": key.kid},
        {**CLAIMS, "exp": 4102444800},
        key,
        registry=jws.JWSRegistry(algorithms=[algorithm]),
    )
    assert await verifier.verify(token) == Caller("p-1", frozenset({Role.VERIFIER}))


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
async def test_the_older_name_of_ed25519_is_accepted_in_silence():
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    verifier = _verifier(KeyServer(lambda: {"keys": [key.as_dict(private=False)]}), Clock())
    token = jwt.encode(
        {"alg": "EdDSA", "kid": key.kid},
        {**CLAIMS, "exp": 4102444800},
        key,
        registry=jws.JWSRegistry(algorithms=["EdDSA"]),
    )
    assert (await verifier.verify(token)).id == "p-1"


async def test_a_shared_secret_is_never_a_signature(door: Doorkeeper):
    secret = OctKey.import_key("a-secret-that-is-long-enough-for-hs256")
    token = jwt.encode({"alg": "HS256", "kid": "any"}, {**CLAIMS, "exp": 4102444800}, secret)
    assert await door.refusal(token) == "token_algorithm_refused"


async def test_a_token_signed_by_nobody_is_refused(door: Doorkeeper):
    token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwLTEifQ."
    assert await door.refusal(token) == "token_algorithm_refused"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "..", "eyJ9.eyJ9.eyJ9", "ü.ü.ü", "e30.e30."])
async def test_what_is_no_token_is_refused(door: Doorkeeper, token: str):
    assert await door.refusal(token) == "token_malformed"


async def test_a_changed_payload_breaks_the_signature(door: Doorkeeper):
    head, _, tail = door.keys.token(sub="p-1", roles=[]).split(".")
    _, other, _ = door.keys.token(sub="p-2", roles=[]).split(".")
    assert await door.refusal(f"{head}.{other}.{tail}") == "token_signature_wrong"


async def test_an_unknown_key_is_looked_up_once_and_not_again_at_once(
    door: Doorkeeper, tmp_path: Path
):
    await door.verifier.verify(door.keys.token(sub="p-1", roles=[]))
    stranger = DevelopmentKeys(tmp_path / "stranger", issuer=ISSUER, now=door.clock)
    door.clock.pass_seconds(60)
    refusals = [await door.refusal(stranger.token(sub=f"p-{each}", roles=[])) for each in range(3)]
    assert (refusals, door.server.fetches) == (["token_key_unknown"] * 3, 2)


async def test_a_new_key_of_the_issuer_is_accepted_without_waiting_for_the_cache(
    door: Doorkeeper, tmp_path: Path
):
    await door.verifier.verify(door.keys.token(sub="p-1", roles=[]))
    door.clock.pass_seconds(30)
    replaced = DevelopmentKeys(tmp_path / "next", issuer=ISSUER, now=door.clock)
    door.server.answer = replaced.jwks
    assert (await door.verifier.verify(replaced.token(sub="p-9", roles=[]))).id == "p-9"


async def test_a_withdrawn_key_stops_counting_within_five_minutes(door: Doorkeeper, tmp_path: Path):
    token = door.keys.token(sub="p-1", roles=[])
    await door.verifier.verify(token)
    door.server.answer = DevelopmentKeys(tmp_path / "next", issuer=ISSUER).jwks
    door.clock.pass_seconds(301)
    assert await door.refusal(token) == "token_key_unknown"


async def test_keys_are_fetched_once_for_many_tokens(door: Doorkeeper):
    for each in range(20):
        await door.verifier.verify(door.keys.token(sub=f"p-{each}", roles=[]))
    assert door.server.fetches == 1


async def test_without_any_keys_the_answer_is_unavailable(door: Doorkeeper):
    door.server.is_down = True
    with pytest.raises(Unavailable) as refusal:
        await door.verifier.verify(door.keys.token(sub="p-1", roles=[]))
    assert refusal.value.code == "identity_unavailable"


async def test_a_silent_issuer_does_not_lock_people_out_for_an_hour(door: Doorkeeper):
    await door.verifier.verify(door.keys.token(sub="p-1", roles=[]))
    door.server.is_down = True
    door.clock.pass_seconds(3500)
    await door.verifier.verify(door.keys.token(sub="p-2", roles=[]))
    door.clock.pass_seconds(200)
    assert await door.refusal(door.keys.token(sub="p-3", roles=[])) == "identity_unavailable"


async def test_who_gives_up_waiting_for_the_keys_locks_nobody_out(tmp_path: Path):
    clock = Clock()
    keys = DevelopmentKeys(tmp_path, issuer=ISSUER, now=clock)
    asked, answers = asyncio.Event(), asyncio.Event()

    async def slow(request: httpx.Request) -> httpx.Response:
        asked.set()
        await answers.wait()
        return httpx.Response(200, json=keys.jwks())

    client = httpx.AsyncClient(transport=httpx.MockTransport(slow))
    published = PublishedKeys(f"{ISSUER}/jwks.json", client, clock)
    impatient = asyncio.ensure_future(published.current())
    await asked.wait()
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    answers.set()
    assert (await published.current()).as_dict()["keys"]


OPERATOR = Caller("p-1", frozenset({Role.SKPD_OPERATOR}), "dinkes", ("setda", "dinkes"))
CHECKER = Caller("p-2", frozenset({Role.VERIFIER}), "brida", ("brida",))
OUTSIDER = Caller("p-3", frozenset({Role.JUDGE}))
OF_DINKES = Thing(agency_path=("setda", "dinkes"))


@pytest.mark.parametrize(
    ("relation", "caller", "thing", "is_met"),
    [
        (Relation.ANY, OUTSIDER, Thing(), True),
        (Relation.OWN_AGENCY, OPERATOR, OF_DINKES, True),
        (Relation.OWN_AGENCY, OPERATOR, Thing(("setda", "dinkes", "puskesmas-1")), True),
        (Relation.OWN_AGENCY, OPERATOR, Thing(("setda",)), False),
        (Relation.OWN_AGENCY, OPERATOR, Thing(("setda", "disdik")), False),
        (Relation.OWN_AGENCY, OPERATOR, Thing(), False),
        (Relation.OWN_AGENCY, OUTSIDER, Thing(), False),
        (Relation.UNCONFLICTED, CHECKER, OF_DINKES, True),
        (Relation.UNCONFLICTED, CHECKER, Thing(("brida",)), False),
        (Relation.UNCONFLICTED, CHECKER, Thing(("brida", "balai-1")), False),
        (Relation.UNCONFLICTED, OPERATOR, Thing(("setda",)), False),
        (Relation.UNCONFLICTED, OPERATOR, Thing(("setda", "disdik")), True),
        (Relation.UNCONFLICTED, CHECKER, Thing(("setda",), frozenset({"p-2"})), False),
        (Relation.UNCONFLICTED, OUTSIDER, OF_DINKES, True),
        (Relation.UNCONFLICTED, OUTSIDER, Thing(), True),
        (Relation.ASSIGNED, CHECKER, Thing(("setda",), assignees=frozenset({"p-2"})), True),
        (Relation.ASSIGNED, CHECKER, Thing(("setda",), assignees=frozenset({"p-3"})), False),
        (Relation.ASSIGNED, CHECKER, Thing(("brida",), assignees=frozenset({"p-2"})), False),
        (Relation.PUBLIC, OUTSIDER, Thing(is_public=True), True),
        (Relation.PUBLIC, CHECKER, OF_DINKES, False),
    ],
)
def test_a_relation_to_a_thing(relation: Relation, caller: Caller, thing: Thing, is_met: bool):
    assert may(frozenset({relation}), caller, thing) is is_met


OWN = Thing(("brida",))


@pytest.mark.parametrize(
    ("relations", "thing", "is_allowed"),
    [
        ({Relation.ANY, Relation.UNCONFLICTED}, OWN, False),
        ({Relation.ANY, Relation.ASSIGNED}, OWN, False),
        ({Relation.ANY, Relation.UNCONFLICTED}, OF_DINKES, True),
        ({Relation.ANY, Relation.ASSIGNED}, OF_DINKES, True),
        ({Relation.OWN_AGENCY, Relation.UNCONFLICTED}, OWN, True),
        ({Relation.OWN_AGENCY, Relation.UNCONFLICTED}, OF_DINKES, True),
        ({Relation.PUBLIC, Relation.UNCONFLICTED}, Thing(("brida",), is_public=True), True),
        ({Relation.ANY}, OWN, True),
        (set(), OF_DINKES, False),
    ],
)
def test_another_role_does_not_evade_a_conflict_of_interest(
    relations: set[Relation], thing: Thing, is_allowed: bool
):
    assert may(frozenset(relations), CHECKER, thing) is is_allowed


TABLE: Permissions = {
    "decide_indicator": {Role.VERIFIER: Relation.UNCONFLICTED, Role.PEMDA_ADMIN: Relation.ANY},
    "draft": {Role.SKPD_OPERATOR: Relation.OWN_AGENCY},
}


def test_roles_add_up_to_their_relations():
    both = Caller("p-4", frozenset({Role.VERIFIER, Role.PEMDA_ADMIN}))
    assert role_allows(TABLE, "decide_indicator", both) == {Relation.UNCONFLICTED, Relation.ANY}


def test_a_role_that_is_not_listed_is_forbidden():
    with pytest.raises(Forbidden) as refusal:
        role_allows(TABLE, "draft", CHECKER)
    assert (refusal.value.code, refusal.value.params) == (
        "role_not_allowed",
        {"operation": "draft"},
    )


def test_a_thing_that_one_may_not_touch_is_not_found():
    with pytest.raises(NotFound) as refusal:
        require(frozenset({Relation.OWN_AGENCY}), CHECKER, OF_DINKES)
    assert refusal.value.code == "not_found"


def test_an_operation_outside_the_table_is_refused_at_wiring(door: Doorkeeper):
    with pytest.raises(ValueError, match="no operation drift"):
        allow(TABLE, door.verifier)("drift")


STATUS = {Unauthenticated: 401, Forbidden: 403, NotFound: 404}


def _api(verifier: Verifier) -> FastAPI:
    app = FastAPI()
    allowed = allow(TABLE, verifier)

    @app.post("/drafts/{agency}")
    def draft(agency: str, access: Annotated[Access, Depends(allowed("draft"))]) -> str:
        access.require(Thing((agency,)))
        return access.caller.id

    @app.exception_handler(DomainError)
    def refuse(_: Request, error: DomainError) -> JSONResponse:
        return JSONResponse({"code": error.code}, STATUS[type(error)])

    return app


@pytest.mark.parametrize(
    ("roles", "agency", "status"),
    [
        (None, None, 401),
        (["verifier"], "dinkes", 403),
        (["skpd_operator"], "disdik", 404),
        (["skpd_operator"], "dinkes", 200),
    ],
)
async def test_the_doors_answer_in_order(
    door: Doorkeeper, roles: list[str] | None, agency: str | None, status: int
):
    token = None if roles is None else door.keys.token(sub="p-1", roles=roles, agency=agency)
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(_api(door.verifier))
    async with httpx.AsyncClient(transport=transport, base_url="http://api.test") as client:
        answer = await client.post("/drafts/dinkes", headers=headers)
    assert answer.status_code == status


def test_openapi_shows_the_bearer_token(door: Doorkeeper):
    document = _api(door.verifier).openapi()
    assert (
        document["components"]["securitySchemes"],
        document["paths"]["/drafts/{agency}"]["post"]["security"],
    ) == (
        {"HTTPBearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        [{"HTTPBearer": []}],
    )
