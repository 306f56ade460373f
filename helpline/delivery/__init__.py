"""Delivery: every message to a contact by a channel outside is a row until its provider has it, and every attempt is kept."""

from .models import Attempt, Delivery, DeliveryState

__all__ = ["Attempt", "Delivery", "DeliveryState"]
