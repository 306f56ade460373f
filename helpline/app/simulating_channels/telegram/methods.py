"""What a bot may ask: the parameters of each method. Telegram passes over unknown ones; a stand-in refuses them."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Chat = int | Annotated[str, Meta(pattern=r"^(-?\d+|@\w+)$")]
Text = str
Mode = Literal["HTML", "MarkdownV2", "Markdown", ""]
Flag = bool | UnsetType


class Strict(Struct, kw_only=True, forbid_unknown_fields=True):
    """Fields that are not described are refused."""


class InlineButton(Strict, kw_only=True):
    text: Annotated[str, Meta(min_length=1)]
    url: str | UnsetType = UNSET
    callback_data: str | UnsetType = UNSET


class InlineKeyboard(Strict, kw_only=True):
    inline_keyboard: list[list[InlineButton]]


class KeyButton(Strict, kw_only=True):
    text: Annotated[str, Meta(min_length=1)]
    request_contact: Flag = UNSET
    request_location: Flag = UNSET


class Keyboard(Strict, kw_only=True):
    keyboard: list[list[KeyButton | str]]
    is_persistent: Flag = UNSET
    resize_keyboard: Flag = UNSET
    one_time_keyboard: Flag = UNSET
    input_field_placeholder: Annotated[str, Meta(min_length=1, max_length=64)] | UnsetType = UNSET
    selective: Flag = UNSET


class RemoveKeyboard(Strict, kw_only=True):
    remove_keyboard: Literal[True]
    selective: Flag = UNSET


class ForceReply(Strict, kw_only=True):
    force_reply: Literal[True]
    input_field_placeholder: Annotated[str, Meta(min_length=1, max_length=64)] | UnsetType = UNSET
    selective: Flag = UNSET


MARKUPS = {
    "inline_keyboard": InlineKeyboard,
    "keyboard": Keyboard,
    "remove_keyboard": RemoveKeyboard,
    "force_reply": ForceReply,
}


class ReplyParameters(Strict, kw_only=True):
    message_id: int
    chat_id: Chat | UnsetType = UNSET
    allow_sending_without_reply: Flag = UNSET
    quote: Annotated[str, Meta(max_length=1024)] | UnsetType = UNSET


class LinkPreview(Strict, kw_only=True):
    is_disabled: Flag = UNSET
    url: str | UnsetType = UNSET


class _Send(Strict, kw_only=True):
    chat_id: Chat
    disable_notification: Flag = UNSET
    protect_content: Flag = UNSET
    reply_parameters: ReplyParameters | UnsetType = UNSET
    reply_markup: dict[str, Any] | UnsetType = UNSET


class SendMessage(_Send, kw_only=True):
    text: Text = ""
    parse_mode: Mode = ""
    entities: list[dict[str, Any]] | UnsetType = UNSET
    link_preview_options: LinkPreview | UnsetType = UNSET


class _Captioned(_Send, kw_only=True):
    caption: str = ""
    parse_mode: Mode = ""
    caption_entities: list[dict[str, Any]] | UnsetType = UNSET


class SendPhoto(_Captioned, kw_only=True):
    photo: Any
    has_spoiler: Flag = UNSET


class SendVideo(_Captioned, kw_only=True):
    video: Any
    duration: int | UnsetType = UNSET
    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET
    supports_streaming: Flag = UNSET
    has_spoiler: Flag = UNSET


class SendAudio(_Captioned, kw_only=True):
    audio: Any
    duration: int | UnsetType = UNSET
    performer: str | UnsetType = UNSET
    title: str | UnsetType = UNSET


class SendVoice(_Captioned, kw_only=True):
    voice: Any
    duration: int | UnsetType = UNSET


class SendDocument(_Captioned, kw_only=True):
    document: Any
    disable_content_type_detection: Flag = UNSET


class SendSticker(_Send, kw_only=True):
    sticker: Any
    emoji: str | UnsetType = UNSET


class _Placed(_Send, kw_only=True):
    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]


class SendLocation(_Placed, kw_only=True):
    horizontal_accuracy: Annotated[float, Meta(ge=0, le=1500)] | UnsetType = UNSET


class SendVenue(_Placed, kw_only=True):
    title: Annotated[str, Meta(min_length=1)]
    address: Annotated[str, Meta(min_length=1)]


class SendContact(_Send, kw_only=True):
    phone_number: Annotated[str, Meta(min_length=1)]
    first_name: Annotated[str, Meta(min_length=1)]
    last_name: str | UnsetType = UNSET
    vcard: Annotated[str, Meta(max_length=2048)] | UnsetType = UNSET


class EditMessageText(Strict, kw_only=True):
    chat_id: Chat
    message_id: int
    text: Text
    parse_mode: Mode = ""
    entities: list[dict[str, Any]] | UnsetType = UNSET
    link_preview_options: LinkPreview | UnsetType = UNSET
    reply_markup: dict[str, Any] | UnsetType = UNSET


class DeleteMessage(Strict, kw_only=True):
    chat_id: Chat
    message_id: int


_REACTIONS = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾
💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀
😡
"""
REACTIONS = frozenset(_REACTIONS.split())
"""What can be put to a message, as it is described."""


class Emoji(Strict, tag_field="type", tag="emoji", kw_only=True):
    emoji: str


class SetMessageReaction(Strict, kw_only=True):
    chat_id: Chat
    message_id: int
    reaction: Annotated[list[Emoji], Meta(max_length=1)] = []
    is_big: Flag = UNSET


class SendChatAction(Strict, kw_only=True):
    chat_id: Chat
    action: Literal[
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
    ]


class AnswerCallbackQuery(Strict, kw_only=True):
    callback_query_id: str
    text: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    show_alert: Flag = UNSET
    url: str | UnsetType = UNSET
    cache_time: int | UnsetType = UNSET


class GetFile(Strict, kw_only=True):
    file_id: str


class SetWebhook(Strict, kw_only=True):
    url: str
    secret_token: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,256}$")] | UnsetType = UNSET
    max_connections: Annotated[int, Meta(ge=1, le=100)] | UnsetType = UNSET
    allowed_updates: list[str] | UnsetType = UNSET
    drop_pending_updates: Flag = UNSET
    ip_address: str | UnsetType = UNSET


class DeleteWebhook(Strict, kw_only=True):
    drop_pending_updates: Flag = UNSET


class GetUpdates(Strict, kw_only=True):
    offset: int | UnsetType = UNSET
    limit: Annotated[int, Meta(ge=1, le=100)] | UnsetType = UNSET
    timeout: int | UnsetType = UNSET
    allowed_updates: list[str] | UnsetType = UNSET


class Nothing(Strict, kw_only=True):
    pass
