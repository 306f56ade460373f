"""Questions with answers to tap: buttons, lists, a link, the place where somebody is."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from .media import Document, Media, Strict


class ReplyButton(Strict, kw_only=True):
    id: Annotated[str, Meta(min_length=1, max_length=256)]
    title: Annotated[str, Meta(min_length=1, max_length=20)]


class Button(Strict, kw_only=True):
    type: Literal["reply"]
    reply: ReplyButton


class Row(Strict, kw_only=True):
    id: Annotated[str, Meta(min_length=1, max_length=200)]
    title: Annotated[str, Meta(min_length=1, max_length=24)]
    description: Annotated[str, Meta(max_length=72)] | UnsetType = UNSET


class Section(Strict, kw_only=True):
    rows: Annotated[list[Row], Meta(min_length=1, max_length=10)]
    title: Annotated[str, Meta(max_length=24)] | UnsetType = UNSET


class ButtonAction(Strict, kw_only=True):
    buttons: Annotated[list[Button], Meta(min_length=1, max_length=3)]


class ListAction(Strict, kw_only=True):
    button: Annotated[str, Meta(min_length=1, max_length=20)]
    sections: Annotated[list[Section], Meta(min_length=1, max_length=10)]


class LinkParameters(Strict, kw_only=True):
    display_text: Annotated[str, Meta(min_length=1, max_length=20)]
    url: Annotated[str, Meta(pattern=r"^https?://")]


class LinkAction(Strict, kw_only=True):
    name: Literal["cta_url"]
    parameters: LinkParameters


class AskLocation(Strict, kw_only=True):
    name: Literal["send_location"]


class Body(Strict, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=1024)]


class LongBody(Strict, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=4096)]


class Footer(Strict, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=60)]


class Header(Strict, kw_only=True):
    type: Literal["text", "image", "video", "document"]
    text: Annotated[str, Meta(min_length=1, max_length=60)] | UnsetType = UNSET
    image: Media | UnsetType = UNSET
    video: Media | UnsetType = UNSET
    document: Document | UnsetType = UNSET


class _Interactive(Strict, tag_field="type", kw_only=True):
    header: Header | UnsetType = UNSET
    footer: Footer | UnsetType = UNSET


class Buttons(_Interactive, tag="button", kw_only=True):
    body: Body
    action: ButtonAction


class Choices(_Interactive, tag="list", kw_only=True):
    body: LongBody
    action: ListAction


class Link(_Interactive, tag="cta_url", kw_only=True):
    body: Body
    action: LinkAction


class LocationRequest(_Interactive, tag="location_request_message", kw_only=True):
    body: Body
    action: AskLocation


Interactive = Buttons | Choices | Link | LocationRequest
