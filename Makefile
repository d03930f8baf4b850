# Targets for people and for CI; `make` lists them.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed

.DEFAULT_GOAL := help
.PHONY: help install demo test check quick real bench clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-9s %s\n", $$1, $$2}'

.venv/base: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(STAMP): .venv/base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[airflow,postgresql,test]'
	@touch $@

install: .venv/base  ## set up .venv with what Watchword needs to run

demo: .venv/base  ## set up and run the tabletop exercise, end to end
	$(BIN)/watchword demo

check: $(STAMP)  ## lint, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## set up and test everything
	$(BIN)/python -m pytest

quick: $(STAMP)  ## the tests without those marked slow
	$(BIN)/python -m pytest -m 'not slow'

real: .venv/base  ## harvest the real pages of ../shared from a local server, and print the table
	$(BIN)/python -m benchmarks.real_harvest

clean:  ## remove the environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
