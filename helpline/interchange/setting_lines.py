"""The lines that say how a workspace is set up."""

from typing import Annotated, Any, Literal

from msgspec import Meta, field

from helpline.canned_responses import shapes as canned
from helpline.channels.forms import Form
from helpline.channels.models import Position as Corner
from helpline.channels.models import Required
from helpline.channels.shapes import Launcher, Translations
from helpline.people import Role
from helpline.people.fields import AgentSkills, KindLimits, Skills, Undo
from helpline.people.models import DEFAULT_STORAGE, Theme
from helpline.people.models import Locale as Language
from helpline.people.preferences import PreferencesIn
from helpline.session_settings.sections import OverridesIn

from .calendar_lines import CalendarLine, HoursSwitchLine
from .setting_parts import Address, Count, Id, Name, Part, Position, Seconds


class WorkspaceLine(Part, tag="workspace", tag_field="type", kw_only=True):
    """What holds for all. Its name is given by whoever makes it."""

    locale: Language = "en"
    timezone: Annotated[str, Meta(max_length=64)] = "UTC"
    limit: Annotated[int, Meta(ge=1, le=1000)] = 5
    offline_after: Seconds = 30
    return_after: Seconds = 60
    last_agent_within: Annotated[int, Meta(ge=0, le=90 * 86_400)] = 86_400
    kind_limits: KindLimits = {}
    wait_target: Annotated[int, Meta(ge=1, le=86_400)] = 60
    undo_mail: Undo = 10
    undo_chat: Undo = 0
    storage_limit: Annotated[int, Meta(ge=0, le=10**15)] | None = DEFAULT_STORAGE


class BreakReasonLine(Part, tag="break_reason", tag_field="type", kw_only=True):
    label: Name
    position: Position = 0
    active: bool = True


class RoleLine(Part, tag="role", tag_field="type", kw_only=True):
    name: Name
    description: Annotated[str, Meta(max_length=2000)] = ""
    permissions: Annotated[list[Name], Meta(max_length=200)] = []


class OwnerLine(Part, tag="owner", tag_field="type", kw_only=True):
    name: Name
    agent: Address | None = None
    active: bool = True


class TeamLine(Part, tag="team", tag_field="type", kw_only=True):
    name: Name
    limit: Count | None = None
    active: bool = True


class AgentLine(Part, tag="agent", tag_field="type", kw_only=True):
    email: Address
    name: Name
    role: Role = Role.AGENT
    custom_role: Name | None = None
    """The name of a role of the workspace's own, instead of a fixed one."""
    locale: Language = "en"
    theme: Theme = "system"
    limit: Count | None = None
    active: bool = False
    teams: list[Name] = []
    priorities: dict[Name, int] = {}
    """In which of the teams they come earlier (more than 0) or later than others."""
    skills: AgentSkills = []
    preferences: PreferencesIn = field(default_factory=PreferencesIn)


class CategoryLine(Part, tag="category", tag_field="type", kw_only=True):
    name: Name
    team: Name
    owner: Name | None = None
    requires: list[Required] = field(default_factory=lambda: ["result", "reasons"])
    skills: Skills = []
    active: bool = True


class ChannelLine(Part, tag="channel", tag_field="type", kw_only=True):
    name: Name
    category: Name
    kind: Annotated[str, Meta(min_length=1, max_length=20, pattern="^[a-z_]+$")] = "webchat"
    allowed_domains: list[str] = []
    brand_color: Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")] = "#215aca"
    greeting: Annotated[str, Meta(max_length=1000)] = ""
    launcher: Launcher = ""
    position: Corner = "end"
    sounds: bool = True
    texts: Translations = {}
    form: Form = field(default_factory=Form)
    settings: dict[str, Any] = {}
    """What its kind wants to be told. Its secrets are not given out: a channel that needs some comes switched off."""
    active: bool = False


class SessionSettingsLine(Part, tag="session_settings", tag_field="type", kw_only=True):
    """What is decided about sessions. Whatever names a row names it, instead of by its id."""

    category: Name | None = None
    """Empty: for the whole workspace."""
    overrides: OverridesIn = field(default_factory=OverridesIn)


class ResultLine(Part, tag="result", tag_field="type", kw_only=True):
    label: Name
    category: Annotated[str, Meta(max_length=120)] = ""
    applies_to: list[Literal["inbound", "outbound", "phone", "messaging"]] = []
    automatic: bool = False
    """Given to services that end by themselves."""
    automatic_in: list[Name] = []
    """The channel categories in which it is given instead."""
    position: Position = 0
    active: bool = True


class ReasonLine(Part, tag="reason", tag_field="type", kw_only=True):
    label: Name
    heading: Name | None = None
    description: Annotated[str, Meta(max_length=2000)] = ""
    position: Position = 0
    active: bool = True
    categories: list[Name] = []


class CannedResponseLine(Part, tag="canned_response", tag_field="type", kw_only=True):
    id: Id
    shortcut: canned.Shortcut
    title: canned.Title
    text: canned.Text
    agent: Address
    """Who wrote it; whose it is, when it is shared with nobody."""
    choices: canned.Choices = []
    language: Literal["", "en", "zh-TW"] = ""
    shared_with: Literal["me", "teams", "everybody"] = "me"
    teams: list[Name] = []
    active: bool = True
    used: Annotated[int, Meta(ge=0)] = 0


SettingLine = (
    WorkspaceLine
    | BreakReasonLine
    | RoleLine
    | OwnerLine
    | TeamLine
    | AgentLine
    | CategoryLine
    | ChannelLine
    | SessionSettingsLine
    | ResultLine
    | ReasonLine
    | CannedResponseLine
    | CalendarLine
    | HoursSwitchLine
)
