"""What an event from outside does here: each kind has one consequence, and each event has it once."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import singledispatch
from typing import Any

import msgspec
from sqlalchemy import select

from helpline.channels import Channel
from helpline.channels.inbound import (
    OPTED_OUT,
    Deleted,
    Edited,
    Event,
    Reachable,
    Reacted,
    ReadUpTo,
    Reported,
    Said,
    SaidElsewhere,
    Unsupported,
)
from helpline.channels.kinds import can
from helpline.contacts.actions import change_point
from helpline.conversations import Inbound, Line, Message, amending, receive
from helpline.conversations.messages import find_sent
from helpline.conversations.particulars import Particulars, preview
from helpline.core import Actor, Tx
from helpline.delivery import actions as delivery
from helpline.delivery import queries as deliveries
from helpline.files import File
from helpline.files.actions import expect
from helpline.files.pictures import Size

from . import foretold
from .models import Payload
from .points import id_of, point_of

LATE = timedelta(minutes=1)
"""From then on it is shown when a message was written, beside when it came."""


@dataclass(frozen=True)
class ToFetch:
    """A file that came with an event: its row is made with the message, its bytes come after, or came along."""

    id: str
    url: str
    name: str
    media_type: str
    size: int
    ref: dict[str, Any]
    is_here: bool = False
    """Whether its bytes are kept already."""
    pixels: Size | None = None
    """Of a picture that is here."""


@dataclass(frozen=True)
class Heard:
    """Where and when something was heard, and the files with it."""

    channel: Channel
    at: datetime
    files: Sequence[ToFetch]
    payload_id: str = ""
    """In which payload it is kept as it came, for a while."""

    def time_of(self, event: Event) -> datetime:
        """When it happened; a clock that runs ahead of ours decides nothing of what comes after."""
        return min(event.at or self.at, self.at)


class NotYet(Exception):
    """It is about something that is not here yet."""


def hear(
    tx: Tx, channel: Channel, event: Event, files: Sequence[ToFetch], at: datetime, *, payload_id: str = ""
) -> None:
    """Do what follows from an event; of a message, also from what was told of it before it came."""
    enter(event, tx, Heard(channel, at, files, payload_id))
    if isinstance(event, Said | Unsupported | SaidElsewhere):
        for told in foretold.take(tx, channel.id, event.external_id):
            with suppress(NotYet):
                enter(told.event, tx, Heard(channel, told.at, ()))


@singledispatch
def enter(event: Event, tx: Tx, where: Heard) -> None:
    """What each kind of event does; kinds of channels that have more of their own register them here."""
    raise TypeError(type(event))


@enter.register
def _said(event: Said, tx: Tx, where: Heard) -> None:
    particulars = msgspec.convert(dict(event.details), Particulars) if event.details else None
    if event.answers and (answered := any_of(tx, where.channel.id, event.answers)):
        particulars = msgspec.structs.replace(particulars or Particulars(), reply_to=answered)
    _take(tx, where, event, event.text, particulars)


@enter.register
def _unsupported(event: Unsupported, tx: Tx, where: Heard) -> None:
    what = event.what[:200] or "unknown"
    if _take(tx, where, event, "", Particulars(unsupported=what, payload=where.payload_id)):
        keep_as_it_came(tx, where)


def keep_as_it_came(tx: Tx, where: Heard) -> None:
    """A message does not show all of it: it is not thrown away after a while."""
    if where.payload_id:
        tx.lock(Payload, where.payload_id)[0].kept = True


def _take(tx: Tx, where: Heard, event: Said | Unsupported, text: str, particulars: Particulars | None) -> bool:
    """Whether it was new."""
    channel, at = where.channel, where.time_of(event)
    if find_sent(tx, channel.id, event.external_id):
        return False  # no file of its is wanted, and no token by which one answers
    point = point_of(tx, channel, event.who)
    is_newest = point.heard_at is None or at >= point.heard_at
    point.heard_at = newest = at if is_newest else point.heard_at
    tx.actor = Actor("visitor", tx.workspace_id, point.id, channel_id=channel.id)
    files = files_of(tx, where)
    window = can(channel.kind).reply_window
    inbound = Inbound(
        contact_point_id=point.id,
        external_id=event.external_id,
        text=text,
        file_ids=[file.id for file in where.files],
        name=event.who.name,
        thread=event.thread if isinstance(event, Said) else "",
        details=dated(particulars, at, tx.now),
        author=event.who.member_name[:200],
        preview=preview(particulars),
        reply_until=newest + window if newest and window else None,
    )
    message = receive(tx, Line(channel.id, channel.kind), inbound)
    for row in files:
        row.source = {**row.source, "message_id": message.id}
    if event.reply_with and is_newest:
        point.reply_with = dict(event.reply_with)
    if point.unreachable not in {"", OPTED_OUT} and not _is_older(at, point.reachable_at):
        # Who blocked us and writes again has not; a wish stands until it is taken back.
        change_point(tx, point, unreachable="")
    return True


@enter.register
def _edited(event: Edited, tx: Tx, where: Heard) -> None:
    message = _theirs(tx, where.channel.id, event.external_id)
    if message is None:
        raise NotYet  # told before what it changes; or of a time before this channel
    amending.edit(tx, message.id, event.text, where.time_of(event))


@enter.register
def _deleted(event: Deleted, tx: Tx, where: Heard) -> None:
    message = _theirs(tx, where.channel.id, event.external_id)
    if message is None:
        raise NotYet
    amending.take_back(tx, message.id)


@enter.register
def _reacted(event: Reacted, tx: Tx, where: Heard) -> None:
    message_id = any_of(tx, where.channel.id, event.external_id)
    if message_id is None:
        raise NotYet
    point, who = point_of(tx, where.channel, event.who), event.who
    by = f"{point.id}/{who.member}" if who.member else point.id  # of a group, each has a sign of their own
    amending.react(tx, message_id, by, who.member_name or point.name, event.emoji, where.time_of(event))


@enter.register
def _reported(event: Reported, tx: Tx, where: Heard) -> None:
    channel_id = where.channel.id
    if delivery.report(tx, channel_id, event.external_id, event.state, event.failure):
        return
    if deliveries.being_sent(tx, channel_id):
        raise NotYet  # the provider was quicker than our note of its answer


@enter.register
def _read(event: ReadUpTo, tx: Tx, where: Heard) -> None:
    point_id = id_of(tx, where.channel.id, event.who.address)
    if point_id is not None:
        delivery.note_read(tx, point_id, event.at)


@enter.register
def _reachable(event: Reachable, tx: Tx, where: Heard) -> None:
    said = find_sent(tx, where.channel.id, event.said_by) if event.said_by else None
    point, at = point_of(tx, where.channel, event.who), said.at if said else where.time_of(event)
    if _is_older(at, point.reachable_at):
        return
    point.reachable_at = at
    wrote_since = event.why != OPTED_OUT and _is_older(at, point.heard_at)
    if event.reachable or not wrote_since:
        change_point(tx, point, unreachable="" if event.reachable else event.why[:20])


def _is_older(at: datetime, known: datetime | None) -> bool:
    return known is not None and at < known


def dated(particulars: Particulars | None, at: datetime, now: datetime) -> Particulars | None:
    """With when it was written, where that is not when it came."""
    if now - at < LATE:
        return particulars
    return msgspec.structs.replace(particulars or Particulars(), written_at=at)


def files_of(tx: Tx, where: Heard) -> list[File]:
    """The rows of the files that came with an event."""
    files = []
    for file in where.files:
        row = File(workspace_id=tx.workspace_id, id=file.id, name=file.name, media_type=file.media_type, size=file.size)
        row.url, row.source = file.url, {"channel_id": where.channel.id, "ref": file.ref}
        row.width, row.height = file.pixels or (None, None)
        files.append(expect(tx, row, is_here=file.is_here))
    return files


def _theirs(tx: Tx, channel_id: str, external_id: str) -> Message | None:
    row = Message
    here = (row.workspace_id == tx.workspace_id, row.channel_id == channel_id)
    return tx.db.scalars(select(row).where(*here, row.external_id == external_id)).first()


def any_of(tx: Tx, channel_id: str, external_id: str) -> str | None:
    """A message of either side, by what the provider calls it."""
    message = _theirs(tx, channel_id, external_id)
    if message is not None:
        return message.id
    ours = deliveries.by_external_id(tx, channel_id, external_id)
    return ours.message_id if ours else None
