"""How channels stand with their providers, as it was last seen."""

from datetime import timedelta

from sqlalchemy import bindparam, column, text

from helpline.core import Moment, Prepared, Tx

from .events import ChannelFell, ChannelRecovered
from .models import ChannelHealth

OFTEN_ENOUGH = timedelta(minutes=1)
SILENCE = timedelta(minutes=10)
"""Strangers knock at every address: that calls are turned away means something when so long no proper one has come."""
CALLS_REFUSED = "calls_refused"
# What was noted a moment ago gives nothing to insert: a conflict would hold the row until the end, and all that comes in at once by
# the channel would wait for it.
_HEARD = Prepared(
    text(
        "INSERT INTO channel_health (workspace_id, id, ok, detail, account, since, heard_at)"
        " SELECT workspace_id, id, true, '', '', :now, :now FROM channel"
        " WHERE workspace_id = :workspace AND id = :channel AND NOT EXISTS"
        " (SELECT 1 FROM channel_health WHERE workspace_id = :workspace AND id = :channel AND heard_at >= :lately)"
        " ON CONFLICT (workspace_id, id) DO UPDATE SET heard_at = excluded.heard_at"
        " WHERE channel_health.heard_at IS NULL OR channel_health.heard_at < :lately"
        " RETURNING refused_at"
    )
    .bindparams(bindparam("now", type_=Moment), bindparam("lately", type_=Moment))
    .columns(column("refused_at", Moment))
)


def note_health(tx: Tx, channel_id: str, *, ok: bool, detail: str = "", account: str = "") -> ChannelHealth:
    """A channel works, or does not and why. Said again, it is nothing."""
    row = _row(tx, channel_id)
    fell_or_rose = row.ok != ok
    changed = fell_or_rose or (not ok and row.detail != detail[:1000])
    row.ok, row.detail, row.account = ok, detail[:1000], account[:200] or row.account
    if fell_or_rose:
        row.since = tx.now
    if changed:
        tx.emit(
            ChannelRecovered(channel_id=channel_id) if ok else ChannelFell(channel_id=channel_id, detail=row.detail)
        )
    return row


def note_reading(tx: Tx, channel_id: str, wrong: str = "") -> None:
    """What keeps the channel's mailbox from being read; nothing, when somebody signed in there. Said again, it is nothing."""
    row = _row(tx, channel_id)
    if not wrong:
        note_health(tx, channel_id, ok=True)
    if row.unread == wrong[:1000]:
        return
    row.unread, row.unread_since = wrong[:1000], (row.unread_since or tx.now) if wrong else None
    tx.emit(ChannelFell(channel_id=channel_id, detail=row.unread) if wrong else ChannelRecovered(channel_id=channel_id))


def note_heard(tx: Tx, channel_id: str) -> None:
    """Something came in by a channel. Written once a minute at most, as it is only there to be looked at."""
    lately = tx.now - OFTEN_ENOUGH
    heard = tx.say(_HEARD, workspace=tx.workspace_id, channel=channel_id, now=tx.now, lately=lately)
    if heard is not None and heard.refused_at is not None:
        _row(tx, channel_id).refused_at = None
        tx.emit(ChannelRecovered(channel_id=channel_id))


def is_news(tx: Tx, channel_id: str) -> bool:
    """Whether it says something that a call was turned away: no proper one has come lately, and it is not known already."""
    row = tx.find(ChannelHealth, channel_id)
    is_silent = row is None or row.heard_at is None or row.heard_at < tx.now - SILENCE
    return is_silent and (row is None or row.refused_at is None)


def note_refused(tx: Tx, channel_id: str) -> None:
    """A call was turned away as not signed by the channel's provider: perhaps the secret was changed there."""
    row = _row(tx, channel_id)
    if is_news(tx, channel_id):
        row.refused_at = tx.now
        tx.emit(ChannelFell(channel_id=channel_id, detail=CALLS_REFUSED))


def _row(tx: Tx, channel_id: str) -> ChannelHealth:
    held = tx.lock(ChannelHealth, channel_id)
    if held:
        return held[0]
    row = ChannelHealth(workspace_id=tx.workspace_id, id=channel_id, ok=True, detail="", account="", since=tx.now)
    tx.db.add(row)
    tx.db.flush()
    return row
