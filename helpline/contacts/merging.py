"""Contacts that turn out to be one person, and the way back.

What is theirs in conversations and service records follows from the facts: each concept moves its own, and notes in ``moved``
what it needs to give it back (decision 24).
"""

from collections.abc import Sequence
from typing import Any

from helpline.core import Conflict, Invalid, Tx, new_id
from helpline.core.errors import LostRace

from . import queries
from .events import ContactMerged, ContactMergeUndone
from .models import Contact, ContactMerge, ContactPoint
from .shapes import contact_out

FIELDS = ("email", "phone", "company", "locale", "notes", "agent_id")
"""What an empty one of is filled. A name is never empty."""


class NothingToMerge(Invalid):
    """Say which other contacts are this one."""


class ContactIsMerged(Conflict):
    """This contact was merged into another one meanwhile; go on there."""


class MergedFurther(Conflict):
    """The contact was merged into another one since; undo that first."""


def would_fill(primary: Contact, others: Sequence[Contact]) -> dict[str, Any]:
    """What of the others fills an empty field: what is filled wins, and who comes first."""
    filled: dict[str, Any] = {}
    for name in FIELDS:
        if not getattr(primary, name) and (given := [value for one in others if (value := getattr(one, name))]):
            filled[name] = given[0]
    return filled


def merge(tx: Tx, contact_id: str, other_ids: Sequence[str]) -> ContactMerge:
    """Say that others are this contact; what was theirs is this one's now."""
    ids = check(tx, contact_id, other_ids)
    points = queries.points_of(tx, *ids)
    rows = tx.lock(ContactPoint, *points)
    held = {row.id: row for row in tx.lock(Contact, contact_id, *ids)}
    if queries.points_of(tx, *ids) != points:  # one came or went before all was held
        raise LostRace
    _refuse_merged(tx, *held.values())
    primary, others = held[contact_id], [held[id] for id in ids]
    merge = ContactMerge(workspace_id=tx.workspace_id, id=new_id(), contact_id=contact_id, merged=ids)
    merge.filled, merge.at, merge.by_id = would_fill(primary, others), tx.now, tx.actor.id
    merge.moved = {id: {"points": sorted(point for point in points if points[point] == id)} for id in ids}
    tx.db.add(merge)
    for row in rows:
        row.contact_id = contact_id
    for name, value in merge.filled.items():
        setattr(primary, name, value)
    for other in others:
        other.merged_into_id = contact_id
        other.version += 1
    primary.version += 1
    names = {other.id: other.name for other in others}
    tx.emit(ContactMerged(contact_id=contact_id, merge_id=merge.id, name=primary.name, merged=names))
    return merge


def undo(tx: Tx, merge_id: str) -> ContactMerge:
    """Give everything back. To undo it again changes nothing."""
    merge = tx.get(ContactMerge, merge_id)
    came = {point: id for id, moved in merge.moved.items() for point in moved["points"]}
    points = tx.lock(ContactPoint, *came)
    held = {row.id: row for row in tx.lock(Contact, merge.contact_id, *merge.merged)}
    (merge,) = tx.lock(ContactMerge, merge_id)
    primary, others = held[merge.contact_id], [held[id] for id in merge.merged]
    if merge.undone_at is not None:
        return merge
    if primary.merged_into_id is not None:
        raise MergedFurther(contact=contact_out(queries.current(tx, primary.id)))
    merge.undone_at, merge.undone_by_id = tx.now, tx.actor.id
    for point in points:
        if point.contact_id == primary.id:  # else somebody has said since whose it is
            point.contact_id = came[point.id]
    for name, value in merge.filled.items():
        if getattr(primary, name) == value:
            setattr(primary, name, None if name == "agent_id" else "")
    for other in others:
        other.merged_into_id = None
        other.version += 1
    primary.version += 1
    names = {other.id: other.name for other in others}
    tx.emit(ContactMergeUndone(contact_id=primary.id, merge_id=merge.id, name=primary.name, merged=names))
    return merge


def check(tx: Tx, contact_id: str, other_ids: Sequence[str]) -> list[str]:
    """The others, once each; refused when they cannot be merged."""
    ids = list(dict.fromkeys(other_ids))
    if not ids or contact_id in ids:
        raise NothingToMerge(field="contact_ids")
    _refuse_merged(tx, *(tx.get(Contact, id) for id in (contact_id, *ids)))
    return ids


def note(merge: ContactMerge, contact_id: str, **moved: Any) -> None:
    """Keep what else was this contact's."""
    merge.moved = merge.moved | {contact_id: merge.moved[contact_id] | moved}


def _refuse_merged(tx: Tx, *contacts: Contact) -> None:
    for contact in contacts:
        if contact.merged_into_id is not None:
            raise ContactIsMerged(field="contact_ids", contact=contact_out(queries.current(tx, contact.id)))
