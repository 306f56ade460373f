"""Routes of reports."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from litestar.params import Parameter

from helpline.core import Tx
from helpline.core.paging import Limit
from helpline.core.router import Routes
from helpline.people import queries as people

from . import first_reply
from .first_reply import FirstReply, Span
from .shapes import FirstReplyPage, FirstReplyReport, GroupOut, figures_out, reply_out

routes = Routes(tag="Reports")

Since = Annotated[datetime | None, Parameter(description="Answers given from this moment on.")]
Before = Annotated[datetime | None, Parameter(description="Answers given before this moment.")]


@routes.get("/reports/first-reply", permission="report.read")
def first_replies(
    tx: Tx,
    by: Literal["day", "agent"] = "day",
    since: Since = None,
    before: Before = None,
    agent_id: str | None = None,
) -> FirstReplyReport:
    """How long contacts waited for the first answer: from their first message to an agent's first answer, in seconds.

    Counted by the day of the answer in the workspace's time zone, or by who gave it.
    """
    found = list(first_reply.replies(tx, Span(since, before, agent_id)))
    zone = people.workspace(tx).timezone
    names = {agent.id: agent.name for agent, _ in people.agents(tx)} if by == "agent" else {}
    key: Callable[[FirstReply], str] = (lambda reply: reply.agent_id) if by == "agent" else _day_in(zone)
    groups = [
        GroupOut(key=key, name=names.get(key, key), seconds=figures_out(figures))
        for key, figures in first_reply.grouped(found, key).items()
    ]
    total = figures_out(first_reply.figures([reply.seconds for reply in found]))
    return FirstReplyReport(by=by, timezone=zone, total=total, groups=groups)


@routes.get("/reports/first-reply/rows", permission="report.read")
def first_reply_rows(
    tx: Tx,
    since: Since = None,
    before: Before = None,
    agent_id: str | None = None,
    limit: Limit = 50,
    cursor: str | None = None,
) -> FirstReplyPage:
    """The conversations behind the figures, in the order of their first answers."""
    rows, more = first_reply.page(tx, Span(since, before, agent_id), limit, cursor)
    return FirstReplyPage(items=[reply_out(row) for row in rows], next=more)


def _day_in(zone: str) -> Callable[[FirstReply], str]:
    return first_reply.day_in(ZoneInfo(zone))
