"""How a score is hidden until the reveal: AES-GCM under a key of its panel.

Everything here follows from the sealing key, the command's id and the score itself, so that a
retry makes the same commitment and the same ciphertext.
"""

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.scoring.domain.commitment import Opened, canonical, from_canonical
from services.scoring.domain.seats import Pair
from shared.errors import Unavailable

KEY_BYTES = 32
NONCE_BYTES = 12
SALT = b"inda/scoring/sealed-scores/v1"


class Sealing:
    """Seals and opens the scores of all panels with one secret."""

    def __init__(self, sealing_key: str) -> None:
        self._secret = sealing_key.encode()

    def nonce(self, panel_id: str, command_id: str) -> str:
        """The nonce of a commitment, which keeps a small score from being guessed."""
        _, mac_key = self._keys(panel_id)
        return hmac.new(mac_key, f"commitment/{command_id}".encode(), sha256).hexdigest()

    def hide(self, panel_id: str, opened: Opened) -> str:
        """The ciphertext, base64. Its nonce is bound to the text: no two texts ever share one."""
        encryption_key, mac_key = self._keys(panel_id)
        text = canonical(panel_id, opened)
        nonce = hmac.new(mac_key, b"encryption/" + text, sha256).digest()[:NONCE_BYTES]
        place = _place(panel_id, (opened.judge_id, opened.innovation_id))
        return b64encode(nonce + AESGCM(encryption_key).encrypt(nonce, text, place)).decode()

    def open(self, panel_id: str, pair: Pair, ciphertext: str) -> Opened:
        """The score in clear. `Unavailable` where another key sealed it."""
        encryption_key, _ = self._keys(panel_id)
        sealed = b64decode(ciphertext)
        nonce, hidden = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            text = AESGCM(encryption_key).decrypt(nonce, hidden, _place(panel_id, pair))
        except InvalidTag as error:
            raise Unavailable(
                "sealing_key_differs", "This service does not hold the key of these seals."
            ) from error
        return from_canonical(text)

    def _keys(self, panel_id: str) -> tuple[bytes, bytes]:
        derived = HKDF(SHA256(), 2 * KEY_BYTES, SALT, panel_id.encode()).derive(self._secret)
        return derived[:KEY_BYTES], derived[KEY_BYTES:]


def _place(panel_id: str, pair: Pair) -> bytes:
    """What a ciphertext is bound to: it opens for its own panel, judge and entry only."""
    return "\x1f".join((panel_id, *pair)).encode()
