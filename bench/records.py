"""Rows ``list`` and ``search``: first pages and full text at 10,000, 100,000 and 1,000,000 records. ``python -m bench.records``

``list``: the first page under each filter, beside the same page at the smallest size. ``search``: the first page of what holds the
words, beside a record read by its key. Each is the unit of work that a request is; the sizes are asked in turn.
"""

import argparse
import pickle
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, select

from helpline.app.consequences import CONSEQUENCES
from helpline.app.migrate import migrate
from helpline.app.settings import Settings
from helpline.conversations import queries
from helpline.core import Actor, Tx, Units, new_id
from helpline.people.permissions import ROLES
from helpline.service_records import ServiceRecord, listing
from helpline.service_records.shapes import records_out

from .filling import hire, set_up
from .plenty import PHRASES, PORTION, WORDS, Plenty
from .report import Case, show

AGENTS = 40
Question = Callable[[Tx], Any]


@dataclass
class Filled:
    """A workspace of one size."""

    size: int
    units: Units
    system: Actor
    plenty: Plenty

    @property
    def chief(self) -> Actor:
        """Who sees everything."""
        return Actor("agent", self.system.workspace_id, self.plenty.agents[0], "Chief", ROLES["supervisor"])


def main() -> None:
    """Fill what is not there yet, and ask."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--folder", type=Path, required=True, help="where the databases are, or are made and kept")
    asked.add_argument("--database", help="a PostgreSQL server, with {} for the name of an empty database a size")
    asked.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--times", type=int, default=41)
    asked.add_argument("--seconds", type=float, default=1e9, help="of filling; run it again to go on")
    asked.add_argument("--without-words", action="store_true", help="lists alone; the index takes most of the filling")
    asked.add_argument("--plans", type=Path, help="write the plans of the largest size here")
    given = asked.parse_args()
    until = time.monotonic() + given.seconds
    filled = [fill(given, size, until) for size in given.sizes]
    try:
        if time.monotonic() < until:
            show([*listed(filled, given.times), *([] if given.without_words else searched(filled[-1], given.times))])
            if given.plans:
                questions = {**lists(filled[-1].plenty), **searches()}
                given.plans.write_text("\n".join(plans(filled[-1], questions)))
    finally:
        for one in filled:
            one.units.close()


def fill(given: argparse.Namespace, size: int, until: float) -> Filled:
    """A workspace with so many records; goes on where it was left."""
    data = given.folder / str(size)
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings(data=data, database=(given.database or "").format(size))
    migrate(settings)
    units, known = Units(settings.url, CONSEQUENCES), data / "plenty"
    if known.exists():
        system, plenty = pickle.loads(known.read_bytes())
    else:
        system = Actor.system(new_id())
        channel, team = units.run_now(system, set_up)
        agents = [units.run_now(system, hire, number, team)[0].id for number in range(AGENTS)]
        plenty = units.run_now(system, Plenty, channel, team, agents)
        known.write_bytes(pickle.dumps((system, plenty)))
    done = units.read_now(system, last)
    for first in range(done + 1, size, PORTION):
        if time.monotonic() > until:
            break
        units.run_now(system, plenty.portion, first, not given.without_words)
    done = units.read_now(system, last)
    units.run_now(system, plenty.done, done)
    if given.database:
        units.run_now(system, lambda tx: tx.connection.exec_driver_sql("ANALYZE").rowcount)
    print(f"{done:,} of {size:,} records", flush=True)
    return Filled(size, units, system, plenty)


def last(tx: Tx) -> int:
    """The number of the last record."""
    return (
        tx.db.scalar(select(func.max(ServiceRecord.number)).where(ServiceRecord.workspace_id == tx.workspace_id)) or 0
    )


def listed(filled: list[Filled], times: int) -> Iterator[Case]:
    """Each list at each size, in turn."""
    for name in lists(filled[0].plenty):
        took: list[list[float]] = [[] for _ in filled]
        for _ in range(times):
            for one, mine in zip(filled, took, strict=True):
                mine.append(timed(one, lists(one.plenty)[name]))
        smallest = statistics.median(took[0][1:])
        for one, mine in zip(filled[1:], took[1:], strict=True):
            case = Case(f"list {one.units.lanes.kind} {one.size:,}: {name}", "ms", 1.5, "lower")
            case.add(statistics.median(mine[1:]), smallest, times)
            yield case


def searched(one: Filled, times: int) -> Iterator[Case]:
    """Each search, in turn with a record by its key."""
    mine = select(ServiceRecord.id).where(ServiceRecord.workspace_id == one.system.workspace_id)
    ids = one.units.read_now(one.chief, lambda tx: list(tx.db.scalars(mine.limit(2000))))
    by_key = lambda tx: tx.get(ServiceRecord, random.choice(ids)).number  # noqa: E731
    for name, question in searches().items():
        keys, took = [], []
        for _ in range(times):
            keys.append(timed(one, by_key))
            took.append(timed(one, question))
        took.sort()
        case = Case(f"search {one.units.lanes.kind} {one.size:,}: {name}", "ms", 5, "lower")
        case.add(took[int(len(took) * 0.99)], statistics.median(keys), times)
        case.notes.append(f"p50 {statistics.median(took):.1f} ms, p99 {took[int(len(took) * 0.99)]:.1f} ms")
        yield case


def timed(one: Filled, question: Question) -> float:
    """How many milliseconds it took."""
    began = time.perf_counter()
    one.units.read_now(one.chief, question)
    return (time.perf_counter() - began) * 1000


def page(sort: listing.Sort = "-started_at", **filters: Any) -> Question:
    """The first page as the desk gets it."""
    return lambda tx: len(records_out(tx, listing.page(tx, listing.Filters(**filters), 50, None, sort).rows))


def view(name: str) -> Question:
    """The first page of a view of the inbox."""
    return lambda tx: len(queries.in_view(tx, name, limit=50)[0])


def lists(plenty: Plenty) -> dict[str, Question]:
    """What is asked of the lists."""
    handler, result, reason = plenty.agents[:1], plenty.results[:1], plenty.reasons[:1]
    four: dict[str, Any] = {
        "team_id": [plenty.team_id],
        "handler_id": handler,
        "reason_id": reason,
        "result_id": result,
    }
    return {
        "all": page(),
        "oldest first": page("started_at"),
        "by end": page("-ended_at"),
        "one handler": page(handler_id=handler),
        "three handlers, two results": page(handler_id=plenty.agents[:3], result_id=plenty.results[:2]),
        "result": page(result_id=result),
        "reason": page(reason_id=reason),
        "contact": page(contact_id=plenty.contacts[:1]),
        "category and channel kind": page(category_id=[plenty.category], channel_kind=["webchat"]),
        "open": page(state=["open"]),
        "team, handler, reason, result": page(**four),
        "a day": lambda tx: page(created_from=tx.now - timedelta(days=1))(tx),
        "inbox: mine": view("mine"),
        "inbox: all open": view("all"),
        "inbox: closed": view("closed"),
        "inbox: any": view("any"),
    }


def searches() -> dict[str, Question]:
    """What is looked for, another word each time."""
    chance = random.Random(7)
    rare, some, many = WORDS[20_000:], WORDS[300:1500], WORDS[:20]

    def finds(text: Callable[[], str]) -> Question:
        return lambda tx: page(text=text())(tx)

    return {
        "rare word": finds(lambda: chance.choice(rare)),
        "word of some": finds(lambda: chance.choice(some)),
        "word of many": finds(lambda: chance.choice(many)),
        "two characters": finds(lambda: chance.choice(PHRASES)[:2]),
        "four characters": finds(lambda: chance.choice(PHRASES[500:])),
        "two characters of many": finds(lambda: "訂單"),
        "two words": finds(lambda: f"{chance.choice(many)} {chance.choice(some)}"),
        "a beginning": finds(lambda: chance.choice(rare)[:4]),
        "nothing": finds(lambda: "nowhere"),
    }


def plans(one: Filled, questions: dict[str, Question]) -> Iterator[str]:
    """How the database goes about each statement."""
    for name, question in questions.items():
        with overheard() as heard:
            one.units.read_now(one.chief, question)
        yield f"\n## {name}\n"
        for sql, parameters in heard:
            yield " ".join(sql.split())[:600]
            yield from one.units.read_now(one.chief, plan, sql, parameters)


def plan(tx: Tx, sql: str, parameters: Any) -> list[str]:
    """The lines of one plan."""
    word = "EXPLAIN QUERY PLAN" if tx.connection.dialect.name == "sqlite" else "EXPLAIN"
    return [f"    {row[-1]}" for row in tx.connection.exec_driver_sql(f"{word} {sql}", parameters)]


@contextmanager
def overheard() -> Iterator[list[tuple[str, Any]]]:
    """What is said to the database meanwhile."""
    heard: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, _is_many: bool) -> None:
        heard.append((sql, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main()
