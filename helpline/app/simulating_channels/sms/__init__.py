"""SMS as Twilio offers it, as its public pages describe it; and as some other provider does."""

from .api import Sms
from .gateway import Gateway

__all__ = ["Gateway", "Sms"]
