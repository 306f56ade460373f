"""The words by which people say that they want no more messages, or want them again."""

import re

from helpline.channels.inbound import OPTED_OUT, Event, Reachable, Said

STOP = {"stop", "stopall", "停止", "退訂", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
START = {"start", "yes", "unstop", "訂閱"}


def with_wish(said: Said) -> list[Event]:
    """What was said, and what follows from it when it is one of these words."""
    word = re.sub(r"\W", "", said.text.lower())  # also with a full stop, or between the quotation marks of our own text
    if word in STOP:
        return [said, Reachable(who=said.who, reachable=False, why=OPTED_OUT, said_by=said.external_id)]
    if word in START:
        return [said, Reachable(who=said.who, reachable=True, why="opted_in", said_by=said.external_id)]
    return [said]
