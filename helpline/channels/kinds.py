"""What kinds of channels can do."""

WITH_CARDS = {"webchat"}
"""Draw cards, with stars to tap and teams to choose; in others the same is asked in words, and answered so."""
