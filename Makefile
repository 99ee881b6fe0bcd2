.DEFAULT_GOAL := help
PYTHON ?= $(or $(shell command -v python3.11),python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
KEEP ?=

help: ## what there is to do
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## install everything into .venv (the other targets do this by themselves)

$(STAMP): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "inda: Python 3.11 or newer is needed; name it with PYTHON=..." >&2; exit 1; }
	@echo "setting up: a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@echo "setting up: about a hundred packages and the three servers, from the hashed lock"
	@$(BIN)/pip install --disable-pip-version-check --require-hashes -r requirements-dev.txt | sed -un 's/^Collecting \([^ ]*\).*/  \1/p'
	@$(BIN)/pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -c 'import deploy, services, shared' && touch $(STAMP)

run: $(STAMP) ## start the whole stack here, with the sample season, until Ctrl-C
	@exec $(BIN)/python -m deploy.local.run $(ARGS)

test: $(STAMP) ## every test against real servers, on two cores
	@$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

demo: $(STAMP) ## the whole job on real input; KEEP=folder leaves its data there
	@exec $(BIN)/python -m deploy.demo $(if $(KEEP),--keep $(KEEP)) $(ARGS)

check: $(STAMP) ## style, types, doors and dependencies
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/pyright
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/deptry .

bench: $(STAMP) ## each claim beside its bare baseline, in the same run
	@exec $(BIN)/python -m tests.benchmarks $(ARGS)

lock: $(STAMP) ## write both locks anew from pyproject.toml (needs uv)
	uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 --extra local --extra dev pyproject.toml -o requirements-dev.txt

.PHONY: help setup run test demo check bench lock
