"""What a list of service records is narrowed to, and the ways in which that is read in the order of time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, or_, true

from helpline.contacts import Contact
from helpline.contacts.queries import current
from helpline.core import Tx
from helpline.people.queries import teams_of

from .models import ServiceRecord

CHOICES = (
    "contact_id",
    "handler_id",
    "owner_id",
    "category_id",
    "team_id",
    "result_id",
    "rating",
    "channel_kind",
    "state",
)
"""What a record has one of. In this order one of them leads the way: the former are true of fewer records."""
NARROWING = (*CHOICES, "reason_id", "created_from", "created_to")


@dataclass(frozen=True)
class Filters:
    """What a list of records is narrowed to; several of a kind mean any of them."""

    state: Sequence[str] = ()
    handler_id: Sequence[str] = ()
    team_id: Sequence[str] = ()
    result_id: Sequence[str] = ()
    reason_id: Sequence[str] = ()
    category_id: Sequence[str] = ()
    owner_id: Sequence[str] = ()
    channel_kind: Sequence[str] = ()
    contact_id: Sequence[str] = ()
    rating: Sequence[int] = ()
    created_from: datetime | None = None
    created_to: datetime | None = None
    text: str = ""


def of_today(tx: Tx, filters: Filters) -> Filters:
    """A contact that was merged stands for whom they turned out to be; one that never was is found nowhere."""
    rows = [tx.find(Contact, id) for id in filters.contact_id]
    if not any(row and row.merged_into_id for row in rows):
        return filters
    return replace(filters, contact_id=[current(tx, row.id).id for row in rows if row])


def is_narrow(tx: Tx, filters: Filters) -> bool:
    """Whether it is not all that there is; words apart."""
    return not sees_all(tx) or any(getattr(filters, name) for name in NARROWING)


def branches(tx: Tx, filters: Filters) -> list[list[ColumnElement[bool]]]:
    """One for each value of the filter that leads the way, or for each way in which a record may be visible."""
    leads = next((name for name in CHOICES if getattr(filters, name)), "")
    if leads and (sees_all(tx) or leads == "contact_id"):
        values = dict.fromkeys(getattr(filters, leads))
        rest = [is_seen(tx), *asides(filters, besides=leads)]
        return [[getattr(ServiceRecord, leads) == value, *rest] for value in values]
    if sees_all(tx):
        return [[]]
    teams = [ServiceRecord.team_id == team_id for team_id in teams_of(tx, tx.actor.id)]
    return [[way, *asides(filters)] for way in (ServiceRecord.handler_id == tx.actor.id, *teams)]


def sees_all(tx: Tx) -> bool:
    """Whether the actor may see every record."""
    return tx.actor.kind == "system" or tx.actor.may("record.read_all")


def is_seen(tx: Tx) -> ColumnElement[bool]:
    """Whether the actor may see it, in words that no index is chosen by."""
    mine = or_(_aside("handler_id") == tx.actor.id, _aside("team_id").in_(teams_of(tx, tx.actor.id)))
    return true() if sees_all(tx) else mine


def asides(filters: Filters, besides: str = "") -> list[ColumnElement[bool]]:
    """That it has what is chosen, in words that no index is chosen by."""
    return [_aside(name).in_(getattr(filters, name)) for name in CHOICES if name != besides and getattr(filters, name)]


def _aside(name: str) -> ColumnElement[str]:
    """The same value, in words that keep a planner without statistics from going by this column's index instead."""
    column = getattr(ServiceRecord, name)
    return column + 0 if name == "rating" else column.concat("")  # type: ignore[no-any-return]


def choices(filters: Filters) -> list[ColumnElement[bool]]:
    """That it has what is chosen."""
    return [getattr(ServiceRecord, name).in_(getattr(filters, name)) for name in CHOICES if getattr(filters, name)]
