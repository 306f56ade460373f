"""The reasons on a record are kept twice: as they were written, and as rows for filters."""

from sqlalchemy import select

from helpline.core import Tx
from helpline.service_records import ServiceRecord
from helpline.service_records.models import RecordReason

AT_ONCE = 1000
MOST = 20


def with_other_reasons(tx: Tx, most: int = MOST) -> list[str]:
    """Records, the first few, whose rows are not what was written."""
    wrong: list[str] = []
    after = ""
    while len(wrong) < most:
        record = ServiceRecord
        mine = select(record.id, record.reasons).where(record.workspace_id == tx.workspace_id, record.id > after)
        written = list(tx.execute(mine.order_by(record.id).limit(AT_ONCE)))
        if not written:
            break
        after, row = written[-1].id, RecordReason
        within = (row.workspace_id == tx.workspace_id, row.id >= written[0].id, row.id <= after)
        kept: dict[str, set[str]] = {}
        for one in tx.execute(select(row.id, row.reason_id).where(*within)):
            kept.setdefault(one.id, set()).add(one.reason_id)
        wrong += [one.id for one in written if {reason["id"] for reason in one.reasons} != kept.get(one.id, set())]
    return wrong[:most]
