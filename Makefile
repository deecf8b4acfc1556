# Two commands matter: `make run` and `make test`. `make help` lists the others.

PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000
PYTEST ?=

VENV := .venv
BIN  := $(VENV)/bin
UV   := uv==0.13.9

LOCKED    := $(VENV)/.locked
INSTALLED := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install run test check coverage bench budget soak lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) ## create .venv with everything in it

$(LOCKED): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with PYTHON=..." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(INSTALLED): $(LOCKED) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: install ## create the database and the demo world, and serve them (HOST and PORT can be given)
	@$(BIN)/assistant world demo
	@exec $(BIN)/assistant serve --host $(HOST) --port $(PORT)

test: install ## run every test and check how much of the core they reach (PYTEST='-k trial' picks some)
	@chromium=$$(.ci/browser) && set -x && \
		CHROMIUM=$$chromium REQUIRE_BROWSER=1 REQUIRE_POSTGRESQL=1 .ci/in-memory $(BIN)/pytest -n 3 --cov --cov-report= $(PYTEST)
	@$(if $(PYTEST),echo "Coverage is judged on a whole run only.",$(MAKE) --no-print-directory coverage)

coverage:
	@$(BIN)/coverage report --include='assistant/domain/*' --fail-under=95
	@$(BIN)/coverage report --include='assistant/conversation/*' --fail-under=95

check: install ## lint, format, types and import rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: install ## measure matching: beside other engines, reworded, and with hostile texts
	$(BIN)/python -m benchmarks.retrieval benchmarks/data/questions.jsonl
	$(BIN)/python -m benchmarks.invariance
	$(BIN)/python -m benchmarks.hostile

budget: install ## measure in a browser what pages weigh and how long people wait
	@chromium=$$(.ci/browser) && CHROMIUM=$$chromium PYTHONPATH=tests $(BIN)/python -m benchmarks.budget

soak: install ## try 2,000 random months of licence changes, 100,000 guesses against one account, and hostile requests
	LICENSING_SEQUENCES=2000 $(BIN)/python -m pytest tests/domain/test_licensing_machine.py
	GUESSES=100000 $(BIN)/python -m pytest tests/access/test_under_attack.py -k guesses
	HOSTILE_EXAMPLES=100 $(BIN)/python -m pytest tests/hostile

lock: install ## renew the locks from pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV)
	.ci/lock $(BIN)/uv

clean: ## remove what was installed, built and cached; the data directory stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.* htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
