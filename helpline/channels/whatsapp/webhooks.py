"""Webhooks as WhatsApp sends them, as far as they are read; what is new there is passed over."""

from typing import Any

from msgspec import Struct, field

from helpline.channels.inbound import Address, Id


class Profile(Struct):
    name: str = ""


class Contact(Struct):
    wa_id: str = ""
    profile: Profile = field(default_factory=Profile)


class Text(Struct):
    body: str = ""


class Media(Struct):
    id: str
    mime_type: str = ""
    caption: str = ""
    filename: str = ""


class Location(Struct):
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


class Name(Struct):
    formatted_name: str = ""
    first_name: str = ""


class Card(Struct):
    name: Name = field(default_factory=Name)
    phones: list[dict[str, Any]] = []
    emails: list[dict[str, Any]] = []


class Button(Struct):
    text: str = ""
    payload: str = ""


class Chosen(Struct):
    id: str = ""
    title: str = ""
    body: str = ""
    name: str = ""
    response_json: str = ""


class Interactive(Struct):
    type: str = ""
    button_reply: Chosen | None = None
    list_reply: Chosen | None = None
    nfm_reply: Chosen | None = None


class Reaction(Struct):
    message_id: Id
    emoji: str = ""


class Item(Struct):
    product_retailer_id: str = ""
    quantity: int = 1
    item_price: float = 0.0
    currency: str = ""


class Order(Struct):
    text: str = ""
    product_items: list[Item] = []


class Referral(Struct):
    source_url: str = ""
    headline: str = ""


class Original(Struct):
    original_message_id: str = ""
    message: dict[str, Any] = {}


class Context(Struct):
    id: str = ""


class Message(Struct):
    id: Id
    type: str = "unknown"
    sender: Address = field(name="from", default="")
    timestamp: str = ""
    text: Text | None = None
    image: Media | None = None
    video: Media | None = None
    audio: Media | None = None
    document: Media | None = None
    sticker: Media | None = None
    location: Location | None = None
    contacts: list[Card] = []
    button: Button | None = None
    interactive: Interactive | None = None
    reaction: Reaction | None = None
    order: Order | None = None
    referral: Referral | None = None
    context: Context | None = None
    edit: Original | None = None
    revoke: Original | None = None


class ErrorData(Struct):
    details: str = ""


class Error(Struct):
    code: int = 0
    title: str = ""
    message: str = ""
    error_data: ErrorData | None = None


class Status(Struct):
    id: Id
    status: str
    errors: list[Error] = []


class Value(Struct):
    contacts: list[Contact] = []
    messages: list[Any] = []
    """Each a ``Message``, read by itself."""
    statuses: list[Any] = []
    """Each a ``Status``."""


class Change(Struct):
    field: str = ""
    value: dict[str, Any] = {}


class Entry(Struct):
    changes: list[Change] = []


class Webhook(Struct):
    entry: list[Entry]
