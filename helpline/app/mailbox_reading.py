"""Reads the folders of a mailbox, each over one connection, until it is lost."""

import asyncio
import imaplib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, TypeVar

from helpline.channels.contract import Account, Failed
from helpline.channels.email.adapter import FIRST_FOLDER, opened
from helpline.channels.email.imap import Folder, NoSuchFolder
from helpline.channels.email.servers import server_of
from helpline.channels.health import note_reading
from helpline.core import Actor, Units
from helpline.mails import folders
from helpline.outside import Outside

IDLE_FOR, AT_ONCE = 20.0, 20
LOOK_AGAIN = 60.0
T = TypeVar("T")


async def read_all(units: Units, home: Actor, account: Account, outside: Outside) -> None:
    """All folders at once, until cancelled; ``Failed`` or ``OSError`` when the connection to one of them is lost."""
    names = [str(one) for one in account.settings.get("imap_folders") or ()] or [FIRST_FOLDER]
    missing: dict[str, str] = {}
    try:
        async with asyncio.TaskGroup() as group:
            for name in names:
                group.create_task(_Reader(units, home, account, name, missing).keep_on(outside))
    except ExceptionGroup as several:
        lost = several.exceptions[0]
        if isinstance(lost, imaplib.IMAP4.error):
            raise Failed("temporary", str(lost)) from several
        raise lost from several


class _Reader:
    """One folder, over one connection with a thread of its own."""

    def __init__(self, units: Units, home: Actor, account: Account, name: str, missing: dict[str, str]) -> None:
        self._units, self._home, self._account, self._name = units, home, account, name
        self._missing = missing
        """Of all folders of the mailbox those that there are not, and what the server says of each."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mailbox")

    async def keep_on(self, outside: Outside) -> None:
        """Also where there is no such folder: it is said, and looked for again, while the others are read."""
        while True:
            try:
                return await self.run(outside)
            except NoSuchFolder as none:
                self._missing[self._name] = none.detail
                await self._note()
                await asyncio.sleep(LOOK_AGAIN)

    async def run(self, outside: Outside) -> None:
        """Until the connection is lost."""
        server = await server_of(self._account, "imap", outside)
        if server is None:
            return
        folder = await opened(server, outside, self._name)
        try:
            self._missing.pop(self._name, None)
            await self._note()
            await self._follow(folder)
        finally:
            folder.close()
            self._thread.shutdown(wait=False)

    async def _note(self) -> None:
        await self._units.run(self._home, note_reading, self._account.channel_id, " ".join(self._missing.values()))

    async def _follow(self, folder: Folder) -> None:
        while True:
            standing = await self._do(folders.open_folder, folder.validity, folder.next_uid)
            if standing.anew:
                await self._look_through(folder, standing.since - folders.EARLIER)
                # What came since the folder was opened is taken as new: it may have come after it was looked through.
                await self._do(folders.begin_anew, folder.validity, folder.next_uid - 1)
                continue
            if standing.backfill_from is not None:
                await self._look_through(folder, standing.backfill_from)
                await self._do(folders.end_backfill, standing.backfill_from)
            await self._take_new(folder, standing.last_uid)
            await self._ask(folder.wait, IDLE_FOR)

    async def _take_new(self, folder: Folder, last_uid: int) -> None:
        for uids in _portions(await self._ask(folder.beyond, last_uid)):
            mails = await self._ask(folder.read, uids)
            await self._do(folders.take, folder.validity, mails, up_to=uids[-1])

    async def _look_through(self, folder: Folder, day: date) -> None:
        """Keep all that is there from this day on; what is known already will be found again and changes nothing."""
        for uids in _portions(await self._ask(folder.since, day)):
            await self._do(folders.keep_again, folder.validity, await self._ask(folder.read, uids))

    async def _ask(self, ask: Callable[..., T], *given: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, ask, *given)

    async def _do(self, action: Callable[..., T], *given: Any, **named: Any) -> T:
        return await self._units.run(self._home, action, self._account.channel_id, self._name, *given, **named)


def _portions(uids: list[int]) -> Iterator[list[int]]:
    return (uids[at : at + AT_ONCE] for at in range(0, len(uids), AT_ONCE))
