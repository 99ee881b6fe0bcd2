"""What a case came to: verdicts, scores, places, money, each with its fact. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from services.audit.searching import Entry
from shared.papers import grouped

Body = Mapping[str, Any]
Row = list[str]
MOVES: Final[Mapping[str, str]] = {
    "AllocationApproved": "disetujui",
    "AllocationHeld": "ditahan",
    "AllocationReleased": "dilepas",
    "AllocationPaid": "dibayar",
    "AllocationReturned": "dikembalikan",
    "AllocationReversed": "dibatalkan",
}


@dataclass
class Results:
    """Fed with the facts of a case in order. `only` keeps to one innovation where it is given."""

    only: str | None = None
    verdicts: list[Row] = field(default_factory=list[Row])
    scores: list[Row] = field(default_factory=list[Row])
    places: list[Row] = field(default_factory=list[Row])
    _money: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @property
    def money(self) -> list[Row]:
        """One row an allocation, with all that became of it."""
        return list(self._money.values())

    def add(self, entry: Entry, body: Body) -> None:
        """Raises `KeyError`, `TypeError` or the like for a body of another shape."""
        match entry.fact:
            case "IndicatorDecided" | "IndicatorRechecked":
                self._verdict(entry, body["verdict"], entry.fact == "IndicatorRechecked")
            case "DiscrepancyResolved":
                for verdict in body["verdicts"]:
                    self._verdict(entry, verdict, True)
            case "VerdictCorrected":
                self._verdict(entry, body["corrected"], False)
            case "InnovationScored":
                self._scored(entry, body)
            case "ScoresRevealed":
                self._revealed(entry, body)
            case "ResultsDrafted" | "ResultsPublished":
                self._placed(entry, body)
            case "MoneyAllocated":
                self._allocated(entry, body)
            case name if name in MOVES:
                self._moved(entry, body)
            case _:
                return

    def _verdict(self, entry: Entry, verdict: Body, is_second: bool) -> None:
        self.verdicts.append(
            [
                str(entry.sequence),
                entry.key,
                str(verdict["indicator"]),
                str(verdict["claimed_level"]),
                str(verdict["granted_level"]),
                " ".join(filter(None, (verdict.get("reason_code"), verdict.get("note")))),
                f"{verdict['decided_by']}{' (pemeriksaan kedua)' if is_second else ''}",
            ]
        )

    def _scored(self, entry: Entry, body: Body) -> None:
        what = f"kartu skor {body['number']}"
        points = f"{_points(body['verified_maturity'])} (klaim {_points(body['claimed_maturity'])})"
        self.scores.append([str(entry.sequence), str(body["innovation_id"]), what, points])

    def _revealed(self, entry: Entry, body: Body) -> None:
        what = f"juri, kategori {body['category']}, babak {body['round']}"
        for each in self._mine(body["means"]):
            points = f"{_points(each['mean'])} ({each['judges']} juri)"
            self.scores.append([str(entry.sequence), str(each["innovation_id"]), what, points])

    def _placed(self, entry: Entry, body: Body) -> None:
        state = "diumumkan" if entry.fact == "ResultsPublished" else "rancangan"
        for each in self._mine(body["ranking"]):
            self.places.append(
                [
                    str(entry.sequence),
                    f"{entry.key}, versi {body['version']} ({state})",
                    str(each["category"]),
                    str(each["rank"]),
                    str(each["innovation_id"]),
                    _points(each["final_score"]),
                ]
            )

    def _allocated(self, entry: Entry, body: Body) -> None:
        gross, tax = int(body["amount_rupiah"]), int(body.get("tax_rupiah", 0))
        net = body.get("net_rupiah")
        recipient: Body = body.get("recipient") or {}
        self._money[str(body["allocation_id"])] = [
            str(entry.sequence),
            str(body["innovation_id"]),
            str(recipient.get("recipient_id", body["agency_id"])),
            *(grouped(each) for each in (gross, tax, gross if net is None else int(net))),
            f"dialokasikan ({body['fund_id']})",
        ]

    def _moved(self, entry: Entry, body: Body) -> None:
        row = self._money.get(str(body["allocation_id"]))
        if row is not None:
            reference = f" {body['reference']}" if body.get("reference") else ""
            row[-1] += f"; {MOVES[entry.fact]}{reference} (urutan {entry.sequence})"

    def _mine(self, rows: Sequence[Body]) -> list[Body]:
        return [each for each in rows if self.only in (None, each["innovation_id"])]


def _points(score: object) -> str:
    return str(score).replace(".", ",")
