"""What is asked of Telegram to send a message."""

from collections.abc import Mapping
from typing import Any

import msgspec

from helpline.channels.calls import Call, Part, as_form, in_json
from helpline.channels.outbound import Outbound, OutFile
from helpline.channels.signs import Edit, Heard, Known, React, Sign, TakeBack, Typing
from helpline.channels.wording import in_words

_PHOTOS = {"image/jpeg", "image/png", "image/webp"}
_METHODS = {
    "video/mp4": ("sendVideo", "video"),
    "audio/mpeg": ("sendAudio", "audio"),
    "audio/mp4": ("sendAudio", "audio"),
}
_METHODS |= {"audio/ogg": ("sendVoice", "voice")} | dict.fromkeys(_PHOTOS, ("sendPhoto", "photo"))


def call_for(bot: str, out: Outbound, data: bytes = b"") -> Call:
    """The call that sends it; ``bot`` is the address of the bot's methods, ``data`` the bytes of its file."""
    if out.files:
        return _file(bot, out, out.files[0], data)
    asked: dict[str, Any] = {"chat_id": out.to, **_pointing(out)}
    if place := out.details.get("location"):
        return _place(bot, asked, place)
    if (sticker := out.details.get("sticker")) and not out.text:
        return in_json(f"{bot}/sendSticker", {**asked, "sticker": sticker["id"]})
    if (card := _passed_on(out)) is not None:
        return in_json(f"{bot}/sendContact", {**asked, "phone_number": card["phones"][0], "first_name": card["name"]})
    asked["text"] = in_words(out)
    if out.choices:
        asked["reply_markup"] = _keys(out.choices)
    return in_json(f"{bot}/sendMessage", asked)


def _file(bot: str, out: Outbound, file: OutFile, data: bytes) -> Call:
    method, field = _METHODS.get(file.media_type.partition(";")[0].lower(), ("sendDocument", "document"))
    fields: dict[str, str | Part] = {"chat_id": out.to, field: Part(file.name, file.media_type, data)}
    fields |= {name: msgspec.json.encode(value).decode() for name, value in _pointing(out).items()}
    if out.text:
        fields["caption"] = out.text
    if out.choices:
        fields["reply_markup"] = msgspec.json.encode(_keys(out.choices)).decode()
    return as_form(f"{bot}/{method}", fields)


def _pointing(out: Outbound) -> dict[str, Any]:
    """At the message that it answers; one that is gone does not keep the answer from going."""
    if out.quoted is None:
        return {}
    return {"reply_parameters": {"message_id": number_of(out.quoted), "allow_sending_without_reply": True}}


def shown(bot: str, sign: Sign) -> Call | None:
    """The call that shows what is no message; nothing for what cannot be shown."""
    if isinstance(sign, Typing):
        return in_json(f"{bot}/sendChatAction", {"chat_id": sign.to, "action": "typing"})
    if isinstance(sign, Heard):
        return in_json(f"{bot}/answerCallbackQuery", {"callback_query_id": sign.about.external_id})
    asked = {"chat_id": sign.to, "message_id": number_of(sign.about)}
    if isinstance(sign, React):
        reaction = [{"type": "emoji", "emoji": sign.emoji}] if sign.emoji else []
        return in_json(f"{bot}/setMessageReaction", {**asked, "reaction": reaction})
    if isinstance(sign, Edit):
        return in_json(f"{bot}/editMessageText", {**asked, "text": sign.text})
    return in_json(f"{bot}/deleteMessage", asked) if isinstance(sign, TakeBack) else None


def number_of(known: Known) -> int:
    """Its number in the chat."""
    number = known.external_id.rpartition(":")[2]
    return int(number) if number.isdecimal() else 0


def _place(bot: str, asked: dict[str, Any], place: Mapping[str, Any]) -> Call:
    asked |= {"latitude": place["latitude"], "longitude": place["longitude"]}
    if not place.get("name"):
        return in_json(f"{bot}/sendLocation", asked)
    return in_json(
        f"{bot}/sendVenue", {**asked, "title": place["name"], "address": place.get("address") or place["name"]}
    )


def _passed_on(out: Outbound) -> Mapping[str, Any] | None:
    """The one person with the one number that Telegram has a message for."""
    cards: list[Any] = out.details.get("cards") or []
    fits = len(cards) == 1 and not out.text and len(cards[0].get("phones", ())) == 1 and not cards[0].get("emails")
    return cards[0] if fits else None


def _keys(choices: tuple[str, ...]) -> dict[str, Any]:
    """Keys that write the choice when they are tapped, and are gone then."""
    return {"keyboard": [[{"text": one}] for one in choices], "one_time_keyboard": True, "resize_keyboard": True}
