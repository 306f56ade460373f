"""How the way of a message looks on the wire."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from helpline.conversations.shapes import MOST_TEXT
from helpline.core import In, Out, Tx

from . import queries
from .models import DeliveryState


class AttemptOut(Out):
    at: datetime
    ended_at: datetime | None
    outcome: str
    """``sent``, ``failed`` or ``unknown``; empty while it is being tried."""
    failure: str
    code: str
    """The provider's own."""
    detail: str


class ReactionIn(In):
    emoji: Annotated[str, Meta(max_length=40)]
    """One of the channel's `reactions`; an empty one takes it away."""


class EditIn(In):
    text: Annotated[str, Meta(min_length=1, max_length=MOST_TEXT)]


class DeliveryOut(Out):
    """A part of a message on its way."""

    id: str
    part: int
    state: DeliveryState
    text: str
    file_ids: list[str]
    due_at: datetime | None
    """When it is tried next; nothing where it is not tried by itself."""
    moved_at: datetime
    external_id: str | None
    attempts: list[AttemptOut]


def deliveries_out(tx: Tx, message_id: str) -> list[DeliveryOut]:
    """The parts of a message with every attempt."""
    attempts: dict[str, list[AttemptOut]] = {}
    for row in queries.attempts_of(tx, message_id):
        same = {name: getattr(row, name) for name in AttemptOut.__struct_fields__}
        attempts.setdefault(row.delivery_id, []).append(AttemptOut(**same))
    return [
        DeliveryOut(
            id=one.id,
            part=one.part,
            state=DeliveryState(one.state),
            text=one.text,
            file_ids=one.file_ids,
            due_at=one.due_at if one.state == DeliveryState.QUEUED else None,
            moved_at=one.moved_at,
            external_id=one.external_id,
            attempts=attempts.get(one.id, []),
        )
        for one in queries.of_message(tx, message_id)
    ]
