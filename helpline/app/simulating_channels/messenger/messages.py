"""What can be sent by Messenger and Instagram, with its limits."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Link = Annotated[str, Meta(pattern=r"^https?://", max_length=2000)]


class Strict(Struct, kw_only=True, forbid_unknown_fields=True):
    """Fields that are not described are refused."""


class Recipient(Strict):
    id: Annotated[str, Meta(pattern=r"^\d+$")]


class QuickReply(Strict):
    content_type: Literal["text"]
    title: Annotated[str, Meta(min_length=1, max_length=20)]
    payload: Annotated[str, Meta(max_length=1000)]
    image_url: Link | UnsetType = UNSET


class Payload(Strict):
    url: Link
    is_reusable: bool | UnsetType = UNSET


class Attachment(Strict):
    type: Literal["image", "video", "audio", "file"]
    payload: Payload


class Message(Strict):
    text: Annotated[str, Meta(min_length=1)] | UnsetType = UNSET
    attachment: Attachment | UnsetType = UNSET
    quick_replies: Annotated[list[QuickReply], Meta(min_length=1, max_length=13)] | UnsetType = UNSET
    metadata: Annotated[str, Meta(max_length=1000)] | UnsetType = UNSET


class Pointed(Strict):
    """What a reaction is about."""

    message_id: Annotated[str, Meta(min_length=1)]
    reaction: Annotated[str, Meta(min_length=1, max_length=40)] | UnsetType = UNSET


class Send(Strict):
    recipient: Recipient
    message: Message | UnsetType = UNSET
    sender_action: Literal["typing_on", "typing_off", "mark_seen", "react", "unreact"] | UnsetType = UNSET
    payload: Pointed | UnsetType = UNSET
    messaging_type: Literal["RESPONSE", "UPDATE", "MESSAGE_TAG"] = "RESPONSE"
    tag: Literal["HUMAN_AGENT"] | UnsetType = UNSET


Field = Literal[
    "messages",
    "messaging_postbacks",
    "message_reactions",
    "message_edits",
    "message_deliveries",
    "message_reads",
    "messaging_referrals",
    "message_echoes",
]


class Subscription(Strict):
    subscribed_fields: Annotated[list[Field], Meta(min_length=1)]


def complaint(sent: Send, *, instagram: bool) -> str:
    """What single fields do not say; empty when all is well."""
    if bool(sent.message) == bool(sent.sender_action):
        return "One of message and sender_action is needed"
    if (sent.messaging_type == "MESSAGE_TAG") != bool(sent.tag):
        return "A tag goes with MESSAGE_TAG"
    if wrong := _misaimed(sent, instagram=instagram):
        return wrong
    message: Any = sent.message
    if message is UNSET:
        return ""
    if instagram and message.metadata is not UNSET:
        return "Unexpected key metadata on param message"
    if bool(message.text) == bool(message.attachment):
        return "One of text and attachment is needed"
    if not message.text:
        return ""
    if instagram:
        return "Length of param message[text] must be at most 1000" if len(message.text.encode()) > 1000 else ""
    return "Length of param message[text] must be less than or equal to 2000" if len(message.text) > 2000 else ""


def _misaimed(sent: Send, *, instagram: bool) -> str:
    """Whether a reaction says to what, and another action does not."""
    if (sent.sender_action in {"react", "unreact"}) != bool(sent.payload):
        return "A payload goes with react and unreact"
    if not sent.payload:
        return ""
    if (sent.sender_action == "react") != bool(sent.payload.reaction):
        return "A reaction goes with react"
    is_other = instagram and sent.payload.reaction not in {UNSET, "love"}
    return "Instagram takes no other reaction than love" if is_other else ""
