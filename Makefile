# Two commands matter: `make run` and `make test`. Both set up what they need, once.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.PHONY: help run test test-quick setup setup-test lint format lock audit messages check-exports soak screenshots bench clean

# The newest Python on the PATH that will do; `make run PYTHON=/path/to/python` names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; done; echo python3)
BIN := .venv/bin
PORT ?= 8000
export PORT
# No PYTHONPATH or user site of the machine gets in between.
export PYTHONNOUSERSITE := 1
unexport PYTHONPATH
unexport PYTHONHOME
# A machine that keeps Python from writing what it compiled down makes every start take two or three times as long.
unexport PYTHONDONTWRITEBYTECODE

ON_SERVICES = DATABASE_URL=$${TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres} \
	REDIS_URL=$${TEST_REDIS_URL:-redis://127.0.0.1:6379/0} $(BIN)/python -m pytest -q --on-services

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-26s %s\n", $$1, $$2 }'

run: setup ## set up, then serve on http://127.0.0.1:8000/ (PORT=8001 for another)
	@exec $(BIN)/python manage.py up

test: setup-test ## set up, then every test: on SQLite, then again on PostgreSQL and Redis where they answer
	@exec $(BIN)/python -m smmplanner.tests

test-quick: setup-test ## every test on SQLite that needs no browser
	@exec $(BIN)/python -m pytest -q -n auto -m "not browser"

lint: setup-test ## ruff and mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: setup-test ## let ruff mend what it can
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: setup-test ## compile requirements*.in and refresh package-lock.json
	@for set in "" -dev -uv -node; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			requirements$$set.in -o requirements$$set.txt || exit 1; done
	@if command -v npm >/dev/null; then npm install --package-lock-only --ignore-scripts --no-audit --no-fund; fi

audit: setup-test ## are weaknesses known in the packages we use? (audit-allowed.txt explains those that may stay)
	@$(BIN)/python smmplanner/dependencies.py

messages: setup ## compile the translations (locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python manage.py messages

check-exports: setup ## import a folder of real exports dry: make check-exports DIR=path
	@test -n "$(DIR)" || { echo "Name the folder: make check-exports DIR=path" >&2; exit 2; }
	@$(BIN)/python manage.py check_exports "$(DIR)"

soak: setup-test ## what takes longer than CI should: 50 times the examples (SOAK=50), axe in every look, killed workers, 20,000 requests
	@SOAK=$${SOAK:-50} $(BIN)/python -m pytest -q -n auto -m "not browser and not services" \
		--ignore smmplanner/tests/test_hostile_input.py --ignore smmplanner/tests/test_api_contract.py
	@SOAK=1 $(BIN)/python -m pytest -q -n auto smmplanner/tests/test_accessibility_in_a_browser.py
	@SOAK=1 $(ON_SERVICES) calendar_app/tests/test_due_when_killed.py \
		metrics/tests/test_recompute_when_killed.py metrics/tests/test_imports_when_killed.py
	@SOAK=14 $(ON_SERVICES) -n auto smmplanner/tests/test_api_contract.py
	@SOAK=1 $(ON_SERVICES) -n auto smmplanner/tests/test_hostile_input.py

# The Chromium without windows draws letters otherwise.
screenshots: setup-test ## renew the pictures in docs/screenshots, and what is to be read on them
	@CHROMIUM=$${CHROMIUM:-$$(command -v chromium || command -v google-chrome)} SCREENSHOTS=1 $(BIN)/python -m pytest -q smmplanner/tests/test_demo_in_a_browser.py -k pictures

bench: setup-test ## the benchmarks of bench/, small; bench/README.md tells how to read them
	@for each in pages.py calendar.py dashboard.py recompute.py imports.py "load.py --quick"; do \
		echo "— $$each"; $(BIN)/python bench/$$each || exit 1; done

setup: ## only set up
	@$(PYTHON) smmplanner/bootstrap.py

setup-test: ## only set up, with what tests need
	@$(PYTHON) smmplanner/bootstrap.py --test

clean: ## remove what make made; the database in var/ stays
	@rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache var/static var/assets
