"""The innovations of the sample season, each from draft to verdict. Pure, the same every time."""

from collections.abc import Sequence
from decimal import Decimal

from deploy.sample.agencies import Agency, Tree, home_of
from deploy.sample.claims import claims_of, targets
from deploy.sample.naming import slug
from deploy.sample.people import operator_of
from deploy.sample.plan import BrokenUpload, EvidencePlan, Flaw, InnovationPlan, ProfileRefusal
from deploy.sample.profiles import profile_of, without_development
from deploy.sample.proofs import Context, evidence_for
from deploy.sample.reviews import Submitted, review_of
from deploy.sample.rows import InnovationRow
from shared.editions import Edition, maturity
from shared.events.submission import Profile

# Planned: uploads that are refused before the good file comes, and by what.
FLAWS: dict[str, Flaw] = {
    "kia-lapis": "encrypted_pdf",
    "sidatan": "png_named_pdf",
    "silangkarr": "empty",
    "detak-detik": "truncated_pdf",
}
REFUSED_BY: dict[Flaw, str] = {
    "encrypted_pdf": "encrypted",
    "png_named_pdf": "type_mismatch",
    "empty": "file_empty",
    "truncated_pdf": "unreadable",
}
# Planned: an implementation of 2022 comes in without its later development, and is refused.
FORGETFUL = "peta-baper"


def innovations(
    rows: Sequence[InnovationRow], tree: Tree, edition: Edition, files_per_innovation: int
) -> tuple[InnovationPlan, ...]:
    """One plan a row, in the order of the rows."""
    aims = targets([row.name for row in rows])
    return tuple(
        _plan(row, tree[home_of(row)], aims[row.name], edition, files_per_innovation)
        for row in rows
    )


def verified_maturity(plan: InnovationPlan, edition: Edition) -> Decimal:
    """The maturity that the planned verdicts lead to."""
    levels = {each.indicator: each.granted_level for each in plan.review.verdicts}
    return maturity(edition, levels).total


def claimed_maturity(plan: InnovationPlan, edition: Edition) -> Decimal:
    """The maturity claimed at the first submission."""
    return maturity(edition, {claim.indicator: claim.level for claim in plan.claims}).total


def _plan(
    row: InnovationRow, agency: Agency, target: int, edition: Edition, files_per_innovation: int
) -> InnovationPlan:
    code = slug(row.name)
    profile = profile_of(row, agency, edition)
    context = Context(code, agency.name, profile, edition)
    claims = claims_of(row.name, profile, target, edition)
    evidence = evidence_for(context, claims, files_per_innovation)
    refusal = _refusal(code, profile)
    return InnovationPlan(
        code=code,
        name=row.name,
        acronym_meaning=row.acronym_meaning,
        agency_code=agency.code,
        region_code=agency.region_code,
        operator=operator_of(agency).username,
        profile=profile if refusal is None else without_development(profile),
        inferred=row.inferred,
        claims=claims,
        evidence=evidence,
        broken_uploads=_broken(code, evidence),
        refusal=refusal,
        review=review_of(Submitted(context, agency.region_code, claims, evidence)),
    )


def _broken(code: str, evidence: Sequence[EvidencePlan]) -> tuple[BrokenUpload, ...]:
    flaw = FLAWS.get(code)
    if flaw is None:
        return ()
    paper = next(each for each in evidence if each.media == "pdf")
    return (BrokenUpload(flaw, paper, REFUSED_BY[flaw]),)


def _refusal(code: str, profile: Profile) -> ProfileRefusal | None:
    return ProfileRefusal(("outside_window",), profile) if code == FORGETFUL else None
