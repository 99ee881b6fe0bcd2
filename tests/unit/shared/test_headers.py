"""Header lines, read quickly: always as the client itself reads them."""

from hypothesis import given
from hypothesis import strategies as st
from nats.aio.client import Client

from shared.history.headers import QuickClient

TOLD = (
    b"ce-specversion: 1.0\r\nce-id: dcc8bd00-d2ad-5031-b139-00543c918317\r\n"
    b"ce-time: 2026-01-05T01:01:00.000000Z\r\ncontent-type: application/json\r\n"
    b"Nats-Subject: inda.v1.submission.season.2026\r\nNats-Sequence: 2\r\n\r\n"
)
ODD = b" :\r\n\t\x0b\x1c\x85\xa0\xff\xc3\xa9aZ-"
Change = tuple[int, int, bytes]
changes = st.lists(
    st.tuples(
        st.integers(0, len(TOLD)),
        st.integers(0, 2),
        st.sampled_from([bytes([each]) for each in ODD]),
    ),
    min_size=1,
    max_size=4,
)


def changed(raw: bytes, change: Change) -> bytes:
    """With bytes put in, in place of none, one or two."""
    at, instead_of, by = change
    return raw[:at] + by + raw[at + instead_of :]


def test_plain_lines_are_read():
    for _ in range(2):
        assert QuickClient._parse_header_lines(TOLD) == {
            "ce-specversion": "1.0",
            "ce-id": "dcc8bd00-d2ad-5031-b139-00543c918317",
            "ce-time": "2026-01-05T01:01:00.000000Z",
            "content-type": "application/json",
            "Nats-Subject": "inda.v1.submission.season.2026",
            "Nats-Sequence": "2",
        }


@given(changes)
def test_any_lines_are_read_as_the_client_reads_them(made: list[Change]):
    raw = TOLD
    for each in made:
        raw = changed(raw, each)
    assert QuickClient._parse_header_lines(raw) == Client._parse_header_lines(raw)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_as_the_client_reads_them(raw: bytes):
    assert QuickClient._parse_header_lines(raw) == Client._parse_header_lines(raw)
