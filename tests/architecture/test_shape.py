"""The shape of the code: layers, sizes, a permission on every route, every query inside its workspace."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpline.app.catching_up import HEARD_WITH, SHAPES
from helpline.app.consequences import CONSEQUENCES
from helpline.app.jobs import JOBS
from helpline.app.schema import METADATA
from helpline.app.settings import Settings
from helpline.app.web import ROUTES, create_app
from helpline.core.jobs import kind_of
from helpline.core.router import PUBLIC, SIGNED_IN, VISITOR
from helpline.people.permissions import PERMISSIONS, ROLES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "helpline"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations/versions" not in str(path))
LONGEST_MODULE, LONGEST_FUNCTION = 250, 60
OFFLINE = {"models", "events", "queries", "actions", "rules", "reactions"}
DOMAIN = [path for path in MODULES if path.stem in OFFLINE and "core" not in path.parts]
UNSCOPED = {"workspace", "node", "alembic_version"}
"""Tables that do not belong to one workspace."""
WORKSPACE_LATER = {"agent_by_email", "job_by_due_at"}
"""Indexes for the lookups that begin without a workspace: sign-in, and the job loop."""


def test_concepts_only_look_down() -> None:
    found = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_clock_and_the_commit_are_not_the_domains_business(path: Path) -> None:
    text = path.read_text()
    assert "datetime.now" not in text
    assert ".commit(" not in text


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_every_route_names_a_permission_that_exists() -> None:
    known = {*PERMISSIONS, PUBLIC, SIGNED_IN, VISITOR}
    routes = [handler for routes in ROUTES for handler in routes.handlers]
    assert len(routes) > 50
    assert {str(handler.opt["permission"]) for handler in routes} <= known


def test_every_address_of_the_application_names_a_permission() -> None:
    app = create_app(Settings(), demo_key="key")
    unnamed = [
        route.path
        for route in app.routes
        for handler in getattr(route, "route_handlers", [getattr(route, "route_handler", None)])
        if handler and "permission" not in handler.opt and not _is_made_by_the_framework(route.path, handler)
    ]
    assert unnamed == []


def _is_made_by_the_framework(path: str, handler: Any) -> bool:
    return path.startswith("/schema") or getattr(handler, "http_methods", set()) == {"OPTIONS"}


def test_every_permission_is_held_by_some_role() -> None:
    assert set(PERMISSIONS) == set().union(*ROLES.values())


def test_every_table_begins_with_its_workspace() -> None:
    for table in METADATA.sorted_tables:
        if table.name in UNSCOPED:
            continue
        assert next(column.name for column in table.primary_key) == "workspace_id", table.name
        for index in table.indexes:
            first = str(next(iter(index.expressions)))
            assert index.name in WORKSPACE_LATER or first.endswith("workspace_id"), index.name
        for constraint in table.constraints:
            columns = [column.name for column in getattr(constraint, "columns", [])]
            if columns and type(constraint).__name__ != "CheckConstraint":
                assert columns[0] == "workspace_id", (table.name, constraint.name)


def test_every_fact_reaction_and_job_is_in_the_tables() -> None:
    reactions = {react.__name__ for reactions in CONSEQUENCES.values() for react in reactions}
    for path in PACKAGE.glob("*/reactions.py"):
        named = {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
        assert {name for name in named if not name.startswith("_")} <= reactions, path
    jobs = {
        f"{path.parent.name}.{node.name}"
        for path in PACKAGE.glob("*/jobs.py")
        if path.parent.name not in {"core", "app"}
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    assert jobs == {kind_of(job) for job in JOBS}


def test_every_kind_of_row_that_agents_hear_of_needs_a_permission() -> None:
    kinds = {kind for kind in SHAPES if not kind.startswith("visitor_")}
    assert HEARD_WITH.keys() == kinds
    assert set(HEARD_WITH.values()) <= {*PERMISSIONS, SIGNED_IN}


def test_names_are_the_fields_own() -> None:
    forbidden = re.compile(r"\b(utils?|helpers?|misc|common)\b")
    for path in MODULES:
        assert not forbidden.search(path.stem), path
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                assert not node.name.endswith(("Manager", "Helper", "Util")), node.name


def test_the_newest_migration_is_the_one_that_is_asked_for() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from helpline.migrations import NEWEST

    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST
