"""What an update tells, as an event."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from helpline.channels.inbound import (
    Edited,
    Event,
    Media,
    NotUnderstood,
    Reachable,
    Reacted,
    Said,
    Unsupported,
    Who,
)

from .updates import NOT_OURS, SERVICE, Chat, File, Membership, Message, Query, Reaction, Update, User, content_of

START = "/start"
_NAMES = {"photo": "photo.jpg", "voice": "voice.ogg", "video_note": "video.mp4", "sticker": "sticker.webp"}
_TYPES = {"photo": "image/jpeg", "video": "video/mp4", "voice": "audio/ogg", "video_note": "video/mp4"}
_CUSTOM = "⭐"
"""For reactions that are pictures of somebody's own."""


def events_of(body: bytes) -> list[Event]:
    """The event of an update; none when it is of nothing that concerns a conversation."""
    try:
        told = msgspec.json.decode(body)
        update = msgspec.convert(told, Update)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotUnderstood(str(error)) from error
    if update.message is not None:
        return _message(update.message, told["message"])
    if update.edited_message is not None:
        return _edit(update.edited_message)
    if update.callback_query is not None:
        return [_tap(update.callback_query)]
    if update.message_reaction is not None:
        return [_reaction(update.message_reaction)]
    if update.my_chat_member is not None:
        return [_membership(update.my_chat_member)]
    if told.keys() & NOT_OURS:
        return []
    raise NotUnderstood(f"An update of an unknown kind: {', '.join(told.keys() - {'update_id'}) or 'none'}")


def id_of(chat: Chat, message_id: int) -> str:
    """Messages are numbered in each chat."""
    return f"{chat.id}:{message_id}"


def _message(message: Message, told: dict[str, Any]) -> list[Event]:
    who, at = _who(message.chat, message.sender), _at(message.date)
    id = id_of(message.chat, message.message_id)
    if message.text == START:
        return [Reachable(who=who, reachable=True, why="started", at=at)]
    media = _media(message)
    details = _details(message)
    text = message.text or message.caption
    if message.dice:
        text = f"{message.dice.emoji} {message.dice.value}"
    if text or media or details:
        answered = message.reply_to_message
        answers = id_of(message.chat, answered.message_id) if answered else ""
        return [Said(external_id=id, who=who, text=text, media=media, details=details, answers=answers, at=at)]
    what = content_of(told)
    return [] if what in SERVICE else [Unsupported(external_id=id, who=who, what=what, at=at)]


def _edit(message: Message) -> list[Event]:
    text = message.text or message.caption
    who, at, id = _who(message.chat, message.sender), _at(message.edit_date), id_of(message.chat, message.message_id)
    return [Edited(external_id=id, who=who, text=text, at=at)] if text else []


def _tap(query: Query) -> Event:
    buttons = [
        button
        for row in (query.message.reply_markup.inline_keyboard if query.message and query.message.reply_markup else [])
        for button in row
    ]
    title = next((button.text for button in buttons if button.callback_data == query.data), "") or query.data
    chat = query.message.chat if query.message else Chat(id=query.sender.id)
    button = {"title": title[:500], "data": query.data[:500]}
    who, details = _who(chat, query.sender), {"button": button}
    return Said(external_id=f"tap:{query.id}", who=who, text=title, details=details, awaits=query.id)


def _reaction(reaction: Reaction) -> Event:
    emoji = next((one.emoji or _CUSTOM for one in reaction.new_reaction), "")
    who = _who(reaction.chat, reaction.user)
    at = _at(reaction.date)
    return Reacted(external_id=id_of(reaction.chat, reaction.message_id), who=who, emoji=emoji, at=at)


def _membership(changed: Membership) -> Event:
    gone = changed.new_chat_member.status in {"kicked", "left"}
    who = _who(changed.chat, changed.sender)
    why = "blocked" if gone else "unblocked"
    return Reachable(who=who, reachable=not gone, why=why, at=_at(changed.date))


def _media(message: Message) -> tuple[Media, ...]:
    largest = max(message.photo, key=lambda one: one.file_size or 0) if message.photo else None
    sticker = message.sticker if message.sticker and not message.sticker.is_animated else None
    # An animation is told as a document too, for old programs.
    document = None if message.animation else message.document
    found = {
        "photo": largest,
        "video": message.video,
        "audio": message.audio,
        "voice": message.voice,
        "video_note": message.video_note,
        "animation": message.animation,
        "document": document,
        "sticker": sticker,
    }
    return tuple(_one(kind, file) for kind, file in found.items() if file is not None)


def _one(kind: str, file: File) -> Media:
    media_type = file.mime_type or _TYPES.get(kind, "")
    if kind == "sticker":
        media_type = "video/webm" if getattr(file, "is_video", False) else "image/webp"
    name = file.file_name or _NAMES.get(kind, kind)
    return Media(ref={"file_id": file.file_id}, name=name[:200], media_type=media_type, size=file.file_size)


def _details(message: Message) -> dict[str, Any]:
    details: dict[str, Any] = {}
    if message.location:
        venue = message.venue
        place = {"latitude": message.location.latitude, "longitude": message.location.longitude}
        details["location"] = place | ({"name": venue.title, "address": venue.address} if venue else {})
    if message.sticker:
        sticker = message.sticker
        details["sticker"] = {"id": sticker.file_id, "package": sticker.set_name, "emoji": sticker.emoji}
    if message.contact:
        name = f"{message.contact.first_name} {message.contact.last_name}".strip()
        details["cards"] = [{"name": name or message.contact.phone_number, "phones": [message.contact.phone_number]}]
    if message.text.startswith(f"{START} "):
        details["referral"] = message.text.removeprefix(START).strip()[:500]
    return details


def _who(chat: Chat, sender: User | None) -> Who:
    """In a private chat the person; in a group all of it, as that is where one answers, and who of it."""
    own = f"{sender.first_name} {sender.last_name}".strip() if sender else ""
    if chat.type != "private":
        member = str(sender.id) if sender else ""
        return Who(address=str(chat.id), name=chat.title, member=member, member_name=own)
    name = own or f"{chat.first_name} {chat.last_name}".strip()
    return Who(address=str(chat.id), name=name, locale=sender.language_code if sender else "")


def _at(moment: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(moment, UTC) if moment > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
