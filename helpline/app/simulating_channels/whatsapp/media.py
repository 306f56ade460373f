"""Files of messages: by an id that WhatsApp gave, or by a link."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

Caption = Annotated[str, Meta(max_length=1024)] | UnsetType
Words = Annotated[str, Meta(min_length=1)]


class Strict(Struct, kw_only=True, forbid_unknown_fields=True):
    """Fields that are not described are refused."""


class Media(Strict, kw_only=True):
    id: Words | UnsetType = UNSET
    link: Annotated[str, Meta(pattern=r"^https?://")] | UnsetType = UNSET


class Captioned(Media, kw_only=True):
    caption: Caption = UNSET


class Document(Captioned, kw_only=True):
    filename: Annotated[str, Meta(max_length=240)] | UnsetType = UNSET


class Audio(Media, kw_only=True):
    voice: bool | UnsetType = UNSET
