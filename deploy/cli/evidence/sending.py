"""A file on its way: sent whole or in parts, again where the line broke, then taken in."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.progress import Progress

from deploy.cli.client import Api, Document
from deploy.cli.evidence.group import path_of
from deploy.cli.evidence.portions import Missing, Portion, missing_of, opened
from deploy.cli.failures import Denied, Failure, Unreachable
from deploy.cli.patience import persistently
from deploy.cli.session import Session, is_loopback

UPLOAD_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
ROUNDS = 3
"""How often a file is sent whose parts were gone when it was judged."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A declared file, and where it lies here."""

    session: Session
    api: Api
    innovation_id: str
    evidence_id: str
    file: Path
    size_bytes: int

    @property
    def path(self) -> str:
        return path_of(self.innovation_id, self.evidence_id)

    def how_far(self) -> Document:
        return self.api.get(f"{self.path}/upload")


def taken_in(upload: Upload, forms: Document) -> Document:
    """What intake says of the file, once all of it is there. Raises `Failure`."""
    with _told_how_to_go_on(upload):
        for _ in range(ROUNDS):
            _send(upload, forms)
            taken = upload.api.post(f"{upload.path}/intake")
            if taken["outcome"] != "incomplete":
                return taken
            forms = upload.how_far()
        raise Unreachable("The object storage loses parts of the file.", file=upload.file.name)


@contextmanager
def _told_how_to_go_on(upload: Upload) -> Generator[None]:
    try:
        yield
    except Denied:
        raise
    except (KeyboardInterrupt, Failure):
        resume = f"{upload.innovation_id} {upload.evidence_id} {upload.file}"
        upload.session.out.tell(
            "What was sent stays. Go on with what is missing:"
            f" `inda innovation evidence resume {resume}`"
        )
        raise


def _send(upload: Upload, forms: Document) -> None:
    """Sends what has not come. Raises `Failure`."""
    missing = missing_of(forms, upload.size_bytes)
    is_anew = False
    with _client(missing) as storage, upload.session.out.progress() as progress:
        sender = _Sender(upload, storage, progress)
        while missing.portions:
            sent, refusal = sender.send(missing)
            if refusal is None and missing.is_all:
                return
            if refusal is not None and is_anew and sent == 0:
                raise _denied(refusal)
            # There are more than fitted into one answer, or the forms ran out on the way.
            missing = missing_of(upload.how_far(), upload.size_bytes)
            is_anew = True


class _Sender:
    """Speaks to the object storage, and shows how far it is."""

    def __init__(self, upload: Upload, storage: httpx.Client, progress: Progress) -> None:
        self._upload = upload
        self._storage = storage
        self._progress = progress
        self._bar = progress.add_task(upload.file.name, total=upload.size_bytes)

    def send(self, missing: Missing) -> tuple[int, httpx.Response | None]:
        """How many portions went through, and the refusal of the next if it was refused."""
        arrived = missing.bytes_received
        for number, portion in enumerate(missing.portions):
            answer = self._sent(portion, arrived)
            if not answer.is_success:
                return number, answer
            arrived += portion.size_bytes
        return len(missing.portions), None

    def _sent(self, portion: Portion, before: int) -> httpx.Response:
        """A broken line starts the portion again, and not the file. Raises `Unreachable`."""
        patience = self._upload.session.upload_patience

        def show(count: int) -> None:
            self._progress.update(self._bar, completed=before + count)

        def send() -> httpx.Response:
            with opened(self._upload.file, portion, show) as stream:
                return self._storage.post(portion.url, data=portion.fields, files={"file": stream})

        return persistently(send, "the object storage", patience.seconds, patience.tell)


def _client(missing: Missing) -> httpx.Client:
    is_here = all(is_loopback(each.url) for each in missing.portions)
    return httpx.Client(timeout=UPLOAD_TIMEOUT, trust_env=not is_here)


def _denied(answer: httpx.Response) -> Denied:
    found = answer.text.partition("<Code>")[2].partition("</Code>")[0]
    code = found or f"status {answer.status_code}"
    return Denied("upload_refused", f"The storage refused the file ({code}).", storage=code)
