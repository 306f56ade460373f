"""The documentation says what the code says: pages are fresh, and everything with a name has a sentence."""

import re
from pathlib import Path

import pytest
import typer

from helpline.app.cli.main import cli
from helpline.app.settings import Settings
from helpline.people.permissions import PERMISSIONS, ROLES
from tools import reference

ROOT = Path(__file__).parents[2]
PAGES = reference.pages()
HAND_WRITTEN = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "AGENTS.md")]
HAND_WRITTEN += sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("name", PAGES)
def test_reference_pages_are_fresh(name: str) -> None:
    kept = (ROOT / "docs" / "reference" / name).read_text("utf-8")
    assert kept == PAGES[name], "Run: uv run python tools/reference.py"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in (ROOT / "docs" / "reference").iterdir()} == set(PAGES)


@pytest.mark.parametrize("fact", reference.all_facts(), ids=lambda fact: fact.topic())
def test_every_fact_says_what_happened(fact: type) -> None:
    assert reference.one_line(fact).endswith(".")


@pytest.mark.parametrize("error", reference.all_errors(), ids=lambda error: error.__name__)
def test_every_error_is_a_sentence_for_a_person(error: type) -> None:
    sentence = reference.one_line(error)
    assert sentence.endswith(".")
    assert sentence[0].isupper()


def test_every_setting_says_what_it_does() -> None:
    told = reference.docstrings_of_fields(Settings)
    assert [field for field in Settings.__struct_fields__ if not told.get(field, "").endswith(".")] == []


def test_every_permission_says_what_it_allows_and_somebody_has_it() -> None:
    assert [name for name, told in PERMISSIONS.items() if not told.endswith(".")] == []
    assert set(PERMISSIONS) == frozenset().union(*ROLES.values())


def test_every_route_names_a_permission_that_there_is() -> None:
    named = {handler.opt["permission"] for _, _, handler in reference.routes()}
    assert named - set(PERMISSIONS) == set(reference.OPEN_TO)


@pytest.mark.parametrize("route", reference.routes(), ids=lambda route: f"{route[0]} {route[1]}")
def test_every_route_has_a_sentence(route: tuple[str, str, object]) -> None:
    assert reference.one_line(getattr(route[2], "fn")).endswith(".")  # noqa: B009 - typed as an object on purpose


def test_every_command_says_what_it_does() -> None:
    silent = [line for line in reference.commands().splitlines() if line.startswith("| ") and line.endswith("|  |")]
    assert silent == []
    assert all(command.help for command in typer.main.get_group(cli).commands.values())


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    found = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8"))
    assert [target for target in found if not (page.parent / target).exists() and not target.endswith(".png")] == []


def test_the_house_rules_fit_on_two_screens() -> None:
    assert len((ROOT / "AGENTS.md").read_text("utf-8").splitlines()) <= 150
