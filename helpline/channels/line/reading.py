"""What a webhook of LINE's tells, as events."""

import mimetypes
from datetime import UTC, datetime
from typing import Any

import msgspec

from helpline.channels.inbound import (
    Deleted,
    Edited,
    Event,
    Media,
    NotUnderstood,
    Reachable,
    Said,
    Unsupported,
    Who,
    one_by_one,
    sensible,
)

from . import events
from .events import OF_NO_CONVERSATION

REPLY_WITHIN = 60
_TYPES = {"image": ("image/jpeg", "jpg"), "video": ("video/mp4", "mp4"), "audio": ("audio/mp4", "m4a")}
_KNOWN = {*_TYPES, "text", "file", "location", "sticker"}


def events_of(body: bytes) -> list[Event]:
    """All events of a call, in order; there are none when LINE only tries whether we are there."""
    try:
        told = msgspec.json.decode(body)
        given = msgspec.convert(told["events"], list[Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, TypeError) as error:
        raise NotUnderstood(f"No webhook of LINE's: {error}") from error
    return sensible(one_by_one(given, _event))


def _event(told: Any) -> list[Event]:
    event = msgspec.convert(told, events.Event)
    if event.type in OF_NO_CONVERSATION:
        return []
    if event.type == "unsend" and event.unsend is not None:
        return [Deleted(external_id=event.unsend.message_id)]
    source = event.source or events.Source()
    if not source.address:
        raise NotUnderstood(f"An event of the kind {event.type!r} that nobody did")
    who = Who(address=source.address, member=source.member)
    if event.type in {"follow", "join"}:
        return [Reachable(who=who, reachable=True, why="followed", at=_at(event))]
    if event.type in {"unfollow", "leave"}:
        return [Reachable(who=who, reachable=False, why="blocked", at=_at(event))]
    if event.type == "message" and event.message is not None:
        return [_message(event, event.message, who)]
    if event.type == "messageEdited" and event.message is not None and event.message.text:
        return [Edited(external_id=event.message.id, who=who, text=event.message.text, at=_at(event))]
    if event.type == "postback" and event.postback is not None:
        return [_postback(event, event.postback, who)]
    if not event.webhook_event_id:
        raise NotUnderstood(f"An event of the unknown kind {event.type!r}")
    return [Unsupported(external_id=event.webhook_event_id, who=who, what=event.type, at=_at(event))]


def _message(event: events.Event, message: events.Message, who: Who) -> Event:
    said: dict[str, Any] = {"external_id": message.id, "who": who, "at": _at(event), "reply_with": _reply(event)}
    if message.type not in _KNOWN:
        return Unsupported(**said, what=message.type)
    details = {"tokens": tokens} if (tokens := _tokens(message)) else {}
    said |= {"answers": message.quoted_message_id}
    if message.type == "text":
        return Said(**said, text=message.text, details=details)
    if message.type in _TYPES or message.type == "file":
        return Said(**said, media=(_media(message),), details=details)
    if message.type == "location":
        place = {"latitude": message.latitude, "longitude": message.longitude}
        named = {"name": message.title[:500], "address": message.address[:500]}
        return Said(**said, details={**details, "location": place | named})
    sticker = {"id": message.sticker_id, "package": message.package_id, "keywords": message.keywords}
    return Said(**said, text=message.text, details={**details, "sticker": sticker})


def _tokens(message: events.Message) -> dict[str, str]:
    """By what LINE lets us speak of it."""
    given = {"quote": message.quote_token, "read": message.mark_as_read_token}
    return {name: token for name, token in given.items() if token}


def _postback(event: events.Event, postback: events.Postback, who: Who) -> Event:
    chosen = " ".join(postback.params.values())
    title = chosen or postback.data
    return Said(
        external_id=event.webhook_event_id or f"postback:{event.timestamp}",
        who=who,
        text=title,
        details={"button": {"title": title[:500], "data": postback.data[:500]}},
        at=_at(event),
        reply_with=_reply(event),
    )


def _media(message: events.Message) -> Media:
    provider = message.content_provider
    if provider is not None and provider.type == "external" and provider.original_content_url:
        ref = {"url": provider.original_content_url}
    else:
        ref = {"id": message.id}
    if message.type == "file":
        kind = mimetypes.guess_type(message.file_name)[0] or "application/octet-stream"
        return Media(ref=ref, name=message.file_name[:200] or "file", media_type=kind, size=message.file_size)
    kind, ending = _TYPES[message.type]
    return Media(ref=ref, name=f"{message.type}.{ending}", media_type=kind)


def _reply(event: events.Event) -> dict[str, Any]:
    """By which one answers for nothing, and until when."""
    if not event.reply_token:
        return {}
    return {"token": event.reply_token, "until": event.timestamp // 1000 + REPLY_WITHIN}


def _at(event: events.Event) -> datetime | None:
    try:
        return datetime.fromtimestamp(event.timestamp / 1000, UTC) if event.timestamp > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
