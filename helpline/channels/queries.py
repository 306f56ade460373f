"""Questions about channels."""

from typing import TypeVar

from sqlalchemy import select

from helpline.core import Tx

from .models import Category, Channel, Owner

Named = TypeVar("Named", Channel, Category, Owner)


def all_of(tx: Tx, model: type[Named]) -> list[Named]:
    """All channels, categories or owners, by name."""
    rows = select(model).where(model.workspace_id == tx.workspace_id)
    return list(tx.db.scalars(rows.order_by(model.name, model.id)))


def active_of(tx: Tx, category_id: str) -> list[Channel]:
    """The channels of a category that are switched on."""
    return [row for row in all_of(tx, Channel) if row.active and row.category_id == category_id]


def by_public_key(tx: Tx, key: str) -> Channel | None:
    """The active web chat channel with this public key."""
    found = select(Channel).where(Channel.workspace_id == tx.workspace_id, Channel.public_key == key, Channel.active)
    return tx.db.scalar(found)
