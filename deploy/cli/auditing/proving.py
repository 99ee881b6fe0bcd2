"""`inda audit checkpoint`, `prove`, `verify`, `consistency`: the log, and proofs in it."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.cli.auditing.choosing import VkeyOption
from deploy.cli.auditing.group import audit
from deploy.cli.auditing.reaching import text_of
from deploy.cli.client import Api
from deploy.cli.failures import Denied, Misuse
from deploy.cli.output import line
from deploy.cli.session import Session, reading
from services.audit.archive import LogShortened, keys_of, messages_of
from shared.transparency import (
    Amiss,
    BadProof,
    Opened,
    TlogProof,
    Verifier,
    leaf_of,
    opened,
    verify,
    verify_consistency,
)
from shared.transparency.notes import decoded

SaveOption = Annotated[Path | None, typer.Option("--save", help="Write it to this file.")]
WitnessOption = Annotated[
    list[str] | None,
    typer.Option("--witness", metavar="VKEY", help="A key that must have cosigned; repeatable."),
]


@audit.command("checkpoint")
@reading
def show_checkpoint(session: Session, save: SaveOption = None, vkey: VkeyOption = None) -> None:
    """Show the newest signed head of the log. Keep it: later it shows that nothing was changed."""
    with _named():
        api = session.public("audit")
        note = api.whole("/log/checkpoint").text
        found = opened(note, _keys(session, vkey, api))
    _save(save, note)
    head = found.checkpoint
    session.out.answer({**_head_told(found), "note": note}, line(note.rstrip("\n")))
    session.out.tell(f"{head.size} facts, signed by {head.origin}.")


@audit.command("prove")
@reading
def prove(
    session: Session,
    event: Annotated[str, typer.Argument(metavar="SEQUENCE|EVENT-ID")],
    save: SaveOption = None,
    vkey: VkeyOption = None,
) -> None:
    """Fetch the proof that the log has a fact: a file that anybody can verify without a server."""
    with _named():
        api = session.public("audit")
        sequence = int(event) if event.isdigit() else _sequence_of(api, event)
        text = api.whole(f"/log/proofs/{sequence}").text
        proof = TlogProof.from_text(text)
        found = verify(proof, proof.extra, _keys(session, vkey, api))
        if proof.index != sequence - 1:
            raise BadProof(f"This is a proof of fact {proof.index + 1}, not of {sequence}.")
    _save(save, text)
    document = {**_head_told(found), "sequence": sequence, "proof": text}
    session.out.answer(document, line(text.rstrip("\n") if save is None else f"Saved in {save}."))
    session.out.tell(f"Fact {sequence} is in the log of {found.checkpoint.size} facts.")


@audit.command("verify")
@reading
def verify_proof(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .tlog-proof file.")],
    event: Annotated[
        Path | None,
        typer.Option("--event", help="The fact itself: a line of a segment, or a whole segment."),
    ] = None,
    vkey: VkeyOption = None,
    witness: WitnessOption = None,
) -> None:
    """Verify a proof without any server: that the signed log has exactly this fact."""
    with _named():
        proof = TlogProof.from_text(text_of(file))
        leaf = proof.extra if event is None else _leaf(event, proof.index + 1)
        witnesses = tuple(Verifier.from_text(each) for each in witness or ())
        found = verify(proof, leaf, (*_offline_keys(session, vkey), *witnesses))
    for each in witnesses:
        if each.name not in found.cosigned:
            raise Denied("witness_missing", f"The witness {each.name} has not cosigned it.")
    if event is None:
        session.out.tell(
            "NOTE: the entry was taken from the proof itself; with --event the fact is compared."
        )
    document = {
        **_head_told(found),
        "sequence": proof.index + 1,
        "leaf": leaf.decode(errors="replace"),
        "compared": event is not None,
    }
    entry = line(leaf.decode(errors="replace"))
    session.out.answer(document, entry, line(f"verified: fact {proof.index + 1}"))


@audit.command("consistency")
@reading
def consistency(
    session: Session,
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A signed note that you kept.")],
    new: Annotated[
        Path | None, typer.Argument(metavar="NEW", help="A later one; else the newest.")
    ] = None,
    vkey: VkeyOption = None,
) -> None:
    """Prove that the log of a later checkpoint begins with all that an earlier one signed."""
    with _named():
        api = session.public("audit")
        keys = _keys(session, vkey, api)
        note = api.whole("/log/checkpoint").text if new is None else text_of(new)
        before, after = opened(text_of(old), keys), opened(note, keys)
        _prove_consistency(api, before, after)
    told = f"consistent: the {after.checkpoint.size} facts begin with the {before.checkpoint.size}"
    session.out.answer({"old": _head_told(before), "new": _head_told(after)}, line(told))


def _prove_consistency(api: Api, before: Opened, after: Opened) -> None:
    old, new = before.checkpoint, after.checkpoint
    if old.origin != new.origin:
        raise BadProof(f"These are two logs: {old.origin} and {new.origin}.")
    if new.size < old.size:
        raise LogShortened(f"The log had {old.size} facts and has {new.size} now.")
    hashes: list[str] = []
    if old.size < new.size:
        hashes = api.get("/log/consistency", **{"from": old.size, "to": new.size})["hashes"]
    proof = [decoded(each) for each in hashes]
    verify_consistency(old.size, new.size, old.root, new.root, proof)


def _sequence_of(api: Api, event_id: str) -> int:
    return int(api.get("/log/inclusion", id=event_id)["index"]) + 1


def _leaf(file: Path, sequence: int) -> bytes:
    """Of the fact at this sequence. Raises `Denied` where the file does not hold it."""
    content = text_of(file).encode()
    whole = content if content.endswith(b"\n") else content + b"\n"
    for message in messages_of(whole, str(file)):
        if message.sequence == sequence:
            return leaf_of(message)
    raise Denied("event_missing", f"{file} does not hold fact {sequence}, which is proved here.")


def _keys(session: Session, vkey: Path | None, api: Api) -> Sequence[Verifier]:
    """Those that this person trusts; without any those that the service tells, said loudly."""
    file = vkey or session.context.vkey
    if file is not None:
        return keys_of(text_of(file))
    found = keys_of(api.whole("/log/vkey").text)
    session.out.tell(
        "WARNING: the key was taken from the service itself. Name one that you have from elsewhere"
        " with --vkey."
    )
    return found


def _offline_keys(session: Session, vkey: Path | None) -> Sequence[Verifier]:
    if vkey is not None:
        return keys_of(text_of(vkey))
    try:
        known = session.context.vkey
    except Misuse:
        known = None
    if known is None:
        raise Misuse("vkey_needed", "Name a file with the log's verifier key with --vkey.")
    return keys_of(text_of(known))


def _head_told(found: Opened) -> dict[str, Any]:
    """`cosigned` are the moments at which witnesses cosigned, by their names."""
    head = found.checkpoint
    return {
        "origin": head.origin,
        "size": head.size,
        "root": head.root.hex(),
        "signers": list(found.signers),
        "cosigned": {
            name: datetime.fromtimestamp(seconds, UTC).isoformat()
            for name, seconds in found.cosigned.items()
        },
    }


def _save(file: Path | None, text: str) -> None:
    if file is None:
        return
    try:
        file.write_text(text)
    except OSError as error:
        raise Misuse("file_unwritable", f"{file} cannot be written: {error.strerror}.") from None


@contextmanager
def _named() -> Generator[None]:
    """What is wrong with a log or a proof, as a refusal with its code."""
    try:
        yield
    except Amiss as error:
        raise Denied(error.code, str(error)) from None
