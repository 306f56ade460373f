"""Routes of what contacts thought: the figures, the ratings behind them, and all of these as a file."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Request
from litestar.params import Parameter
from litestar.response import Stream

from helpline.channels import Category
from helpline.channels.queries import all_of
from helpline.core import Actor, Tx
from helpline.core.paging import Limit
from helpline.core.router import Routes

from . import ratings, rows_file, satisfaction
from .ratings import RatedOut, RatedPage
from .rows_file import FILE, Form
from .satisfaction import Narrowed

routes = Routes(tag="Reports")

COLUMNS = ("conversation_id", "asked_at", "rated_at", "agent", "category", "contact", "stars", "reasons", "comment")
Since = Annotated[datetime | None, Parameter(description="Asked from this moment on.")]
Before = Annotated[datetime | None, Parameter(description="Asked before this moment.")]
Names = dict[str, str]


@routes.get("/reports/satisfaction", permission="report.read")
def satisfaction_report(
    tx: Tx, since: Since = None, before: Before = None, agent_id: str | None = None, category_id: str | None = None
) -> satisfaction.SatisfactionReport:
    """What contacts thought: how many were asked and rated, the average and the stars, by agent, category and day."""
    return satisfaction.report(tx, Narrowed(since, before, agent_id, category_id))


@routes.get("/reports/satisfaction/rows", permission="report.read")
def satisfaction_rows(
    tx: Tx,
    since: Since = None,
    before: Before = None,
    agent_id: str | None = None,
    category_id: str | None = None,
    limit: Limit = 50,
    cursor: str | None = None,
) -> RatedPage:
    """The ratings behind the figures with their comments, by when it was asked, the newest first."""
    return ratings.page(tx, Narrowed(since, before, agent_id, category_id), limit, cursor)


@routes.get("/reports/satisfaction/export", permission="report.read", media_type=FILE)
async def export_ratings(
    actor: Actor,
    request: Request[Any, Any, Any],
    form: Form = "csv",
    since: Since = None,
    before: Before = None,
    agent_id: str | None = None,
    category_id: str | None = None,
) -> Stream:
    """All who were asked, also those who said nothing, as CSV or as a JSON object a line.

    In CSV, a text that a spreadsheet would take for a formula has an apostrophe in front.
    """
    units, narrowed = request.app.state.units, Narrowed(since, before, agent_id, category_id)
    names = await units.read(actor, _names)

    async def page(after: str | None) -> rows_file.Page[RatedOut]:
        found = await units.read(actor, ratings.page, narrowed, rows_file.AT_ONCE, after, rated=False)
        return found.items, found.next

    return await rows_file.as_file("ratings", form, COLUMNS, page, lambda row: _cells(row, names), lambda row: row)


def _names(tx: Tx) -> Names:
    return satisfaction.names_of_agents(tx) | {one.id: one.name for one in all_of(tx, Category)}


def _cells(row: RatedOut, names: Names) -> list[object]:
    known = [names.get(id, id) for id in (row.agent_id, row.category_id)]
    said = [row.contact_name, row.stars, "; ".join(row.reasons), row.comment]
    return [row.conversation_id, row.asked_at, row.rated_at, *known, *said]
