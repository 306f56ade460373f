"""How long somebody will wait, by how it went lately."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from statistics import median
from string import Template

from sqlalchemy import func, select

from helpline.conversations import Conversation
from helpline.core import Tx
from helpline.people import Availability, Membership, Presence
from helpline.session_settings.prompts import said_in

NEWEST, LATELY, TOO_FEW = 200, timedelta(days=7), 5
HOUR = 60
UNKNOWN = {"en": "a few minutes", "zh-TW": "幾分鐘"}
ONE = {"en": "1 minute", "zh-TW": "1 分鐘"}
SOME = {"en": "$n minutes", "zh-TW": "$n 分鐘"}
LONG = {"en": "more than an hour", "zh-TW": "一個多小時"}


def seconds_a_place(tx: Tx, team_id: str) -> float | None:
    """Seconds in which a queue moves on by one: how long services took lately ÷ the places of who is there.

    Nothing when too little is known, or nobody is there.
    """
    row = Conversation
    found = select(row.team_id, row.assigned_at, row.closed_at)
    found = found.where(row.workspace_id == tx.workspace_id, row.last_at > tx.now - LATELY)
    newest = tx.db.execute(found.order_by(row.last_at.desc(), row.id.desc()).limit(NEWEST)).all()
    took = [(end - start).total_seconds() for team, start, end in newest if team == team_id and start and end]
    there = select(func.sum(Presence.capacity)).join(
        Membership, (Membership.workspace_id == Presence.workspace_id) & (Membership.agent_id == Presence.id)
    )
    there = there.where(Presence.workspace_id == tx.workspace_id, Membership.team_id == team_id)
    places = tx.db.scalar(there.where(Presence.state == Availability.READY, Presence.connected))
    return median(took) / places if len(took) >= TOO_FEW and places else None


def said_wait(place: int, a_place: float | None, languages: Sequence[str]) -> str:
    """The wait of who stands at this place, in words."""
    if a_place is None:
        return said_in(UNKNOWN, languages)
    minutes = max(1, ceil(place * a_place / 60))
    if minutes > HOUR:
        return said_in(LONG, languages)
    return said_in(ONE, languages) if minutes == 1 else Template(said_in(SOME, languages)).substitute(n=minutes)
