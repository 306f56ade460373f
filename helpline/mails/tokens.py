"""What reply tokens of a workspace are signed with: made once, when the first mail needs it."""

import secrets

from helpline.core import Tx

from .models import ReplyKey


def key(tx: Tx) -> bytes:
    """The key."""
    row = tx.find(ReplyKey, tx.workspace_id)
    if row is None:
        row = ReplyKey(workspace_id=tx.workspace_id, id=tx.workspace_id, secret=secrets.token_hex(32))
        tx.db.add(row)
        tx.db.flush()
    return bytes.fromhex(row.secret)
