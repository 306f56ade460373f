"""What a page of records says of their conversations: about what, to which number or address, and whether the last word arrived.

A question for the whole page each, and none where no channel of the page has such a thing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from helpline.channels.kinds import can, goes_out
from helpline.contacts import ContactPoint
from helpline.conversations import Conversation, Message
from helpline.conversations.models import MessageState
from helpline.conversations.reaching import readable
from helpline.core import Tx
from helpline.core.within import within

from .models import ServiceRecord


class Talks(NamedTuple):
    """The conversations of one record, in order."""

    ids: list[str]
    subject: str = ""
    """Of the latest."""
    last_sent: MessageState | None = None
    """What became of the last message that went out in the latest."""


NONE = Talks([])


def talks_of(tx: Tx, record_ids: Sequence[str]) -> dict[str, Talks]:
    """By record."""
    row = Conversation
    rows = select(row.record_id, row.id, row.subject, row.channel_kind).where(
        row.workspace_id == tx.workspace_id, within(row.record_id, record_ids)
    )
    ids: dict[str, list[str]] = {}
    latest: dict[str, tuple[str, str, str]] = {}
    for record_id, id, subject, kind in tx.db.execute(rows.order_by(row.created_at, row.id)) if record_ids else ():
        ids.setdefault(str(record_id), []).append(id)
        latest[str(record_id)] = id, subject, kind
    states = _last_sent(tx, [id for id, _, kind in latest.values() if goes_out(kind)])
    return {record: Talks(ids[record], subject, states.get(id)) for record, (id, subject, _) in latest.items()}


def addresses_of(tx: Tx, records: Sequence[ServiceRecord]) -> dict[str, str]:
    """By contact point, where a channel of a record has any that people can read."""
    wanted = {row.contact_point_id: row.channel_kind for row in records if can(row.channel_kind).addressed_by}
    row = ContactPoint
    rows = select(row.id, row.address).where(row.workspace_id == tx.workspace_id, within(row.id, wanted))
    found = tx.db.execute(rows) if wanted else ()
    return {id: readable(can(wanted[id]), address) for id, address in found}


def _last_sent(tx: Tx, conversation_ids: Sequence[str]) -> dict[str, MessageState]:
    """What still waits to be sent has not gone out. Looked up from the end of each, as far as it takes."""
    row = Message
    went_out = (row.visibility == "public", row.author_kind != "contact", row.kind != "event", row.state != "queued")
    here = (row.workspace_id == tx.workspace_id, row.conversation_id == Conversation.id)
    last = select(row.state).where(*here, *went_out).order_by(row.seq.desc()).limit(1)
    rows = select(Conversation.id, last.correlate(Conversation).scalar_subquery()).where(
        Conversation.workspace_id == tx.workspace_id, within(Conversation.id, conversation_ids)
    )
    return {id: state for id, state in tx.db.execute(rows) if state} if conversation_ids else {}
