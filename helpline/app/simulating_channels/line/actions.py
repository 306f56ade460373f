"""What a tap on a button does: the actions of LINE."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Label = Annotated[str, Meta(min_length=1, max_length=20)]
Data = Annotated[str, Meta(min_length=1, max_length=300)]
Words = Annotated[str, Meta(min_length=1, max_length=300)]
Link = Annotated[str, Meta(pattern=r"^https://[^\s]+$", max_length=2000)]
"""Of media: only with TLS."""


class Strict(Struct, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Fields that are not described are refused."""


class _Action(Strict, tag_field="type", kw_only=True):
    label: Label | UnsetType = UNSET


class MessageAction(_Action, tag="message", kw_only=True):
    text: Words


class PostbackAction(_Action, tag="postback", kw_only=True):
    data: Data
    display_text: Words | UnsetType = UNSET
    text: Words | UnsetType = UNSET
    input_option: Literal["closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"] | UnsetType = UNSET
    fill_in_text: Words | UnsetType = UNSET


class AltUri(Strict, kw_only=True):
    desktop: Annotated[str, Meta(max_length=1000)]


class UriAction(_Action, tag="uri", kw_only=True):
    uri: Annotated[str, Meta(pattern=r"^(https?|line|tel|mailto):[^\s]+$", max_length=1000)]
    alt_uri: AltUri | UnsetType = UNSET


class DatetimeAction(_Action, tag="datetimepicker", kw_only=True):
    data: Data
    mode: Literal["date", "time", "datetime"]
    initial: str | UnsetType = UNSET
    max: str | UnsetType = UNSET
    min: str | UnsetType = UNSET


class ClipboardAction(_Action, tag="clipboard", kw_only=True):
    clipboard_text: Annotated[str, Meta(min_length=1, max_length=1000)]


class CameraAction(_Action, tag="camera", kw_only=True):
    """Only in quick replies."""


class CameraRollAction(_Action, tag="cameraRoll", kw_only=True):
    """Only in quick replies."""


class LocationAction(_Action, tag="location", kw_only=True):
    """Only in quick replies."""


Action = MessageAction | PostbackAction | UriAction | DatetimeAction | ClipboardAction
QuickAction = Action | CameraAction | CameraRollAction | LocationAction


class QuickItem(Strict, tag_field="type", tag="action", kw_only=True):
    action: QuickAction
    image_url: Link | UnsetType = UNSET


class QuickReply(Strict, kw_only=True):
    items: Annotated[list[QuickItem], Meta(min_length=1, max_length=13)]
