"""The ratings behind the report: what each contact thought and wrote, the newest first."""

from datetime import datetime

from sqlalchemy import select, tuple_

from helpline.conversations.models import Conversation
from helpline.conversations.rating_models import Rating
from helpline.core import Out, Tx
from helpline.core.paging import cursor, place

from .satisfaction import Narrowed, only


class RatedOut(Out):
    conversation_id: str
    service_record_id: str | None
    agent_id: str
    category_id: str
    contact_name: str
    asked_at: datetime
    rated_at: datetime | None
    """Nothing while it is not rated."""
    stars: int | None
    comment: str
    reasons: list[str]


class RatedPage(Out):
    items: list[RatedOut]
    next: str | None


COLUMNS = (
    Rating.id.label("conversation_id"),
    Conversation.record_id.label("service_record_id"),
    Rating.agent_id,
    Conversation.category_id,
    Conversation.contact_name,
    Rating.asked_at,
    Rating.rated_at,
    Rating.stars,
    Rating.comment,
    Rating.reasons,
)


def page(tx: Tx, narrowed: Narrowed, limit: int, after: str | None, *, rated: bool = True) -> RatedPage:
    """One page of them; those who were asked and said nothing as well, unless only what was ``rated`` is wanted."""
    rows = only(tx, select(*COLUMNS), narrowed).order_by(Rating.asked_at.desc(), Rating.id.desc())
    if rated:
        rows = rows.where(Rating.stars.is_not(None))
    if after:
        rows = rows.where(tuple_(Rating.asked_at, Rating.id) < place(after, datetime, str))
    found = [RatedOut(**row) for row in tx.db.execute(rows.limit(limit + 1)).mappings()]
    more = cursor(found[limit - 1].asked_at, found[limit - 1].conversation_id) if len(found) > limit else None
    return RatedPage(items=found[:limit], next=more)
