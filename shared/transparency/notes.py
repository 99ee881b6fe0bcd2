"""Signed notes (C2SP signed-note), checkpoints in them, and the cosignatures of witnesses."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from shared.transparency.errors import BadNote, UnknownKey
from shared.transparency.merkle import HASH_BYTES

ED25519, COSIGNATURE, COSIGNATURE_MLDSA = 0x01, 0x04, 0x06
DASH = "— "
PRIVATE = "PRIVATE+KEY+"
LONGEST_NAME = 255
KEY_BYTES = 32
PUBLIC_BYTES = {ED25519: KEY_BYTES, COSIGNATURE: KEY_BYTES, COSIGNATURE_MLDSA: 1312}
TIME_BYTES = 8
LONGEST_NOTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under the name of who signs with it. `kind` is `ED25519`, or that of a witness:
    `COSIGNATURE` or, with ML-DSA-44, `COSIGNATURE_MLDSA`.
    """

    name: str
    public_key: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public_key).digest()[
            :4
        ]

    @property
    def text(self) -> str:
        """The verifier key as C2SP writes it: `<name>+<key id>+<base64>`."""
        key = b64encode(bytes([self.kind]) + self.public_key).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @classmethod
    def from_text(cls, text: str) -> "Verifier":
        """Raises `BadNote`."""
        name, key_id, key = _three(text.strip())
        found = cls(_named(name), key[1:], key[0])
        if PUBLIC_BYTES.get(found.kind) != len(found.public_key):
            raise BadNote(f"The key of {name} is no Ed25519 key, nor one of a witness.")
        if found.key_id.hex() != key_id:
            raise BadNote(f"The key of {name} does not fit its id {key_id[:20]}.")
        return found

    def moment(self, body: str, signature: bytes) -> int | None:
        """Seconds since 1970 of a cosignature, None of a plain signature. Raises `BadNote`."""
        if self.kind == ED25519:
            self._check(signature, body.encode())
            return None
        seconds = int.from_bytes(signature[:TIME_BYTES], "big")
        if self.kind == COSIGNATURE:
            said = f"cosignature/v1\ntime {seconds}\n{body}".encode()
        else:
            said = _cosigned_message(self.name, seconds, Checkpoint.of(body))
        self._check(signature[TIME_BYTES:], said)
        return seconds

    def _check(self, signature: bytes, said: bytes) -> None:
        try:
            if self.kind == COSIGNATURE_MLDSA:
                MLDSA44PublicKey.from_public_bytes(self.public_key).verify(signature, said)
            else:
                Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, said)
        except (InvalidSignature, ValueError):
            raise BadNote(f"The signature of {self.name} does not hold.", self.name) from None


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key that signs checkpoints under a name, which is the log's origin."""

    name: str
    _key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def made(cls, name: str) -> "SigningKey":
        return cls(_named(name), Ed25519PrivateKey.generate())

    @classmethod
    def from_text(cls, text: str) -> "SigningKey":
        """From the form that `text` gives. Raises `BadNote`, never with a part of the key."""
        plain = text.strip()
        if not plain.startswith(PRIVATE):
            raise BadNote(f"A key that signs begins with {PRIVATE}.")
        name, key_id, key = _three(plain.removeprefix(PRIVATE))
        if key[0] != ED25519 or len(key) != KEY_BYTES + 1:
            raise BadNote(f"The key of {name} is no Ed25519 key.")
        found = cls(_named(name), Ed25519PrivateKey.from_private_bytes(key[1:]))
        if found.verifier.key_id.hex() != key_id:
            raise BadNote(f"The key of {name} does not fit its id.")
        return found

    @property
    def text(self) -> str:
        """The secret. `PRIVATE+KEY+<name>+<key id>+<base64>`."""
        key = b64encode(bytes([ED25519]) + self._key.private_bytes_raw()).decode()
        return f"{PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{key}"

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    def line(self, body: str) -> str:
        """The signature line under a note's text, with its end of line."""
        return signature_line(self.verifier, self._key.sign(body.encode()))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: `origin` names it, `root` is over its first `size` entries."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        """The text that is signed, ending in a new line (C2SP tlog-checkpoint)."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def of(cls, body: str) -> "Checkpoint":
        """Raises `BadNote`."""
        lines = body.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise BadNote("A checkpoint has an origin, a size and a root, each on a line.")
        origin, size, root = lines[0], lines[1], decoded(lines[2])
        if not (size.isascii() and size.isdigit()) or str(int(size)) != size:
            raise BadNote(f"The size {size[:20]!a} of a checkpoint is no number.")
        if len(root) != HASH_BYTES:
            raise BadNote("The root of a checkpoint has 32 bytes.")
        return cls(origin, int(size), root)


