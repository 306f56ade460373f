"""A column is one of very many values, said in one parameter: a parameter for each takes longer than to look them up."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


def within(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether the column is one of these texts or numbers."""
    return _Within(column, bindparam(None, list(values), type_=_Several(column.type), unique=True))


def among(column: Any, name: str) -> ColumnElement[bool]:
    """The same in a prepared statement, to which they are given by this name."""
    return _Within(column, bindparam(name, type_=_Several(column.type)))


class _Several(TypeDecorator[Any]):
    """An array for a server, JSON for a file."""

    impl = Text
    cache_ok = True

    def __init__(self, each: TypeEngine[Any]) -> None:
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(self.each))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return msgspec.json.encode(list(value)).decode() if dialect.name == "sqlite" else list(value)


class _Within(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> "_Within":
        """As it is: with the ``= 1`` that is put behind other functions no index would be gone by."""
        return self


@compiles(_Within)
def _in_array(element: _Within, compiler: SQLCompiler, **how: Any) -> str:
    column, values = (compiler.process(clause, **how) for clause in element.clauses)
    return f"{column} = ANY ({values})"


@compiles(_Within, "sqlite")
def _in_json(element: _Within, compiler: SQLCompiler, **how: Any) -> str:
    column, values = (compiler.process(clause, **how) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608
