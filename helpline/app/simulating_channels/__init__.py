"""Strict stand-ins for the HTTP APIs of providers: they refuse, sign and time as these do, and show what customers see."""
