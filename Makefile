# The two commands:  make run  ·  make test
# PYTHON names the interpreter to build .venv with; PORT the port that `make run` listens on; BENCH the options
# of `make bench`.

PYTHON ?= python3
PORT ?= 8000
BENCH ?=
VENV := .venv
IN_VENV := $(VENV)/bin/python
INSTALL := $(IN_VENV) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# The pictures that the README shows.
PICTURES := answer-desktop body-phone checks-desktop

.PHONY: help run test bench screenshots clean
.DEFAULT_GOAL := help

help:
	@echo "make run          set up everything and serve the bundled graph on http://127.0.0.1:$(PORT)"
	@echo "make test         set up everything and run every check and test"
	@echo "make bench        measure the service beside others (BENCH=--help tells the options)"
	@echo "make screenshots  take the pictures of the README anew (needs chromium)"
	@echo "make clean        remove what the others made"

run: $(VENV)/run.stamp
	@echo "==> Serving the bundled graph on http://127.0.0.1:$(PORT) (stop with Ctrl-C)"
	@$(IN_VENV) -m samverkan serve --port $(PORT)

test: $(VENV)/test.stamp
	@echo "==> Style (ruff)"
	@$(IN_VENV) -m ruff check .
	@$(IN_VENV) -m ruff format --check .
	@echo "==> Types (mypy, strict)"
	@$(IN_VENV) -m mypy
	@echo "==> Layers (import-linter)"
	@$(IN_VENV) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	@echo "==> Tests (pytest, a process for each processor)"
	@PYTHONDONTWRITEBYTECODE= $(IN_VENV) -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

bench: $(VENV)/bench.stamp
	@cd tests && ../$(IN_VENV) -m benchmarks $(BENCH)

screenshots: $(VENV)/test.stamp
	@echo "==> Pictures of the pages"
	@$(IN_VENV) tests/screenshots.py tests/screenshots $(PICTURES)

clean:
	@echo "==> Removing .venv, dist and caches"
	@rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/run.stamp: pyproject.toml constraints.txt Makefile
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "There is no '$(PYTHON)' here. Install Python 3.11 or newer (Debian: apt install python3 python3-venv)," >&2; \
	  echo "or name one that you have: make PYTHON=python3.12 run" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and '$(PYTHON)' is $$("$(PYTHON)" -c 'import platform; print(platform.python_version())')." >&2; \
	  echo "Install a newer one (Debian: apt install python3.11 python3.11-venv) and name it: make PYTHON=python3.11 run" >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "'$(PYTHON)' comes without venv. Install it (Debian, Ubuntu: apt install python3-venv) and try again." >&2; exit 1; }
	@echo "==> Setting up .venv (the first time takes a minute)"
	@"$(PYTHON)" -m venv $(VENV)
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp
	@echo "==> Installing what the tests need"
	@$(INSTALL) --editable ".[test]"
	@touch $@

$(VENV)/bench.stamp: $(VENV)/run.stamp
	@echo "==> Installing what is measured beside the service"
	@$(INSTALL) --editable ".[bench]"
	@touch $@
