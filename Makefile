# Courtyard 庭院. `make demo` and `make test` set up what they need themselves; see CONTRIBUTING.md.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
# The first Python that is new enough; PYTHON=… names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv/bin
ARGS ?=

.PHONY: help setup setup-app demo test test-long check format bench diagrams reference messages lock clean

help: ## say what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 18

define need_python
	@test -n "$(PYTHON)" || { echo "Courtyard needs Python 3.11 or newer, and there is none on the PATH." >&2; exit 1; }
endef

setup: ## the environment for working here: locked packages, assets, fonts
	$(need_python)
	@$(PYTHON) tools/setup.py dev

setup-app:
	$(need_python)
	@$(PYTHON) tools/setup.py app

demo: setup-app ## a town with three months of rounds on 127.0.0.1:8000; ARGS="--no-serve" stops after loading
	@$(VENV)/courtyard demo $(ARGS)

test: setup ## everything but the long tests, on SQLite and PostgreSQL (at most 10 minutes on 2 cores)
	@$(VENV)/python tools/run_tests.py test $(ARGS)

test-long: setup ## seeds, kill loops, many race rounds (at most 20 minutes)
	@$(VENV)/python tools/run_tests.py long $(ARGS)

check: setup ## style, types, templates, import contracts, migrations
	@$(VENV)/python tools/check.py

format: setup ## let ruff and djlint put the code in order
	@$(VENV)/ruff check --fix --quiet . ; $(VENV)/ruff format .

bench: setup ## the table of ratios (benchmarks/)
	@$(VENV)/python benchmarks/run.py $(ARGS)

diagrams: setup ## docs/diagrams from the step tables and the import contracts
	@$(VENV)/python tools/diagrams.py

reference: setup ## docs/reference/scheme.md from the declarations of a scheme document
	@$(VENV)/python tools/reference.py

messages: setup ## the English catalogue from the source; says what has no English yet
	@$(VENV)/python tools/messages.py

lock: setup ## the lock files anew, after a change of pyproject.toml or package.json
	@$(VENV)/python tools/lock.py

clean: ## what the other targets made, but var/ (an operator's data)
	rm -rf .venv .make node_modules build dist src/*.egg-info src/courtyard/project/assets src/courtyard/outreach/fonts/*.ttf \
		.pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
