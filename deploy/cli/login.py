"""`inda login`, `whoami`, `logout`: a token from the issuer, kept for its owner only."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import httpx
import typer

from deploy.cli.client import document_of
from deploy.cli.drawer import Drawer, current_user, keep_current_user
from deploy.cli.failures import Denied, Misuse, Unreachable
from deploy.cli.output import detailed, line
from deploy.cli.patience import persistently
from deploy.cli.plain import in_wita
from deploy.cli.session import Session, bearer, reading

WRONG = {400, 401, 403}
UserArgument = Annotated[
    str, typer.Argument(metavar="USER", help="The user name that the administrator gave you.")
]
PasswordFromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


def add_to(app: typer.Typer) -> None:
    app.command("login")(reading(login))
    app.command("whoami")(reading(whoami))
    app.command("logout")(reading(logout))


def login(
    session: Session, user_name: UserArgument, password_stdin: PasswordFromStdin = False
) -> None:
    """Log in: asks for the password and keeps the login for the commands that follow."""
    drawer = Drawer(session.tokens, user_name)
    password = _password(user_name, from_stdin=password_stdin)
    granted = _granted(session, user_name, password)
    ends = datetime.now(UTC) + timedelta(seconds=float(granted.get("expires_in", 3600)))
    drawer.keep_token({"access_token": granted["access_token"], "expires_at": ends.isoformat()})
    keep_current_user(session.tokens, user_name)
    shown = _claims(user_name, granted["access_token"], ends.isoformat())
    session.out.answer(shown, line(f"Logged in as {user_name} ({', '.join(shown['roles'])})."))


def whoami(session: Session) -> None:
    """Show as whom you act, with which roles, for which agency, until when."""
    shown = _acting(session.drawer)
    table = detailed(
        shown,
        ("User", "user"),
        ("Person", "person"),
        ("Roles", "roles"),
        ("Agency", "agency"),
        ("Agency path", "agency_path"),
        ("Logged in until", lambda row: in_wita(row["expires_at"])),
    )
    session.out.answer(shown, table)


def logout(session: Session) -> None:
    """Forget the login on this computer."""
    drawer = session.drawer
    drawer.empty()
    if current_user(session.tokens) == drawer.user:
        keep_current_user(session.tokens, None)
    session.out.answer({"user": drawer.user}, line(f"{drawer.user} is logged out."))


def person_of(session: Session) -> str:
    """The id of who acts. Raises `Failure` where nobody is logged in."""
    return str(_acting(session.drawer)["person"])


def _acting(drawer: Drawer) -> dict[str, Any]:
    bearer(drawer)
    token = drawer.token() or {}
    return _claims(drawer.user, token["access_token"], token["expires_at"])


def _password(user: str, *, from_stdin: bool) -> str:
    if from_stdin:
        password = typer.get_text_stream("stdin").readline().rstrip("\r\n")
    else:
        password = str(typer.prompt(f"Password of {user}", hide_input=True, err=True))
    if not password:
        raise Misuse("password_missing", "No password was given.")
    return password


def _granted(session: Session, user: str, password: str) -> dict[str, Any]:
    """What the issuer grants. Raises `Failure`."""
    form = {"grant_type": "password", "username": user, "password": password}
    http = session.http(session.context.issuer)

    def send() -> httpx.Response:
        return http.post("/token", data=form)

    answer = persistently(
        send, "the issuer", min(session.patience.seconds, 5.0), session.patience.tell
    )
    if answer.status_code == 429:
        wait = answer.headers.get("Retry-After", "30")
        raise Denied("login_resting", f"Too many wrong passwords; wait {wait} seconds.")
    if answer.status_code in WRONG:
        raise Denied("login_refused", "The username or the password is wrong.")
    granted = document_of(answer)
    if not answer.is_success or "access_token" not in granted:
        raise Unreachable(f"The issuer cannot log anybody in (status {answer.status_code}).")
    return granted


def _claims(user: str, token: str, expires_at: str) -> dict[str, Any]:
    """What the token says of its bearer; the services check it, this only shows it."""
    try:
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, IndexError):
        claims = {}
    return {
        "user": user,
        "person": claims.get("sub"),
        "roles": claims.get("roles", []),
        "agency": claims.get("agency"),
        "agency_path": claims.get("agency_path", []),
        "expires_at": expires_at,
    }
