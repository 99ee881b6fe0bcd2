"""The ready-made accounts of the development issuer, and patience with wrong passwords."""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, Field, TypeAdapter

from deploy.local.issuer.keys import write_private

WRONG_PASSWORDS = 5
WRONG_PASSWORDS_FORGOTTEN = timedelta(seconds=30)
THROTTLED_NAMES = 1024


class Account(BaseModel):
    """A ready-made account. The password is in the clear: `make run` prints it."""

    username: str
    password: str = Field(min_length=1)
    sub: str
    name: str
    roles: tuple[str, ...]
    agency: str | None = None
    agency_path: tuple[str, ...] = ()


ACCOUNTS = TypeAdapter(tuple[Account, ...])


class Accounts:
    """The accounts of a JSON file, read again whenever the file was replaced."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int, int] | None = None
        self._by_username: dict[str, Account] = {}

    def get(self, username: str) -> Account | None:
        self._refresh()
        return self._by_username.get(username)

    def _refresh(self) -> None:
        try:
            stat = self._file.stat()
        except FileNotFoundError:
            self._seen, self._by_username = None, {}
            return
        seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if seen != self._seen:
            accounts = ACCOUNTS.validate_json(self._file.read_bytes())
            self._seen, self._by_username = seen, {each.username: each for each in accounts}


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: datetime


class Throttle:
    """After five wrong passwords a username rests until half a minute without another one."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._failures: dict[str, _Failures] = {}

    def is_resting(self, username: str) -> bool:
        return self._recent(username) >= WRONG_PASSWORDS

    def failed(self, username: str) -> None:
        count = self._recent(username) + 1
        self._failures.pop(username, None)
        self._failures[username] = _Failures(count, self._now())
        while len(self._failures) > THROTTLED_NAMES:
            del self._failures[next(iter(self._failures))]

    def succeeded(self, username: str) -> None:
        self._failures.pop(username, None)

    def _recent(self, username: str) -> int:
        known = self._failures.get(username)
        if known is None or self._now() - known.last > WRONG_PASSWORDS_FORGOTTEN:
            return 0
        return known.count


def write_accounts(folder: Path, accounts: Iterable[Account]) -> None:
    """Replace the accounts in one step, so that a running issuer never reads half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    write_private(folder / "accounts.json.new", ACCOUNTS.dump_json(tuple(accounts), indent=2))
    (folder / "accounts.json.new").replace(folder / "accounts.json")


class Refused(Exception):
    """The username or the password is wrong; nobody is told which."""


class Resting(Exception):
    """Too many wrong passwords for this username."""


def authenticate(accounts: Accounts, throttle: Throttle, username: str, password: str) -> Account:
    """The account. Refused or Resting when it is not theirs to have."""
    if throttle.is_resting(username):
        raise Resting
    account = accounts.get(username)
    expected = account.password if account else ""
    is_right = hmac.compare_digest(expected.encode(), password.encode())
    if account is None or not is_right:
        throttle.failed(username)
        raise Refused
    throttle.succeeded(username)
    return account
