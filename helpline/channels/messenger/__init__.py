"""Messenger and Instagram, by Meta's Graph API."""
