"""A file that a service answers with, kept whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from deploy.cli.client import Api
from deploy.cli.failures import Misuse
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
        count = _written(answer, chosen, lambda more: progress.advance(task, more))
    session.out.answer({"file": str(chosen), "bytes": count}, line(f"Saved in {chosen}."))


def _written(answer: httpx.Response, target: Path, tell: Callable[[int], Any]) -> int:
    part = target.with_name(f"{target.name}.part")
    count = 0
    try:
        with part.open("wb") as stream:
            for chunk in answer.iter_bytes():
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
