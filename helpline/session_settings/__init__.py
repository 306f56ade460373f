"""Session settings: what an administrator decides about a session, for the whole workspace or for one channel category."""

from .prompts import Prompt, PromptName
from .queries import in_force
from .sections import SessionSettings

__all__ = ["Prompt", "PromptName", "SessionSettings", "in_force"]
