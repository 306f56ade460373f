"""Updates as Telegram sends them, as far as they are read; what is new there is passed over."""

from typing import Any

from msgspec import Struct, field


class User(Struct):
    id: int
    first_name: str = ""
    last_name: str = ""
    language_code: str = ""


class Chat(Struct):
    id: int
    type: str = "private"
    title: str = ""
    first_name: str = ""
    last_name: str = ""


class File(Struct):
    file_id: str
    file_unique_id: str = ""
    file_size: int | None = None
    file_name: str = ""
    mime_type: str = ""


class Sticker(File):
    emoji: str = ""
    set_name: str = ""
    is_animated: bool = False
    is_video: bool = False


class Location(Struct):
    latitude: float
    longitude: float


class Venue(Struct):
    location: Location
    title: str = ""
    address: str = ""


class Contact(Struct):
    phone_number: str
    first_name: str = ""
    last_name: str = ""


class Dice(Struct):
    emoji: str
    value: int


class Button(Struct):
    text: str = ""
    callback_data: str = ""


class Keyboard(Struct):
    inline_keyboard: list[list[Button]] = []


class Message(Struct):
    message_id: int
    chat: Chat
    date: int = 0
    edit_date: int = 0
    sender: User | None = field(name="from", default=None)
    text: str = ""
    caption: str = ""
    photo: list[File] = []
    video: File | None = None
    audio: File | None = None
    voice: File | None = None
    video_note: File | None = None
    animation: File | None = None
    document: File | None = None
    sticker: Sticker | None = None
    location: Location | None = None
    venue: Venue | None = None
    contact: Contact | None = None
    dice: Dice | None = None
    reply_markup: Keyboard | None = None
    reply_to_message: "Answered | None" = None


class Answered(Struct):
    """The message that one points at, as far as that matters."""

    message_id: int


class Query(Struct):
    id: str
    sender: User = field(name="from")
    message: Message | None = None
    data: str = ""


class Emoji(Struct):
    type: str = ""
    emoji: str = ""


class Reaction(Struct):
    chat: Chat
    message_id: int
    date: int = 0
    user: User | None = None
    new_reaction: list[Emoji] = []


class Member(Struct):
    status: str


class Membership(Struct):
    chat: Chat
    sender: User = field(name="from")
    new_chat_member: Member
    date: int = 0


class Update(Struct):
    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Query | None = None
    message_reaction: Reaction | None = None
    my_chat_member: Membership | None = None


ENVELOPE = {
    "message_id",
    "chat",
    "date",
    "from",
    "message_thread_id",
    "sender_chat",
    "sender_boost_count",
    "sender_business_bot",
    "sender_tag",
    "business_connection_id",
    "guest_query_id",
    "guest_bot_caller_user",
    "guest_bot_caller_chat",
    "direct_messages_topic",
    "forward_origin",
    "is_topic_message",
    "is_automatic_forward",
    "reply_to_message",
    "external_reply",
    "quote",
    "reply_to_story",
    "reply_to_checklist_task_id",
    "reply_to_poll_option_id",
    "via_bot",
    "edit_date",
    "has_protected_content",
    "is_from_offline",
    "is_paid_post",
    "media_group_id",
    "author_signature",
    "paid_star_count",
    "entities",
    "link_preview_options",
    "suggested_post_info",
    "effect_id",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "reply_markup",
}
"""What stands around the content of a message."""
SERVICE = {
    "new_chat_members",
    "left_chat_member",
    "chat_owner_left",
    "chat_owner_changed",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "message_auto_delete_timer_changed",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "connected_website",
    "write_access_allowed",
    "chat_background_set",
}
"""Told of the chat itself: nobody said anything."""
NOT_OURS = {
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
}
"""Updates that are of no conversation with a customer. They come only to a bot that asked for them."""


def content_of(message: dict[str, Any]) -> str:
    """What a message is, by Telegram's word."""
    return next((name for name in message if name not in ENVELOPE), "nothing")
