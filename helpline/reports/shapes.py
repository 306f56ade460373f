"""How reports look on the wire."""

from datetime import datetime

from helpline.core import Out

from .first_reply import Figures, FirstReply


class FiguresOut(Out):
    count: int
    mean: float
    p50: float
    p90: float
    longest: float


class GroupOut(Out):
    key: str
    name: str
    seconds: FiguresOut


class FirstReplyReport(Out):
    by: str
    timezone: str
    total: FiguresOut
    groups: list[GroupOut]


class FirstReplyOut(Out):
    conversation_id: str
    agent_id: str
    asked_at: datetime
    answered_at: datetime
    seconds: float


class FirstReplyPage(Out):
    items: list[FirstReplyOut]
    next: str | None


def figures_out(of: Figures) -> FiguresOut:
    """Figures in seconds."""
    return FiguresOut(count=of.count, mean=of.mean, p50=of.p50, p90=of.p90, longest=of.longest)


def reply_out(of: FirstReply) -> FirstReplyOut:
    """One first answer."""
    return FirstReplyOut(
        conversation_id=of.conversation_id,
        agent_id=of.agent_id,
        asked_at=of.asked_at,
        answered_at=of.answered_at,
        seconds=of.seconds,
    )
