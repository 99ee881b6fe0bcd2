"""Time stamps of RFC 3161 over the text of a checkpoint: the question, and what an answer proves.

No server is asked here: a stamp in a file is checked in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.x509 import (
    Certificate,
    ObjectIdentifier,
    load_der_x509_certificate,
    load_pem_x509_certificates,
)
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from services.audit.witnessing.faults import (
    AnotherNonce,
    BrokenStamp,
    ExpiredStamp,
    StampOfAnother,
    StampRefused,
    UnreadableRoots,
    UntrustedStamp,
)

SHA256 = ObjectIdentifier("2.16.840.1.101.3.4.2.1")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The text existed at `at`, says `authority`, whose certificate a root vouches for."""

    at: datetime
    authority: str
    serial: int


def question_of(text: str) -> TimeStampRequest:
    """Over the SHA-256 of the text, with a nonce that nobody can guess."""
    return TimestampRequestBuilder(text.encode(), HashAlgorithm.SHA256).build()


def roots_of(pem: bytes) -> tuple[Certificate, ...]:
    """Raises `UnreadableRoots`."""
    try:
        return tuple(load_pem_x509_certificates(pem))
    except ValueError:
        raise UnreadableRoots("There are no certificates in PEM in this file.") from None


def stamp_of(
    answer: bytes, text: str, roots: Sequence[Certificate], nonce: int | None = None
) -> Stamp:
    """What the answer proves of the text. Without a nonce none is asked for.

    Raises `StampRefused`, `StampOfAnother`, `AnotherNonce`, `UntrustedStamp`, `ExpiredStamp` and
    `BrokenStamp`.
    """
    response = decoded_stamp(answer)
    told = response.tst_info
    imprint = told.message_imprint
    if imprint.hash_algorithm != SHA256 or imprint.message != sha256(text.encode()).digest():
        raise StampOfAnother("The time stamp is over another text.")
    if nonce is not None and told.nonce != nonce:
        raise AnotherNonce("The time stamp answers another question: its nonce differs.")
    signer = _signer(response)
    _verify(response, signer, text, roots)
    return Stamp(told.gen_time, signer.subject.rfc4514_string(), told.serial_number)


def decoded_stamp(answer: bytes) -> TimeStampResponse:
    """Not verified. Raises `BrokenStamp`, and `StampRefused` for a no of the authority."""
    try:
        response = decode_timestamp_response(answer)
    except ValueError:
        raise BrokenStamp("This is no answer of a time-stamping authority.") from None
    if response.status != PKIStatus.GRANTED:
        reasons = " ".join(response.status_string) or "it does not say why"
        raise StampRefused(
            f"The time-stamping authority refuses with status {response.status}: {reasons[:200]}."
        )
    try:
        _ = response.tst_info.gen_time
    except ValueError:
        raise BrokenStamp("The answer has no time stamp in it.") from None
    return response


def _signer(response: TimeStampResponse) -> Certificate:
    """The certificate that the signature names."""
    signers = tuple(response.signed_data.signer_infos)
    for each in map(load_der_x509_certificate, response.signed_data.certificates):
        if len(signers) == 1 and (each.issuer, each.serial_number) == (
            signers[0].issuer,
            signers[0].serial_number,
        ):
            return each
    raise BrokenStamp("The time stamp does not bring the certificate of who signed it.")


def _verify(
    response: TimeStampResponse, signer: Certificate, text: str, roots: Sequence[Certificate]
) -> None:
    """The certificates must hold at the moment of the stamp, not now."""
    at = response.tst_info.gen_time
    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(response, text.encode())
    except (VerificationError, ValueError):
        if not signer.not_valid_before_utc <= at <= signer.not_valid_after_utc:
            raise ExpiredStamp(
                f"The certificate of {signer.subject.rfc4514_string()} did not hold at"
                f" {at.isoformat()}."
            ) from None
        raise UntrustedStamp(
            "The time stamp was changed, or signed by nobody for whom these certificates vouch."
        ) from None
