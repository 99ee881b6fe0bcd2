"""What is wrong with a sheet, a row or a cell, and the sentences that say so in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.submission.api.clocks import Tongue
from services.submission.api.imports.words import OF_CODE
from shared.errors import DomainError, Invalid, Param


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing amiss in a row; `column` is None where it is the row as a whole."""

    code: str
    column: str | None = None
    params: Mapping[str, Param] = field(default_factory=dict[str, Param])


class Unfit(Exception):
    """A cell cannot be what its column asks for."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, Param] = params

    def fault(self, column: str) -> Fault:
        return Fault(self.code, column, self.params)


class Unusable(Invalid):
    """The file as a whole cannot be read as what was asked for; nothing of it was done."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, sentence(code, params, "en"), **params)

    def told(self, tongue: Tongue) -> Invalid:
        return Invalid(self.code, sentence(self.code, self.params, tongue), **dict(self.params))


def sentence(code: str, params: Mapping[str, Param], tongue: Tongue) -> str:
    """What people read; a code without a sentence of its own is named."""
    known = OF_CODE.get(code)
    if known is None:
        return f"Ditolak oleh aturan {code}." if tongue == "id" else f"Refused by the rule {code}."
    shown = {name: _shown(value) for name, value in params.items()}
    return known[tongue].format_map(_Known(shown))


def of_refusal(refusal: DomainError, column: str | None = None) -> Fault:
    """A no of the domain, as a fault of the row that asked for it."""
    if refusal.code in OF_CODE:
        return Fault(refusal.code, column, refusal.params)
    return Fault("rule", column, {"rule": refusal.code, "said": refusal.sentence})


class _Known(dict[str, str]):
    """A parameter that nobody gave is shown as a dash, not as an error of ours."""

    def __missing__(self, key: str) -> str:
        return "-"


def _shown(value: Param) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)
