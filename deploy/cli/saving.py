"""A file that a service answers with, kept whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from deploy.cli.client import Api
from deploy.cli.failures import Denied, Misuse, Unreachable
from deploy.cli.output import line
from deploy.cli.session import Session

UNNAMED = "inda-export"


def download(session: Session, api: Api, path: str, target: Path | None, **asked: object) -> None:
    """Under the name that it comes with where no target is given. Raises `Failure`."""
    with api.download(path, **asked) as answer, session.out.progress() as progress:
        chosen = target or Path(_name_of(answer) or UNNAMED)
        if target is None and chosen.exists():
            raise Misuse("file_exists", f"{chosen} is there already; name another with --save.")
        size = int(answer.headers.get("Content-Length", "0")) or None
        task = progress.add_task(chosen.name, total=size)
        count = _written(answer.iter_bytes(), chosen, lambda more: progress.advance(task, more))
    session.out.answer({"file": str(chosen), "bytes": count}, line(f"Saved in {chosen}."))


def download_from(session: Session, url: str, target: Path, digest: str) -> None:
    """From a short-lived address outside the services, as its SHA-256 says. Raises `Failure`."""
    place = urlsplit(url)
    http = session.http(f"{place.scheme}://{place.netloc}")
    try:
        with http.stream("GET", url) as answer:
            if not answer.is_success:
                raise Unreachable(f"The storage does not give it (status {answer.status_code}).")
            count = _written(_checked(answer, digest), target, lambda _: None)
    except httpx.RequestError as error:
        reason = str(error).strip().rstrip(".") or type(error).__name__
        raise Unreachable(f"The download broke off ({reason}).") from None
    session.out.answer({"file": str(target), "bytes": count}, line(f"Saved in {target}."))


def _checked(answer: httpx.Response, digest: str) -> Iterator[bytes]:
    """Its bytes. Raises `Denied` in the end where they are others."""
    seen = sha256()
    for chunk in answer.iter_bytes():
        seen.update(chunk)
        yield chunk
    if seen.hexdigest() != digest:
        raise Denied("digest_mismatch", "What came is another file than the one asked for.")


def _written(chunks: Iterable[bytes], target: Path, tell: Callable[[int], Any]) -> int:
    part = target.with_name(f"{target.name}.part")
    count = 0
    try:
        with part.open("wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
                count += len(chunk)
                tell(len(chunk))
        part.replace(target)
    except OSError as error:
        raise Misuse("file_unwritable", f"{target} cannot be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    return count


def _name_of(answer: httpx.Response) -> str:
    """The name that it comes with, without anything that could lead elsewhere."""
    told = answer.headers.get("Content-Disposition", "")
    name = told.partition('filename="')[2].partition('"')[0]
    return Path(name).name
