"""A verifier's part: take a dossier, decide every claim, ask once, verify; then a second look."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from deploy.drive.people import Person, Reply, Unexpected, World
from deploy.sample.plan import Conflict, InnovationPlan, RevisionPlan, VerdictPlan

CRITERIA = ("renewal", "benefit", "no_burden", "own_authority", "replicable")


class Reviewer:
    """Reviews one dossier as planned; `revise` is the agency's part in between."""

    def __init__(self, world: World, plan: InnovationPlan, innovation_id: str) -> None:
        self._world = world
        self._plan = plan
        self._path = f"/dossiers/{innovation_id}"
        self._version = 0

    async def review(self, revise: Callable[[RevisionPlan], Awaitable[Reply]]) -> None:
        review = self._plan.review
        verifier = await self._world.person(review.verifier)
        await verifier.until(f"dossier {self._plan.code}", "verification", self._path)
        if review.conflict is not None:
            await self._keep_out(review.conflict)
        token = await self._take(verifier, "first")
        await self._admit(verifier, token)
        later = review.revision.indicators if review.revision is not None else ()
        now = [each for each in review.verdicts if each.indicator not in later]
        await self._decide(verifier, token, now, "first")
        if review.revision is not None:
            await self._ask_back(verifier, token, review.revision)
            await revise(review.revision)
            await verifier.until(
                f"second round of {self._plan.code}",
                "verification",
                self._path,
                lambda body: body["round"] == 2,
            )
            token = await self._take(verifier, "second")
            rest = [each for each in review.verdicts if each.indicator in later]
            await self._decide(verifier, token, rest, "revised")
        ended = await self._must(verifier, "/verification", {"token": token}, "verify")
        if "QualityCheckDrawn" in ended.body["happened"]:
            await self._check()

    async def _check(self) -> None:
        """Somebody else looks again without knowing what was found; a third one resolves."""
        review = self._plan.review
        second = await self._world.person(review.second)
        token = await self._take(second, "check")
        await self._admit(second, token)
        verdicts = [
            _granted(each) if each.indicator == review.disputed else each
            for each in review.verdicts
        ]
        await self._decide(second, token, verdicts, "check")
        ended = await self._must(second, "/verification", {"token": token}, "end-check")
        if "DossierVerified" not in ended.body["happened"]:
            await self._resolve()

    async def _resolve(self) -> None:
        """The third person finds as the first did."""
        review = self._plan.review
        resolver = await self._world.person(review.resolver)
        rows = await self._rows(resolver)
        body = {
            "verdicts": [
                {"indicator": each.indicator, **_verdict(each, rows[each.indicator])}
                for each in review.verdicts
                if each.indicator == review.disputed
            ],
            "note": "Diputuskan setelah membandingkan kedua temuan dengan dokumennya.",
        }
        reply = await resolver.post(
            "verification",
            f"{self._path}/resolution",
            body,
            key=f"{self._plan.code}-resolve",
            version=self._version,
        )
        reply.needed(f"{self._plan.code} resolution")

    async def _take(self, verifier: Person, turn: str) -> str:
        reply = await self._must(verifier, "/lease", None, f"lease-{turn}")
        return str(reply.body["token"])

    async def _admit(self, verifier: Person, token: str) -> None:
        findings = [{"criterion": each, "met": True} for each in CRITERIA]
        body = {"token": token, "findings": findings}
        reply = await verifier.put(
            "verification", f"{self._path}/admissibility", body, version=self._version
        )
        self._version = reply.needed(f"admit {self._plan.code}").version or self._version

    async def _decide(
        self, verifier: Person, token: str, verdicts: Sequence[VerdictPlan], turn: str
    ) -> None:
        """What is granted as claimed in one go, the rest one by one."""
        rows = await self._rows(verifier)
        claimed = [each for each in verdicts if each.claimed_level]
        full = [each.indicator for each in claimed if each.expect == "granted"]
        if full:
            body = {"token": token, "indicators": full}
            await self._must(verifier, "/acceptances", body, f"accept-{turn}", self._version)
        for each in claimed:
            if each.expect == "granted":
                continue
            body = {"token": token, **_verdict(each, rows[each.indicator])}
            path = f"{self._path}/verdicts/{each.indicator}"
            reply = await verifier.put("verification", path, body, version=self._version)
            reply.needed(f"verdict {each.indicator} of {self._plan.code}")
            self._version = reply.version or self._version

    async def _rows(self, person: Person) -> dict[str, Any]:
        """The claims with the evidence that is shown for them."""
        reply = (await person.get("verification", self._path)).needed("read the dossier")
        return {row["indicator"]: row for row in reply.body["indicators"]}

    async def _ask_back(self, verifier: Person, token: str, revision: RevisionPlan) -> None:
        body = {
            "token": token,
            "items": [item.model_dump(mode="json") for item in revision.items],
            "message": revision.message,
        }
        await self._must(verifier, "/revision-requests", body, "revision")

    async def _keep_out(self, conflict: Conflict) -> None:
        """Whoever has a conflict steps aside, and from then on the dossier is not there."""
        person = await self._world.person(conflict.verifier)
        if conflict.kind == "declared":
            await self._must(person, "/recusals", {"reason": conflict.reason}, "recuse")
        key = f"{self._plan.code}-{conflict.verifier}-lease"
        reply = await person.post("verification", f"{self._path}/lease", key=key)
        if reply.status != 404:
            raise Unexpected(f"{conflict.verifier} was let in to {self._plan.code}")

    async def _must(
        self, person: Person, path: str, body: object, key: str, version: int | None = None
    ) -> Reply:
        reply = await person.post(
            "verification",
            f"{self._path}{path}",
            body,
            key=f"{self._plan.code}-{key}",
            version=version,
        )
        self._version = reply.needed(f"{self._plan.code} {path}").version or self._version
        return reply


def _granted(plan: VerdictPlan) -> VerdictPlan:
    return VerdictPlan(plan.indicator, plan.claimed_level, plan.claimed_level, "granted")


def _verdict(plan: VerdictPlan, row: dict[str, Any]) -> dict[str, Any]:
    """The verdict on exactly what the dossier shows for the indicator."""
    return {
        "granted_level": plan.granted_level,
        "evidence": row["evidence"],
        "basis": row["basis"],
        "reason_code": plan.reason_code,
        "note": plan.reason,
    }
