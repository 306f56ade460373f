"""Sends what is to go out by a channel: in order within a conversation, several conversations at once, not faster than allowed."""

import asyncio

import structlog

from helpline.channels.calls import WITH_FILE
from helpline.channels.contract import Failed, Outbound, Sent
from helpline.channels.health import note_health
from helpline.channels.kinds import can
from helpline.channels.models import ChannelHealth
from helpline.channels.reasons import Reason
from helpline.core import Tx
from helpline.delivery import actions, copies, queries

from .access import Access
from .shift import Shift

log = structlog.get_logger()

AT_ONCE, WITHIN = 8, 60.0
TOO_MUCH = {Reason.BUSY, Reason.LIMIT}


async def send_all(shift: Shift) -> None:
    """Whatever is due, until the shift is over."""
    sending = _Sending(shift)
    async for access in shift:
        await sending.look(access)


class _Sending:
    def __init__(self, shift: Shift) -> None:
        self._shift, self._world, self._home = shift, shift.world, shift.home
        self._pace = shift.world.paces[shift.channel_id]

    async def look(self, access: Access) -> None:
        """Begin with what is due, as much as goes at once; when something is through, it is looked again."""
        units, shift = self._world.units, self._shift
        due, left = await units.read(self._home, _due, shift.channel_id, AT_ONCE + len(shift.under_way))
        if left - shift.under_way.keys():  # a process that ended left it half sent
            tells = can(access.kind).tells_duplicates
            spared = list(shift.under_way)
            await units.run(self._home, actions.recover, shift.channel_id, spared, tells_duplicates=tells)
        for id in [one for one in due if one not in shift.under_way][: AT_ONCE - len(shift.under_way)]:
            shift.begin(id, self._send(access, id))

    async def _send(self, access: Access, id: str) -> None:
        units, channel_id = self._world.units, self._shift.channel_id
        await self._pace.turn(can(access.kind).per_second)
        out = await units.run(self._home, actions.begin, id, self._world.storage.path, self._world.address)
        if out is None:
            return
        try:
            sent = await self._tried(access, out)
        except Failed as failed:
            tells = can(access.kind).tells_duplicates
            await units.run(self._home, actions.note_failed, id, failed, tells_duplicates=tells)
            if failed.reason in TOO_MUCH:
                self._pace.hold(failed.retry_after or 1.0)
            if failed.kind == "auth" or failed.reason == Reason.USED_UP:
                await units.run(self._home, _fell, channel_id, failed.detail)
        else:
            await units.run(self._home, _sent, id, sent, channel_id)

    async def _tried(self, access: Access, out: Outbound) -> Sent:
        if out.files and can(access.kind).files_by_url and not self._world.address:
            raise Failed("permanent", "no_own_address")
        try:
            async with asyncio.timeout(WITHIN + WITH_FILE * len(out.files)):
                sent = await access.adapter.send(access.account, out, self._world.outside)
            return sent if isinstance(sent, Sent) else Sent(sent)
        except TimeoutError as error:
            raise Failed("temporary", "timeout", may_have_arrived=True) from error
        except Failed:
            raise
        except FileNotFoundError as error:
            raise Failed("permanent", "no_such_file") from error
        except Exception as error:
            log.exception("an adapter stumbled over what it was to send", channel=self._shift.channel_id)
            raise Failed("temporary", repr(error), may_have_arrived=True) from error


def _due(tx: Tx, channel_id: str, most: int) -> tuple[list[str], set[str]]:
    """What can go now, and what is being sent."""
    return queries.due(tx, channel_id, most), {one.id for one in queries.being_sent(tx, channel_id)}


def _sent(tx: Tx, id: str, sent: Sent, channel_id: str) -> None:
    actions.note_sent(tx, id, sent.external_id)
    copies.note_missed(tx, id, sent.missed)
    health = tx.find(ChannelHealth, channel_id)
    if health is not None and not health.ok:
        note_health(tx, channel_id, ok=True)


def _fell(tx: Tx, channel_id: str, detail: str) -> None:
    note_health(tx, channel_id, ok=False, detail=detail)
