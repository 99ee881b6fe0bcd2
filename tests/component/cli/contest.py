"""What a competition begins with, by `inda` alone: people, verified innovations, and a calendar."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from shared.wita import today_in_wita
from tests.component.cli.reviewing import LOWER, second_looks
from tests.component.cli.test_submitting import PROFILE, set_up, with_evidence
from tests.component.cli.world import Stack

WHILE_WINDOWS_ARE_OPEN = timedelta(days=20)
UNTIL_THE_CUT_OFF = timedelta(days=31)
AS_CLAIMED = "--level 2"
PEOPLE = {
    "panitia-brida-1": "chair",
    "panitia-luar": "deputy",
    "juri-1": "judge",
    "bendahara": "treasurer",
    "dev-juri-1": "person-judge",
    "dev-juri-2": "person-juror",
    "dev-juri-3": "person-reserve",
}


@dataclass
class Season:
    """Three innovations that were verified: two of agencies, one of citizens.

    `cut_off` comes after the windows of a competition and before the year is over.
    """

    inda: Stack
    cut_off: date
    first: str = ""
    second: str = ""
    citizens: str = ""
    panel: str = ""
    names: dict[str, str] = field(default_factory=lambda: dict(PEOPLE))

    @property
    def today(self) -> date:
        return today_in_wita(self.inda.clock())


def season(inda: Stack) -> Season:
    leave_the_end_of_the_year(inda)
    set_up(inda)
    second_looks(inda, sample="0%")
    inda.log_in("chair", "deputy", "judge", "juror", "reserve", "treasurer", "auditor")
    found = Season(inda, today_in_wita(inda.clock()) + UNTIL_THE_CUT_OFF)
    year = str(found.today.year)
    found.names |= {"2026": year, "2026-12-15": found.cut_off.isoformat()}
    return found


def reviewed(inda: Stack, title: str, decision: str, **profile: str) -> str:
    """Drafted, submitted and verified; its one claim is decided so."""
    inda.log_in("operator")
    file = inda.file("profile.json", {**PROFILE, "title": title, **profile})
    draft = f"innovation draft --season 2026 --agency hss-dinkes --file {file}"
    innovation = inda.answer(draft)["id"]
    with_evidence(inda, innovation)
    inda(f"innovation claim {innovation} SID-01 2").fine()
    inda(f"submit {innovation}").fine()
    inda.log_in("verifier")
    inda.eventually(f"dossier show {innovation}", lambda found: found["state"] == "open")
    inda(f"dossier claim {innovation}").fine()
    inda(f"dossier show {innovation}").fine()
    inda(f"dossier admit {innovation}").fine()
    inda(f"decide {innovation} SID-01 {decision}").fine()
    inda(f"dossier verify {innovation}").fine()
    return innovation


def with_entries(found: Season) -> None:
    """The innovations are verified, and each is entered by rule."""
    inda = found.inda
    found.first = reviewed(inda, "SIP PUTIH", LOWER)
    found.second = reviewed(inda, "LA LISA", AS_CLAIMED)
    found.citizens = reviewed(inda, "POLISI TAPIN", AS_CLAIMED, initiator="masyarakat")
    entered = "--as chair competition entries kia-2026"
    inda.eventually(entered, lambda shown: len(shown["items"]) == 3)


def leave_the_end_of_the_year(inda: Stack) -> None:
    """Money is paid in the year of its fund, however long the windows are."""
    today = today_in_wita(inda.clock())
    if (today + UNTIL_THE_CUT_OFF).year != today.year:
        inda.clock.ahead += UNTIL_THE_CUT_OFF
