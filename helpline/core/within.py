"""A column is one of very many values, said in one parameter: a parameter for each takes longer than to look them up."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ARRAY, ColumnElement, any_, func, literal, select

from .tx import Tx


def within(tx: Tx, column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether the column is one of these texts or numbers."""
    if tx.connection.dialect.name == "sqlite":
        each = func.json_each(msgspec.json.encode(list(values)).decode()).table_valued("value")
        return column.in_(select(each.c.value))  # type: ignore[no-any-return]
    return column == any_(literal(list(values), ARRAY(column.type)))  # type: ignore[no-any-return]
