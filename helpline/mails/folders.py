"""How far the folders of a mailbox are read: kept in the transaction that keeps the mails, so that each is taken once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from helpline.channels import Channel
from helpline.channels.contract import Raw
from helpline.core import Conflict, Invalid, Tx, new_id
from helpline.intake.actions import keep

from . import queries
from .events import BackfillAsked
from .models import MailFolder

EARLIER = timedelta(days=1)
"""Servers count days by clocks of their own."""


class NoMailbox(Conflict):
    """This channel has no mailbox that is read, or it has not been read yet."""


class NotBefore(Invalid):
    """What lies in the future cannot be taken in."""


@dataclass(frozen=True)
class Standing:
    """How far a folder is read."""

    last_uid: int
    since: date
    anew: bool
    """The server numbers its mails anew: they have to be looked through once more, from ``since`` on."""
    backfill_from: date | None


def open_folder(tx: Tx, channel_id: str, name: str, validity: int, next_uid: int) -> Standing:
    """Where to go on in a folder. When it is opened for the first time, with what comes from now on."""
    row = next((one for one in queries.folders(tx, channel_id) if one.name == name), None)
    if row is None:
        row = MailFolder(workspace_id=tx.workspace_id, id=new_id(), channel_id=channel_id, name=name)
        row.validity, row.last_uid, row.since = validity, next_uid - 1, tx.now.date()
        row.backfill_from, row.read_at = None, tx.now
        tx.db.add(row)
        tx.db.flush()
    return Standing(row.last_uid, row.since, row.validity != validity, row.backfill_from)


def take(tx: Tx, channel_id: str, name: str, validity: int, mails: Sequence[tuple[int, bytes]], *, up_to: int) -> int:
    """Keep mails that were read, and that the folder is read up to there; how many there were."""
    row = _held(tx, channel_id, name)
    fresh = [(uid, raw) for uid, raw in mails if row.validity == validity and uid > row.last_uid]
    _keep(tx, row, fresh)
    if row.validity == validity:
        row.last_uid, row.read_at = max(row.last_uid, up_to), tx.now
    return len(fresh)


def keep_again(tx: Tx, channel_id: str, name: str, validity: int, mails: Sequence[tuple[int, bytes]]) -> None:
    """Keep mails that are looked through once more; those that are known change nothing."""
    _keep(tx, _held(tx, channel_id, name), mails, validity)


def begin_anew(tx: Tx, channel_id: str, name: str, validity: int, last_uid: int) -> None:
    """All that is there was looked through under the numbers the server gives now."""
    row = _held(tx, channel_id, name)
    row.validity, row.last_uid, row.read_at = validity, last_uid, tx.now


def ask_backfill(tx: Tx, channel_id: str, day: date) -> None:
    """Have what lies in the mailbox from this day on taken in too; what is here already changes nothing."""
    tx.get(Channel, channel_id)
    rows = queries.folders(tx, channel_id)
    if not rows:
        raise NoMailbox
    if day > tx.now.date():
        raise NotBefore(field="day")
    for row in tx.lock(MailFolder, *(one.id for one in rows)):
        row.backfill_from, row.since = day, min(row.since, day)
    tx.emit(BackfillAsked(channel_id=channel_id, day=day.isoformat()))


def end_backfill(tx: Tx, channel_id: str, name: str, day: date) -> None:
    """It was taken in; unless somebody asked for an earlier day meanwhile."""
    row = _held(tx, channel_id, name)
    if row.backfill_from == day:
        row.backfill_from = None


def _keep(tx: Tx, row: MailFolder, mails: Sequence[tuple[int, bytes]], validity: int | None = None) -> None:
    for uid, raw in mails:
        headers = {"x-imap-folder": row.name, "x-imap-uid": f"{validity or row.validity}/{uid}"}
        keep(tx, row.channel_id, Raw(body=raw, headers=headers, at=tx.now))


def _held(tx: Tx, channel_id: str, name: str) -> MailFolder:
    found = next((one for one in queries.folders(tx, channel_id) if one.name == name), None)
    if found is None:
        raise NoMailbox
    (row,) = tx.lock(MailFolder, found.id)
    return row
