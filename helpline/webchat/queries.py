"""Questions of the web chat."""

from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import select

from helpline.calendars import HoursState
from helpline.calendars.arithmetic import next_at, next_opening
from helpline.conversations import Conversation
from helpline.core import Tx
from helpline.session_settings.opening import hours_at

NEWEST, LATELY, TOO_FEW = 200, timedelta(days=7), 5


def usual_wait(tx: Tx, channel_id: str) -> int | None:
    """Seconds from the first message to the first answer: the median of what came lately, nothing when that is too little."""
    row = Conversation
    found = select(row.channel_id, row.created_at, row.first_answer_at)
    found = found.where(row.workspace_id == tx.workspace_id, row.last_at > tx.now - LATELY)
    rows = tx.db.execute(found.order_by(row.last_at.desc(), row.id.desc()).limit(NEWEST)).all()
    waits = [
        (answer - created).total_seconds() for channel, created, answer in rows if channel == channel_id and answer
    ]
    return round(median(waits)) if len(waits) >= TOO_FEW else None


def closed_next(tx: Tx, category_id: str) -> tuple[datetime | None, datetime | None]:
    """From when to when it is closed next, or in a break, or is now; nothing where it always is open."""
    hours = hours_at(tx, category_id)
    is_open = hours.now.state is HoursState.OPEN
    closes = next_at(hours.plan, tx.now).until if is_open else tx.now
    return closes, next_opening(hours.plan, closes) if closes else None
