"""What an adapter is: all that the product knows of a provider.

An adapter turns what a provider sends into events, and what is to be sent into the provider's calls. It touches no database and
decides nothing: verifying and reading are pure, sending talks to the provider and says how it went.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from helpline.outside import Outside

from .holding import Held, Hold
from .inbound import Event, Media, NotUnderstood, Raw, Who
from .outbound import Failed, Fetched, Health, Outbound, OutFile, Sent, unanswered
from .signs import Sign
from .templates import Template

__all__ = [
    "Account",
    "Adapter",
    "Capabilities",
    "Event",
    "Failed",
    "Fetched",
    "Health",
    "Kind",
    "Media",
    "NotUnderstood",
    "OutFile",
    "Outbound",
    "Raw",
    "Sent",
    "Setting",
    "Sign",
    "Template",
    "Who",
    "unanswered",
]


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a kind of channel can do."""

    most_text: int = 20_000
    """Characters of one message; what is longer is sent as several."""
    files: Mapping[str, int] = field(default_factory=dict)
    """The largest size in bytes by media type or its beginning (``image/``); a file of another type cannot be sent."""
    files_with_text: bool = False
    """Whether text and files go as one; else each goes by itself, the text first."""
    files_by_url: bool = False
    """Whether files are fetched from us, so that we must know where we are reached."""
    cards: bool = False
    """Draws cards, with stars to tap and teams to choose; in others the same is asked in words, and answered so."""
    choices: int = 0
    """How many answers can be offered to tap; more, and where it is none, they are numbered in the text."""
    choice_length: int = 60
    """Characters of such an answer."""
    live: bool = True
    """Whether what is true for a moment is read while it is: that somebody is being looked for, or the place in a queue."""
    begins: bool = False
    """Whether an agent can speak first to whoever is known there."""
    addressed_by: Literal["", "email", "phone", "digits"] = ""
    """By what one writes to people who never came by it: their e-mail address, their number with ``+`` or without."""
    templates: bool = False
    """Whether texts that the provider approved may be sent when the window is closed."""
    reply_window: timedelta | None = None
    """How long after the contact's last message they can be answered freely; nothing where always."""
    tells_duplicates: bool = False
    """Whether the provider knows a message by our key, so that what may have been sent can be sent again."""
    tells_names: bool = True
    """Whether the name of who writes comes with what they write; else it is asked for, once."""
    tells_delivered: bool = False
    tells_read: bool = False
    typing_lasts: float = 0.0
    """For how many seconds it is shown to the contact that an agent writes; 0 where it cannot be."""
    shows_read: bool = False
    """Whether it can be shown to the contact what was read of theirs."""
    quotes: Literal["", "marked", "all"] = ""
    """Which messages an answer can point at: none, those that came with a token for it (``Particulars.tokens``), or all."""
    reactions: tuple[str, ...] = ()
    """The signs that an agent can put to a message."""
    joins: bool = False
    """Whether the provider can be told by a call where it reaches us."""
    edits: bool = False
    """Whether an agent can change the text of a message that the contact has."""
    takes_back: bool = False
    """Whether an agent can take such a message back."""
    per_second: float = 20.0
    """Messages that are sent at most."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Something an administrator fills in for a channel of a kind; the form is made from these."""

    name: str
    kind: Literal["text", "secret", "url", "email", "number", "switch", "choice", "texts"] = "text"
    required: bool = False
    default: Any = ""
    choices: tuple[str, ...] = ()
    most: int = 1000
    """The longest text, or the highest number."""
    of: tuple[str, ...] = ()
    """With which values of the setting ``provider`` it is asked for; always, where none is named."""
    made: bool = False
    """Whether a secret is made up where none is given: only two programs have to know it."""
    renewed: bool = False
    """Whether the provider may give another secret in its place when it is used (``holding``)."""

    def is_asked(self, provider: str) -> bool:
        """Whether it matters at this provider."""
        return not self.of or provider in self.of


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of channel."""

    capabilities: Capabilities = field(default_factory=Capabilities)
    settings: tuple[Setting, ...] = ()
    adapter: str = ""
    """Where it is, as ``custom.adapter:Custom``; loaded when a channel of this kind is first used. Empty: built in."""

    joins_at: tuple[str, ...] = ()
    """At which providers it can be joined by a call, where not at all of them."""

    def is_joined_by_call(self, settings: Mapping[str, Any]) -> bool:
        """Whether the provider can be told by a call where it reaches us."""
        return self.capabilities.joins and (not self.joins_at or self.provider(settings) in self.joins_at)

    def provider(self, settings: Mapping[str, Any]) -> str:
        """The provider that is chosen, where there are several."""
        default = next((one.default for one in self.settings if one.name == "provider"), "")
        return str(settings.get("provider") or default)


@dataclass(frozen=True, kw_only=True)
class Account:
    """A channel as its adapter knows it: what was filled in, secrets in the clear."""

    channel_id: str
    settings: Mapping[str, Any]
    secrets: Mapping[str, str]
    hook: str = ""
    """Where its provider reaches us; empty where the installation does not know its own address."""
    hold: Hold | None = field(default=None, repr=False, compare=False)

    def held(self, name: str) -> AbstractAsyncContextManager[Held]:
        """A secret as it is now, while nobody else uses it; what it is renewed to is kept."""
        return self.hold(name) if self.hold else nullcontext(Held(self.secrets.get(name, "")))

    def base(self, default: str) -> str:
        """Where the provider is reached: as set for the channel, so that tests and proxies can stand in for it."""
        return str(self.settings.get("base_url") or default).rstrip("/")


class Adapter(ABC):
    """One kind of channel. It holds no state: all it needs comes with the call."""

    @abstractmethod
    def verify(self, account: Account, raw: Raw) -> bool:
        """Whether the provider sent this, judged in constant time and before anything is read of it."""

    @abstractmethod
    def receive(self, account: Account, raw: Raw) -> list[Event]:
        """What happened, in order; ``NotUnderstood`` for what makes no sense. Pure."""

    @abstractmethod
    async def send(self, account: Account, out: Outbound, outside: Outside) -> str | Sent:
        """Send it; the provider's id for it, beside who gets no copy. ``Failed`` when it did not go."""

    @abstractmethod
    async def health(self, account: Account, outside: Outside) -> Health:
        """Ask the provider whether all is well, with the credentials as they are. Never raises for a refusal."""

    async def fetch(self, account: Account, media: Mapping[str, Any], outside: Outside) -> Fetched:
        """The bytes of what ``Media.ref`` speaks of."""
        raise Failed("permanent", "This kind of channel has no files.")

    async def show(self, account: Account, sign: Sign, outside: Outside) -> None:
        """Show something that is no message, by one call. ``Failed`` when it was refused; of what was done before, it is done."""
        raise Failed("permanent", "This kind of channel cannot show that.")

    async def name_of(self, account: Account, address: str, outside: Outside, *, member: str = "") -> str:
        """What somebody is called, or a group, or a member of it; empty where the provider does not say."""
        return ""

    async def join(self, account: Account, hook: str, outside: Outside) -> None:
        """Have the provider tell us what happens at this address. ``Failed`` when it does not."""
        raise Failed("permanent", "This provider has to be told by hand.")

    async def templates(self, account: Account, outside: Outside) -> list[Template]:
        """All texts that the provider approved, or is to approve. ``Failed`` when it does not say."""
        raise Failed("permanent", "This kind of channel has no templates.")

    def hears_addresses(self, account: Account) -> bool:
        """Whether the provider may tell what happens by a GET, in the address alone."""
        return False

    def greet(self, account: Account, query: Mapping[str, str]) -> str | None:
        """The answer to a provider that asks whether this address is ours; nothing if it does not, or wrongly."""
        return None
