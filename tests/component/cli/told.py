"""What those who follow a guide have in common: nobody's account, and how a refusal is said."""

from tests.component.cli.world import Stack

NOBODY = "nobody-who-logged-in"
SHOW = "--as chair competition show kia-2026"


def refused(inda: Stack, line: str, code: str) -> str:
    """The sentence of a command that a rule refuses; nobody sees a traceback."""
    ran, told = inda(line), inda(f"{line} --json")
    assert (ran.code, f"[{code}]" in ran.err) == (1, True), (line, ran.out, ran.err)
    assert told.answer["code"] == code
    assert ran.err.startswith(told.answer["detail"])
    return str(told.answer["detail"])
