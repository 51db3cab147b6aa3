PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCKER := build/lock
INSTALL = $(BIN)/pip install -qq --require-hashes --no-deps --no-compile

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# containers often forbid it, and each of a night's processes would then compile its two thousand modules again
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test types tests bench torture lock clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(READY)  ## a synthetic city and one night of it
	@$(BIN)/ffp demo

test: $(READY)  ## style, types, import rules and tests
	@$(BIN)/ruff check --quiet --output-format concise
	@$(BIN)/ruff format --check --diff --quiet
	@$(BIN)/lint-imports --no-logo
	@$(MAKE) --no-print-directory --jobs 2 types tests

# two targets, so that they run beside each other
types: $(READY)
	@$(BIN)/mypy --no-error-summary

tests: $(READY)
	@$(BIN)/pytest -q -n logical --maxprocesses 4 --dist loadfile

bench: $(READY)  ## speed and memory against peers
	@failed=0; for file in benchmarks/[a-z]*.py; do \
	    echo "== $$file"; $(BIN)/python -m $$(echo $${file%.py} | tr / .) || failed=1; \
	done; exit $$failed

torture: $(READY)  ## nights that are killed, filled up and starved
	@$(BIN)/pytest -q -m torture
	@if $(BIN)/python -c 'import atheris' 2> /dev/null; then \
	    for reader in csv xlsx xls parquet; do \
	        $(BIN)/python -m tests.faults.fuzz_reader $$reader -max_total_time=600 -verbosity=0 || exit 1; \
	    done; \
	else echo "the readers are not fuzzed: that takes atheris (pip install atheris)"; fi

# The lock is complete, so pip has nothing to resolve (--no-deps), and compiling a gigabyte of modules of
# which a night imports a tenth costs more than it saves (44 s instead of 26 s). The pip that Python 3.11 brings
# takes twice as long over the lock as the one in it, which therefore comes first.
$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else \
	    "$(PYTHON) is Python %d.%d; name one of 3.11 to 3.13: make PYTHON=python3.11" % v)'
	@echo "setting up $(VENV) from constraints.txt: half a minute to two"
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@awk '/^pip==/, !/\\$$/' constraints.txt | $(INSTALL) -r /dev/stdin
	@$(INSTALL) -r constraints.txt
	@$(BIN)/pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

# uv knows nothing of pip's settings: it is told the index that pip uses, and the lock does not record it.
lock:  ## constraints.txt again from pyproject.toml, pins kept; UPGRADE=1 takes the newest
	@test -x $(LOCKER)/bin/pip || $(PYTHON) -m venv $(LOCKER)
	@$(LOCKER)/bin/pip install -qq uv
	@setting() { $(LOCKER)/bin/pip config list | sed -n "s/^[^=]*\.$$1='\(.*\)'$$/\1/p" | head -n 1; }; \
	    index=$$(setting index-url); cert=$$(setting cert); \
	    if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	    if [ -n "$$cert" ]; then export SSL_CERT_FILE="$$cert"; fi; \
	    UV_CUSTOM_COMPILE_COMMAND="make lock" $(LOCKER)/bin/uv pip compile pyproject.toml --quiet --no-config \
	        --all-extras --universal --python-version 3.11 --python $(LOCKER)/bin/python --generate-hashes \
	        --no-emit-index-url --no-annotate $(if $(UPGRADE),--upgrade) --output-file constraints.txt

clean:  ## without what make has made
	@rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
