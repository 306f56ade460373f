"""How far the replay is: a bar on a terminal, else a line for each further percent."""

import statistics
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

RECENT = 500
"""The median shown is that of so many messages."""


class Shown:
    """Told of every message that arrives and every dialogue that ends."""

    def __init__(self, console: Console, total: int) -> None:
        self._console, self._total = console, total
        self._began, self._percent = time.perf_counter(), 0
        self._done, self._messages = 0, 0
        self._recent: list[float] = []
        figures = TextColumn("{task.fields[figures]}")
        columns = (TextColumn("dialogues"), BarColumn(), MofNCompleteColumn(), figures, TimeRemainingColumn())
        self._bar = Progress(*columns, console=console, disable=not console.is_terminal)
        self._task = self._bar.add_task("", total=total, figures="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def message(self, seconds: float) -> None:
        """One arrived at the other side."""
        self._messages += 1
        self._recent.append(seconds)
        if len(self._recent) > RECENT:
            del self._recent[: RECENT // 2]
        if self._messages % 20 == 0:
            self._bar.update(self._task, figures=self._figures())

    def dialogue(self) -> None:
        """One came to its end."""
        self._done += 1
        self._bar.update(self._task, completed=self._done, figures=self._figures())
        percent = 100 * self._done // self._total
        if percent > self._percent and not self._console.is_terminal:
            self._percent = percent
            line = f"{self._done} of {self._total} dialogues, {self._figures()}"
            self._console.print(line, highlight=False, soft_wrap=True)

    def _figures(self) -> str:
        rate = self._messages / max(time.perf_counter() - self._began, 0.001)
        median = f", p50 {1000 * statistics.median(self._recent):.0f} ms" if self._recent else ""
        return f"{rate:,.0f} messages/s{median}"
