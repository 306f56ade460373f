"""Which templates there are for a channel: fetched from its provider, kept with the time."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from helpline.core import Conflict, Out, Tx

from .events import TemplatesFetched
from .kinds import can
from .models import Channel, ChannelTemplates
from .templates import Template


class TemplatesOut(Out):
    """The templates of a channel, as they were fetched last."""

    fetched_at: datetime | None
    """Nothing where they never were."""
    items: list[Template]


class NoTemplates(Conflict):
    """Channels of this kind have no templates."""


class TemplatesNotFetched(Conflict):
    """The provider did not give its templates."""


def kept(tx: Tx, channel_id: str) -> list[Template]:
    """The templates of a channel as they were fetched last; none where they never were."""
    row = tx.find(ChannelTemplates, channel_id)
    return msgspec.convert(row.items, list[Template]) if row else []


def known(tx: Tx, channel_id: str) -> TemplatesOut:
    """The templates of a channel of a kind that has them."""
    if not can(tx.get(Channel, channel_id).kind).templates:
        raise NoTemplates
    row = tx.find(ChannelTemplates, channel_id)
    return TemplatesOut(fetched_at=row.fetched_at if row else None, items=kept(tx, channel_id))


def keep(tx: Tx, channel_id: str, found: Iterable[Template]) -> TemplatesOut:
    """Take the place of those that were known."""
    tx.lock(Channel, channel_id)  # who asks at the same time writes after this
    row = tx.find(ChannelTemplates, channel_id) or ChannelTemplates(workspace_id=tx.workspace_id, id=channel_id)
    row.items = msgspec.to_builtins(sorted(found, key=lambda one: (one.name, one.language)))
    row.fetched_at = tx.now
    tx.db.add(row)
    tx.db.flush()
    tx.emit(TemplatesFetched(channel_id=channel_id, count=len(row.items)))
    return known(tx, channel_id)
