"""Service records: one service given by an agent to a contact, its result, its reasons and its times."""

from .models import Reason, RecordState, Result, ServiceRecord

__all__ = ["Reason", "RecordState", "Result", "ServiceRecord"]
