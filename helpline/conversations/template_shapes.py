"""What of a template is said on the wire by whoever sends one."""

from typing import Annotated

from msgspec import Meta

from helpline.core import In


class TemplateIn(In):
    """A text that the channel's provider approved, and what stands in its places."""

    name: Annotated[str, Meta(min_length=1, max_length=512)]
    language: Annotated[str, Meta(min_length=1, max_length=20)]
    values: Annotated[
        dict[Annotated[str, Meta(max_length=100)], Annotated[str, Meta(max_length=1000)]], Meta(max_length=100)
    ] = {}
    """By the name or number of the place."""
