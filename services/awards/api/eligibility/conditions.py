"""The conditions of a competition and of its categories, each in words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.awards.api.agencies import Names, called
from services.awards.domain.entries import unmet
from services.awards.domain.known import PastWin
from services.awards.projections import CompetitionView
from shared.events.awards import CategoryRule
from shared.events.scoring import InnovationScored
from shared.findings.language import Language
from shared.http import Answer

# Condition to Indonesian and English; `{asked}` is the rule's, `{found}` the innovation's.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "season": (
        "Dinilai pada musim {asked}; inovasi ini pada musim {found}.",
        "Scored in season {asked}; this innovation in season {found}.",
    ),
    "training": (
        "Musim latihan tidak masuk lomba.",
        "A training season enters no competition.",
    ),
    "by_hand_only": (
        "Kategori ini hanya diisi oleh panitia, dengan alasan.",
        "The committee alone enters this category, with a reason.",
    ),
    "within": (
        "Perangkat daerah berada di bawah {asked}; jalurnya {found}.",
        "The agency is at or below {asked}; its path is {found}.",
    ),
    "without": (
        "Perangkat daerah tidak berada di bawah {asked}; jalurnya {found}.",
        "The agency is not at or below {asked}; its path is {found}.",
    ),
    "regions": ("Daerah: {asked}; inovasi ini {found}.", "Region: {asked}; here {found}."),
    "agency_kinds": (
        "Jenis perangkat: {asked}; inovasi ini {found}.",
        "Kind of agency: {asked}; here {found}.",
    ),
    "initiators": (
        "Inisiator: {asked}; inovasi ini {found}.",
        "Initiator: {asked}; here {found}.",
    ),
    "classifications": (
        "Klasifikasi: {asked}; inovasi ini {found}.",
        "Classification: {asked}; here {found}.",
    ),
    "change_projects": (
        "Proyek perubahan: {asked}; inovasi ini {found}.",
        "Change project: {asked}; here {found}.",
    ),
    "minimum_maturity": (
        "Kematangan terverifikasi paling sedikit {asked}; inovasi ini {found}.",
        "Verified maturity of {asked} or more; here {found}.",
    ),
    "past_winners": (
        "Bukan pemenang peringkat 1 sampai {asked} sebelumnya; yang ditemukan: {found}.",
        "No earlier winner of ranks 1 to {asked}; found: {found}.",
    ),
}


class Condition(Answer):
    code: str
    is_met: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Words:
    """The language of sentences, and what agencies and regions are called in them."""

    language: Language
    names: Names = field(default_factory=dict[str, str])

    def called(self, codes: Iterable[str], between: str = ", ") -> str:
        return between.join(called(self.names, code) for code in codes)


class Telling:
    """Conditions of one innovation in words."""

    def __init__(self, scored: InnovationScored, wins: tuple[PastWin, ...], words: Words) -> None:
        self._scored = scored
        self._wins = wins
        self._words = words

    def of_the_competition(self, view: CompetitionView) -> tuple[Condition, ...]:
        scored = self._scored
        is_here = scored.season_id == view.season_id
        return (
            self._condition("season", (view.season_id, scored.season_id), is_met=is_here),
            self._condition("training", ("", ""), is_met=not scored.training),
        )

    def of_the_category(self, rule: CategoryRule) -> tuple[Condition, ...]:
        """Those that the rule makes; what it leaves empty asks for nothing."""
        missed = unmet(rule, self._scored, self._wins)
        return tuple(
            self._condition(code, words, is_met=code not in missed)
            for code, words in self._asked(rule).items()
        )

    def _asked(self, rule: CategoryRule) -> dict[str, tuple[str, str]]:
        scored, say = self._scored, self._words
        path = say.called(scored.agency_path, " / ")
        past = rule.past_winners
        every = {
            "by_hand_only": ("", "") if rule.by_hand_only else None,
            "within": (say.called((rule.within,)), path),
            "without": _pair(rule.without, path, say),
            "regions": _pair(rule.regions, say.called((scored.region_id,)), say),
            "agency_kinds": _pair(rule.agency_kinds, scored.agency_kind),
            "initiators": _pair(rule.initiators, scored.initiator),
            "classifications": _pair(rule.classifications, scored.classification),
            "change_projects": _pair(rule.change_projects, scored.change_project),
            "minimum_maturity": (f"{rule.minimum_maturity:f}", f"{scored.verified_maturity:f}"),
            "past_winners": None if past is None else (str(past.up_to_rank), self._won(rule)),
        }
        return {code: words for code, words in every.items() if words is not None}

    def _won(self, rule: CategoryRule) -> str:
        """Where the innovation, or an earlier edition of it, stood in the competitions named."""
        past, scored = rule.past_winners, self._scored
        if past is None:
            return "-"
        mine = {scored.innovation_id, *(scored.lineage if past.lineage else ())}
        found = [
            f"{win.competition_id} ({win.rank})"
            for win in self._wins
            if win.innovation_id in mine and win.competition_id in past.competitions
        ]
        return ", ".join(found) or "-"

    def _condition(self, code: str, words: tuple[str, str], *, is_met: bool) -> Condition:
        sentence = SENTENCES[code][self._words.language == "en"]
        asked, found = words
        return Condition(
            code=code, is_met=is_met, sentence=sentence.format(asked=asked, found=found)
        )


def _pair(
    asked: tuple[str, ...], found: str | None, say: Words | None = None
) -> tuple[str, str] | None:
    """With `say`, what is asked are codes of agencies."""
    if not asked:
        return None
    return (", ".join(asked) if say is None else say.called(asked), found or "-")
