"""The rows behind a report, whole: streamed page by page."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request
from litestar.params import Parameter
from litestar.response import Stream

from helpline.core import Actor, Tx, Units, spreadsheet
from helpline.core.router import Routes
from helpline.people import queries as people

from . import first_reply
from .api import Before, Since
from .first_reply import FirstReply, Span
from .shapes import reply_out

routes = Routes(tag="Reports")

AT_ONCE = 500
FILE = "application/octet-stream"
COLUMNS = ("conversation_id", "agent", "asked_at", "answered_at", "seconds")
Page = tuple[list[FirstReply], str | None]


@routes.get("/reports/first-reply/export", permission="report.read", media_type=FILE)
async def export_first_replies(
    actor: Actor,
    request: Request[Any, Any, Any],
    form: Annotated[Literal["csv", "jsonl"], Parameter(query="format")] = "csv",
    since: Since = None,
    before: Before = None,
    agent_id: str | None = None,
) -> Stream:
    """The conversations behind the figures, all of them, as CSV or as a JSON object a line.

    In CSV, a name that a spreadsheet would take for a formula has an apostrophe in front.
    """
    units, span = request.app.state.units, Span(since, before, agent_id)
    names = await units.read(actor, _names)
    first = await units.read(actor, first_reply.page, span, AT_ONCE, None)
    named = {"Content-Disposition": f'attachment; filename="first-replies.{form}"'}
    return Stream(_written(units, actor, span, first, names, form), media_type=FILE, headers=named)


async def _written(
    units: Units, actor: Actor, span: Span, page: Page, names: dict[str, str], form: str
) -> AsyncIterator[bytes]:
    if form == "csv":
        yield (spreadsheet.BOM + spreadsheet.line(COLUMNS)).encode()
    while True:
        rows, more = page
        if form == "csv":
            yield "".join(spreadsheet.line(_cells(row, names)) for row in rows).encode()
        else:
            yield b"".join(msgspec.json.encode(reply_out(row)) + b"\n" for row in rows)
        if more is None:
            return
        page = await units.read(actor, first_reply.page, span, AT_ONCE, more)


def _names(tx: Tx) -> dict[str, str]:
    return {agent.id: agent.name for agent, _ in people.agents(tx)}


def _cells(row: FirstReply, names: dict[str, str]) -> list[object]:
    name = names.get(row.agent_id, row.agent_id)
    return [row.conversation_id, name, row.asked_at, row.answered_at, round(row.seconds, 3)]
