"""The headers of a message, read in a fifth of the time that the client takes for them."""

from nats.aio.client import Client

_PRINTABLE = bytes(range(0x20, 0x7F))
_MOST_NAMES = 256
_ENDS = b"\r\n" * 1000
_plain_names: set[str] = set()


class QuickClient(Client):
    """The client, but for how header lines are read: most of a read of the stream went there.

    A client that no longer asks this method reads them by itself, and is only slower.
    """

    @staticmethod
    def _parse_header_lines(raw: bytes) -> dict[str, str]:
        return _plainly(raw) or _as_the_client(raw)


def _plainly(raw: bytes) -> dict[str, str] | None:
    """Of lines like `name: value` in printable ASCII, as our services and the server write them.

    None for all else: another spelling, a value with spaces, a name that was not met before.
    """
    lines = raw.decode("latin-1").split("\r\n")
    if lines[-2:] != ["", ""] or raw.translate(None, _PRINTABLE) != _ENDS[: 2 * len(lines) - 2]:
        return None
    del lines[-2:]
    try:
        found = dict([line.split(": ", 1) for line in lines])
    except ValueError:
        return None
    is_plain = raw.count(b" ") == len(found) and _plain_names.issuperset(found)
    return found if is_plain else None


def _as_the_client(raw: bytes) -> dict[str, str]:
    found = Client._parse_header_lines(raw)  # pyright: ignore[reportPrivateUsage]
    # The same two writers use a few dozen names; strangers must not fill the memory.
    if len(_plain_names) < _MOST_NAMES:
        _plain_names.update(found)
    return found
