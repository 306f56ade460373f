"""A running Helpline with a channel at a simulated provider: customers on one side, an agent on the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx
import msgspec

from helpline.app.settings import Settings
from helpline.app.simulating_channels.accounts import secrets_at, settings_at
from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.line import Line
from helpline.app.simulating_channels.messenger import Messenger
from helpline.app.simulating_channels.provider import Provider
from helpline.app.simulating_channels.server import Server, posting
from helpline.app.simulating_channels.sms import Sms
from helpline.app.simulating_channels.telegram import Telegram
from helpline.app.simulating_channels.whatsapp import WhatsApp
from helpline.core import new_id
from tests.listening import eventually
from tests.running import Running

KINDS: dict[str, Callable[[], Provider]] = {
    "line": Line,
    "telegram": Telegram,
    "whatsapp": WhatsApp,
    "messenger": Messenger,
    "instagram": partial(Messenger, instagram=True),
}
ALSO: dict[str, Callable[[], Provider]] = {"sms": Sms}
"""Those that have fewer kinds of messages."""


class At:
    """A channel at a provider."""

    def __init__(self, kind: str, running: Running, admin: httpx.Client, server: Server, provider: Any) -> None:
        self.kind, self.running, self.admin, self.provider = kind, running, admin, provider
        self.program = running.client()
        category = admin.get("/api/channel-categories").json()[0]["id"]
        told = {"settings": settings_at(kind, provider, server.url), "secrets": secrets_at(kind, provider)}
        given = {"name": kind, "kind": kind, "category_id": category, **told}
        made = admin.post("/api/channels", json=given)
        assert made.status_code == 201, made.text
        self.channel: dict[str, Any] = made.json()
        provider.hooks.url = f"{running.url}/api/hooks/{self.channel['public_key']}"

    def deliver(self, **how: Any) -> list[int]:
        """Tell Helpline what happened at the provider."""
        statuses: list[int] = self.provider.hooks.deliver(posting(self.program), **how)
        return statuses

    def writes(self, customer: Customer, text: str) -> str:
        """They write, and it is told; the provider's id."""
        id: str = self.provider.says(customer, text)
        assert set(self.deliver()) == {200}
        return id

    def conversations(self) -> list[dict[str, Any]]:
        """All of them."""
        found: list[dict[str, Any]] = self.admin.get("/api/conversations?view=all").json()["items"]
        return found

    def take(self) -> str:
        """The administrator takes the only conversation; its id."""
        (conversation,) = eventually(self.conversations)
        taken = self.admin.post(f"/api/conversations/{conversation['id']}/take")
        assert taken.is_success, taken.text
        return str(conversation["id"])

    def say(self, conversation_id: str, text: str = "", **more: Any) -> httpx.Response:
        """The administrator answers."""
        given = {"id": new_id(), "text": text, "anyway": True, **more}
        return self.admin.post(f"/api/conversations/{conversation_id}/messages", json=given)

    def greeted(self, customer: Customer, text: str = "hi") -> str:
        """They wrote and were answered, and nothing is on its way any more; the id of the conversation."""
        self.writes(customer, text)
        id = self.take()
        self.comes_to(id, self.say(id, "Welcome").json()["id"], "sent")
        return id

    def messages(self, conversation_id: str, author: str = "contact") -> list[dict[str, Any]]:
        """What somebody said in it."""
        found = self.admin.get(f"/api/conversations/{conversation_id}/messages").json()["items"]
        return [one for one in found if one["kind"] != "event" and one["author"]["kind"] == author]

    def state(self, conversation_id: str, message_id: str) -> str:
        """How far a message of the agent's has come."""
        return str(next(one["state"] for one in self.messages(conversation_id, "agent") if one["id"] == message_id))

    def comes_to(self, conversation_id: str, message_id: str, state: str, within: float = 60.0) -> None:
        """Wait until a message stands so."""
        eventually(lambda: self.state(conversation_id, message_id) == state, within)

    def attempts(self, message_id: str) -> list[tuple[str, str]]:
        """Outcome and code of every attempt to send it."""
        found = self.admin.get(f"/api/messages/{message_id}/deliveries").json()
        return [(one["outcome"], one["code"]) for delivery in found for one in delivery["attempts"]]


@contextmanager
def at(kind: str, settings: Settings, **more: Any) -> Iterator[At]:
    """Helpline and the provider, both running."""
    provider = {**KINDS, **ALSO}[kind]()
    with (
        Server({kind: provider}) as server,
        Running(msgspec.structs.replace(settings, may_call="*", address="https://desk.example", **more)) as running,
    ):
        if isinstance(provider, Messenger):
            provider.address = f"{server.url}/{kind}"
        yield At(kind, running, running.set_up(), server, provider)
