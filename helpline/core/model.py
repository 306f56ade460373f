"""Tables. Every domain row belongs to one workspace, and the workspace is the first column of every key and index."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKeyConstraint, Index, MetaData, String, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .ids import new_id


class Moment(TypeDecorator[datetime]):
    """A point in time: aware and UTC in Python, UTC with microseconds in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name != "sqlite":
            return value
        return (value if value.tzinfo is UTC else value.astimezone(UTC)).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Model(DeclarativeBase):
    """Base of all tables. Constraints have names, so that migrations can speak of them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "%(table_name)s_by_%(column_0_N_name)s",
            "uq": "%(table_name)s_one_%(column_0_N_name)s",
            "ck": "%(table_name)s_%(constraint_name)s",
            "fk": "%(table_name)s_to_%(referred_table_name)s_%(column_1_name)s",
            "pk": "%(table_name)s_key",
        }
    )
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[str]: JSON}


class Scoped(Model):
    """A row of one workspace. The workspace is part of the key, so a reference cannot cross workspaces."""

    __abstract__ = True
    workspace_id: Mapped[str] = mapped_column(String(36), primary_key=True, sort_order=-2)
    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id, sort_order=-1)


def one_each(name: str, *columns: str, among: str = "") -> Index:
    """An index that holds these columns once in a workspace; ``among`` the rows that this SQL says, which both databases read."""
    where = text(among) if among else None
    return Index(name, "workspace_id", *columns, unique=True, sqlite_where=where, postgresql_where=where)


def references(table: str, column: str = "") -> ForeignKeyConstraint:
    """A foreign key to ``table`` inside the same workspace, from ``column`` (default ``<table>_id``)."""
    return ForeignKeyConstraint(["workspace_id", column or f"{table}_id"], [f"{table}.workspace_id", f"{table}.id"])
