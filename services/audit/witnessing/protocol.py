"""What is said to a witness and what it answers (C2SP tlog-witness). Pure."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from services.audit.witnessing.faults import OddAnswer, OddClock, WitnessRefused
from shared.transparency import BadNote, Checkpoint, Verifier
from shared.transparency.notes import DASH, ED25519, decoded

SIZE_TYPE = "text/x.tlog.size"
MOST_HASHES = 63
ODD_CLOCK = timedelta(minutes=5)
SEEN_ANOTHER = 422
REASON_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Witness:
    """Whose cosignatures are asked for. `prefix` is its submission prefix."""

    verifier: Verifier
    prefix: str

    @property
    def name(self) -> str:
        return self.verifier.name

    @property
    def address(self) -> str:
        return f"{self.prefix}/add-checkpoint"

    @classmethod
    def from_text(cls, text: str) -> "Witness":
        """`<vkey> <submission prefix>`. Raises `BadNote`."""
        words = text.split()
        if len(words) != 2:
            raise BadNote("A witness is written as its verifier key, a space and its address.")
        verifier = Verifier.from_text(words[0])
        if verifier.kind == ED25519:
            raise BadNote(f"The key of {verifier.name} is that of a log, not of a witness.")
        if urlsplit(words[1]).scheme not in ("http", "https"):
            raise BadNote(f"The address of {verifier.name} must be http or https.")
        return cls(verifier, words[1].rstrip("/"))


@dataclass(frozen=True, slots=True)
class Behind:
    """The witness's latest cosigned checkpoint has another size than was said."""

    size: int


@dataclass(frozen=True, slots=True)
class Cosignature:
    """`line` goes under the note as it is."""

    line: str
    at: datetime


def witnesses_of(text: str) -> tuple[Witness, ...]:
    """`<vkey> <prefix>,<vkey> <prefix>` as the environment has it. Raises `BadNote`."""
    found = tuple(Witness.from_text(each) for each in text.split(",") if each.strip())
    keys = [(each.name, each.verifier.key_id) for each in found]
    if len(set(keys)) != len(keys):
        raise BadNote("A witness is named twice.")
    return found


def request_of(old: int, proof: Sequence[bytes], note: str) -> bytes:
    if len(proof) > MOST_HASHES:
        raise ValueError("A proof of consistency has at most 63 hashes.")
    hashes = "".join(f"{b64encode(each).decode()}\n" for each in proof)
    return f"old {old}\n{hashes}\n{note}".encode()


def answer_of(
    status: int, media_type: str, body: bytes, witness: Witness, checkpoint: Checkpoint
) -> Cosignature | Behind:
    """Raises `WitnessRefused` for a no, `OddAnswer` for what is not of the protocol."""
    if status == 200:
        return cosignature_in(_text(body, witness), witness.verifier, checkpoint.body)
    if status == 409 and media_type == SIZE_TYPE:
        return Behind(_size(body, witness))
    raise WitnessRefused(
        f"{witness.name} refuses the checkpoint of {checkpoint.size} entries with status {status}"
        f"{_meaning(status)}: {_reason(body)}",
        witness.name,
    )


def cosignature_in(answer: str, verifier: Verifier, body: str) -> Cosignature:
    """The line that `verifier` signed; those of others are passed over.

    Raises `OddAnswer` where there is none, or its signature does not hold.
    """
    start = f"{DASH}{verifier.name} "
    try:
        for line in answer.split("\n"):
            signature = decoded(line.removeprefix(start)) if line.startswith(start) else b""
            if signature[:4] == verifier.key_id:
                seconds = verifier.moment(body, signature[4:])
                return Cosignature(f"{line}\n", _moment(seconds, verifier))
    except BadNote as error:
        raise OddAnswer(
            f"{verifier.name} answered no cosignature: {error}", verifier.name
        ) from None
    raise OddAnswer(f"{verifier.name} did not sign with the key that is known.", verifier.name)


def in_time(cosignature: Cosignature, now: datetime, witness: Witness) -> Cosignature:
    """Raises `OddClock`."""
    if abs(cosignature.at - now) > ODD_CLOCK:
        raise OddClock(
            f"{witness.name} signed at {cosignature.at.isoformat()}, which is not now.",
            witness.name,
        )
    return cosignature


def _moment(seconds: int | None, verifier: Verifier) -> datetime:
    try:
        return datetime.fromtimestamp(seconds or 0, UTC)
    except (OverflowError, ValueError, OSError):
        raise OddClock(f"{verifier.name} signed at no moment there is.", verifier.name) from None


def _meaning(status: int) -> str:
    return " (it saw another log under this name)" if status == SEEN_ANOTHER else ""


def _reason(body: bytes) -> str:
    plain = "".join(each if each.isprintable() else " " for each in body.decode("utf-8", "replace"))
    return plain.strip()[:REASON_CHARACTERS] or "it does not say why"


def _text(body: bytes, witness: Witness) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise OddAnswer(f"{witness.name} answered no text.", witness.name) from None


def _size(body: bytes, witness: Witness) -> int:
    digits = body.decode("ascii", "replace").removesuffix("\n")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 19:
        raise OddAnswer(f"{witness.name} does not say how large a log it saw.", witness.name)
    return int(digits)
