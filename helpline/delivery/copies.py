"""Who has a copy of a message beside whom it is to: it is sent also where some of them do not get it."""

from collections.abc import Mapping

from helpline.channels.contract import Failed
from helpline.core import Tx

from . import queries
from .events import CopyFailed
from .models import Delivery


def note_missed(tx: Tx, id: str, missed: Mapping[str, Failed]) -> None:
    """These addresses do not get it, and why."""
    delivery = tx.get(Delivery, id)
    for address, why in missed.items():
        tx.emit(
            CopyFailed(
                conversation_id=delivery.conversation_id,
                message_id=delivery.message_id,
                delivery_id=id,
                address=address,
                failure=why.kind,
                reason=str(why.reason or ""),
                detail=why.detail[:1000],
            )
        )


def report_missed(tx: Tx, channel_id: str, external_id: str, missed: Mapping[str, Failed]) -> None:
    """The same told later, of what the provider calls so."""
    found = queries.by_external_id(tx, channel_id, external_id)
    if found is not None:
        note_missed(tx, found.id, missed)
