"""Webhooks as Meta sends them for pages and Instagram accounts, as far as they are read."""

from typing import Any

from msgspec import Struct

from helpline.channels.inbound import Address, Id


class Party(Struct):
    id: Address = ""


class Attachment(Struct):
    type: str = ""
    payload: dict[str, Any] | None = None
    title: str = ""


class Coordinates(Struct):
    lat: float
    long: float


class QuickReply(Struct):
    payload: str = ""


class Answered(Struct):
    mid: str = ""


class Message(Struct):
    mid: Id
    text: str = ""
    attachments: list[Attachment] = []
    quick_reply: QuickReply | None = None
    referral: dict[str, Any] | None = None
    reply_to: Answered | None = None
    is_echo: bool = False
    app_id: int | str | None = None
    metadata: str = ""
    is_deleted: bool = False
    is_unsupported: bool = False


class Postback(Struct):
    mid: str = ""
    title: str = ""
    payload: str = ""


class Reaction(Struct):
    mid: Id
    action: str = ""
    emoji: str = ""


class Edit(Struct):
    mid: Id
    text: str = ""


class Delivery(Struct):
    mids: list[Id] = []
    watermark: int = 0


class Read(Struct):
    watermark: int = 0
    mid: str = ""


class Messaging(Struct):
    sender: Party | None = None
    recipient: Party | None = None
    timestamp: int = 0
    message: Message | None = None
    postback: Postback | None = None
    reaction: Reaction | None = None
    message_edit: Edit | None = None
    delivery: Delivery | None = None
    read: Read | None = None


class Entry(Struct):
    id: Address = ""
    """Whose webhook it is: the page or the account."""
    messaging: list[dict[str, Any]] = []


class Webhook(Struct):
    entry: list[Entry]


AROUND = {"sender", "recipient", "timestamp", "prior_message", "hop_context"}
"""What stands around that which happened."""
OF_NO_CONVERSATION = {
    "optin",
    "referral",
    "account_linking",
    "policy_enforcement",
    "policy-enforcement",
    "pass_thread_control",
    "take_thread_control",
    "request_thread_control",
    "app_roles",
    "response_feedback",
    "message_context",
    "game_play",
}
"""Nobody said anything by these."""


def kind_of(told: dict[str, Any]) -> str:
    """What happened, by Meta's word, where it is nothing that is read; empty where nobody said anything by it."""
    known = AROUND | OF_NO_CONVERSATION | set(Messaging.__struct_fields__)
    return next((name for name in told if name not in known), "")
