"""Identifiers: time-ordered UUIDs (RFC 9562, version 7), so that new rows lie side by side in every index."""

from uuid_utils import uuid7


def new_id() -> str:
    """A fresh id, greater than the ones this process made before."""
    return str(uuid7())
