"""Questions about contacts."""

from sqlalchemy import or_, select, tuple_

from helpline.core import Tx
from helpline.core.paging import cursor, place

from .models import Contact


def search(tx: Tx, text: str, limit: int, after: str | None) -> tuple[list[Contact], str | None]:
    """Contacts whose name, address, number or company contains ``text``, by name."""
    found = select(Contact).where(Contact.workspace_id == tx.workspace_id)
    if text:
        like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        fields = (Contact.name, Contact.email, Contact.phone, Contact.company)
        found = found.where(or_(*(field.ilike(like, escape="\\") for field in fields)))
    if after:
        found = found.where(tuple_(Contact.name, Contact.id) > place(after, str, str))
    rows = list(tx.db.scalars(found.order_by(Contact.name, Contact.id).limit(limit + 1)))
    more = cursor(rows[limit - 1].name, rows[limit - 1].id) if len(rows) > limit else None
    return rows[:limit], more
