"""The answer to one batched direct get, as it comes in. Pure."""

from collections.abc import Mapping

from shared.history.envelope import Message

NOTHING = "0"


class Batch:
    """Every message of an answer names the one before it: where one was lost on the way, the batch
    ends before it, so that what follows is asked for again.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.is_over = False
        self._previous = NOTHING

    def hear(self, headers: Mapping[str, str], body: bytes) -> None:
        """A message of it or, with a status, its end. What comes after the end is not heard."""
        if self.is_over:
            return
        before = headers.get("Nats-Last-Sequence", self._previous)
        if "Status" in headers or before != self._previous:
            self.is_over = True
            return
        self._previous = headers["Nats-Sequence"]
        sequence = int(self._previous)
        self.messages.append(Message(headers["Nats-Subject"], sequence, headers, body))
