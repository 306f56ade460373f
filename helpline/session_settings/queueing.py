"""In which order people wait."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from helpline.core import Invalid


class Queueing(Struct, kw_only=True):
    """In which order people wait."""

    points_per_second: Annotated[float, Meta(ge=0, le=1000)] = 0.0
    """What waiting adds to the priority, so that what is urgent starts ahead and everything ages; the same in all categories."""


class SameForAllCategories(Invalid):
    """Queues are shared by channel categories, so waiting adds as much in all of them: set it for the whole workspace."""


def check_queue(wanted: dict[str, Any], category_id: str | None) -> None:
    """Refuse an ageing of one category's own."""
    if category_id and wanted.get("points_per_second") is not None:
        raise SameForAllCategories(field="queue.points_per_second")
