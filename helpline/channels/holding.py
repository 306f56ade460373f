"""Secrets that are good until they are used: their provider then gives another in their place."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TypeAlias

from helpline.core import Tx

from .events import SecretRenewed
from .models import Channel


@dataclass
class Held:
    """A secret, while nobody else uses it."""

    secret: str
    renewed: str = ""
    """What is kept in its place, if something is."""


Hold: TypeAlias = Callable[[str], AbstractAsyncContextManager[Held]]
"""By the secret's name: one after another, on all nodes."""


def renew(tx: Tx, channel_id: str, name: str, was: str, renewed: str) -> None:
    """Keep a secret in the place of the one that was used, unless somebody filled in another meanwhile. Both are sealed."""
    (channel,) = tx.lock(Channel, channel_id)
    if channel.sealed.get(name) == was:
        channel.sealed = {**channel.sealed, name: renewed}
        tx.emit(SecretRenewed(channel_id=channel_id, name=name))
