"""WhatsApp, by the Cloud API of Meta or by way of 360dialog."""
