"""WhatsApp's Cloud API, as it is described in public (github.com/facebook/openapi), and as 360dialog passes it on."""

from .api import WhatsApp

__all__ = ["WhatsApp"]
