"""Customers with LINE, WhatsApp or Telegram on their phones, or who write mails, for ``helpline replay``.

What they write goes to a simulated provider, which tells Helpline of it; what they read is what that provider shows them.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Protocol

from helpline.app.replay.customer import Sent
from helpline.app.replay.desks import Case, Floor
from helpline.app.replay.frames import Message, VisitorMessage
from helpline.app.replay.line import until
from helpline.app.simulating_channels.customers import Customer, Seen
from helpline.app.simulating_channels.hooks import Hooks


class Place(Protocol):
    """Where customers are: a provider, or their own mail server."""

    hooks: Hooks

    def meets(self, name: str) -> Customer:
        """Somebody new."""

    def says(self, customer: Customer, text: str) -> str:
        """They write."""


class Screen(list[Seen]):
    """Tells when something appears on it."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed

    def append(self, seen: Seen) -> None:
        """One more."""
        super().append(seen)
        self._changed()


class Phone:
    """One customer of a dialogue."""

    reconnects = 0
    why = ""

    def __init__(
        self, place: Place, floor: Callable[[], Floor], entered: Callable[["Phone"], None], spoke: Callable[[], None]
    ) -> None:
        self._place, self._floor, self._entered, self._spoke = place, floor, entered, spoke
        self._loop = asyncio.get_running_loop()
        self._met = asyncio.Event()
        self._acknowledged: set[str] = set()
        self._answers: list[Sent] = []
        self.name = ""
        self.person = Customer("", "")

    @property
    def conversation_id(self) -> str:
        """Theirs, as soon as an agent has it; who is not known by name yet is known by their address."""
        met = self._floor().met
        return met.get(self.name) or met.get(self.person.id, "")

    @property
    def _case(self) -> Case | None:
        return self._floor().case(self.conversation_id) if self.conversation_id else None

    @property
    def news(self) -> asyncio.Event:
        """Of the conversation; before there is one, of its beginning."""
        return self._case.news if self._case else self._met

    @property
    def standing(self) -> str:
        """For the report of a dialogue that failed."""
        texts = [seen.text[:40] for seen in self.person.received]
        return f"{self.person.id} ({type(self._place).__name__}) has seen {texts[-3:]}"

    async def enter(self, name: str) -> None:
        """Take a phone in hand."""
        self.name, self.person = name, self._place.meets(name)
        self.person.screen = Screen(self.wake)
        self._entered(self)

    def wake(self) -> None:
        """Something changed; said from any thread."""
        self._loop.call_soon_threadsafe(self.wake_at_once)

    def wake_at_once(self) -> None:
        """Something changed."""
        self._met.set()
        self.news.set()

    @asynccontextmanager
    async def present(self) -> AsyncIterator[None]:
        """Nobody waits with the phone in hand."""
        yield

    async def say(self, client_id: str, text: str) -> Message:
        """Write, until it is at an agent's."""
        self._place.says(self.person, text)
        self._spoke()
        case = await until(self._met, lambda: self._case)
        return await until(case.news, lambda: self._at_the_agent(case, text))

    def _at_the_agent(self, case: Case, text: str) -> Message | None:
        for message in case.log:
            is_new = message.side == "customer" and message.id not in self._acknowledged
            if is_new and isinstance(message, Message) and same(message.text, text):
                self._acknowledged.add(message.id)
                return message
        return None

    def arrived(self, sent: Sent) -> float | None:
        """When it stands on the screen, or its agent is told that it may not have arrived."""
        if sent not in self._answers:
            self._answers.append(sent)
        alike = [one for one in self._answers if same(one.text, sent.text)]
        wanted = alike.index(sent) + 1 - sum(one.is_unknown for one in alike)
        if sum(begins(seen.text, sent.text) for seen in self.person.received) >= wanted:
            return time.perf_counter()
        if self._case and self._case.states.get(sent.message_id) == "unknown":
            sent.is_unknown = True
            return time.perf_counter()
        return None

    def is_closed(self) -> bool | None:
        """Nobody tells them."""
        return True

    def heard(self, sent: list[Sent]) -> Iterable[VisitorMessage]:
        """The screen, each text of an agent's as the turn that it is; one that no turn is left for is there twice."""
        turns = sorted((turn for turn in sent if turn.side == "agent"), key=lambda turn: -len(turn.text))
        left = list(turns)
        for seq, seen in enumerate(list(self.person.received), 1):
            fits = [turn for turn in left if begins(seen.text, turn.text)]
            turn = min(fits, key=lambda one: (-len(one.text), one.is_unknown, sent.index(one)), default=None)
            is_ours = turn is not None or any(begins(seen.text, one.text) for one in turns)
            if turn is not None:
                left.remove(turn)
            id, text = (turn.message_id, turn.text) if turn else (f"again {seen.id}", seen.text)
            yield VisitorMessage(id, self.conversation_id, seq, "text", "agent" if is_ours else "system", text)


def same(one: str, other: str) -> bool:
    """Whether two texts differ in white space at most."""
    return one.split() == other.split()


def begins(whole: str, text: str) -> bool:
    """Whether a text is another one, or a mail that begins with it."""
    words, first = whole.split(), text.split()
    return words == first or (words[: len(first)] == first and len(words) > len(first) and is_mail(whole))


def is_mail(whole: str) -> bool:
    """What mails hold below the answer begins so."""
    return "\n> " in whole or "\n-- \n" in whole


def moment() -> datetime:
    """Now."""
    return datetime.now().astimezone()
