"""How far a long work is, with its rate and the time that is left, on standard error."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from deploy.cli.session import Session


@contextmanager
def progress(session: Session, unit: str) -> Generator[Callable[[str, int, int], None]]:
    """Yields what is told: what is done, how much of it is, and how much there is."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}/{task.total:,.0f} {task.fields[unit]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=session.out.error,
        transient=True,
        disable=session.out.as_json,
    )
    with bar:
        task = bar.add_task("", total=1, rate="", unit=unit)
        before = [""]

        def watch(what: str, done: int, of: int) -> None:
            if what != before[0]:
                # Another work has another rate.
                before[0] = what
                bar.reset(task, description=what, total=of, rate="", unit=unit)
            speed = bar.tasks[0].speed
            rate = f"{speed:,.0f}/s" if speed else ""
            bar.update(task, completed=done, total=of, rate=rate)

        yield watch
