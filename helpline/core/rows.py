"""Rows by their keys: read by statements that are compiled once, and from then on the session's, as if it had read them itself."""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session, configure_mappers, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from .model import Scoped
from .prepared import Prepared

M = TypeVar("M", bound=Scoped)


@cache
def reading(model: type[Scoped], *, held: bool) -> Prepared:
    """One row of a table by its id; ``held``: locked until the end."""
    configure_mappers()  # else done by the first row that a session reads itself
    table: Any = model.__table__
    row = select(table).where(table.c.workspace_id == bindparam("workspace"), table.c.id == bindparam("sought"))
    # Not FOR UPDATE: that would wait for everybody who wrote a row that refers to it, and deadlock with them.
    return Prepared(row.with_for_update(key_share=True) if held else row)


def adopt(session: Session, model: type[M], row: Any) -> M:
    """The entity of a row, all columns of which a statement gave: the one that the session has, made to fit, or a new one."""
    known = refit(session, model, row)
    if known is None:
        known = model.__mapper__.class_manager.new_instance()
        known.__dict__.update(row._asdict())
        make_transient_to_detached(known)
        session.add(known)
    return known


def refit(session: Session, model: type[M], row: Any) -> M | None:
    """The entity that the session has of a row, if it has one, as the row is now."""
    known: M | None = session.identity_map.get((model, (row.workspace_id, row.id), None))
    if known is not None:
        has = known.__dict__
        for name, value in row._asdict().items():
            if name not in has or has[name] != value:
                set_committed_value(known, name, value)
    return known


def is_there(entity: Scoped) -> bool:
    """Whether it was not deleted, and is as it was read."""
    state = instance_state(entity)
    return not (state.expired or state._deleted)


def lock_several(session: Session, workspace_id: str, model: type[M], ids: Iterable[str]) -> list[M]:
    """Rows of a table, read anew and locked in the order of their ids."""
    chosen = select(model).where(model.workspace_id == workspace_id, model.id.in_(ids)).order_by(model.id)
    chosen = chosen.with_for_update(key_share=True).execution_options(populate_existing=True)
    return list(session.scalars(chosen))


def write_changes(session: Session) -> None:
    """Flush. What is only changed, and that is most, is written without the session's plans for what depends on what."""
    if session._is_clean():
        return
    changed = session.dirty
    if session.new or session.deleted or not all(isinstance(entity, Scoped) for entity in changed):
        session.flush()
        return
    for entity in sorted(changed, key=lambda one: (type(one).__name__, one.id)):
        state = instance_state(entity)
        values = {
            name: entity.__dict__[name] for name, was in state.committed_state.items() if entity.__dict__[name] != was
        }
        if values:
            given = {f"new_{name}": value for name, value in values.items()}
            key = {"workspace": entity.workspace_id, "sought": entity.id}
            model: Any = type(entity)
            _changing(model, *sorted(values)).first(session.connection(), key | given)
        state._commit_all(state.dict, session.identity_map)


@cache
def _changing(model: type[Scoped], *names: str) -> Prepared:
    table: Any = model.__table__
    row = update(table).where(table.c.workspace_id == bindparam("workspace"), table.c.id == bindparam("sought"))
    return Prepared(row.values({name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}))
