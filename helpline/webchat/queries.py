"""Questions of the web chat."""

from datetime import timedelta
from statistics import median

from sqlalchemy import select

from helpline.conversations import Conversation
from helpline.core import Tx

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
