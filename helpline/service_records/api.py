"""Routes about service records, results and reasons."""

from typing import Annotated

from litestar.params import Parameter

from helpline.conversations.history_shapes import HappenedOut, happened_out
from helpline.conversations.queries import history
from helpline.core import Tx
from helpline.core.ordering import OrderIn
from helpline.core.paging import Limit
from helpline.core.router import Routes
from helpline.core.shapes import given

from . import actions, choices, listing, queries
from .filters import ASKED, Asked
from .models import Reason, Result, ServiceRecord
from .shapes import (
    ReasonChange,
    ReasonIn,
    ReasonOut,
    RecordChange,
    RecordDetail,
    RecordOut,
    RecordPage,
    ResultChange,
    ResultIn,
    ResultOut,
    reason_out,
    record_detail,
    record_out,
    records_out,
    result_out,
)
from .timeline import TimelinePage, timeline

routes = Routes(tag="Service records")


def _as_it_is_now(tx: Tx, record: ServiceRecord) -> RecordOut:
    """With all that follows from the change."""
    tx.settle()
    return record_out(tx, record)


@routes.get("/records", permission="record.read", dependencies=ASKED)
def records(
    tx: Tx,
    filters: Asked,
    sort: listing.Sort = "-started_at",
    limit: Limit = 50,
    cursor: str | None = None,
    count: Annotated[bool, Parameter(description="Also count them, up to 1,001.")] = False,
) -> RecordPage:
    """Service records, newest first. Repeat a parameter to allow several values; different ones all have to hold.

    Sorted by their end only those come that have one. `next` and `previous` are cursors.
    """
    found = listing.page(tx, filters, limit, cursor, sort)
    return RecordPage(
        items=records_out(tx, found.rows),
        next=found.next,
        previous=found.previous,
        count=listing.count(tx, filters) if count else None,
    )


@routes.get("/records/{id:str}", permission="record.read")
def record(tx: Tx, id: str) -> RecordDetail:
    """One service record with its conversations and hand-overs."""
    return record_detail(tx, queries.visible(tx, id))


@routes.get("/records/{id:str}/facts", permission="record.read")
def record_facts(tx: Tx, id: str) -> list[HappenedOut]:
    """What happened to a service record, and who did it, in order."""
    return [happened_out(row) for row in history(tx, queries.visible(tx, id).id, limit=1000)]


@routes.patch("/records/{id:str}", permission="record.edit")
def edit(tx: Tx, id: str, data: RecordChange) -> RecordOut:
    """Fill in result, reasons, notes or contact; with `version`, only if nobody else did meanwhile."""
    changes = given(data)
    changes.pop("version", None)
    return _as_it_is_now(tx, actions.edit(tx, id, data.version, **changes))


@routes.post("/records/{id:str}/complete", permission="record.edit", status=200)
def complete(tx: Tx, id: str, data: RecordChange) -> RecordOut:
    """End this service: ends its conversation if that still runs, and makes the record read-only.

    With `version`, only if nobody else changed it meanwhile.
    """
    changes = given(data)
    changes.pop("version", None)
    return _as_it_is_now(tx, actions.complete(tx, id, data.version, **changes))


@routes.post("/records/{id:str}/reopen", permission="record.edit", status=200)
def reopen(tx: Tx, id: str) -> RecordOut:
    """Make a completed record editable again, for its handler."""
    return _as_it_is_now(tx, actions.reopen(tx, id))


@routes.get("/contacts/{id:str}/records", permission="record.read")
def records_of_contact(tx: Tx, id: str) -> list[RecordOut]:
    """The newest service records with a contact."""
    return records_out(tx, listing.page(tx, listing.Filters(contact_id=(id,)), 50).rows)


@routes.get("/contacts/{id:str}/timeline", permission="contact.read")
def contact_timeline(tx: Tx, id: str, limit: Limit = 50, cursor: str | None = None) -> TimelinePage:
    """Conversations and service records of a contact over all contact points, newest first; those one may see."""
    return timeline(tx, id, limit, cursor)


@routes.get("/results", permission="settings.read")
def results(tx: Tx) -> list[ResultOut]:
    """The results a service can have."""
    return [result_out(row) for row in queries.results(tx)]


@routes.post("/results", permission="settings.manage")
def add_result(tx: Tx, data: ResultIn) -> ResultOut:
    """Add a result."""
    return result_out(choices.add_result(tx, **given(data)))


@routes.put("/results/order", permission="settings.manage")
def order_results(tx: Tx, data: OrderIn) -> list[ResultOut]:
    """Put the results in order: all of their ids, the first one first."""
    return [result_out(row) for row in choices.order_results(tx, data.ids)]


@routes.patch("/results/{id:str}", permission="settings.manage")
def change_result(tx: Tx, id: str, data: ResultChange) -> ResultOut:
    """Change a result; switched off, it stays on old records and is offered on new ones no more."""
    return result_out(choices.change(tx, tx.get(Result, id), **given(data)))


@routes.get("/reasons", permission="settings.read")
def reasons(tx: Tx) -> list[ReasonOut]:
    """The reasons a service can have, headings (without `parent_id`) and those below them."""
    return [reason_out(row) for row in queries.reasons(tx)]


@routes.post("/reasons", permission="settings.manage")
def add_reason(tx: Tx, data: ReasonIn) -> ReasonOut:
    """Add a heading, or a reason below one."""
    return reason_out(choices.add_reason(tx, **given(data)))


@routes.put("/reasons/order", permission="settings.manage")
def order_reasons(tx: Tx, data: OrderIn) -> list[ReasonOut]:
    """Put the reasons in order: all of their ids, headings as well; a reason stays below its heading."""
    return [reason_out(row) for row in choices.order_reasons(tx, data.ids)]


@routes.patch("/reasons/{id:str}", permission="settings.manage")
def change_reason(tx: Tx, id: str, data: ReasonChange) -> ReasonOut:
    """Change a reason; switched off, it stays on old records and is offered on new ones no more."""
    return reason_out(choices.change(tx, tx.get(Reason, id), **given(data)))
