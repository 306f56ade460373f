"""Bring your own: messages in by a signed call to us, and out by a signed call to an address of yours."""
