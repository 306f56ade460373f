"""What can be sent by LINE, each message with its limits."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from .actions import Action, Link, QuickReply, Strict

Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Alternative = Annotated[str, Meta(min_length=1, max_length=1500)]
Actions = Annotated[list[Action], Meta(min_length=1, max_length=4)]
Title = Annotated[str, Meta(min_length=1, max_length=40)]
Quote = str | UnsetType


class Sender(Strict, kw_only=True):
    name: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    icon_url: Link | UnsetType = UNSET


class _Message(Strict, tag_field="type", kw_only=True):
    quick_reply: QuickReply | UnsetType = UNSET
    sender: Sender | UnsetType = UNSET


class Emoji(Strict, kw_only=True):
    index: Annotated[int, Meta(ge=0)]
    product_id: str
    emoji_id: str


class TextMessage(_Message, tag="text", kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=5000)]
    emojis: Annotated[list[Emoji], Meta(max_length=20)] | UnsetType = UNSET
    quote_token: Quote = UNSET


class StickerMessage(_Message, tag="sticker", kw_only=True):
    package_id: Annotated[str, Meta(pattern=r"^\d+$")]
    sticker_id: Annotated[str, Meta(pattern=r"^\d+$")]
    quote_token: Quote = UNSET


class ImageMessage(_Message, tag="image", kw_only=True):
    original_content_url: Link
    preview_image_url: Link


class VideoMessage(_Message, tag="video", kw_only=True):
    original_content_url: Link
    preview_image_url: Link
    tracking_id: Annotated[str, Meta(max_length=100)] | UnsetType = UNSET


class AudioMessage(_Message, tag="audio", kw_only=True):
    original_content_url: Link
    duration: Annotated[int, Meta(gt=0)]


class LocationMessage(_Message, tag="location", kw_only=True):
    title: Annotated[str, Meta(min_length=1, max_length=100)]
    address: Annotated[str, Meta(min_length=1, max_length=100)]
    latitude: Latitude
    longitude: Longitude


class Buttons(Strict, tag_field="type", tag="buttons", kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=160)]
    actions: Actions
    title: Title | UnsetType = UNSET
    thumbnail_image_url: Link | UnsetType = UNSET
    image_aspect_ratio: Literal["rectangle", "square"] | UnsetType = UNSET
    image_size: Literal["cover", "contain"] | UnsetType = UNSET
    image_background_color: str | UnsetType = UNSET
    default_action: Action | UnsetType = UNSET


class Confirm(Strict, tag_field="type", tag="confirm", kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=240)]
    actions: Annotated[list[Action], Meta(min_length=2, max_length=2)]


class Column(Strict, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=120)]
    actions: Annotated[list[Action], Meta(min_length=1, max_length=3)]
    title: Title | UnsetType = UNSET
    thumbnail_image_url: Link | UnsetType = UNSET
    image_background_color: str | UnsetType = UNSET
    default_action: Action | UnsetType = UNSET


class Carousel(Strict, tag_field="type", tag="carousel", kw_only=True):
    columns: Annotated[list[Column], Meta(min_length=1, max_length=10)]
    image_aspect_ratio: Literal["rectangle", "square"] | UnsetType = UNSET
    image_size: Literal["cover", "contain"] | UnsetType = UNSET


class ImageColumn(Strict, kw_only=True):
    image_url: Link
    action: Action


class ImageCarousel(Strict, tag_field="type", tag="image_carousel", kw_only=True):
    columns: Annotated[list[ImageColumn], Meta(min_length=1, max_length=10)]


class TemplateMessage(_Message, tag="template", kw_only=True):
    alt_text: Alternative
    template: Buttons | Confirm | Carousel | ImageCarousel


class FlexMessage(_Message, tag="flex", kw_only=True):
    """Its contents are a language of their own; only that it is a bubble or a carousel is looked at."""

    alt_text: Alternative
    contents: dict[str, Any]


Message = (
    TextMessage
    | StickerMessage
    | ImageMessage
    | VideoMessage
    | AudioMessage
    | LocationMessage
    | TemplateMessage
    | FlexMessage
)
Messages = Annotated[list[Message], Meta(min_length=1, max_length=5)]


class Reply(Strict, kw_only=True):
    reply_token: Annotated[str, Meta(min_length=1)]
    messages: Messages
    notification_disabled: bool = False


class Push(Strict, kw_only=True):
    to: Annotated[str, Meta(min_length=1)]
    messages: Messages
    notification_disabled: bool = False
    custom_aggregation_units: Annotated[list[str], Meta(max_length=1)] | UnsetType = UNSET


class Loading(Strict, kw_only=True):
    chat_id: str
    loading_seconds: Annotated[int, Meta(ge=5, le=60, multiple_of=5)] = 20


class MarkAsRead(Strict, kw_only=True):
    mark_as_read_token: Annotated[str, Meta(min_length=1)]


class Endpoint(Strict, kw_only=True):
    endpoint: Annotated[str, Meta(min_length=1, max_length=500)]


class Tried(Strict, kw_only=True):
    endpoint: Annotated[str, Meta(max_length=500)] = ""


def complaint(message: Message) -> tuple[str, str] | None:
    """What lengths of single fields do not say: a path below the message, and what is wrong there."""
    if isinstance(message, TextMessage) and len(message.text.encode("utf-16-le")) // 2 > 5000:
        return "text", "Length must be between 0 and 5000"
    if isinstance(message, FlexMessage) and message.contents.get("type") not in {"bubble", "carousel"}:
        return "contents.type", "must be one of: bubble, carousel"
    if isinstance(message, TemplateMessage) and isinstance(message.template, Buttons):
        buttons = message.template
        if (buttons.title or buttons.thumbnail_image_url) and len(buttons.text) > 60:
            return "template.text", "must not be longer than 60 characters"
    return None
