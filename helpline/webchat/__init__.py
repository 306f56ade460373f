"""Web chat, seen by a visitor: enter, write, read, leave."""
