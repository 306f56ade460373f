"""A unit of work, seen from inside: one transaction, one actor, one moment."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, insert, text, update
from sqlalchemy.orm import Session

from . import jobs, updates
from .actor import Actor
from .committed import Committed
from .errors import NotFound
from .fact_log import write_facts
from .facts import ADVANCE, Counter, Fact, kinds_of
from .ids import new_id
from .model import Scoped
from .prepared import Prepared
from .rows import adopt, is_there, lock_several, reading, refit, write_changes
from .tokens import Signer
from .updates import Update

M = TypeVar("M", bound=Scoped)
T = TypeVar("T")
Reaction = Callable[["Tx", Any], None]
Consequences = Mapping[type[Fact], Sequence[Reaction]]
Shape = Callable[["Tx", str, frozenset[str]], Update | None]

MOST_FACTS = 1000
"""A unit that causes more than this does not settle; something reacts to itself."""


@dataclass
class Tx:
    """All that an action may touch. Entities live and die with it; only values leave."""

    connection: Connection
    actor: Actor
    clock: Callable[[], datetime]
    consequences: Consequences = field(default_factory=dict)
    signer: Signer | None = None
    now: datetime = field(init=False)
    facts: list[Fact] = field(default_factory=list)
    due_at: datetime | None = None
    left: set[tuple[str, str]] = field(default_factory=set)
    """What there is to do now beside units: which kind of work, on what. Whoever does such is told."""
    _db: Session | None = None
    _rows: dict[tuple[type[Any], str], Any] = field(default_factory=dict)
    _held: set[tuple[type[Any], str]] = field(default_factory=set)
    _recalled: list[tuple[Fact, datetime]] = field(default_factory=list)
    _pending: deque[Fact] = field(default_factory=deque)
    _updates: dict[tuple[str, str], Update] = field(default_factory=dict)
    _touched: dict[tuple[Shape, str], frozenset[str]] = field(default_factory=dict)
    _known: dict[tuple[Callable[..., Any], str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = self.clock()

    @property
    def _is_file(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    @property
    def workspace_id(self) -> str:
        """The one workspace this unit may read and write."""
        return self.actor.workspace_id

    @property
    def db(self) -> Session:
        """The ORM session; opened when first asked for, because the busiest units do without."""
        if self._db is None:
            self._db = Session(self.connection, join_transaction_mode="rollback_only", expire_on_commit=False)
        return self._db

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run a Core statement, seeing what the session holds."""
        self.flush()
        return self.connection.execute(statement, parameters)

    def say(self, statement: Prepared, **given: Any) -> Any:
        """Run a prepared statement, seeing what the session holds; the first row that it gives, if any."""
        self.flush()
        return statement.first(self.connection, given)

    def say_all(self, statement: Prepared, **given: Any) -> list[Any]:
        """The same; all rows that it gives."""
        self.flush()
        return statement.all(self.connection, given)

    def flush(self) -> None:
        """Write what was changed in the session's rows."""
        if self._db is not None:
            write_changes(self._db)

    def expire(self) -> None:
        """Have the session read its rows anew, after a Core statement changed some of them."""
        if self._db is not None:
            self._db.expire_all()

    def renew(self, model: type[Scoped], row: Any) -> None:
        """Have the session's row, if it has it, be as a statement just left it: ``row`` holds all its columns."""
        if self._db is not None:
            refit(self._db, model, row)

    def once(self, read: Callable[["Tx", str], T], of: str) -> T:
        """What ``read`` gives, read once in this unit however many ask; whoever changes it says ``forget``."""
        if (read, of) not in self._known:
            self._known[read, of] = read(self, of)
        return self._known[read, of]  # type: ignore[no-any-return]

    def forget(self, read: Callable[["Tx", str], Any]) -> None:
        """Have it read anew from now on, for a change of this unit's own."""
        self._known = {known: value for known, value in self._known.items() if known[0] is not read}

    def find(self, model: type[M], id: str | None) -> M | None:
        """The row, or nothing. It is read once, and kept for as long as the unit lasts."""
        if not id:
            return None
        known = self._rows.get((model, id))
        return known if known is not None and is_there(known) else self._read(model, id, held=False)

    def get(self, model: type[M], id: str) -> M:
        """The row; ``NotFound`` when this workspace has none."""
        if (found := self.find(model, id)) is None:
            raise NotFound(f"There is no {model.__name__.lower()} {id[:64]!r} here.")
        return found

    def lock(self, model: type[M], *ids: str) -> list[M]:
        """The rows, freshly read and held until the end, locked in the order of their ids so that nobody deadlocks.

        Those that this unit holds already nobody else has changed since: they are not read again.
        """
        rows = [row for id in sorted(set(ids)) if (row := self.held(model, id)) is not None]
        if len(rows) == len(set(ids)):
            return rows
        if len(ids) == 1:
            rows = [row] if (row := self._read(model, ids[0], held=True)) else []
        else:
            self.flush()
            rows = lock_several(self.db, self.workspace_id, model, ids)
        self._rows |= {(model, row.id): row for row in rows}
        self._held |= {(model, row.id) for row in rows}
        return rows

    def held(self, model: type[M], id: str) -> M | None:
        """The row, if this unit holds it and nobody else can change it: in a file, if the unit has it at all."""
        known = self._rows.get((model, id)) if self._is_file or (model, id) in self._held else None
        return known if known is not None and is_there(known) else None

    def _read(self, model: type[M], id: str, *, held: bool) -> M | None:
        row = self.say(reading(model, held=held), workspace=self.workspace_id, sought=id)
        if row is not None:
            self._rows[model, id] = adopt(self.db, model, row)
        return None if row is None else self._rows[model, id]

    def has_waited(self) -> None:
        """Look anew, at the clock too: for whoever got a lock that others held, so that what these did comes earlier for it."""
        self.now = max(self.now, self.clock())
        if not self._is_file:  # where nobody does anything meanwhile
            self.expire()

    def emit(self, fact: Fact) -> None:
        """State what happened. Its consequences run when the action is through, in this transaction."""
        self._pending.append(fact)

    def recall(self, fact: Fact, at: datetime) -> None:
        """Put what happened earlier, elsewhere, into the log under its own time. Nothing follows, and nobody is told."""
        self._recalled.append((fact, at))

    def show(self, update: Update) -> None:
        """Tell clients how a row is now. Told again, the later wins and all addressees get it."""
        if (earlier := self._updates.get((update.kind, update.id))) is not None:
            update = Update(update.kind, update.id, update.data, update.to | earlier.to)
        self._updates[update.kind, update.id] = update

    def touch(self, shape: Shape, id: str, *also: str) -> None:
        """Have ``shape`` drawn once at the end, however often it is touched; ``also`` are further groups to tell."""
        self._touched[shape, id] = self._touched.get((shape, id), frozenset()) | frozenset(also)

    def enqueue(self, job: jobs.Job, *, key: str = "", at: datetime | None = None, **arguments: Any) -> None:
        """Have ``job`` run at ``at`` (default: at once). With a ``key`` there is one such timer; setting it again moves it."""
        kind, due = jobs.kind_of(job), at or self.now
        if key:
            self.cancel(job, key)
        row = {"workspace_id": self.workspace_id, "id": new_id(), "kind": kind, "due_at": due}
        row |= {"key": key or row["id"], "arguments": arguments, "attempts": 0, "last_error": None}
        self.say(jobs.SET, **row)
        self.due_at = min(self.due_at or due, due)

    def cancel(self, job: jobs.Job, key: str) -> None:
        """Forget the timer, if it is still there."""
        self.say(jobs.FORGET, workspace=self.workspace_id, job=jobs.kind_of(job), of=key)

    def stand_still(self) -> None:
        """Have all that this unit reads be as of one moment, on a server as in a file. Before it reads anything."""
        if not self._is_file:
            self.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))

    def number(self, name: str, count: int = 1) -> int:
        """The next number of a series of this workspace: one more than the highest that was given; the last of ``count``."""
        advanced = self.say(ADVANCE, workspace=self.workspace_id, series=name, by=count)
        if advanced is None:
            self.execute(insert(Counter), {"workspace_id": self.workspace_id, "name": name, "value": count})
            return count
        return int(advanced.value)

    def number_at_least(self, name: str, value: int) -> None:
        """Have the next number of a series come after ``value``, which was given elsewhere."""
        mine = (Counter.workspace_id == self.workspace_id, Counter.name == name, Counter.value < value)
        self.execute(update(Counter).where(*mine).values(value=value))

    def settle(self) -> None:
        """Run the consequences of each fact, and of the facts these cause, until nothing more happens."""
        while self._pending:
            fact = self._pending.popleft()
            self.facts.append(fact)
            if len(self.facts) > MOST_FACTS:
                raise RuntimeError(f"The consequences of {type(fact).__name__} do not settle.")
            for kind in kinds_of(type(fact)):
                for react in self.consequences.get(kind, ()):
                    react(self, fact)

    def finish(self) -> Committed | None:
        """Settle, draw what was touched and write the facts. The last thing before commit."""
        self.settle()
        self.flush()
        for (shape, id), also in self._touched.items():
            drawn = shape(self, id, also)
            if drawn is not None:
                self.show(drawn)
        written = [*self._recalled, *((fact, self.now) for fact in self.facts)]
        told, last = tuple(self._updates.values()), 0
        if written:
            # The counter's row is held from here to the commit. So facts of a workspace commit in the order of their numbers: who
            # has seen N can never find a smaller one later. It is taken last, which keeps it short, and no lock is taken after it.
            last = self.number("fact", len(written))
            write_facts(self.connection, self.actor, last - len(written) + 1, written, updates.references(list(told)))
        elif told:
            raise RuntimeError("Clients are told of a change that no fact explains.")
        elif self.due_at is None and not self.left:
            return None
        first, left = last and last - len(written) + 1, frozenset(self.left)
        return Committed(self.workspace_id, first, last, tuple(self.facts), told, self.due_at, left)

    def close(self) -> None:
        """Let the session go; its rows are not valid outside."""
        if self._db is not None:
            self._db.close()
