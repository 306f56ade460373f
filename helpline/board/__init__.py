"""The live board: queues, agents, and how today goes, from a row for each stay in a queue."""

from .models import Outcome, Visit

__all__ = ["Outcome", "Visit"]
