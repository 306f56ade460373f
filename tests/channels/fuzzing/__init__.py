"""Fuzzing of what adapters read: real payloads, changed in many ways. ``bench.fuzz`` does it for as long as one likes."""
