"""What verifiers make of a sample innovation: verdicts, a revision, a conflict. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from deploy.sample.chance import draw, pick
from deploy.sample.people import QUALITY_CONTROLLERS, VERIFIERS
from deploy.sample.plan import (
    Conflict,
    EvidencePlan,
    ReviewPlan,
    RevisionPlan,
    VerdictPlan,
)
from deploy.sample.proofs import Context, replacement
from shared.events.submission import Claim
from shared.events.verification import RevisionItem

GRANTED_OF_100, LOWERED_OF_100 = 86, 10
DISPUTED_OF_100 = 15
MOST_REVISED_DOCUMENTS = 2
LOWERED = (
    ("lower_level_proven", "Bukti hanya menunjukkan parameter di bawah yang diklaim."),
    ("evidence_incomplete", "Sebagian dokumen yang diminta belum dilampirkan."),
)
REFUSED = (
    ("innovation_not_named", "Dokumen tidak menyebut nama inovasi."),
    ("year_not_valid", "Tahun dokumen di luar masa yang dinilai."),
    ("evidence_of_wrong_kind", "Jenis dokumen tidak sesuai dengan yang diminta indikator."),
    ("evidence_unreadable", "Isi dokumen tidak terbaca."),
)
CONFLICTS = {
    "silapat": Conflict(
        "verifikator-hss", "by_agency", "Verifikator berasal dari pemerintah daerah pengusul."
    ),
    "singasakti": Conflict(
        "verifikator-kampus-1", "declared", "Pernah mendampingi penyusunan inovasi ini."
    ),
}
# Sent back once: some send better documents, some also claim less.
REVISED = frozenset(
    ("batola-single-service", "kopi-tb", "la-lisa", "sehati", "si-apung-kasela", "yan-taro")
)
CLAIMING_LESS = frozenset(("la-lisa", "yan-taro"))
REQUEST = "Mohon dokumen berikut diperbaiki sebelum batas waktu."


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a verifier finds: whose it is, what it claims and what it shows."""

    context: Context
    region_code: str
    claims: tuple[Claim, ...]
    evidence: tuple[EvidencePlan, ...]


def review_of(submitted: Submitted) -> ReviewPlan:
    code = submitted.context.code
    verdicts = tuple(_verdict(code, claim) for claim in submitted.claims)
    revision = _revision(submitted, verdicts) if code in REVISED else None
    final = verdicts if revision is None else _after(revision, verdicts)
    free = _free(code, submitted.region_code)
    verifier = pick(free, code, "verifier")
    return ReviewPlan(
        verifier=verifier,
        second=pick([each for each in free if each != verifier], code, "second"),
        resolver=pick([each.username for each in QUALITY_CONTROLLERS], code, "resolver"),
        verdicts=final,
        revision=revision,
        conflict=CONFLICTS.get(code),
        disputed=_disputed(code, final),
    )


def _free(code: str, region_code: str) -> list[str]:
    """Who is not of the region and steps aside from nothing here."""
    conflict = CONFLICTS.get(code)
    kept_out = conflict.verifier if conflict else ""
    return [
        person.username
        for person in VERIFIERS
        if person.agency != region_code and person.username != kept_out
    ]


def _disputed(code: str, verdicts: Sequence[VerdictPlan]) -> str | None:
    """In a few dossiers a second verifier would have granted what the first refused."""
    refused = [each.indicator for each in verdicts if each.expect == "none"]
    if not refused or draw(100, code, "disputed") >= DISPUTED_OF_100:
        return None
    return pick(refused, code, "disputed")


def _verdict(code: str, claim: Claim) -> VerdictPlan:
    chance = draw(100, code, claim.indicator, "verdict")
    if chance >= GRANTED_OF_100 + LOWERED_OF_100:
        return _cut(claim, 0, pick(REFUSED, code, claim.indicator, "reason"))
    if chance >= GRANTED_OF_100 and claim.level > 1:
        return _cut(claim, claim.level - 1, pick(LOWERED, code, claim.indicator, "reason"))
    return _granted(claim)


def _granted(claim: Claim) -> VerdictPlan:
    return VerdictPlan(claim.indicator, claim.level, claim.level, "granted")


def _cut(claim: Claim, level: int, reason: tuple[str, str]) -> VerdictPlan:
    expect = "lower" if level else "none"
    return VerdictPlan(claim.indicator, claim.level, level, expect, *reason)


def _revision(submitted: Submitted, verdicts: Sequence[VerdictPlan]) -> RevisionPlan:
    """Asks for the documents behind the first cuts; without any, for the first document."""
    code = submitted.context.code
    cuts = {each.indicator: each for each in verdicts if each.expect != "granted"}
    files = [each for each in submitted.evidence if each.media != "link"]
    doubted = [each for each in files if cuts.keys() & set(each.indicators)]
    asked = (doubted or files)[:MOST_REVISED_DOCUMENTS]
    reopened = {indicator for each in asked for indicator in each.indicators}
    claims = [each for each in submitted.claims if each.indicator in reopened]
    lowered = [_less(each, cuts) for each in claims] if code in CLAIMING_LESS else claims
    context = submitted.context
    return RevisionPlan(
        items=tuple(_item(each.indicator, cuts.get(each.indicator)) for each in claims),
        message=REQUEST,
        withdrawn=tuple(each.key for each in asked),
        evidence=tuple(replacement(context, lowered, each) for each in asked),
        claims=tuple(new for new, old in zip(lowered, claims, strict=True) if new != old),
    )


def _item(indicator: str, cut: VerdictPlan | None) -> RevisionItem:
    message = "Lampirkan salinan yang lebih jelas." if cut is None else cut.reason
    return RevisionItem(indicator=indicator, message=message)


def _less(claim: Claim, cuts: dict[str, VerdictPlan]) -> Claim:
    """The claim at the level that the verifier saw proven, where that is above nothing."""
    cut = cuts.get(claim.indicator)
    level = claim.level if cut is None else cut.granted_level or claim.level
    return claim.model_copy(update={"level": level})


def _after(revision: RevisionPlan, verdicts: Sequence[VerdictPlan]) -> tuple[VerdictPlan, ...]:
    """The verdicts in the end: what was revised is granted as it is then claimed."""
    claims = {claim.indicator: claim.level for claim in revision.claims}
    levels = {each.indicator: claims.get(each.indicator, each.claimed_level) for each in verdicts}
    return tuple(
        VerdictPlan(each.indicator, levels[each.indicator], levels[each.indicator], "granted")
        if each.indicator in revision.indicators
        else each
        for each in verdicts
    )
