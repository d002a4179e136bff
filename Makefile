# What people type. `make demo` on a fresh machine needs Python 3.11 or newer with venv, and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.complete
LOG    := $(VENV)/pip.log

.DEFAULT_GOAL := help
.PHONY: help install check test test-all soak audit demo lock clean

help:
	@echo "make demo       live in it: the local Telegram, a cast, their phones in a browser; nobody's account needed"
	@echo "make test       the tests"
	@echo "make check      ruff, mypy --strict, import-linter, catalogues"
	@echo "make test-all   the tests with the slow ones and those in a browser"
	@echo "make soak       thirty days of a campaign on the moved clock, 600 kills, every database call failing, every right tried (hours)"
	@echo "make audit      what it is made of (build/sbom.cdx.json), and whether anything of it is known to be vulnerable"
	@echo "make install    .venv with hq in it"

install: $(STAMP)

# Pinned with hashes. Where a pinned file does not exist (another index, a newer Python), the bounds of pyproject.toml do;
# a file whose hash is wrong stops everything.
$(STAMP): pyproject.toml requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit("Headquarters needs Python 3.11 or newer: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "no venv: apt install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) (once; a few minutes) …"
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock 2>$(LOG) || { \
		cat $(LOG) >&2; \
		if grep -q 'DO NOT MATCH THE HASHES' $(LOG); then exit 1; fi; \
		echo "The pinned set is not to be had here; installing within the bounds of pyproject.toml."; \
		$(BIN)/python -m pip install --quiet --group dev -e .; }
	@$(BIN)/python -m pip install --quiet --no-deps -e . 2>$(LOG) || { cat $(LOG) >&2; exit 1; }
	@touch $@
	@echo "Ready: $(BIN)/hq --help"

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m texts.check

# More at once than there are cores: half of a test is waiting, for sockets, commits and processes that start.
test: $(STAMP)
	$(BIN)/python -m pytest -n 4 -m "not slow and not browser"

test-all: $(STAMP)
	$(BIN)/python -m pytest -n 4

soak: $(STAMP)
	$(BIN)/hq demo --play month
	$(BIN)/python -m bench.crash --cycles 500 --json -
	$(BIN)/python -m bench.crash --cycles 100 --db postgres --json -
	$(BIN)/python -m bench.failures --every 5 --json -
	$(BIN)/python -m bench.rights --share 1 --json -
	$(BIN)/python -m bench.flood --json -
	$(BIN)/python -m bench.erasure --people 100 --json -
	$(BIN)/python -m bench.erasure --people 100 --db postgres --json -
	$(BIN)/python -m bench.journal --json -
	$(BIN)/python -m bench.hostile --strings 10000 --json -
	$(BIN)/python -m bench.bombs --json -
	$(BIN)/python -m bench.sensitive --json -

# What could not be asked is said, and is no failure: an advisory service may be out of reach. A known vulnerability is one.
audit: $(STAMP)
	@$(BIN)/python -m bench.supply --json - || { code=$$?; \
		test $$code = 3 && echo "NOT CHECKED: the advisory service did not answer for every package"; }

demo: $(STAMP)
	$(BIN)/hq demo

# Needs uv (pip install uv); writes the versions of today with their hashes and without any index's address.
lock:
	@for set in "requirements.lock" "requirements-dev.lock --group dev"; do set -- $$set; file=$$1; shift; \
		{ echo '# Pinned with hashes from pyproject.toml; no registry addresses. `make lock` writes it anew.'; \
		uv pip compile pyproject.toml $$@ --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header --no-annotate --quiet; } > $$file.new && mv $$file.new $$file; done

clean:
	rm -rf $(VENV) build dist *.egg-info
