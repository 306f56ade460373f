"""Fixtures for tests of the whole application."""

import shutil
from pathlib import Path

import pytest

from helpline.app.demo import seed
from helpline.app.settings import Settings


@pytest.fixture(scope="session")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A seeded installation; look, but do not touch."""
    data = tmp_path_factory.mktemp("demo")
    shutil.copy(sqlite_template, data / "helpline.sqlite3")
    settings = Settings(data=data)
    seed(settings)
    return settings
