"""The evidence of a sample innovation: which documents, for which indicators, saying what. Pure.

One document may serve several indicators, as in practice one decree names the people, the team
and the network. How far documents are put together follows from how many files are wanted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deploy.sample.chance import draw, pick
from deploy.sample.papers import HEADINGS, kind_of
from deploy.sample.plan import EvidencePlan, Media
from shared.editions import Edition, SidRow
from shared.events.submission import Claim, Letter, Profile

SITE = "https://contoh.inda.example"
MARK = "DOKUMEN CONTOH"
Group = tuple[str, ...]

DECREE: Group = ("SID-02", "SID-08", "SID-09")
SCREENSHOTS: Group = ("SID-04", "SID-12", "SID-15")
PLANS: Group = ("SID-03", "SID-06")
PDF: Group = (
    *("SID-01", "SID-02", "SID-03", "SID-05", "SID-06", "SID-07", "SID-08", "SID-09", "SID-11"),
    *("SID-13", "SID-14", "SID-16", "SID-17", "SID-18", "SID-19"),
)
IMAGES: Group = ("SID-04", "SID-10", "SID-12", "SID-15")
# From one document for nearly every indicator to three for all; every group fits one file type.
SHELVES: tuple[tuple[Group, ...], ...] = (
    (DECREE,),
    (DECREE, SCREENSHOTS),
    ((*DECREE, "SID-07"), SCREENSHOTS, PLANS, ("SID-16", "SID-19")),
    (("SID-01", "SID-07", *DECREE), IMAGES, PLANS, ("SID-05", "SID-13"), ("SID-16", "SID-19")),
    (PDF, IMAGES),
)


@dataclass(frozen=True, slots=True)
class Context:
    """Whose evidence it is. `code` names the innovation in file names, letters and addresses."""

    code: str
    agency: str
    profile: Profile
    edition: Edition

    def row(self, indicator: str) -> SidRow:
        return next(row for row in self.edition.sid if row.code == indicator)


def evidence_for(
    context: Context, claims: Sequence[Claim], files_per_innovation: int
) -> tuple[EvidencePlan, ...]:
    """Evidence for every claim in at most so many files (three or more); links come on top."""
    shelves = ([*_groups(claims, shelf)] for shelf in SHELVES)
    plans = [tuple(_plan(context, group) for group in groups) for groups in shelves]
    fitting = (plan for plan in plans if _files(plan) < files_per_innovation)
    chosen = next(fitting, plans[-1])
    return (*chosen, *_thumbnail(context, claims))


def replacement(context: Context, claims: Sequence[Claim], plan: EvidencePlan) -> EvidencePlan:
    """The corrected document in the place of one that a verifier could not accept."""
    again = _plan(context, tuple(each for each in claims if each.indicator in plan.indicators))
    return _renamed(again, f"{plan.key}-perbaikan")


def _files(plans: Sequence[EvidencePlan]) -> int:
    return sum(plan.media != "link" for plan in plans)


def _groups(claims: Sequence[Claim], shelf: Sequence[Group]) -> list[tuple[Claim, ...]]:
    """The claims put together by shelf; what stands on none, alone. In the order of the rows."""
    alone = {claim.indicator: (claim.indicator,) for claim in claims if _is_link(claim)}
    together = {code: group for group in shelf for code in group}
    places = {c.indicator: (alone | together | alone).get(c.indicator, c.indicator) for c in claims}
    return [
        tuple(claim for claim in claims if places[claim.indicator] == place)
        for place in dict.fromkeys(places.values())
    ]


def _is_link(claim: Claim) -> bool:
    return claim.indicator == "SID-20" or (claim.indicator == "SID-11" and claim.level == 3)


def _plan(context: Context, claims: Sequence[Claim]) -> EvidencePlan:
    leading = claims[0]
    rows = [context.row(claim.indicator) for claim in claims]
    kind = kind_of(leading, rows[0])
    media = _media(kind, rows, claims)
    indicators = tuple(claim.indicator for claim in claims)
    key = f"{'-'.join(code.removeprefix('SID-') for code in indicators)}-{kind.replace('_', '-')}"
    needs_letter = any(row.shape == "letter" for row in rows)
    letter = _letter(context, leading.indicator, HEADINGS[kind]) if needs_letter else None
    return EvidencePlan(
        key=key,
        indicators=indicators,
        evidence_kind=kind,
        media=media,
        file_name=f"{context.code}_{key}.{media}",
        heading=HEADINGS[kind],
        lines=_lines(context, claims, rows, letter),
        letter=letter,
        url=f"{SITE}/{LINKS[leading.indicator]}/{context.code}" if media == "link" else None,
    )


LINKS = {"SID-11": "pedoman", "SID-20": "video"}


def _media(kind: str, rows: Sequence[SidRow], claims: Sequence[Claim]) -> Media:
    """The file type that every indicator allows; photos as JPEG, screens as PNG."""
    if _is_link(claims[0]):
        return "link"
    allowed = set(rows[0].files).intersection(*(row.files for row in rows))
    if "jpg" in allowed and kind in ("activity_photo", "media_article"):
        return "jpg"
    is_paper = "pdf" in allowed and kind not in ("screenshot", "social_media_screenshot")
    return "pdf" if is_paper else "png"


def _letter(context: Context, indicator: str, heading: str) -> Letter:
    """Numbers say CONTOH; days lie in the year of application, or of development."""
    profile = context.profile
    applied = profile.developed_on or profile.implemented_on or profile.trial_on
    year = applied.year if applied else context.edition.window.last_day.year
    number = 1 + draw(900, context.code, indicator, "letter")
    day = date(year, 1 + draw(12, context.code, indicator, "month"), 1 + draw(28, indicator))
    return Letter(
        number=f"CONTOH/{number:03d}/{indicator.removeprefix('SID-')}/{year}",
        signed_on=day,
        subject=f"{heading.capitalize()} {context.profile.title}"[:400],
    )


def _lines(
    context: Context, claims: Sequence[Claim], rows: Sequence[SidRow], letter: Letter | None
) -> tuple[str, ...]:
    """What the document shows: whose it is, the letter, and what it proves for each indicator."""
    about = (context.profile.title, context.agency)
    dated = ()
    if letter is not None:
        dated = (f"Nomor: {letter.number}", f"Tanggal: {letter.signed_on:%d-%m-%Y}")
        dated = (*dated, f"Tentang: {letter.subject}")
    proven = tuple(
        f"{row.code} {row.name_id}: {_proof(context.code, claim, row)}"
        for claim, row in zip(claims, rows, strict=True)
    )
    return (*about, *dated, *proven)


def _proof(code: str, claim: Claim, row: SidRow) -> str:
    if claim.basis is not None:
        basis = next(each for each in row.bases if each.id == claim.basis)
        return f"dasar {basis.id} ({basis.unit}), {basis.levels[claim.level - 1]}"
    if row.substances:
        count = min(claim.level * 2 - draw(2, code, "video") * (claim.level < TOP), SUBSTANCES)
        return ", ".join(row.substances[:count])
    if row.methods:
        return ", ".join(row.methods[: claim.level])
    return row.levels[claim.level - 1]


TOP, SUBSTANCES = 3, 5


def _thumbnail(context: Context, claims: Sequence[Claim]) -> tuple[EvidencePlan, ...]:
    claim = next((each for each in claims if each.indicator == "SID-20"), None)
    if claim is None:
        return ()
    colour = pick(("biru", "hijau", "merah"), context.code, "cover")
    return (
        EvidencePlan(
            key="20-thumbnail",
            indicators=("SID-20",),
            evidence_kind="thumbnail",
            media="png",
            file_name=f"{context.code}_20-thumbnail.png",
            heading=HEADINGS["thumbnail"],
            lines=(context.profile.title, context.agency, f"Sampul {colour}"),
        ),
    )


def _renamed(plan: EvidencePlan, key: str) -> EvidencePlan:
    code, _, ending = plan.file_name.rpartition(".")
    return EvidencePlan(
        key=key,
        indicators=plan.indicators,
        evidence_kind=plan.evidence_kind,
        media=plan.media,
        file_name=f"{code}_perbaikan.{ending}",
        heading=plan.heading,
        lines=(*plan.lines, "Dokumen perbaikan: ditandatangani dan lengkap."),
        letter=plan.letter,
        url=None if plan.url is None else f"{plan.url}/perbaikan",
    )
