"""Contacts: customers as persons, and the addresses (contact points) by which channels know them."""

from .models import Contact, ContactMerge, ContactPoint

__all__ = ["Contact", "ContactMerge", "ContactPoint"]
