"""The rows behind a report, whole: streamed page by page."""

from typing import Any

from litestar import Request
from litestar.response import Stream

from helpline.core import Actor, Tx
from helpline.core.router import Routes
from helpline.people import queries as people

from . import first_reply, rows_file
from .api import Before, Since
from .first_reply import FirstReply, Span
from .rows_file import FILE, Form
from .shapes import reply_out

routes = Routes(tag="Reports")

COLUMNS = ("conversation_id", "agent", "asked_at", "answered_at", "seconds")


@routes.get("/reports/first-reply/export", permission="report.read", media_type=FILE)
async def export_first_replies(
    actor: Actor,
    request: Request[Any, Any, Any],
    form: Form = "csv",
    since: Since = None,
    before: Before = None,
    agent_id: str | None = None,
) -> Stream:
    """The conversations behind the figures, all of them, as CSV or as a JSON object a line.

    In CSV, a name that a spreadsheet would take for a formula has an apostrophe in front.
    """
    units, span = request.app.state.units, Span(since, before, agent_id)
    names = await units.read(actor, _names)

    async def page(after: str | None) -> rows_file.Page[FirstReply]:
        return await units.read(actor, first_reply.page, span, rows_file.AT_ONCE, after)  # type: ignore[no-any-return]

    return await rows_file.as_file("first-replies", form, COLUMNS, page, lambda row: _cells(row, names), reply_out)


def _names(tx: Tx) -> dict[str, str]:
    return {agent.id: agent.name for agent, _ in people.agents(tx)}


def _cells(row: FirstReply, names: dict[str, str]) -> list[object]:
    name = names.get(row.agent_id, row.agent_id)
    return [row.conversation_id, name, row.asked_at, row.answered_at, round(row.seconds, 3)]
