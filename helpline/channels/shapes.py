"""How channels, channel categories and owners look on the wire."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, field

from helpline.core import In, Out, Tx, Update
from helpline.core.shapes import UNSET, UnsetType
from helpline.people.fields import Skills

from .forms import Form, Language
from .kind_shapes import StandingOut, standing_out
from .kinds import KINDS, goes_out
from .models import Category, Channel, ChannelHealth, ChannelKind, Owner, Position, Required

Name = Annotated[str, Meta(min_length=1, max_length=120)]
Color = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$", description="As in #215aca.")]
Greeting = Annotated[str, Meta(max_length=1000)]
Launcher = Annotated[str, Meta(max_length=60)]
Domains = Annotated[list[str], Meta(max_length=100)]


class ChannelTexts(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What visitors read, in one more language; what is empty is shown in the workspace's language."""

    greeting: Greeting = ""
    launcher: Launcher = ""


Translations = Annotated[dict[Language, ChannelTexts], Meta(max_length=20)]


class ChannelRow(Out):
    """A channel as every desk knows it."""

    id: str
    kind: ChannelKind
    name: str
    category_id: str
    active: bool
    public_key: str
    allowed_domains: list[str]
    brand_color: str
    greeting: str
    launcher: str
    position: Position
    sounds: bool
    texts: Translations
    form: Form
    health: StandingOut | None
    """Nothing for a web chat, and before anything is known."""


class ChannelOut(ChannelRow):
    """A channel as administrators see it, with what depends on where this install is reached."""

    snippet: str
    """What embeds a web chat."""
    hook: str
    """The address that its provider calls, for the other kinds."""
    joins: bool
    """Whether its provider can be told this by a call."""
    settings: dict[str, Any]
    secrets: list[str]
    """The names of those that are filled in; nobody is told what they are."""


Settings = Annotated[dict[str, str | int | bool | list[str]], Meta(max_length=50)]
Secrets = Annotated[dict[str, Annotated[str, Meta(max_length=10_000)]], Meta(max_length=50)]


class ChannelIn(In):
    name: Name
    category_id: str
    kind: ChannelKind = ChannelKind.WEBCHAT
    settings: Settings = {}
    secrets: Secrets = {}
    allowed_domains: Domains = []
    brand_color: Color = "#215aca"
    greeting: Greeting = ""
    launcher: Launcher = ""
    position: Position = "end"
    sounds: bool = True
    texts: Translations = {}
    form: Form = field(default_factory=Form)


class ChannelChange(In):
    name: Name | UnsetType = UNSET
    settings: Settings | UnsetType = UNSET
    """What is changed of them."""
    secrets: Secrets | UnsetType = UNSET
    """The same; an empty one is taken away."""
    category_id: str | UnsetType = UNSET
    allowed_domains: Domains | UnsetType = UNSET
    brand_color: Color | UnsetType = UNSET
    greeting: Greeting | UnsetType = UNSET
    launcher: Launcher | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    sounds: bool | UnsetType = UNSET
    texts: Translations | UnsetType = UNSET
    form: Form | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class ChannelSecretOut(Out):
    """By which the back end of a site vouches for its visitors. Never to be put into a page."""

    secret: str


class CategoryOut(Out):
    id: str
    name: str
    owner_id: str | None
    team_id: str
    requires: list[Required]
    skills: list[str]
    active: bool


class CategoryIn(In):
    name: Name
    team_id: str
    owner_id: str | None = None
    requires: list[Required] = field(default_factory=lambda: ["result", "reasons"])
    skills: Skills = []


class CategoryChange(In):
    name: Name | UnsetType = UNSET
    team_id: str | UnsetType = UNSET
    owner_id: str | None | UnsetType = UNSET
    requires: list[Required] | UnsetType = UNSET
    skills: Skills | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class OwnerOut(Out):
    id: str
    name: str
    active: bool
    agent_id: str | None


class OwnerIn(In):
    name: Name
    agent_id: str | None = None


class OwnerChange(In):
    name: Name | UnsetType = UNSET
    agent_id: str | None | UnsetType = UNSET
    active: bool | UnsetType = UNSET


def channel_row(tx: Tx, channel: Channel) -> ChannelRow:
    """A channel as every desk knows it."""
    return ChannelRow(**_fields(tx, channel))


def channel_out(tx: Tx, channel: Channel, base_url: str) -> ChannelOut:
    """A channel with its snippet. ``base_url`` is where this install is reached."""
    snippet = f'<script async src="{base_url}/widget.js" data-key="{channel.public_key}"></script>'
    out, fields = goes_out(channel.kind), _fields(tx, channel)
    return ChannelOut(
        **fields,
        snippet="" if out else snippet,
        hook=hook_of(base_url, channel.public_key) if out else "",
        joins=out and KINDS[channel.kind].is_joined_by_call(channel.settings),
        settings=channel.settings,
        secrets=sorted(channel.sealed),
    )


def hook_of(base_url: str, key: str) -> str:
    """The address that a channel's provider calls."""
    return f"{base_url}/api/hooks/{key}"


def _fields(tx: Tx, channel: Channel) -> dict[str, Any]:
    fields = {name: getattr(channel, name) for name in ChannelRow.__struct_fields__ if name != "health"}
    health = tx.find(ChannelHealth, channel.id)
    fields["health"] = standing_out(health) if health and goes_out(channel.kind) else None
    fields["form"] = msgspec.convert(channel.form, Form)
    fields["texts"] = msgspec.convert(channel.texts, Translations)
    return fields


def category_out(category: Category) -> CategoryOut:
    """A channel category."""
    return CategoryOut(
        id=category.id,
        name=category.name,
        owner_id=category.owner_id,
        team_id=category.team_id,
        requires=category.requires,
        skills=category.skills,
        active=category.active,
    )


def owner_out(owner: Owner) -> OwnerOut:
    """An owner."""
    return OwnerOut(id=owner.id, name=owner.name, active=owner.active, agent_id=owner.agent_id)


def channel_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a channel."""
    return Update.of("channel", id, channel_row(tx, tx.get(Channel, id)), {"everyone", *also})


def category_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What every desk is told about a channel category."""
    return Update.of("category", id, category_out(tx.get(Category, id)), {"everyone", *also})


def owner_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What every desk is told about an owner."""
    return Update.of("owner", id, owner_out(tx.get(Owner, id)), {"everyone", *also})
