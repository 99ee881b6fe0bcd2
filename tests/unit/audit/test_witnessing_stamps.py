"""What a time stamp proves, and which are refused: each by name."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from services.audit.witnessing import Stamp, roots_of, stamp_of
from services.audit.witnessing.stamps import question_of
from shared.transparency import Amiss
from tests.outside.authority import authority, refusal

NOW = datetime.now(UTC).replace(microsecond=0)
TEXT = "inda.test/log\n7\ncm9vdA==\n"
QUESTION = question_of(TEXT)
QUERY = QUESTION.as_bytes()
TRUSTED = authority()
STRANGER = authority()
LAPSED = authority(until=NOW - timedelta(hours=1))
ROOTS = roots_of(TRUSTED.roots_pem)


def test_a_true_stamp_tells_when_the_text_existed_and_who_says_so():
    found = stamp_of(TRUSTED.answer(QUERY, NOW), TEXT, ROOTS, QUESTION.nonce)
    assert found == Stamp(NOW, "CN=Waktu Uji", 7)


def test_a_stamp_is_good_after_its_certificate_has_expired():
    found = stamp_of(
        LAPSED.answer(QUERY, NOW - timedelta(hours=2)), TEXT, roots_of(LAPSED.roots_pem)
    )
    assert found == Stamp(NOW - timedelta(hours=2), "CN=Waktu Uji", 7)


def _one_byte_changed() -> bytes:
    whole = TRUSTED.answer(QUERY, NOW)
    return whole[:-1] + bytes([whole[-1] ^ 1])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (
            lambda: TRUSTED.answer(QUERY, NOW, message=sha256(b"another").digest()),
            "timestamp_of_another_text",
        ),
        (
            lambda: TRUSTED.answer(QUERY, NOW, algorithm="sha3_256"),
            "timestamp_of_another_text",
        ),
        (lambda: TRUSTED.answer(QUERY, NOW, nonce=5), "timestamp_nonce_wrong"),
        (lambda: TRUSTED.answer(QUERY, NOW, nonce=None), "timestamp_nonce_wrong"),
        (lambda: STRANGER.answer(QUERY, NOW), "timestamp_certificate_untrusted"),
        (_one_byte_changed, "timestamp_certificate_untrusted"),
        (refusal, "timestamp_refused"),
        (lambda: b"no stamp", "timestamp_broken"),
        (lambda: TRUSTED.answer(QUERY, NOW)[:-40], "timestamp_broken"),
    ],
    ids=[
        "another-text",
        "another-hash",
        "another-nonce",
        "no-nonce",
        "another-authority",
        "changed",
        "refused",
        "nonsense",
        "cut",
    ],
)
def test_a_false_stamp_is_refused_by_name(answer: Callable[[], bytes], code: str):
    with pytest.raises(Amiss) as refused:
        stamp_of(answer(), TEXT, ROOTS, QUESTION.nonce)
    assert refused.value.code == code


def test_a_stamp_of_an_expired_certificate_is_refused_by_name():
    with pytest.raises(Amiss) as refused:
        stamp_of(LAPSED.answer(QUERY, NOW), TEXT, roots_of(LAPSED.roots_pem))
    assert refused.value.code == "timestamp_certificate_expired"


def test_a_file_without_certificates_is_refused():
    with pytest.raises(Amiss) as refused:
        roots_of(b"no certificates")
    assert refused.value.code == "certificates_unreadable"
