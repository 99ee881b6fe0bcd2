"""`inda audit witnesses`, `inda audit timestamp`: who else vouches for the log, and since when."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.cli.auditing.group import audit
from deploy.cli.auditing.reaching import auditor_token, text_of
from deploy.cli.client import document_of, failure_of
from deploy.cli.failures import Denied, Misuse
from deploy.cli.output import Column, line, listed
from deploy.cli.patience import persistently
from deploy.cli.session import Session, reading
from services.audit.archive.vouching import keys_of
from services.audit.witnessing import Stamp, roots_of, stamp_of
from shared.transparency import Amiss, Opened, Verifier, opened
from shared.transparency.notes import ED25519, parted

WITNESS: tuple[Column, ...] = (
    ("Witness", "name"),
    ("Cosigned", "size"),
    ("When", "at"),
    ("Fault", "fault.code"),
    ("Since", "fault.at"),
    ("Why", "fault.sentence"),
)
COSIGNED: tuple[Column, ...] = (("Witness", "name"), ("Cosigned", "size"), ("When", "at"))

WitnessOption = Annotated[
    list[str] | None,
    typer.Option("--witness", metavar="VKEY", help="Require the cosignature of this witness."),
]
VkeyOption = Annotated[
    Path | None,
    typer.Option("--vkey", help="A file with the log's verifier key, from a source you trust."),
]


@audit.command("witnesses")
@reading
def witnesses(session: Session, witness: WitnessOption = None, vkey: VkeyOption = None) -> None:
    """Show how the witnesses stand; with --witness, verify who cosigned what is served now.

    Verifying needs no login. Exit code 1 when a witness that was named has not cosigned.
    """
    if witness:
        _show_cosigned(session, _verifiers(witness), vkey)
        return
    token = {"Authorization": f"Bearer {auditor_token(session)}"}
    outside = document_of(_asked(session, "/log/status", token)).get("outside", {})
    told: dict[str, Any] = outside["witnesses"]
    stamps: dict[str, Any] = outside["timestamps"]
    size = told["size"] or 0
    quorum = f"{told['cosigned']} of {len(told['items'])} cosigned {size} entries"
    session.out.answer(
        outside,
        listed(told["items"], *WITNESS),
        line(f"{quorum}; {told['quorum']} are wanted"),
        line(_stamped(stamps)),
    )


@audit.command("timestamp")
@reading
def timestamp(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE.tsr", help="The time stamp.")],
    note: Annotated[Path, typer.Option("--note", help="The signed checkpoint that it is over.")],
    roots: Annotated[
        Path, typer.Option("--roots", help="PEM: who vouches for the time-stamping authority.")
    ],
) -> None:
    """Verify offline that a checkpoint existed when its time stamp (RFC 3161) says."""
    try:
        body, _ = parted(text_of(note))
        trusted = roots_of(text_of(roots).encode())
        found = stamp_of(_bytes_of(file), body, trusted)
    except Amiss as error:
        raise Denied(error.code, str(error)) from None
    session.out.answer(_document(found), line(_sentence(found)))


def _show_cosigned(session: Session, named: Sequence[Verifier], vkey: Path | None) -> None:
    note = _asked(session, "/log/checkpoint").text
    try:
        found = opened(note, (*_log_keys(session, vkey), *named))
        _require(found, named)
    except Amiss as error:
        raise Denied(error.code, str(error)) from None
    size = found.checkpoint.size
    items = [
        {"name": each.name, "size": size, "at": _moment(found.cosigned[each.name])}
        for each in named
    ]
    document = {"origin": found.checkpoint.origin, "size": size, "items": items}
    session.out.answer(document, listed(items, *COSIGNED))


def _require(found: Opened, named: Sequence[Verifier]) -> None:
    missing = [each.name for each in named if each.name not in found.cosigned]
    if missing:
        raise Denied(
            "cosignature_missing",
            f"The served checkpoint of {found.checkpoint.size} entries is not cosigned by"
            f" {', '.join(missing)}.",
        )


def _verifiers(texts: Sequence[str]) -> tuple[Verifier, ...]:
    try:
        found = tuple(map(Verifier.from_text, texts))
    except Amiss as error:
        raise Misuse(error.code, str(error)) from None
    if any(each.kind == ED25519 for each in found):
        raise Misuse("witness_key_needed", "--witness takes the key of a witness, not of a log.")
    return found


def _log_keys(session: Session, vkey: Path | None) -> tuple[Verifier, ...]:
    """Raises `BadNote`."""
    if vkey is not None:
        return keys_of(text_of(vkey))
    session.out.tell(
        "WARNING: the log's key was taken from the service itself: whoever can change one can"
        " change the other. Name a key that you have from elsewhere with --vkey."
    )
    return keys_of(_asked(session, "/log/vkey").text)


def _asked(session: Session, path: str, headers: dict[str, str] | None = None) -> Any:
    http = session.http(session.address("audit"))
    patience = session.patience
    answer = persistently(
        lambda: http.get(path, headers=headers), "audit", patience.seconds, patience.tell
    )
    if not answer.is_success:
        raise failure_of(answer, "audit")
    return answer


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None


def _stamped(told: dict[str, Any]) -> str:
    fault = told["fault"]
    if not told["url"]:
        return "no time stamps are asked for"
    if fault is not None:
        return f"time stamps fail: {fault['sentence']} ({fault['code']}, since {fault['at']})"
    if told["size"] is None:
        return "no time stamp yet"
    return f"the last time stamp is over {told['size']} entries, of {told['at']}"


def _document(found: Stamp) -> dict[str, Any]:
    return {"at": found.at.isoformat(), "authority": found.authority, "serial": found.serial}


def _sentence(found: Stamp) -> str:
    return f"the checkpoint existed at {found.at.isoformat()}, says {found.authority}"


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
