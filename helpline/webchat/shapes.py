"""What the widget says and hears."""

from typing import Annotated

from msgspec import Meta

from helpline.conversations.shapes import ClientId, Text
from helpline.core import In, Out

Line = Annotated[str, Meta(max_length=200)]
Page = Annotated[str, Meta(max_length=500)]


class WebchatOut(Out):
    name: str
    brand_color: str
    greeting: str
    locale: str


class VisitorIn(In):
    name: Line = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    locale: Annotated[str, Meta(max_length=10)] = ""
    page: Page = ""


class VisitorOut(Out):
    token: str
    visitor_id: str


class VisitorMessageIn(In):
    id: ClientId
    text: Text = ""
    file_ids: Annotated[list[str], Meta(max_length=10)] = []
    page: Page = ""
