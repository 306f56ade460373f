"""All sections together: as they are in force, and as somebody changes them."""

from typing import TYPE_CHECKING, Any, cast

from msgspec import UNSET, Struct, UnsetType, defstruct, field, structs

from helpline.core import In

from .allocation import Allocation
from .closure import Closure
from .hours import Hours
from .prompts import Prompts
from .queueing import Queueing
from .satisfaction import Satisfaction
from .service_mode import ServiceMode


class SessionSettings(Struct, kw_only=True):
    """What holds for a session. No field of a section is ever null: that is how a change says "inherit again"."""

    prompts: Prompts = field(default_factory=Prompts)
    allocation: Allocation = field(default_factory=Allocation)
    service_mode: ServiceMode = field(default_factory=ServiceMode)
    queue: Queueing = field(default_factory=Queueing)
    closure: Closure = field(default_factory=Closure)
    hours: Hours = field(default_factory=Hours)
    satisfaction: Satisfaction = field(default_factory=Satisfaction)


SECTIONS: dict[str, type[Struct]] = {one.name: one.type for one in structs.fields(SessionSettings)}


def _change(section: type[Struct]) -> type[In]:
    """The section with every field left out unless it is said, and null for "as it is inherited"."""
    said: list[Any] = [(one.name, one.type | None | UnsetType, UNSET) for one in structs.fields(section)]
    made = defstruct(f"{section.__name__}Change", said, bases=(In,), module=__name__, kw_only=True)
    return cast("type[In]", made)


if TYPE_CHECKING:

    class OverridesIn(In): ...

    class SessionSettingsChange(OverridesIn):
        version: int
else:
    _SECTIONS = [(name, _change(section) | UnsetType, UNSET) for name, section in SECTIONS.items()]
    OverridesIn = defstruct("SessionSettingsOverrides", _SECTIONS, bases=(In,), module=__name__, kw_only=True)
    SessionSettingsChange = defstruct(
        "SessionSettingsChange", [("version", int)], bases=(OverridesIn,), module=__name__, kw_only=True
    )
