"""Statements of the busiest paths, compiled once and then said to the driver itself.

SQLAlchemy makes each execution an object of its own, which costs three times what SQLite needs for the work. Nothing else is
different: the same SQL and types, the same errors, and whoever listens to the engine hears these statements too.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Delete, Dialect, Insert, Select, TextualSelect, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any]
Statement = Select[*tuple[Any, ...]] | TextualSelect | Insert | Update | Delete


class Prepared:
    """A statement whose values are all named by ``bindparam`` or fixed. ``Tx.say`` runs it."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def first(self, connection: Connection, given: Mapping[str, Any]) -> Any:
        """Run it; the first row that it gives, if any, with its columns as attributes."""
        compiled = self._on(connection.dialect)
        cursor = _run(connection, compiled, compiled.parameters(given), is_many=False)
        rows = compiled.rows.of(cursor, [row] if (row := cursor.fetchone()) else []) if compiled.rows else []
        cursor.close()
        return rows[0] if rows else None

    def all(self, connection: Connection, given: Mapping[str, Any]) -> list[Any]:
        """Run it; all rows that it gives."""
        compiled = self._on(connection.dialect)
        cursor = _run(connection, compiled, compiled.parameters(given), is_many=False)
        rows = compiled.rows.of(cursor, cursor.fetchall()) if compiled.rows else []
        cursor.close()
        return rows

    def each(self, connection: Connection, given: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each of these."""
        compiled = self._on(connection.dialect)
        _run(connection, compiled, [compiled.parameters(one) for one in given], is_many=True).close()

    def _on(self, dialect: Dialect) -> "_Compiled":
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _compile(self._statement, dialect)
        return self._compiled[dialect.name]


def _run(connection: Connection, compiled: "_Compiled", parameters: Any, *, is_many: bool) -> Any:
    heard, errors = connection.dispatch, connection.dialect.loaded_dbapi.Error
    cursor = connection.connection.cursor()
    try:
        heard.before_cursor_execute(connection, cursor, compiled.sql, parameters, compiled, is_many)
        (cursor.executemany if is_many else cursor.execute)(compiled.sql, parameters)
        heard.after_cursor_execute(connection, cursor, compiled.sql, parameters, compiled, is_many)
    except errors as error:
        raise DBAPIError.instance(compiled.sql, parameters, error, errors, dialect=connection.dialect) from error
    return cursor


@dataclass(frozen=True)
class _Compiled:
    """A statement as one kind of database takes it."""

    compiled: SQLCompiler
    sql: str
    order: list[str] | None
    """Where parameters have places and no names: which comes when."""
    fixed: dict[str, Any]
    to_driver: dict[str, Convert]
    rows: "_Rows | None"

    def parameters(self, given: Mapping[str, Any]) -> Any:
        """What the driver wants to have."""
        named = {**self.fixed, **given}
        for name, convert in self.to_driver.items():
            named[name] = convert(named[name])
        return named if self.order is None else tuple([named[name] for name in self.order])


class _Rows:
    """How rows come back. In which form the driver gives a column is known with the first of them."""

    def __init__(self, columns: list[ColumnElement[Any]], dialect: Dialect) -> None:
        self._types, self._dialect = [_own(column.type, dialect) for column in columns], dialect
        self._row: Any = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]
        self._from_driver: list[tuple[int, Convert]] | None = None

    def of(self, cursor: Any, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """These rows of the driver's in our types."""
        if not rows:
            return []
        if self._from_driver is None:
            self._from_driver = list(self._conversions([column[1] for column in cursor.description]))
        return [self._ours(row) for row in rows]

    def _ours(self, row: Sequence[Any]) -> Any:
        values = list(row)
        for place, convert in self._from_driver or ():
            values[place] = convert(values[place])
        return self._row._make(values)

    def _conversions(self, forms: list[Any]) -> Iterator[tuple[int, Convert]]:
        for place, (kind, form) in enumerate(zip(self._types, forms, strict=True)):
            if convert := kind.result_processor(self._dialect, form):
                yield place, convert


def _compile(statement: Statement, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    if compiled.insert_prefetch or compiled.update_prefetch:
        raise ValueError("A column's default is Python's to make; name its value.")
    columns = [*statement.exported_columns]
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    to_driver = {name: _own(bind.type, dialect).bind_processor(dialect) for name, bind in binds.items()}
    return _Compiled(
        compiled=compiled,
        sql=str(compiled),
        order=compiled.positiontup if compiled.positional else None,
        fixed={name: compiled.params[name] for name, bind in binds.items() if not bind.required},
        to_driver={name: convert for name, convert in to_driver.items() if convert},
        rows=_Rows(columns, dialect) if columns else None,
    )


def _own(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    """The type as this database has it."""
    return kind.dialect_impl(dialect)
