# Every command of daily work, one line each.

.PHONY: help run test check fix lock docs
help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: ## try it: the demo with shop and desk
	uv run helpline demo

test: ## all tests, on SQLite and on PostgreSQL
	uv run pytest -n auto

check: ## everything else that CI demands
	uv run --no-sync ruff format --check .
	uv run --no-sync ruff check .
	uv run --no-sync mypy
	uv run --no-sync lint-imports
	npm --prefix web/desk run check
	npm --prefix web/widget run check

fix: ## format, and mend what can be mended by itself
	uv run --no-sync ruff format .
	uv run --no-sync ruff check --fix .

lock: ## renew the locks after a change of dependencies
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

docs: ## write docs/reference and the types of the desk anew from the code
	uv run --no-sync python tools/reference.py
	uv run --no-sync python -m tools.desk_types
