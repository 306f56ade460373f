"""Rows ``list`` and ``search``: first pages and full text at 10,000, 100,000 and 1,000,000 records. ``python -m bench.records``

``list``: the first page under each filter, beside the same page at the smallest size. ``search``: which records a first page of
what holds the words has, beside a record read by its key; and the page with all that stands in it, beside the same page of all
records. Each is the unit of work that a request is; the sizes are asked in turn.
"""

import argparse
import pickle
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
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
                plenty = filled[-1].plenty
                sought = {name: page(**asked()) for name, asked in searches(plenty).items()}
                questions = {**lists(plenty), **sought}
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
        plenty = units.run_now(system, Plenty, channel, team, agents, size)
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
            rows = [some.units.read_now(some.chief, lists(some.plenty)[name]) for some in (one, filled[0])]
            if rows[0] != rows[1]:
                case.notes.append(f"not comparable: a page of {rows[0]} rows beside one of {rows[1]}")
            yield case


def searched(one: Filled, times: int) -> Iterator[Case]:
    """Each search, in turn with a record by its key and the first page of all."""
    mine = select(ServiceRecord.id).where(ServiceRecord.workspace_id == one.system.workspace_id)
    ids = one.units.read_now(one.chief, lambda tx: list(tx.db.scalars(mine.limit(2000))))
    by_key = lambda tx: tx.get(ServiceRecord, random.choice(ids)).number  # noqa: E731
    for name, sought in searches(one.plenty).items():
        took: list[list[float]] = [[], [], [], []]
        for _ in range(times):
            asked = sought()
            for times_of, question in zip(took, (by_key, keys(**asked), page(), page(**asked)), strict=True):
                times_of.append(timed(one, question))
        by_keys, found, whole, drawn = map(sorted, took)
        case = Case(f"search {one.units.lanes.kind} {one.size:,}: {name}", "ms", 5, "lower")
        case.add(found[int(times * 0.99)], statistics.median(by_keys), times)
        of = " / ".join(
            f"{some[times // 2]:.2f}, {some[int(times * 0.99)]:.2f}" for some in (found, drawn, whole, by_keys)
        )
        case.notes.append(f"p50, p99 of what is found / of its page / of a page of all / by key: {of} ms")
        yield case
    for name in ("word of some", "word of many", "two characters"):
        sought = searches(one.plenty)[name]
        inbox = sorted(timed(one, view("any", **sought())) for _ in range(times))
        case = Case(f"search {one.units.lanes.kind} {one.size:,}: inbox, {name}", "ms", 5, "lower")
        case.add(inbox[int(times * 0.99)], statistics.median(by_keys), times)
        case.notes.append(f"p50 {inbox[times // 2]:.2f} ms of the page")
        yield case


def timed(one: Filled, question: Question) -> float:
    """How many milliseconds it took."""
    began = time.perf_counter()
    one.units.read_now(one.chief, question)
    return (time.perf_counter() - began) * 1000


def page(sort: listing.Sort = "-started_at", **filters: Any) -> Question:
    """The first page as the desk gets it."""
    return lambda tx: len(records_out(tx, listing.page(tx, listing.Filters(**filters), 50, None, sort).rows))


def keys(**filters: Any) -> Question:
    """Which records that page has."""
    return lambda tx: len(listing.first(tx, listing.Filters(**filters), listing.NEWEST, None, 51).keys)


def view(name: str, text: str = "") -> Question:
    """The first page of a view of the inbox."""
    return lambda tx: len(queries.in_view(tx, name, text=text, limit=50)[0])


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
        "team, six handlers, reason, result": page(**four | {"handler_id": plenty.agents[:6]}),
        "a day": lambda tx: page(created_from=tx.now - timedelta(days=1))(tx),
        "inbox: mine": view("mine"),
        "inbox: all open": view("all"),
        "inbox: closed": view("closed"),
        "inbox: any": view("any"),
    }


def searches(plenty: Plenty) -> dict[str, Callable[[], dict[str, Any]]]:
    """What is looked for, another word each time."""
    chance = random.Random(7)
    rare, some, many = WORDS[20_000:], WORDS[300:1500], WORDS[:20]

    def one(words: Sequence[str], **filters: Any) -> Callable[[], dict[str, Any]]:
        return lambda: {"text": chance.choice(words), **filters}

    return {
        "rare word": one(rare),
        "word of some": one(some),
        "word of many": one(many),
        "two characters": one([phrase[:2] for phrase in PHRASES]),
        "four characters": one(PHRASES[500:]),
        "two characters of many": one(["訂單"]),
        "two words": one([f"{word} {other}" for word in many for other in some]),
        "a beginning": one([word[:4] for word in rare]),
        "nothing": one(["nowhere"]),
        "word of some, one handler": one(some, handler_id=plenty.agents[:1]),
        "word of many, one contact": one(many, contact_id=plenty.contacts[:1]),
    }


def plans(one: Filled, questions: dict[str, Question]) -> Iterator[str]:
    """How the database goes about each statement."""
    for name, question in questions.items():
        with overheard() as heard:
            one.units.read_now(one.chief, question)
        yield f"\n## {name}\n"
        for sql, parameters in heard:
            if sql.startswith("BEGIN"):
                continue
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
