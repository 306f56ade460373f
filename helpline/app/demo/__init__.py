"""The workspace of ``helpline demo``: Kestrel Outdoor, with the past few days of its customer service."""

from .cast import AGENTS, PASSWORD
from .seeding import NotTheDemo, seed

__all__ = ["AGENTS", "PASSWORD", "NotTheDemo", "seed"]
