"""What can be sent by WhatsApp, each message with its limits."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from .interactive import Interactive
from .media import Audio, Captioned, Document, Media, Strict, Words


class Context(Strict, kw_only=True):
    message_id: Words


class _Message(Strict, tag_field="type", kw_only=True):
    messaging_product: Literal["whatsapp"]
    to: Annotated[str, Meta(pattern=r"^\+?[\d\s()-]{5,25}$")]
    recipient_type: Literal["individual"] | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    biz_opaque_callback_data: Annotated[str, Meta(max_length=512)] | UnsetType = UNSET


class Text(Strict, kw_only=True):
    body: Annotated[str, Meta(min_length=1, max_length=4096)]
    preview_url: bool | UnsetType = UNSET


class TextMessage(_Message, tag="text", kw_only=True):
    text: Text


class ImageMessage(_Message, tag="image", kw_only=True):
    image: Captioned


class VideoMessage(_Message, tag="video", kw_only=True):
    video: Captioned


class AudioMessage(_Message, tag="audio", kw_only=True):
    audio: Audio


class DocumentMessage(_Message, tag="document", kw_only=True):
    document: Document


class StickerMessage(_Message, tag="sticker", kw_only=True):
    sticker: Media


class Location(Strict, kw_only=True):
    latitude: float | str
    longitude: float | str
    name: str | UnsetType = UNSET
    address: str | UnsetType = UNSET


class LocationMessage(_Message, tag="location", kw_only=True):
    location: Location


class Reaction(Strict, kw_only=True):
    message_id: Words
    emoji: str


class ReactionMessage(_Message, tag="reaction", kw_only=True):
    reaction: Reaction


class Name(Strict, kw_only=True):
    formatted_name: Words
    first_name: str | UnsetType = UNSET
    last_name: str | UnsetType = UNSET
    middle_name: str | UnsetType = UNSET
    suffix: str | UnsetType = UNSET
    prefix: str | UnsetType = UNSET


class Contact(Strict, kw_only=True):
    """Only the name is looked at closely."""

    name: Name
    phones: list[dict[str, str]] | UnsetType = UNSET
    emails: list[dict[str, str]] | UnsetType = UNSET
    addresses: list[dict[str, str]] | UnsetType = UNSET
    org: dict[str, str] | UnsetType = UNSET
    urls: list[dict[str, str]] | UnsetType = UNSET
    birthday: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | UnsetType = UNSET


class ContactsMessage(_Message, tag="contacts", kw_only=True):
    contacts: Annotated[list[Contact], Meta(min_length=1, max_length=257)]


class InteractiveMessage(_Message, tag="interactive", kw_only=True):
    interactive: Interactive


class Language(Strict, kw_only=True):
    code: Words
    policy: Literal["deterministic"] | UnsetType = UNSET


class Component(Strict, kw_only=True):
    type: Literal["header", "body", "button"]
    parameters: list[dict[str, Any]] = []
    sub_type: str | UnsetType = UNSET
    index: int | str | UnsetType = UNSET


class Template(Strict, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=512)]
    language: Language
    components: list[Component] = []


class TemplateMessage(_Message, tag="template", kw_only=True):
    template: Template


Message = (
    TextMessage
    | ImageMessage
    | VideoMessage
    | AudioMessage
    | DocumentMessage
    | StickerMessage
    | LocationMessage
    | ReactionMessage
    | ContactsMessage
    | InteractiveMessage
    | TemplateMessage
)


class Typing(Strict, kw_only=True):
    type: Literal["text"]


class MarkAsRead(Strict, kw_only=True):
    messaging_product: Literal["whatsapp"]
    status: Literal["read"]
    message_id: Words
    typing_indicator: Typing | UnsetType = UNSET


class Subscription(Strict, kw_only=True):
    override_callback_uri: str = ""
    verify_token: str = ""


class Webhook360(Strict, kw_only=True):
    url: Words
    headers: dict[str, str] = {}
