"""Asks the business's server who shall serve a conversation: outside of any transaction, and each beside the others.

What is not asked, or not answered, because this process ends is no loss: a timer that was set with the conversation lets it go
its way without.
"""

import asyncio
from weakref import WeakValueDictionary

import structlog

from helpline.conversations.deciding_events import ConversationUndecided
from helpline.core import Actor, Units, new_id
from helpline.core.committed import Committed
from helpline.core.tokens import Signer
from helpline.core.units import utc_now
from helpline.outside import NoAnswer, Outside
from helpline.outside.signing import secret_from, signed
from helpline.routing import naming
from helpline.routing.naming import Question, Said

log = structlog.get_logger()

AT_ONCE = 32
"""Calls to one address at the same time, so that a slow server holds up nobody but who asks it."""


class Asking:
    """Follows what is committed here, and asks about what is undecided."""

    def __init__(self, units: Units, signer: Signer, outside: Outside) -> None:
        self._units, self._signer, self._outside = units, signer, outside
        self._undecided: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._places: WeakValueDictionary[tuple[str, str], asyncio.Semaphore] = WeakValueDictionary()
        self._loop = asyncio.get_running_loop()
        units.told.append(self._told)

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as calls:
            while True:
                calls.create_task(self._decide(*await self._undecided.get()))

    def secret(self, workspace_id: str, version: int) -> str:
        """What a workspace's calls are signed with. It follows from the installation's secret, so it is kept nowhere."""
        return secret_from(bytes.fromhex(self._signer.derive("calls", workspace_id, str(version))))

    def headers(self, workspace_id: str, question: Question) -> dict[str, str]:
        """What goes with a question."""
        vouched = signed(
            self.secret(workspace_id, question.secret_version), f"msg_{new_id()}", utc_now(), question.body
        )
        return {"content-type": "application/json", "user-agent": "Helpline", **vouched}

    async def ask(self, question: Question, headers: dict[str, str]) -> Said:
        """What the server says, or why it says nothing."""
        if not question.url:
            return NoAnswer("no_address")
        try:
            return await self._outside.post(question.url, question.body, headers, within=question.seconds)
        except NoAnswer as failed:
            return failed

    def _told(self, committed: list[Committed]) -> None:
        for unit in committed:
            for fact in () if unit.elsewhere else unit.facts:
                if isinstance(fact, ConversationUndecided) and fact.of == "server" and not self._loop.is_closed():
                    one = (unit.workspace_id, fact.conversation_id)
                    self._loop.call_soon_threadsafe(self._undecided.put_nowait, one)

    async def _decide(self, workspace_id: str, conversation_id: str) -> None:
        home = Actor.system(workspace_id)
        try:
            question = await self._units.read(home, naming.question, conversation_id)
            if question is None:
                return
            places = self._places.setdefault((workspace_id, question.url), asyncio.Semaphore(AT_ONCE))
            async with places:
                # Looked at again: whoever had to wait for a place may have been decided about without.
                question = await self._units.read(home, naming.question, conversation_id)
                if question is None:
                    return
                said = await self.ask(question, self.headers(workspace_id, question))
            await self._units.run(home, naming.take_answer, conversation_id, said)
        except Exception:
            log.exception("asking who shall serve", conversation=conversation_id)
