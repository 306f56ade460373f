"""Webhook events as LINE sends them, as far as they are read; what is new there is passed over."""

from typing import Annotated

from msgspec import Meta, Struct

from helpline.channels.inbound import Address, Id


class Camel(Struct, rename="camel"):
    """Named as there."""


class Source(Camel):
    type: str = ""
    user_id: Address = ""
    group_id: Address = ""
    room_id: Address = ""

    @property
    def address(self) -> str:
        """Where one answers: in a group all of it."""
        return self.group_id or self.room_id or self.user_id

    @property
    def member(self) -> str:
        """Who of a group it was; LINE does not always say."""
        return self.user_id if self.group_id or self.room_id else ""


class Provider(Camel):
    type: str = "line"
    original_content_url: str = ""


class Message(Camel):
    id: Id
    type: str
    text: str = ""
    file_name: str = ""
    file_size: int | None = None
    title: str = ""
    address: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    package_id: str = ""
    sticker_id: str = ""
    keywords: list[str] = []
    content_provider: Provider | None = None
    quote_token: str = ""
    mark_as_read_token: str = ""
    quoted_message_id: str = ""


class Unsend(Camel):
    message_id: Id


class Postback(Camel):
    data: str
    params: dict[str, str] = {}


class Event(Camel):
    type: str
    webhook_event_id: Annotated[str, Meta(max_length=200)] = ""
    timestamp: int = 0
    source: Source | None = None
    reply_token: str = ""
    message: Message | None = None
    unsend: Unsend | None = None
    postback: Postback | None = None


OF_NO_CONVERSATION = {
    "memberJoined",
    "memberLeft",
    "videoPlayComplete",
    "beacon",
    "accountLink",
    "membership",
    "module",
    "activated",
    "deactivated",
    "botSuspended",
    "botResumed",
    "delivery",
}
"""Nobody said anything by these."""