@dataclass(frozen=True, slots=True)
class Opened:
    """A note that a trusted key signed. `cosigned` are seconds since 1970 by witness, `signers`
    the ids of the log's own keys, in hexadecimal.
    """

    checkpoint: Checkpoint
    signers: tuple[str, ...]
    cosigned: Mapping[str, int]


def signature_line(verifier: Verifier, signature: bytes) -> str:
    return f"{DASH}{verifier.name} {b64encode(verifier.key_id + signature).decode()}\n"


def signed(checkpoint: Checkpoint, keys: Sequence[SigningKey]) -> str:
    """The note: the checkpoint's text under a signature of each key."""
    body = checkpoint.body
    return body + "\n" + "".join(key.line(body) for key in keys)


def opened(note: str, verifiers: Sequence[Verifier]) -> Opened:
    """What a note says that a key of its origin signed; lines of strangers are passed over.

    Raises `BadNote` where it cannot be read or a known key's signature does not hold,
    `UnknownKey` where none of these keys signed it in the name of the log.
    """
    body, lines = parted(note)
    checkpoint = Checkpoint.of(body)
    signers: list[str] = []
    cosigned: dict[str, int] = {}
    for verifier, signature in _recognized(lines, verifiers):
        moment = verifier.moment(body, signature)
        if moment is not None:
            cosigned[verifier.name] = moment
        elif verifier.name == checkpoint.origin:
            signers.append(verifier.key_id.hex())
    if not signers:
        raise UnknownKey(f"The checkpoint of {checkpoint.origin} is signed by another key.")
    return Opened(checkpoint, tuple(signers), cosigned)


def _cosigned_message(cosigner: str, seconds: int, checkpoint: Checkpoint) -> bytes:
    """What a witness signs with ML-DSA-44 (C2SP tlog-cosignature): a subtree from 0 on."""
    numbers = [each.to_bytes(8, "big") for each in (seconds, 0, checkpoint.size)]
    names = [each.encode() for each in (cosigner, checkpoint.origin)]
    if not all(1 <= len(each) <= LONGEST_NAME for each in names):
        raise BadNote("A name in a cosignature has at most 255 bytes.")
    own, origin = (bytes([len(each)]) + each for each in names)
    return b"".join((b"subtree/v1\n\0", own, numbers[0], origin, *numbers[1:], checkpoint.root))


def parted(note: str) -> tuple[str, tuple[str, ...]]:
    """The text of a note and the signature lines under it. Raises `BadNote`."""
    body, mark, rest = note.rpartition("\n\n")
    lines = rest.split("\n")
    if not mark or len(note) > LONGEST_NOTE or lines.pop() or not lines:
        raise BadNote("This is no signed note: a text, an empty line, signatures.")
    return body + "\n", tuple(lines)


def _recognized(
    lines: Sequence[str], verifiers: Sequence[Verifier]
) -> Iterator[tuple[Verifier, bytes]]:
    known = {(each.name, each.key_id): each for each in verifiers}
    for line in lines:
        name, _, coded = line.removeprefix(DASH).partition(" ")
        if not line.startswith(DASH) or not name or not coded:
            raise BadNote("A line under a signed note is no signature.")
        signature = decoded(coded)
        found = known.get((name, signature[:4]))
        if found is not None:
            yield found, signature[4:]


def _three(text: str) -> tuple[str, str, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, coded = rest.partition("+")
    key = decoded(coded)
    if not key:
        raise BadNote("A key has a name, an id and its bytes, joined by +.")
    return name, key_id, key


def _named(name: str) -> str:
    wrong = "+" in name or any(each.isspace() or ord(each) < 0x20 for each in name)
    if not name or wrong or len(name.encode()) > LONGEST_NAME:
        raise BadNote("The name of a key has no spaces and no +, and at most 255 bytes.")
    return name


def decoded(text: str) -> bytes:
    """Only the one way in which bytes are written in base64."""
    try:
        found = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        raise BadNote(f"This is not base64: {text[:40]!a}.") from None
    if b64encode(found).decode() != text:
        raise BadNote(f"This is not base64 as it is written: {text[:40]!a}.")
    return found
