"""The file of a day: who is there, and who comes when."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from ..cli.say import Refused

Seconds = Annotated[float, Meta(ge=0, le=10_000_000)]


class Arrival(msgspec.Struct, kw_only=True):
    """Somebody who comes ``arrive`` seconds after the beginning, needs an agent for ``handle`` and leaves after ``patience``."""

    id: str
    arrive: Seconds
    handle: Seconds
    patience: Seconds | None = None
    priority: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] = 0
    skills: list[str] = []
    type: str | None = None
    """A single skill; it counts only where agents have skills."""


class Rules(msgspec.Struct, kw_only=True):
    """Who is there, each with their skills or none for all; and what priority and waiting are worth."""

    agents: Annotated[list[tuple[str, list[str] | None]], Meta(min_length=1)]
    points_per_second: Annotated[float, Meta(ge=0, le=1000)] = 0.0
    priority2_credit_s: int | None = None
    """Instead of points: priority 2 counts as having waited so many seconds longer, other priorities count nothing."""


class Day(Rules):
    calls: list[Arrival]


def read(file: Path, rules: Path | None) -> Day:
    """A whole day from one file, or arrivals from one and the rules from another."""
    try:
        if rules is None:
            return msgspec.json.decode(file.read_bytes(), type=Day)
        calls = msgspec.json.decode(file.read_bytes(), type=list[Arrival])
        head = msgspec.json.decode(rules.read_bytes(), type=Rules)
    except OSError as error:
        raise Refused(f"{error.filename} cannot be read: {error.strerror}.") from error
    except msgspec.MsgspecError as error:
        raise Refused(f"{file} is no such day: {error}.") from error
    credit = head.priority2_credit_s
    return Day(agents=head.agents, points_per_second=head.points_per_second, priority2_credit_s=credit, calls=calls)
