"""The SQL of one contact message, as the server says it, said again in a bare loop on one connection.

That is the limit of the row ``write``: the same statements with the same kind of parameters, one transaction each, on a
connection with the server's own settings and durability, without the framework, the validation and the threads around it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import Any, cast

import msgspec
from psycopg.types.json import Json
from sqlalchemy import Engine, event

from helpline.app.consequences import CONSEQUENCES
from helpline.app.settings import Settings
from helpline.conversations.visitor_shapes import VisitorMessage
from helpline.core import Units, new_id
from helpline.core.engine import postgres_engine, sqlite_engine
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorMessageIn

from .filling import TEXT, Filled

PREPARED = 1000
"""Messages whose parameters are made at once, while the clock is stopped."""
_OF_THE_LANES = ("BEGIN", "SAVEPOINT", "RELEASE")
"""Statements of the way units are run, which no message needs."""


@dataclass(frozen=True)
class Statement:
    """One statement and the parameters it was heard with: (name, value), in their order."""

    sql: str
    parameters: list[tuple[str, Any]]
    is_named: bool

    def given(self, words: dict[str, str], seq: int) -> Any:
        """The parameters for another message: other ids, also inside JSON, and another place."""
        values = [(name, seq if name == "seq" else _replaced(value, words)) for name, value in self.parameters]
        return dict(values) if self.is_named else tuple(value for _, value in values)


@dataclass(frozen=True)
class Heard:
    """All that the server says to the database for one message of this contact point."""

    statements: list[Statement]
    contact_point_id: str
    message: VisitorMessage


def listen(settings: Settings, filled: Filled) -> Heard:
    """Have the real action write a message, and note what reaches the driver."""
    units, visitor = Units(settings.url, CONSEQUENCES), filled.visitors[0]
    try:
        with _overheard() as statements:
            said = VisitorMessageIn(id=new_id(), text=TEXT)
            message = units.run_now(visitor, webchat.write, filled.chat, said)
    finally:
        units.close()
    return Heard(statements, visitor.id, message)


@contextmanager
def _overheard() -> Iterator[list[Statement]]:
    heard: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, context: Any, is_many: bool) -> None:
        if sql.startswith(_OF_THE_LANES):
            return
        one = parameters[0] if is_many else parameters
        is_named = isinstance(one, dict)
        names = list(one) if is_named else context.compiled.positiontup
        values = list(one.values()) if is_named else list(one)
        pairs = [(name, _plain(value)) for name, value in zip(names, values, strict=True)]
        heard.append(Statement(sql, pairs, is_named))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _plain(value: Any) -> Any:
    return msgspec.json.encode(value.obj).decode() if isinstance(value, Json) else value


def _replaced(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, str):
        for old, new in words.items():
            value = value.replace(old, new)
    return value


class Loop:
    """The bare loop, over all conversations in turn. Nothing else may write to its database."""

    def __init__(self, settings: Settings, heard: Heard) -> None:
        self._heard = heard
        embedded = settings.is_embedded
        self._engine = sqlite_engine(settings.url, write=True) if embedded else postgres_engine(settings.url, 1)
        self._pooled = self._engine.raw_connection()
        self._driver = cast(Any, self._pooled.driver_connection)
        self._begin = "BEGIN IMMEDIATE" if embedded else "BEGIN"
        if not embedded:
            self._driver.autocommit = True  # BEGIN and COMMIT are said here, as on the other database
        self._fact = self._ask("SELECT value FROM counter WHERE name = 'fact'")[0][0]
        rows = self._ask("SELECT contact_point_id, id, last_seq FROM conversation ORDER BY id")
        self._last = {id: last for _, id, last in rows}
        self._turns = cycle([(point, id) for point, id, _ in rows])

    def write(self, count: int, *, at_once: int = 1) -> float:
        """Write ``count`` messages, ``at_once`` in a transaction; the seconds that took."""
        taken, cursor = 0.0, self._driver.cursor()
        for start in range(0, count, PREPARED):
            prepared = [self._next() for _ in range(min(PREPARED, count - start))]
            began = time.perf_counter()
            for first in range(0, len(prepared), at_once):
                cursor.execute(self._begin)
                for message in prepared[first : first + at_once]:
                    for sql, parameters in message:
                        cursor.execute(sql, parameters)
                        if cursor.description:
                            cursor.fetchall()
                cursor.execute("COMMIT")
            taken += time.perf_counter() - began
        return taken

    def rate(self, seconds: float) -> tuple[float, int]:
        """Messages per second, one transaction each, and how many were written."""
        written, taken = 0, 0.0
        while taken < seconds:
            taken += self.write(PREPARED)
            written += PREPARED
        return written / taken, written

    def close(self) -> None:
        """Let the database go."""
        self._pooled.close()
        self._engine.dispose()

    def _ask(self, sql: str) -> Any:
        cursor = self._driver.cursor()
        cursor.execute(sql)
        return cursor.fetchall()

    def _next(self) -> list[tuple[str, Any]]:
        heard, (contact_point_id, conversation_id) = self._heard, next(self._turns)
        self._last[conversation_id] += 1
        self._fact += 1
        seq = self._last[conversation_id]
        words = {
            heard.contact_point_id: contact_point_id,
            heard.message.conversation_id: conversation_id,
            heard.message.id: new_id(),
            str(heard.message.client_id): new_id(),
            f'"seq":{heard.message.seq}': f'"seq":{seq}',
        }
        return [
            (statement.sql, statement.given(words, self._fact if "INTO fact" in statement.sql else seq))
            for statement in heard.statements
        ]
