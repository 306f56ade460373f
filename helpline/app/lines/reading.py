"""What came in as its adapter understands it. Read in a thread, because what others send may take long."""

import asyncio
import time
from collections.abc import Sequence

import structlog

from helpline.channels.contract import Account, Adapter, NotUnderstood, Raw
from helpline.channels.inbound import Event

log = structlog.get_logger()

AT_ONCE, LONGEST = 0.02, 30.0
"""Seconds: what was read is taken in after the first, and what takes the second is given up."""

Understood = list[Event] | str
"""What happened; or why it makes no sense."""


async def understood(adapter: Adapter, account: Account, raws: Sequence[Raw]) -> list[Understood]:
    """The first of these, as many as can be read in a moment."""
    try:
        async with asyncio.timeout(LONGEST):
            return await asyncio.to_thread(_read, adapter, account, raws)
    except TimeoutError as error:
        if len(raws) == 1:
            log.exception("an adapter got stuck in what came in", channel=account.channel_id)
            return [repr(error)]
        return [(await understood(adapter, account, [raw]))[0] for raw in raws]  # one of them is it


def _read(adapter: Adapter, account: Account, raws: Sequence[Raw]) -> list[Understood]:
    read, until = list[Understood](), time.monotonic() + AT_ONCE
    for raw in raws:
        try:
            read.append(adapter.receive(account, raw))
        except NotUnderstood as error:
            read.append(str(error))
        except Exception as error:
            log.exception("an adapter stumbled over what came in", channel=account.channel_id)
            read.append(repr(error))
        if time.monotonic() > until:
            break
    return read
