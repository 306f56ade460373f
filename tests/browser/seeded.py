"""The demo, seeded now and then, copied for each test that wants one of its own."""

import shutil
import time
from pathlib import Path

import pytest

from helpline.app.demo import seed
from helpline.app.settings import Settings

SECRET = "for tests only"
FRESH = 120.0
"""Seconds for which it is copied: its customers have been waiting for minutes, and would soon have waited too long."""


class Seeded:
    """The demo as `helpline demo` seeds it, to be copied."""

    def __init__(self, folders: pytest.TempPathFactory, template: Path) -> None:
        self._folders, self._template = folders, template
        self._data, self._key, self._at = template, "", -FRESH

    def copy(self, to: Path) -> str:
        """Put its files into this new folder; the public key of its first channel."""
        if time.monotonic() - self._at > FRESH:
            self._data = self._folders.mktemp("seeded")
            shutil.copy(self._template, self._data / "helpline.sqlite3")
            self._key = seed(Settings(data=self._data, secret=SECRET))
            self._at = time.monotonic()
        shutil.copytree(self._data, to)
        return self._key
