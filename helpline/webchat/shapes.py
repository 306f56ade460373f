"""What the widget says and hears."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from helpline.channels.forms import Form
from helpline.channels.models import Position
from helpline.channels.shapes import Translations
from helpline.conversations.shapes import ClientId, Text
from helpline.core import In, Out

Line = Annotated[str, Meta(max_length=200)]
Answers = Annotated[dict[str, Annotated[str, Meta(max_length=2000)]], Meta(max_length=20)]
Page = Annotated[str, Meta(max_length=500)]


class WebchatOut(Out):
    brand: str
    brand_color: str
    greeting: str
    launcher: str
    position: Position
    sounds: bool
    answers_within: int | None
    """Seconds in which half of those who wrote lately had a first answer; nothing when too few wrote."""
    closed_from: datetime | None
    """When it closes next, or that it is closed already; nothing where it does not."""
    opens_at: datetime | None
    """When it opens after that."""
    texts: Translations
    """Greeting and launcher in other languages than ``locale``."""
    locale: str
    form: Form | None
    """What is asked before the first message, if anything."""


class VisitorIn(In):
    name: Line = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    locale: Annotated[str, Meta(max_length=10)] = ""
    time_zone: Annotated[str, Meta(max_length=64)] = ""
    """Where their browser stands, as an IANA name; one that is not known here is passed over."""
    page: Page = ""
    """Taken from chats that browsers have loaded before an update; each message says its page itself."""


class VisitorOut(Out):
    token: str
    visitor_id: str


class IdentityIn(In):
    """Who the site says the visitor is."""

    id: Line = ""
    """What the site calls this person; with a signature, they are one contact wherever they write from."""
    name: Line = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    signature: Annotated[str, Meta(max_length=128)] = ""
    """HMAC-SHA256 with the channel's secret over id, name and e-mail, joined by line breaks, in hexadecimal digits."""


class RatingIn(In):
    """What the visitor thought of a conversation."""

    conversation_id: Annotated[str, Meta(max_length=36)]
    stars: Annotated[int, Meta(ge=1, le=5)]
    comment: Annotated[str, Meta(max_length=2000)] = ""
    reasons: Annotated[list[Annotated[int, Meta(ge=0, le=100)]], Meta(max_length=20)] = []
    """Which of the reasons on the card were ticked, counted from 0."""


class ChoiceIn(In):
    """The team that the visitor chooses from the card."""

    conversation_id: Annotated[str, Meta(max_length=36)]
    team_id: Annotated[str, Meta(max_length=36)]


class VisitorMessageIn(In):
    id: ClientId
    text: Text = ""
    file_ids: Annotated[list[str], Meta(max_length=10)] = []
    page: Page = ""
    form: Answers = {}
    """What was answered in the form before the chat, by the id of the question; with a conversation's first message."""
