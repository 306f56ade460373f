"""The list of service records, whole: streamed page by page, however many there are."""

import asyncio
from collections.abc import AsyncIterator
from datetime import tzinfo
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request
from litestar.params import Parameter
from litestar.response import Stream

from helpline.conversations.rating_models import Rating
from helpline.core import Actor, Tx, Units, spreadsheet
from helpline.core.router import Routes
from helpline.people import queries as people

from . import listing, queries
from .events import RecordsExported
from .filters import ASKED, Asked
from .listing import Filters
from .shapes import RecordOut, records_out

routes = Routes(tag="Service records")

Form = Literal["csv", "xlsx", "jsonl"]
AT_ONCE = 200
FILE = "application/octet-stream"
"""What is saved and not shown, in either form; a description has room for one media type."""
COLUMNS = (
    "number",
    "state",
    "started_at",
    "conversation_ended_at",
    "ended_at",
    "contact_name",
    "address",
    "owner_name",
    "channel_kind",
    "channel_name",
    "category_name",
    "subject",
    "handler",
    "result",
    "reasons",
    "notes",
    "waited_seconds",
    "last_sent",
    "rating",
    "rating_comment",
    "rating_reasons",
    "id",
)


@routes.get("/records/export", permission="record.export", dependencies=ASKED, media_type=FILE)
async def export(
    actor: Actor,
    request: Request[Any, Any, Any],
    filters: Asked,
    form: Annotated[Form, Parameter(query="format")] = "csv",
    sort: listing.Sort = "-started_at",
) -> Stream:
    """Every service record of a filtered list that one may see: CSV, an Excel workbook, or a JSON object a line.

    The audit log says so. In CSV, a text that a spreadsheet would take for a formula has an apostrophe in front; JSON keeps
    every byte. In a workbook times are those of the workspace's time zone.
    """
    units: Units = request.app.state.units
    first = await units.read(actor, _page, filters, sort, None)  # what is refused is refused before the answer begins
    zone = await units.run(actor, _note, form, filters)
    named = {"Content-Disposition": f'attachment; filename="service-records.{form}"'}
    pages = _pages(units, actor, filters, sort, first)
    written = _workbook(pages, ZoneInfo(zone)) if form == "xlsx" else _lines(pages, form)
    return Stream(written, media_type=FILE, headers=named)


class Row(NamedTuple):
    """A record with what a file says beside it."""

    record: RecordOut
    handler: str
    rating: Rating | None


Rows = list[Row]
Page = tuple[Rows, str | None]


async def _pages(units: Units, actor: Actor, filters: Filters, sort: listing.Sort, page: Page) -> AsyncIterator[Rows]:
    rows, more = page
    yield rows
    while more is not None:
        rows, more = await units.read(actor, _page, filters, sort, more)
        yield rows


async def _lines(pages: AsyncIterator[Rows], form: str) -> AsyncIterator[bytes]:
    if form == "csv":
        yield (spreadsheet.BOM + spreadsheet.line(COLUMNS)).encode()
    async for rows in pages:
        if form == "csv":
            yield "".join(spreadsheet.line(_cells(row)) for row in rows).encode()
        else:
            yield b"".join(_json(row) + b"\n" for row in rows)


async def _workbook(pages: AsyncIterator[Rows], zone: tzinfo) -> AsyncIterator[bytes]:
    from helpline.core.workbook import Workbook  # hardly ever asked for

    book = Workbook("Service records", COLUMNS, zone)
    async for rows in pages:
        await asyncio.to_thread(book.write, [_cells(row) for row in rows])
        if ready := book.taken():
            yield ready
    book.close()
    yield book.taken()


def _note(tx: Tx, form: str, filters: Filters) -> str:
    said = {name: said for name, said in msgspec.to_builtins(filters).items() if said}
    tx.emit(RecordsExported(form=form, filters=said))
    return people.workspace(tx).timezone


def _page(tx: Tx, filters: Filters, sort: listing.Sort, after: str | None) -> Page:
    found = listing.page(tx, filters, AT_ONCE, after, sort)
    names = {agent.id: agent.name for agent, _ in people.agents(tx)}
    ratings = queries.ratings_of(tx, [row.id for row in found.rows])
    for row in ratings.values():
        tx.db.expunge(row)  # only values leave a unit
    records = records_out(tx, found.rows)
    rows = [Row(one, names.get(one.handler_id, ""), ratings.get(one.id)) for one in records]
    return rows, found.next


def _json(row: Row) -> bytes:
    said = msgspec.to_builtins(row.record)
    if row.rating:
        said |= {"rating_comment": row.rating.comment, "rating_reasons": row.rating.reasons}
    return msgspec.json.encode(said)


def _cells(row: Row) -> list[object]:
    record, handler, rating = row
    said: dict[str, object] = {name: getattr(record, name) for name in COLUMNS if name in record.__struct_fields__}
    said |= {"handler": handler, "result": record.result.label if record.result else ""}
    said |= {"reasons": "; ".join(reason["label"] for reason in msgspec.to_builtins(record.reasons))}
    said |= {"rating_comment": rating.comment if rating else ""}
    said |= {"rating_reasons": "; ".join(rating.reasons) if rating else ""}
    return [said[name] for name in COLUMNS]
