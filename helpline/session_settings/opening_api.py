"""What would happen at …?"""

from datetime import datetime
from typing import Annotated

from litestar.params import Parameter

from helpline.calendars.api import checked
from helpline.calendars.arithmetic import next_at
from helpline.calendars.shapes import HoursOut, hours_out
from helpline.channels import Category
from helpline.core import Out, Tx
from helpline.core.router import Routes

from .opening import hours_at, prompt_of
from .prompts import Prompt, PromptName
from .queries import in_force

routes = Routes(tag="Working hours")


class WouldHappenOut(Out):
    """What a contact would meet who writes at a moment."""

    calendar_id: str
    """Empty: there is none, so it is always open."""
    hours: HoursOut
    handed_over: bool
    """Whether an agent who is free would get the conversation."""
    queued: bool
    """Whether it would wait, when nobody gets it; else it is closed at once."""
    prompt: PromptName | None
    """Which text the contact would be sent."""
    said: Prompt | None


@routes.get("/channel-categories/{id:str}/hours", permission="settings.read")
def what_would_happen(
    tx: Tx, id: str, at: Annotated[datetime | None, Parameter(description="Left out: now.")] = None
) -> WouldHappenOut:
    """What would happen to a contact who writes at a moment, and what they would be told."""
    moment, settings = checked(at, tx.now), in_force(tx, tx.get(Category, id).id)
    hours = hours_at(tx, id, moment)
    prompt = prompt_of(hours.now)
    return WouldHappenOut(
        calendar_id=settings.hours.calendar_id,
        hours=hours_out(moment, hours.now, next_at(hours.plan, moment)),
        handed_over=hours.now.takes,
        queued=hours.may_queue,
        prompt=prompt,
        said=getattr(settings.prompts, prompt) if prompt else None,
    )
