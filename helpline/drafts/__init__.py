"""Drafts: what an agent has begun to write in a conversation. One each; it follows them to every desk they open."""
