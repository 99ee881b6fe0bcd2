"""Every finding in words: what was found and how to mend it, in two languages. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from shared.findings.language import Language
from shared.findings.model import Finding, Plain
from shared.findings.sentences import english, indonesian
from shared.findings.sentences.words import WORDS
from shared.findings.vocabulary import called
from shared.wita import WITA, long_date

TEXTS: Final[Mapping[Language, Mapping[str, tuple[str, str]]]] = {
    "id": indonesian.TEXTS,
    "en": english.TEXTS,
}


@dataclass(frozen=True, slots=True)
class Explained:
    what: str
    how_to_mend: str


def explain(finding: Finding, language: Language) -> Explained:
    """KeyError for a code without a sentence: a test holds that every rule has one."""
    what, how = TEXTS[language][finding.code]
    told = _told(finding, language)
    return Explained(what.format_map(told), how.format_map(told))


def _told(finding: Finding, language: Language) -> dict[str, str]:
    told = {name: _shown(value, language) for name, value in finding.params.items()}
    told["name"] = told.get(f"name_{language}", "")
    told["field"] = WORDS[language].get(finding.field or "", finding.field or "")
    told["unit"] = called(told.get("unit", ""), language)
    other = told.get("other", "")
    told["other"] = f"“{other}”" if other else WORDS[language]["hidden_innovation"]
    return told


def _shown(value: Plain, language: Language) -> str:
    words = WORDS[language]
    match value:
        case datetime():
            return (
                f"{long_date(value.astimezone(WITA), language)} {value.astimezone(WITA):%H.%M} WITA"
            )
        case date():
            return long_date(value, language)
        case tuple():
            shown = [words.get(str(each)) or called(str(each), language) for each in value]
            return ", ".join(shown) or words["none"]
        case _:
            return str(value)


__all__ = ["TEXTS", "WORDS", "Explained", "Language", "explain"]
