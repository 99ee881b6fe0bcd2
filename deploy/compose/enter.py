"""How a container of ours begins: with its secrets as settings it becomes the program named."""

import os
import sys

from deploy.compose.places import OWN_SECRETS

ENVIRONMENT = OWN_SECRETS / "environment"


def settings_in(text: str) -> dict[str, str]:
    """The settings of a file of `NAME=value` lines."""
    pairs = (line.partition("=") for line in text.splitlines() if line)
    return {name: value for name, _, value in pairs}


def main() -> None:
    """What was set for the container from outside counts more than the file."""
    program = sys.argv[1:]
    if not program:
        sys.exit("inda: name the program that this container shall run")
    own = settings_in(ENVIRONMENT.read_text()) if ENVIRONMENT.is_file() else {}
    os.execvpe(program[0], program, {**own, **os.environ})  # noqa: S606  # that is its job


if __name__ == "__main__":
    main()
