"""What reply tokens of a workspace are signed with: it follows from the installation's secret.

Keys that were made before it did are kept, as tokens that were sent are signed with them: sealed by what follows from the secret.
"""

from base64 import b64decode, b64encode

from helpline.core import Tx

from .models import ReplyKey

SEALED = "="
"""How one begins that is sealed."""


def key(tx: Tx) -> bytes:
    """The key."""
    row = tx.find(ReplyKey, tx.workspace_id)
    if row is None:
        return _following(tx, "mail")
    if row.secret.startswith(SEALED):
        return _mixed(b64decode(row.secret.removeprefix(SEALED)), _following(tx, "mail kept"))
    return bytes.fromhex(row.secret)


def seal(tx: Tx) -> None:
    """Let a key that was made before not lie there in the clear."""
    for row in tx.lock(ReplyKey, tx.workspace_id):
        if not row.secret.startswith(SEALED):
            row.secret = SEALED + b64encode(_mixed(bytes.fromhex(row.secret), _following(tx, "mail kept"))).decode()


def _following(tx: Tx, what: str) -> bytes:
    if tx.signer is None:
        raise RuntimeError("Who takes part in mails has to know the installation's secret.")
    return bytes.fromhex(tx.signer.derive(what, tx.workspace_id))


def _mixed(key: bytes, pad: bytes) -> bytes:
    # As good as any cipher: both are as long as each other, and nothing else is ever mixed with this one.
    return bytes(one ^ other for one, other in zip(key, pad, strict=True))
