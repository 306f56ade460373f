"""What Telegram checks of a text and of buttons."""

import re
from typing import Any

import msgspec

from .methods import MARKUPS, InlineKeyboard
from .refusals import bad

MOST = 4096
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
_TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "span",
    "tg-spoiler",
    "a",
    "code",
    "pre",
    "blockquote",
}
_RESERVED = set("_*[]()~`>#+-=|{}.!")


def check_text(text: str, mode: str) -> None:
    """Refuse a text that is empty, too long, or wrongly marked up."""
    if not text.strip():
        raise bad("message text is empty")
    if mode == "HTML":
        _check_html(text)
        text = _TAG.sub("", text)
    elif mode == "MarkdownV2":
        _check_markdown(text)
    if len(text.encode("utf-16-le")) // 2 > MOST:
        raise bad("message is too long")


def check_markup(markup: dict[str, Any]) -> dict[str, Any]:
    """Refuse buttons that cannot be."""
    kind = next((kind for name, kind in MARKUPS.items() if name in markup), None)
    if kind is None:
        raise bad("object expected as reply markup")
    try:
        given: Any = msgspec.convert(markup, kind)
    except msgspec.ValidationError as error:
        raise bad(f"can't parse reply keyboard markup JSON object: {error}") from None
    if isinstance(given, InlineKeyboard):
        for button in (button for row in given.inline_keyboard for button in row):
            if bool(button.url) == bool(button.callback_data):
                raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
            if button.callback_data and len(button.callback_data.encode()) > 64:
                raise bad("BUTTON_DATA_INVALID")
    return markup


def _check_html(text: str) -> None:
    open_tags: list[str] = []
    for found in _TAG.finditer(text):
        name = found[2].lower()
        if name not in _TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {found.start()}')
        if not found[1]:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {found.start()}")
    if open_tags or "<" in _TAG.sub("", text):
        raise bad("can't parse entities: Can't find end tag corresponding to a start tag")


def _check_markdown(text: str) -> None:
    plain = re.sub(r"\\[\x01-\x7e]|\[[^\]]*\]\([^)]*\)|```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    for mark in _RESERVED - set("*_~|`>"):
        if mark in plain:
            raise bad(
                f"can't parse entities: Character '{mark}' is reserved and must be escaped with the preceding '\\'"
            )
