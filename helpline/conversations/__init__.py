"""Conversations: one exchange with one contact point, at most one agent in charge, messages without holes."""

from .models import CloseReason, Conversation, Message, State
from .receiving import Inbound, Line, receive

__all__ = ["CloseReason", "Conversation", "Inbound", "Line", "Message", "State", "receive"]
