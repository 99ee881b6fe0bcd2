"""What one person keeps between commands: the login, what was seen, claims held. For them only."""

import json
import os
import re
import time
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from deploy.cli.failures import Misuse

USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,99}")
WRITES_ARE_FRESH_SECONDS = 60.0


class Drawer:
    """Small private files under `folder` (`tokens/` beside the context), one person's each.

    A version is kept so that a later change is decided on what the person has really seen.
    """

    def __init__(self, folder: Path, user: str) -> None:
        if not USER.fullmatch(user):
            raise Misuse("user_unreadable", "A user name has letters, digits, and . _ @ + - only.")
        self.user = user
        self._token = folder / f"{user}.json"
        self._folder = folder / f"{user}.d"

    def token(self) -> dict[str, Any] | None:
        return _read(self._token)

    def keep_token(self, token: dict[str, Any]) -> None:
        _write(self._token, token)

    def empty(self) -> None:
        """Forgets everything of this person."""
        self._token.unlink(missing_ok=True)
        if self._folder.is_dir():
            for file in self._folder.iterdir():
                file.unlink(missing_ok=True)
            self._folder.rmdir()

    def version(self, thing: str) -> int | None:
        """The version of the thing that this person saw or wrote last."""
        found = _read(self._file("seen", thing))
        return found["version"] if found else None

    def keep_version(self, thing: str, version: int) -> None:
        _write(self._file("seen", thing), {"version": version})

    def shown(self, thing: str) -> dict[str, Any] | None:
        """What this person was shown last of the thing: what they decide, they decide on that."""
        return _read(self._file("shown", thing))

    def keep_shown(self, thing: str, content: dict[str, Any]) -> None:
        _write(self._file("shown", thing), content)

    def written_sequence(self, service: str) -> int | None:
        """How far the service must be to show what this person wrote a moment ago."""
        found = _read(self._file("written", service))
        if found is None or time.time() - found["at"] > WRITES_ARE_FRESH_SECONDS:
            return None
        return found["sequence"]

    def keep_sequence(self, service: str, sequence: int) -> None:
        _write(self._file("written", service), {"sequence": sequence, "at": time.time()})

    def lease(self, dossier: str) -> str | None:
        """The token of a claim. The service alone knows whether it still holds."""
        found = _read(self._file("lease", dossier))
        return found["token"] if found else None

    def keep_lease(self, dossier: str, token: str) -> None:
        _write(self._file("lease", dossier), {"token": token})

    def forget_lease(self, dossier: str) -> None:
        self._file("lease", dossier).unlink(missing_ok=True)

    def _file(self, kind: str, name: str) -> Path:
        return self._folder / f"{kind}-{quote(name, safe='')}.json"


def current_user(folder: Path) -> str | None:
    """Who logged in last."""
    found = _read(folder / "current")
    return found["user"] if found else None


def keep_current_user(folder: Path, user: str | None) -> None:
    if user is None:
        (folder / "current").unlink(missing_ok=True)
        return
    _write(folder / "current", {"user": user})


def _read(file: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise Misuse("file_unreadable", f"{file} cannot be read; log in again.") from None
    return cast("dict[str, Any]", found)


def _write(file: Path, content: dict[str, Any]) -> None:
    """Whole or not at all, readable by its owner from the first byte on."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            json.dump(content, stream)
        draft.replace(file)
    except OSError as error:
        raise Misuse("file_unwritable", f"{file} cannot be written: {error.strerror}.") from None
