# make run: build what is missing, start everything, serve on http://127.0.0.1:8000 until Ctrl-C.
# make test: all tests. make check: everything that reads the code without running it.

SHELL := /bin/bash
BUILD = "$$(scripts/find-python)" scripts/build.py
BIN = .venv/bin
# One more than the two cores it is planned for: a test often waits, for a browser or for a process.
WORKERS ?= 3
# Some container images tell Python to keep no compiled modules: every process of a run and every one
# that the tests start would compile Django anew, for two seconds.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run install build test check bench bench-full verbs lock messages clean

run:
	@$(BUILD) base
	@exec $(BIN)/linli run

install:
	@$(BUILD) base

build:
	@$(BUILD) dev

test: build
	scripts/npm --silent test
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(TESTS)

check: build
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	scripts/npm --silent run check
	$(BIN)/pytest -q tests/architecture

bench: build
	$(BIN)/python -m bench

bench-full: build
	$(BIN)/python -m bench --full

verbs: build
	@$(BIN)/linli verbs

# Look for newer versions of everything and pin them with their hashes.
lock:
	uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --upgrade --no-header \
		--no-emit-index-url -o requirements/base.txt requirements/base.in
	uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --upgrade --no-header \
		--no-emit-index-url -o requirements/dev.txt requirements/dev.in

# Collect the strings to translate into each app's catalogue (needs gettext).
messages: build
	@for app in linli/*/locale; do \
		(cd "$$app/.." && ../../$(BIN)/django-admin makemessages --locale zh_Hans --no-obsolete \
			--no-location) || exit 1; \
	done
	@$(BUILD) dev
