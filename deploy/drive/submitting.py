"""An agency's part: draft, claim, upload, submit, and correct what is sent back."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from deploy.drive.people import Person, Reply, Unexpected, World, patiently
from deploy.sample.evidence import MEDIA_TYPES, broken, file_of
from deploy.sample.plan import BrokenUpload, EvidencePlan, InnovationPlan, RevisionPlan
from shared.events.submission import Claim, Letter, Profile


class Submitter:
    """Hands in one innovation and keeps the ids of its evidence."""

    def __init__(self, world: World, operator: Person, plan: InnovationPlan, season: str) -> None:
        self._world = world
        self._operator = operator
        self._plan = plan
        self._season = season
        self.innovation_id = ""
        self._evidence: dict[str, str] = {}
        self._version = 0

    async def hand_in(self) -> Reply:
        """From nothing to a receipt, through every planned refusal."""
        await self._draft()
        for upload in self._plan.broken_uploads:
            await self._upload_broken(upload)
        await self._show(self._plan.evidence, "first")
        await self._claim(self._plan.claims)
        if self._plan.refusal is not None:
            await self._be_refused_and_correct()
        return await self._submit(1)

    async def revise(self, revision: RevisionPlan) -> Reply:
        """Replaces what was asked for, and submits again."""
        await self._operator.until(
            f"reopening of {self._plan.code}",
            "submission",
            f"/innovations/{self.innovation_id}",
            lambda body: body["state"] == "reopened",
        )
        for key in revision.withdrawn:
            path = f"/evidence/{self._evidence[key]}/withdrawal"
            await self._must(path, {"reason": "Diganti atas permintaan verifikator."}, f"no-{key}")
        await self._show(revision.evidence, "second")
        await self._claim(revision.claims)
        return await self._submit(2)

    async def _draft(self) -> None:
        body = {
            "season_id": self._season,
            "agency_id": self._plan.agency_code,
            "profile": _json(self._plan.profile),
        }
        reply = await self._operator.post(
            "submission", "/innovations", body, key=f"draft-{self._plan.code}"
        )
        self.innovation_id = reply.needed(f"draft {self._plan.code}").body["id"]

    async def _claim(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            path = f"/innovations/{self.innovation_id}/claims/{claim.indicator}"
            body = {"level": claim.level, "basis": claim.basis, "subtype": claim.subtype}
            reply = await self._operator.put("submission", path, body)
            reply.needed(f"claim {claim.indicator} of {self._plan.code}")
            self._version = reply.version or self._version

    async def _show(self, evidence: Sequence[EvidencePlan], turn: str) -> None:
        for each in evidence:
            key = f"{turn}-{each.key}"
            if each.url is not None:
                reply = await self._must("/links", _link(each), key)
                self._evidence[each.key] = reply.body["evidence_id"]
                continue
            taken = await self._upload(each, file_of(each), key)
            if taken.body["outcome"] != "accepted":
                raise Unexpected(f"{self._plan.code}: {each.file_name} not taken in: {taken.body}")

    async def _upload(self, each: EvidencePlan, content: bytes, key: str) -> Reply:
        declared = await self._must("/evidence", _file(each, content), key)
        self._evidence[each.key] = declared.body["evidence_id"]
        form = declared.body["upload"]
        file = {"file": (each.file_name, content)}
        sent = await patiently(
            "the object storage",
            lambda: self._world.http.post(form["url"], data=form["fields"], files=file),
            away=(500, 502, 503, 504),
        )
        if sent.status_code >= 300:
            raise Unexpected(f"the object storage refused {each.file_name}: {sent.status_code}")
        evidence_id = declared.body["evidence_id"]
        return await self._must(f"/evidence/{evidence_id}/intake", None, f"in-{key}")

    async def _upload_broken(self, upload: BrokenUpload) -> None:
        """What is broken must be refused by the rule that is foreseen."""
        each = upload.instead_of
        content = broken(upload.flaw, each)
        if not content:
            reply = await self._operator.post(
                "submission",
                f"/innovations/{self.innovation_id}/evidence",
                _file(each, content),
                key=f"broken-{self._plan.code}",
            )
            found = reply.code
        else:
            taken = await self._upload(each, content, f"broken-{each.key}")
            found = str(taken.body["rule"])
        if found != upload.refused_by:
            raise Unexpected(f"{self._plan.code}: refused by {found}, not {upload.refused_by}")

    async def _be_refused_and_correct(self) -> None:
        refusal = self._plan.refusal
        assert refusal is not None
        path = f"/innovations/{self.innovation_id}"
        reply = await self._operator.post(
            "submission", f"{path}/submissions", key=f"early-{self._plan.code}"
        )
        missing = tuple(reply.body.get("params", {}).get("missing", ()))
        if missing != refusal.missing:
            raise Unexpected(f"{self._plan.code} lacked {missing}, not {refusal.missing}")
        corrected = await self._operator.put(
            "submission", f"{path}/profile", _json(refusal.corrected), version=self._version
        )
        corrected.needed(f"correct {self._plan.code}")

    async def _submit(self, number: int) -> Reply:
        reply = await self._must("/submissions", None, f"submit-{number}")
        if reply.body["round"] != number:
            raise Unexpected(f"{self._plan.code} was submitted in round {reply.body['round']}")
        return reply

    async def _must(self, path: str, body: Any, key: str) -> Reply:
        reply = await self._operator.post(
            "submission",
            f"/innovations/{self.innovation_id}{path}",
            body,
            key=f"{self._plan.code}-{key}",
        )
        return reply.needed(f"{self._plan.code} {path}")


def _json(profile: Profile) -> dict[str, Any]:
    return profile.model_dump(mode="json")


def _letter(letter: Letter | None) -> dict[str, Any] | None:
    return None if letter is None else letter.model_dump(mode="json")


def _file(each: EvidencePlan, content: bytes) -> dict[str, Any]:
    return {
        "file_name": each.file_name,
        "sha256": sha256(content).hexdigest(),
        "size_bytes": len(content),
        "media_type": MEDIA_TYPES[each.media],
        "evidence_kind": each.evidence_kind,
        "indicators": list(each.indicators),
        "letter": _letter(each.letter),
    }


def _link(each: EvidencePlan) -> dict[str, Any]:
    return {
        "url": each.url,
        "evidence_kind": each.evidence_kind,
        "indicators": list(each.indicators),
    }
