"""A time-stamping authority (RFC 3161) of somebody else's: true answers, and wrong ones on wish."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.receivers import answer as http_answer

DAY = timedelta(days=1)
ISSUES = x509.BasicConstraints(ca=True, path_length=None)
STAMPS = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
SHA256 = algos.DigestAlgorithm({"algorithm": "sha256"})


@dataclass(frozen=True)
class Authority:
    """Its certificate comes from `root` through `between`, which it sends along."""

    root: x509.Certificate
    between: x509.Certificate
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def roots_pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    def answer(self, query: bytes, at: datetime, **wrong: Any) -> bytes:
        """A granted TimeStampResp. `wrong` may hold another `message`, `nonce` or `algorithm`."""
        asked = tsp.TimeStampReq.load(query)
        imprint = {
            "hash_algorithm": {"algorithm": wrong.get("algorithm", "sha256")},
            "hashed_message": wrong.get(
                "message", asked["message_imprint"]["hashed_message"].native
            ),
        }
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4.1",
                "message_imprint": imprint,
                "serial_number": 7,
                "gen_time": at.replace(microsecond=0),
                "nonce": wrong.get("nonce", asked["nonce"].native),
            }
        )
        token = {"content_type": "signed_data", "content": self._signed(info)}
        return tsp.TimeStampResp(
            {"status": {"status": "granted"}, "time_stamp_token": token}
        ).dump()

    def _signed(self, info: tsp.TSTInfo) -> cms.SignedData:
        content = info.dump()
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": ["tst_info"]},
                {"type": "message_digest", "values": [sha256(content).digest()]},
            ]
        )
        own, between = (
            asn1.Certificate.load(each.public_bytes(Encoding.DER))
            for each in (self.certificate, self.between)
        )
        signer = {
            "version": "v1",
            "sid": {
                "issuer_and_serial_number": {
                    "issuer": own.issuer,
                    "serial_number": own.serial_number,
                }
            },
            "digest_algorithm": SHA256,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [SHA256],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(content),
                },
                "certificates": [between, own],
                "signer_infos": [signer],
            }
        )


def refusal() -> bytes:
    """A TimeStampResp that says no."""
    status = {"status": "rejection", "status_string": ["not today"], "fail_info": {"bad_request"}}
    # asn1crypto knows no answer without a token: a sequence of the status alone.
    return core.Sequence(contents=tsp.PKIStatusInfo(status).dump()).dump()


def authority(
    since: datetime | None = None, until: datetime | None = None, name: str = "Waktu Uji"
) -> Authority:
    """With new keys; its certificate holds from `since` to `until`."""
    now = datetime.now(UTC)
    root_key, between_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root_name, between_name, own_name = map(_name, (f"{name} Root", f"{name} Between", name))
    begin, end = now - 900 * DAY, now + 900 * DAY
    root = _certificate(root_name, root_name, root_key, begin, end).add_extension(ISSUES, True)
    between = _certificate(between_name, root_name, between_key, begin, end).add_extension(
        ISSUES, True
    )
    own = _certificate(
        own_name, between_name, key, since or now - DAY, until or now + DAY
    ).add_extension(STAMPS, True)
    sign = hashes.SHA256()
    return Authority(
        root.sign(root_key, sign), between.sign(root_key, sign), own.sign(between_key, sign), key
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    since: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


@dataclass
class Stamping:
    """A server that gives each query to `reply`, and remembers them."""

    reply: Callable[[bytes], bytes]
    url: str = ""
    media_type: str = "application/timestamp-reply"
    queries: list[bytes] = field(default_factory=list[bytes])

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        self.queries.append(await reader.readexactly(length))
        body = self.reply(self.queries[-1])
        writer.write(http_answer(200, body, f"Content-Type: {self.media_type}"))
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def stamping(reply: Callable[[bytes], bytes]) -> AsyncGenerator[Stamping]:
    found = Stamping(reply)
    server = await asyncio.start_server(found.take, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/tsa"
    try:
        yield found
    finally:
        server.close()
        await server.wait_closed()
