"""Whether something that a provider tells of is what went out from here."""

from datetime import datetime, timedelta

from sqlalchemy import select

from helpline.core import Tx

from . import actions, queries
from .models import Delivery, DeliveryState

LATELY = timedelta(minutes=10)
"""Within this time the same words are taken for those that were being sent."""
IN_DOUBT = (DeliveryState.SENDING, DeliveryState.UNKNOWN)


def recognise(
    tx: Tx, channel_id: str, external_id: str, key: str, to: str | None, *, text: str, has_files: bool, at: datetime
) -> bool:
    """Whether we sent it: by the provider's id, by our key, or by its words while they are being sent ``to`` this point.

    Then it has arrived, whatever was known of it: an answer that was lost is made up for.
    """
    if queries.by_external_id(tx, channel_id, external_id) is not None:
        return True
    found = _by_key(tx, channel_id, key) or (_alike(tx, channel_id, to, text, has_files, at) if to else None)
    if found is None:
        return False
    (delivery,) = tx.lock(Delivery, found.id)
    delivery.external_id = external_id
    tx.flush()
    actions.report(tx, channel_id, external_id, DeliveryState.SENT)
    return True


def _by_key(tx: Tx, channel_id: str, key: str) -> Delivery | None:
    found = tx.find(Delivery, key[:36])
    return found if found is not None and found.channel_id == channel_id and found.external_id is None else None


def _alike(tx: Tx, channel_id: str, to: str, text: str, has_files: bool, at: datetime) -> Delivery | None:
    row = Delivery
    mine = select(row).where(row.workspace_id == tx.workspace_id, row.contact_point_id == to)
    mine = mine.where(row.channel_id == channel_id, row.state.in_(IN_DOUBT), row.external_id.is_(None))
    found = tx.db.scalars(mine.where(row.moved_at > at - LATELY).order_by(row.moved_at.desc(), row.id))
    same = (one for one in found if one.text.split() == text.split() and bool(one.file_ids) == has_files)
    return next(same, None)
