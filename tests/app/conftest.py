"""Fixtures for tests of the whole application."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpline.app.demo import seed
from helpline.app.settings import Settings

from .at_providers import KINDS, At, at


@pytest.fixture(scope="session")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A seeded installation; look, but do not touch."""
    data = tmp_path_factory.mktemp("demo")
    shutil.copy(sqlite_template, data / "helpline.sqlite3")
    settings = Settings(data=data)
    seed(settings)
    return settings


@pytest.fixture(params=KINDS)
def line(request: pytest.FixtureRequest, settings: Settings) -> Iterator[At]:
    """A channel at each of the simulated providers."""
    with at(request.param, settings) as found:
        yield found


@pytest.fixture
def official(settings: Settings) -> Iterator[At]:
    """An official account at LINE."""
    with at("line", settings) as found:
        yield found


@pytest.fixture
def telegram(settings: Settings) -> Iterator[At]:
    """A bot."""
    with at("telegram", settings) as found:
        yield found
