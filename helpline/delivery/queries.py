"""Questions about what goes out."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from helpline.channels.signs import Known
from helpline.conversations import Message
from helpline.conversations.particulars import read
from helpline.core import Tx

from .models import Attempt, Delivery, DeliveryState

UNDER_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)


def due(tx: Tx, channel_id: str, most: int) -> list[str]:
    """What can go now by a channel: of each conversation only the first that is not sent, so that all goes in order."""
    row = Delivery
    found = select(row.id).where(row.workspace_id == tx.workspace_id, row.channel_id == channel_id)
    found = found.where(row.state == DeliveryState.QUEUED, row.due_at <= tx.now, _is_first())
    return list(tx.db.scalars(found.order_by(row.due_at, row.id).limit(most)))


def _is_first() -> ColumnElement[bool]:
    row, earlier = Delivery, aliased(Delivery)
    before = (
        select(1)
        .where(earlier.workspace_id == row.workspace_id, earlier.channel_id == row.channel_id)
        .where(earlier.conversation_id == row.conversation_id, earlier.state.in_(UNDER_WAY))
        .where((earlier.seq < row.seq) | ((earlier.seq == row.seq) & (earlier.part < row.part)))
    )
    return ~exists(before)


def with_work(tx: Tx) -> list[tuple[str, str]]:
    """(workspace, channel) where something can go now, or was left while it was being sent; over all workspaces."""
    row = Delivery
    found = select(row.workspace_id, row.channel_id).where(row.state.in_(UNDER_WAY))
    found = found.where((row.due_at <= tx.now) | (row.state == DeliveryState.SENDING), _is_first()).distinct()
    return [(workspace_id, channel_id) for workspace_id, channel_id in tx.db.execute(found)]


def being_sent(tx: Tx, channel_id: str) -> list[Delivery]:
    """What is being sent by a channel."""
    row = Delivery
    here = (row.workspace_id == tx.workspace_id, row.channel_id == channel_id)
    return list(tx.db.scalars(select(row).where(*here, row.state == DeliveryState.SENDING)))


def by_external_id(tx: Tx, channel_id: str, external_id: str) -> Delivery | None:
    """What the provider calls so."""
    row = Delivery
    here = (row.workspace_id == tx.workspace_id, row.channel_id == channel_id)
    return tx.db.scalars(select(row).where(*here, row.external_id == external_id).limit(1)).first()


def not_read_by(tx: Tx, contact_point_id: str, at: datetime) -> list[str]:
    """What was sent to a contact until then and is not known to be read."""
    row = Delivery
    here = (row.workspace_id == tx.workspace_id, row.contact_point_id == contact_point_id)
    found = select(row.id).where(*here, row.state.in_([DeliveryState.SENT, DeliveryState.DELIVERED]))
    return list(tx.db.scalars(found.where(row.moved_at <= at)))


def of_message(tx: Tx, message_id: str) -> list[Delivery]:
    """The parts of a message, in order."""
    row = Delivery
    here = (row.workspace_id == tx.workspace_id, row.message_id == message_id)
    return list(tx.db.scalars(select(row).where(*here).order_by(row.part)))


def known(tx: Tx, message: Message) -> Known | None:
    """A message as its provider knows it; nothing while it does not."""
    particulars = read(message.details)
    if message.author_kind == "contact" or (particulars and particulars.elsewhere):
        tokens = particulars.tokens if particulars else {}
        return Known(external_id=message.external_id, tokens=tokens) if message.external_id else None
    first = next((one.external_id for one in of_message(tx, message.id) if one.external_id), None)
    return Known(external_id=first) if first else None


def attempts_of(tx: Tx, message_id: str) -> list[Attempt]:
    """Every attempt to send a message, in order."""
    ids = [one.id for one in of_message(tx, message_id)]
    row = Attempt
    found = select(row).where(row.workspace_id == tx.workspace_id, row.delivery_id.in_(ids))
    return list(tx.db.scalars(found.order_by(row.at, row.id)))


def current_attempt(tx: Tx, delivery: Delivery) -> Attempt | None:
    """The newest attempt."""
    row = Attempt
    here = (row.workspace_id == tx.workspace_id, row.delivery_id == delivery.id, row.number == delivery.attempts)
    return tx.db.scalars(select(row).where(*here)).first()
