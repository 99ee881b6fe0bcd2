"""The catalogues that a verifier decides by: five criteria, and the reasons for less."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import APIRouter, Header

from services.verification.domain import CRITERIA, REASONS
from shared.events.verification import Criterion
from shared.findings import language_of
from shared.http import Answer, Doors

SOURCE: Final = "PP 38/2017 article 6"

IN_ENGLISH: Final[Mapping[Criterion, str]] = MappingProxyType(
    {
        "renewal": "It renews all or part of what was there before.",
        "benefit": "It is of benefit to the region or to the public.",
        "no_burden": "It lays no burden or restriction on the public beyond what the law allows.",
        "own_authority": "It lies within the powers of the region.",
        "replicable": "It can be replicated elsewhere.",
    }
)
IN_INDONESIAN: Final[Mapping[Criterion, str]] = MappingProxyType(
    {
        "renewal": "Mengandung pembaharuan seluruh atau sebagian unsur dari inovasi.",
        "benefit": "Memberi manfaat bagi daerah dan/atau masyarakat.",
        "no_burden": "Tidak mengakibatkan pembebanan dan/atau pembatasan pada masyarakat yang tidak"
        " sesuai dengan ketentuan peraturan perundang-undangan.",
        "own_authority": "Merupakan urusan pemerintahan yang menjadi kewenangan daerah.",
        "replicable": "Dapat direplikasi.",
    }
)
REASONS_IN_INDONESIAN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "evidence_missing": "Tidak ada bukti yang ditunjukkan untuk klaim ini.",
        "evidence_unreadable": "Bukti tidak dapat dibaca atau diputar.",
        "evidence_of_wrong_kind": "Bukti bukan dari jenis yang diminta indikator.",
        "evidence_incomplete": "Sebagian dari yang diminta indikator tidak ditunjukkan.",
        "innovation_not_named": "Bukti tidak menyebut nama inovasi ini.",
        "year_not_valid": "Bukti bukan dari tahun yang dihitung, atau sudah tidak berlaku.",
        "not_signed": "Dokumen tidak ditandatangani, atau tidak oleh pejabat yang berwenang.",
        "lower_level_proven": "Bukti menunjukkan tingkat yang lebih rendah dari yang diklaim.",
        "basis_not_proven": "Bukti tidak menunjukkan dasar atau jenis yang dipilih.",
        "other": "Alasan lain, dijelaskan dalam catatan.",
    }
)
Tongue = Annotated[str | None, Header(description="`id`, or `en` for English.")]


class CriterionTold(Answer):
    """One of the five; `sentence` is in the reader's language."""

    criterion: Criterion
    sentence: str
    indonesian: str
    english: str
    source: str


class Criteria(Answer):
    items: tuple[CriterionTold, ...]


class ReasonCode(Answer):
    code: str
    sentence: str


class ReasonCodes(Answer):
    items: tuple[ReasonCode, ...]


def routes(doors: Doors) -> APIRouter:
    router = APIRouter(tags=["catalogues"])

    @router.get("/criteria", name="list_criteria", dependencies=[doors.reads("list_criteria")])
    async def list_criteria(accept_language: Tongue = None) -> Criteria:
        """What must hold before anything is graded."""
        told = IN_ENGLISH if language_of(accept_language) == "en" else IN_INDONESIAN
        return Criteria(
            items=tuple(
                CriterionTold(
                    criterion=each,
                    sentence=told[each],
                    indonesian=IN_INDONESIAN[each],
                    english=IN_ENGLISH[each],
                    source=SOURCE,
                )
                for each in CRITERIA
            )
        )

    @router.get(
        "/reason-codes",
        name="list_reason_codes",
        dependencies=[doors.reads("list_reason_codes")],
    )
    async def list_reason_codes(accept_language: Tongue = None) -> ReasonCodes:
        """Why less may be granted than was claimed."""
        told = REASONS if language_of(accept_language) == "en" else REASONS_IN_INDONESIAN
        return ReasonCodes(
            items=tuple(ReasonCode(code=each, sentence=told[each]) for each in REASONS)
        )

    return router
