"""What follows among channels."""

from helpline.core import Tx

from .events import CategorySet, ChannelSet, OwnerSet
from .shapes import category_update, channel_update, owner_update


def show_channel(tx: Tx, fact: ChannelSet) -> None:
    """Every desk gets the channel as it is now."""
    tx.touch(channel_update, fact.id)


def show_category(tx: Tx, fact: CategorySet) -> None:
    """Every desk gets the category as it is now."""
    tx.touch(category_update, fact.id)


def show_owner(tx: Tx, fact: OwnerSet) -> None:
    """Every desk gets the owner as it is now."""
    tx.touch(owner_update, fact.id)
