"""A verifier's part: take a dossier, decide every claim, ask once, verify."""

from collections.abc import Awaitable, Callable

from deploy.drive.people import Person, Reply, Unexpected, World
from deploy.sample.plan import Conflict, InnovationPlan, RevisionPlan, VerdictPlan


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
        later = review.revision.indicators if review.revision is not None else ()
        now = [each for each in review.verdicts if each.indicator not in later]
        await self._decide(verifier, token, now)
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
            await self._decide(verifier, token, rest)
        await self._must(verifier, "/verification", {"token": token}, "verify")

    async def _take(self, verifier: Person, turn: str) -> str:
        reply = await self._must(verifier, "/lease", None, f"lease-{turn}")
        return str(reply.body["token"])

    async def _decide(self, verifier: Person, token: str, verdicts: list[VerdictPlan]) -> None:
        for each in verdicts:
            if each.claimed_level == 0:
                continue
            body = {
                "token": token,
                "granted_level": each.granted_level,
                "reason_code": each.reason_code,
                "note": each.reason,
            }
            path = f"{self._path}/verdicts/{each.indicator}"
            reply = await verifier.put("verification", path, body, version=self._version)
            reply.needed(f"verdict {each.indicator} of {self._plan.code}")
            self._version = reply.version or self._version

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

    async def _must(self, person: Person, path: str, body: object, key: str) -> Reply:
        reply = await person.post(
            "verification", f"{self._path}{path}", body, key=f"{self._plan.code}-{key}"
        )
        self._version = reply.needed(f"{self._plan.code} {path}").version or self._version
        return reply
