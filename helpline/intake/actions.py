"""What becomes of what came in: kept, and taken in event by event, each once."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, select

from helpline.channels import Channel
from helpline.channels.contract import Raw
from helpline.channels.health import note_heard
from helpline.channels.inbound import Event
from helpline.core import Actor, Conflict, Prepared, Tx, new_id

from . import foretold, queries
from .events import PayloadDismissed, PayloadQuarantined, PayloadReleased, PayloadsDiscarded
from .hearing import ToFetch, hear
from .models import Payload, PayloadState

KEPT = timedelta(days=30)
"""So long what came in is kept as it came, to be looked at when something seems to be missing."""
MOST_AT_ONCE = 500
_KEEP = Prepared(insert(Payload.__table__))  # type: ignore[arg-type]


class NotInQuarantine(Conflict):
    """This is not in quarantine any more."""


def keep(tx: Tx, channel_id: str, raw: Raw) -> str:
    """Keep what came in, before anything is read of it; its id."""
    id = new_id()
    as_it_came: dict[str, Any] = {
        "headers": dict(raw.headers),
        "query": dict(raw.query),
        "url": raw.url[:2000],
        "body": raw.body,
    }
    as_it_came |= {"at": raw.at or tx.now, "digest": sha256(raw.content).hexdigest()}
    stands = {"state": PayloadState.RECEIVED, "done": 0, "attempts": 0, "error": "", "kept": False}
    tx.say(_KEEP, workspace_id=tx.workspace_id, id=id, channel_id=channel_id, **as_it_came, **stands)
    tx.left.add(("in", channel_id))
    return id


def take_in(tx: Tx, payload_id: str, at: int, event: Event, files: Sequence[ToFetch], *, is_last: bool) -> None:
    """Take in one event of what came in, if it is its turn."""
    (payload,) = tx.lock(Payload, payload_id)
    if payload.state != PayloadState.RECEIVED or payload.done != at:
        return
    hear(tx, tx.get(Channel, payload.channel_id), event, files, payload.at, payload_id=payload.id)
    payload.done = at + 1
    if is_last:
        if payload.error:
            _set_apart(tx, payload)
        else:
            _finish(tx, payload)


def pass_over(tx: Tx, payload_id: str, at: int, error: str, *, is_last: bool) -> None:
    """An event could not be taken in; the others of the payload are, and with an error it waits in quarantine at the end."""
    (payload,) = tx.lock(Payload, payload_id)
    if payload.state == PayloadState.RECEIVED and payload.done == at:
        payload.done, payload.error = at + 1, f"{payload.error}\n{error}".strip()[:2000]
        if is_last:
            if payload.error:
                _set_apart(tx, payload)
            else:
                _finish(tx, payload)


def foretell(tx: Tx, payload_id: str, at: int, event: Event, *, is_last: bool) -> None:
    """An event is about something that is not here: it waits for that where it may still come, and the others are taken in."""
    (payload,) = tx.lock(Payload, payload_id)
    if payload.state == PayloadState.RECEIVED and payload.done == at:
        foretold.keep(tx, payload.channel_id, event, payload.at)
        pass_over(tx, payload_id, at, "", is_last=is_last)


def close(tx: Tx, payload_id: str) -> None:
    """There was nothing in it that concerns us."""
    (payload,) = tx.lock(Payload, payload_id)
    if payload.state == PayloadState.RECEIVED:
        _finish(tx, payload)


def quarantine(tx: Tx, payload_id: str, error: str) -> None:
    """What came in makes no sense; it waits to be looked at, and holds nothing up."""
    (payload,) = tx.lock(Payload, payload_id)
    if payload.state == PayloadState.RECEIVED:
        payload.error = error[:2000]
        _set_apart(tx, payload)


def release(tx: Tx, payload_id: str) -> Payload:
    """Have it tried again from its beginning; what was taken in of it already changes nothing."""
    payload = _in_quarantine(tx, payload_id)
    payload.state, payload.error, payload.done, payload.attempts = PayloadState.RECEIVED, "", 0, payload.attempts + 1
    tx.emit(PayloadReleased(payload_id=payload.id, channel_id=payload.channel_id))
    tx.left.add(("in", payload.channel_id))
    return payload


def dismiss(tx: Tx, payload_id: str) -> Payload:
    """Let it go."""
    payload = _in_quarantine(tx, payload_id)
    payload.state = PayloadState.DISMISSED
    tx.emit(PayloadDismissed(payload_id=payload.id, channel_id=payload.channel_id))
    return payload


def discard_old(tx: Tx) -> int:
    """Throw away some of what came in long ago and has been dealt with; how much. What waits in quarantine stays."""
    row, over = Payload, (PayloadState.DONE, PayloadState.DISMISSED)
    here = (row.workspace_id == tx.workspace_id, row.state.in_(over), row.at < tx.now - KEPT, row.kept.is_(False))
    ids = list(tx.db.scalars(select(row.id).where(*here).order_by(row.at).limit(MOST_AT_ONCE)))
    if ids:
        tx.execute(delete(row).where(row.workspace_id == tx.workspace_id, row.id.in_(ids)))
        tx.emit(PayloadsDiscarded(count=len(ids)))
    return len(ids)


def _in_quarantine(tx: Tx, payload_id: str) -> Payload:
    payload = tx.get(Payload, payload_id)
    (payload,) = tx.lock(Payload, payload.id)
    if payload.state != PayloadState.QUARANTINED:
        raise NotInQuarantine
    return payload


def _finish(tx: Tx, payload: Payload) -> None:
    payload.state = PayloadState.DONE
    note_heard(tx, payload.channel_id)


def _set_apart(tx: Tx, payload: Payload) -> None:
    """Have it wait in quarantine, unless the same waits there, or was let go. What somebody had tried again comes back."""
    if not payload.attempts and queries.is_set_apart(tx, payload):
        _finish(tx, payload)
        return
    payload.state = PayloadState.QUARANTINED
    note_heard(tx, payload.channel_id)
    tx.actor = Actor.system(tx.workspace_id)
    tx.emit(PayloadQuarantined(payload_id=payload.id, channel_id=payload.channel_id, error=payload.error))
