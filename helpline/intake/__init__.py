"""Intake: what providers send is kept first, byte for byte, and understood after that; what is not waits in quarantine."""

from .models import Payload, PayloadState

__all__ = ["Payload", "PayloadState"]
