"""What lives as long as the application: made when it starts, in this order, and let go when it stops."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from litestar import Litestar

from helpline.core import Units, new_id
from helpline.core.tokens import Signer
from helpline.core.units import utc_now
from helpline.files.previews import Previews
from helpline.files.storage import Storage
from helpline.outside import Outside

from .asking import Asking
from .auth import Identities
from .bus import between_nodes
from .channels import Channels
from .consequences import CONSEQUENCES
from .failures import Failures
from .hub import Hub
from .indexing import Indexing
from .jobs import JobLoop
from .keystrokes import Keystrokes
from .limits import Attempts, Limits
from .lines import Lines
from .lines.rounds import Rounds
from .lines.showing import Signs
from .looking import Looking
from .mailboxes import Mailboxes
from .metrics import Metrics
from .nodes import NOBODY, beat, say_alive, say_goodbye
from .opening_hours import OpeningHours
from .positions import Positions
from .relay import Relay
from .settings import Settings, secret_of
from .sweeping import sweep_forever
from .test_mode import MovedClock

Life = Callable[[Litestar], AbstractAsyncContextManager[None]]


def lifetime(settings: Settings, demo_key: str, clock: Any) -> Life:
    """The application's life, from its first to its last moment."""

    @asynccontextmanager
    async def live(app: Litestar) -> AsyncIterator[None]:
        moved = clock or (MovedClock() if settings.test_mode else utc_now)
        state, signer = app.state, Signer(secret_of(settings))
        units = Units(settings.url, CONSEQUENCES, threads=settings.threads, clock=moved, signer=signer)
        many_nodes = not settings.is_embedded
        state.units, state.signer, state.node_id = units, signer, new_id()
        bus, state.counts = between_nodes(settings.redis, f"helpline:{signer.mark('bus')[:16]}", state.node_id)
        state.storage, state.attempts = Storage(settings.data / "files"), Attempts(state.counts, signer)
        state.previews = Previews(state.storage)
        state.failures = Failures(units, state.counts)
        state.limits = Limits(state.counts, signer, settings.limits)
        state.bus, state.hub = bus, Hub(units, bus)
        state.identify, state.channels = Identities(units, signer, state.hub), Channels(units, state.hub)
        state.looking, state.keystrokes = Looking(state.hub, bus), Keystrokes(state.hub, units, bus)
        Relay(units, bus)
        state.is_leaving = False
        state.began, state.demo_key = time.monotonic(), demo_key
        state.settings, state.metrics = settings, Metrics(units)
        state.moved_clock, state.job_loop = moved, JobLoop(units)
        await units.run(NOBODY, say_alive, state.node_id, alone=not many_nodes)
        state.outside = Outside(settings.may_call, authorities=settings.mail_authorities)
        state.asking = Asking(units, signer, state.outside)
        node = {"hub": state.hub, "node_id": state.node_id, "address": settings.address}
        largest = settings.largest_fetched * 1024 * 1024
        state.lines = Lines(units, signer, state.outside, state.storage, largest=largest, **node)
        state.keystrokes.elsewhere = Signs(units, state.lines).typing
        loops = [
            state.asking.run(),
            state.lines.run(),
            Rounds(units, state.lines, state.node_id).run(),
            Mailboxes(units, state.lines, state.outside, state.node_id).run(),
            state.job_loop.run(),
            Positions(state.hub, units).run(),
            OpeningHours(state.hub, state.channels).run(),
            Indexing(units).run(),
            state.hub.watch_others(),
            state.looking.run(),
            bus.run(),
            sweep_forever(units, state.storage),
            beat(units, state.node_id, alone=not many_nodes, counted_as_dead=state.hub.renew_desks),
        ]
        tasks = [asyncio.ensure_future(loop) for loop in loops]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await state.failures.written()
            await units.run(NOBODY, say_goodbye, state.node_id)
            await asyncio.to_thread(units.close)

    return live
