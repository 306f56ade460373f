"""Simulated days: the real allocation code, on a temporary database, at the pace of a clock that nobody waits for."""
