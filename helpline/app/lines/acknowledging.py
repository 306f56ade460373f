"""Tells a provider that what somebody tapped was heard, so that their button comes to rest.

Once it is taken in, at the pace of the channel, and never in the way of a message: what would be too much is let go.
"""

import asyncio
from collections.abc import Iterable

import structlog

from helpline.channels.contract import Failed
from helpline.channels.inbound import Event, Said
from helpline.channels.kinds import can
from helpline.channels.signs import Heard, Known
from helpline.core import new_id

from .access import Access
from .delivering import TOO_MUCH
from .shift import Shift

log = structlog.get_logger()

AT_ONCE, WITHIN = 8, 5.0
"""More would hold up messages, which go at the same pace; later it has come to rest by itself."""


class Acknowledging:
    """What waits in one shift to be told so."""

    def __init__(self, shift: Shift) -> None:
        self._shift, self._waiting = shift, set[str]()

    def begin(self, access: Access, events: Iterable[Event]) -> None:
        """These were taken in."""
        for event in events:
            if not isinstance(event, Said) or event.awaits in {"", *self._waiting} or len(self._waiting) >= AT_ONCE:
                continue
            self._waiting.add(event.awaits)
            self._shift.begin(f"heard/{new_id()}", self._tell(access, event), then_look=False)

    async def _tell(self, access: Access, event: Said) -> None:
        world, pace = self._shift.world, self._shift.world.paces[self._shift.channel_id]
        sign = Heard(to=event.who.address, about=Known(external_id=event.awaits))
        try:
            async with asyncio.timeout(WITHIN):
                await pace.turn(can(access.kind).per_second)
                await access.adapter.show(access.account, sign, world.outside)
        except (Failed, TimeoutError) as failed:
            if isinstance(failed, Failed) and failed.reason in TOO_MUCH:
                pace.hold(failed.retry_after or 1.0)
            log.info("a contact was not told that their tap was heard", why=str(failed))
        finally:
            self._waiting.discard(event.awaits)
