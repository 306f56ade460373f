"""Clocks that run while an agent serves, and what ends a conversation by itself."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from helpline.core import Invalid

ServiceEnd = Literal["notice", "close"]
Seconds = Annotated[int, Meta(ge=0, le=7 * 86_400)]


class Closure(Struct, kw_only=True):
    """When who is silent is reminded, and when a conversation ends. A time of 0 switches its clock off."""

    contact_reminder: Seconds = 0
    """Seconds after an agent's message until a silent contact is reminded; it has to come before the end."""
    contact_timeout: Seconds = 0
    """Seconds after an agent's message until the conversation of a silent contact is closed."""
    agent_reminder: Seconds = 0
    """Seconds a contact waits for an answer until the agent is reminded."""
    agent_escalation: Seconds = 0
    """Seconds a contact waits for an answer until the supervisors are told."""
    agent_return: Seconds = 0
    """Seconds a contact waits for an answer until the conversation goes back to the queue."""
    service_limit: Seconds = 0
    """Seconds that a service may take."""
    service_warning: Seconds = 120
    """Seconds before the limit at which the agent is warned."""
    service_end: ServiceEnd = "notice"
    """What happens at the limit: the agent is told, or the conversation is closed."""
    continue_while_nobody_waits: bool = True
    """Whether a service may go on beyond its limit until somebody else waits."""


class ReminderAfterTheEnd(Invalid):
    """A reminder has to come before what it reminds of."""


def check_closure(closure: Closure) -> None:
    """Refuse a reminder that would never come."""
    before_what = {
        "contact_reminder": closure.contact_timeout,
        "agent_reminder": closure.agent_return,
        "agent_escalation": closure.agent_return,
        "service_warning": closure.service_limit,
    }
    for name, end in before_what.items():
        if end and getattr(closure, name) >= end:
            raise ReminderAfterTheEnd(field=f"closure.{name}")
