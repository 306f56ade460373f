"""How a benchmark says what it found: a line of JSON per case, and a table for people at the end."""

import os
import platform
import resource
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Literal

import msgspec
from rich.console import Console
from rich.table import Table


@dataclass
class Case:
    """One figure beside its limit, measured in several rounds one after the other."""

    name: str
    unit: str
    goal: float
    better: Literal["higher", "lower"]
    values: list[float] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    n: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, value: float, limit: float, n: int) -> None:
        """One round: what Helpline did, and the limit that was measured right before or after."""
        self.values.append(value)
        self.limits.append(limit)
        self.n += n

    @property
    def ratios(self) -> list[float]:
        """Of each round. Their median is the result: what disturbs a round disturbs both of its halves."""
        return sorted(value / limit for value, limit in zip(self.values, self.limits, strict=True))

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        ratio = median(self.ratios)
        return ratio >= self.goal if self.better == "higher" else ratio <= self.goal

    def line(self) -> str:
        """The case as JSON."""
        found = {
            "name": self.name,
            "value": round(median(self.values), 3),
            "limit": round(median(self.limits), 3),
            "ratio": round(median(self.ratios), 3),
            "unit": self.unit,
            "n": self.n,
            "machine": machine(),
        }
        return msgspec.json.encode(found).decode()


def show(cases: list[Case]) -> None:
    """Print the lines, then the table."""
    for case in cases:
        print(case.line())
    table = Table("case", "unit", "value", "limit", "ratio", "of rounds", "goal", "", title=machine())
    for case in cases:
        sign = "≥" if case.better == "higher" else "≤"
        spread = f"{case.ratios[0]:.2f} to {case.ratios[-1]:.2f}"
        figures = [f"{median(case.values):,.2f}", f"{median(case.limits):,.2f}", f"{median(case.ratios):.2f}", spread]
        table.add_row(case.name, case.unit, *figures, f"{sign} {case.goal}", "met" if case.is_met else "not met")
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(table)
    for case in cases:
        for note in case.notes:
            console.print(f"{case.name}: {note}", highlight=False)


def machine() -> str:
    """What it ran on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.processor()
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def allow_many_sockets() -> None:
    """Lift the limit of open files as far as we may; child processes inherit it."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
