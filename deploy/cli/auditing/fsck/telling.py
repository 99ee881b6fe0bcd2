"""How `inda audit fsck` shows itself: progress while it checks, a table at the end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from deploy.cli.output import Column, line, listed
from deploy.cli.session import Session
from services.audit.checking import Fsck

ROWS: tuple[Column, ...] = (
    ("Part", "part"),
    ("Checked", "checked"),
    ("Result", "result"),
    ("Fact", "sequence"),
    ("Place", "place"),
    ("Code", "code"),
)


def progress(session: Session) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}/{task.total:,.0f}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=session.out.error,
        transient=True,
        disable=session.out.as_json,
    )


def watching(bars: Progress, task: TaskID) -> Callable[[int, int], None]:
    def watch(done: int, total: int) -> None:
        speed = bars.tasks[bars.task_ids.index(task)].speed
        bars.update(task, completed=done, total=total, rate=f"{speed:,.0f}/s" if speed else "")

    return watch


def tell(session: Session, found: Fsck) -> None:
    document = found.model_dump(mode="json")
    last = _last_line(found)
    if not session.out.as_json:
        session.out.error.print(listed(_rows(document["parts"]), *ROWS))
    for part in found.parts:
        for note in part.notes:
            session.out.tell(f"{part.part}: {note}")
    session.out.answer(document, line(last))
    if session.out.as_json:
        session.out.tell(last)


def _rows(parts: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for each in parts:
        first: Mapping[str, Any] = each["first_difference"] or {}
        skipped = each["skipped_because"]
        result = first.get("sentence") or (f"not checked: {skipped}" if skipped else "sound")
        yield {**each, **first, "result": result}


def _last_line(found: Fsck) -> str:
    differing = [each.part for each in found.parts if each.first_difference is not None]
    skipped = [each.part for each in found.parts if each.skipped_because is not None]
    if differing:
        return f"fsck differs: {', '.join(differing)}"
    if skipped:
        return f"fsck not whole: {', '.join(skipped)} could not be checked"
    return f"fsck sound: {', '.join(each.part for each in found.parts)}"
