# Two commands matter: `make demo` and `make test`. Each does all its own set-up.
PYTHON := .venv/bin/python
READY := .venv/.ready
# Only the plugins that are used: the others would be rewritten and loaded by each worker. Compiled
# files are kept: else every process that a test starts would compile the program again.
PYTEST := PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(PYTHON) -m pytest \
  -p xdist -p pytestqt.plugin -p pytest_timeout -p _hypothesis_pytestplugin
export QT_QPA_PLATFORM ?= $(if $(DISPLAY)$(WAYLAND_DISPLAY),,offscreen)

.DEFAULT_GOAL := help
.PHONY: help setup demo test run server bench soak screenshots pictures check format messages lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## Install the virtual environment, locked requirements and system libraries
	@packaging/system-packages qt

$(READY): packaging/requirements.lock packaging/setup pyproject.toml
	@packaging/setup

demo: setup ## Run a fictional council with its own server and a whole journey, into build/demo/
	$(PYTHON) -m visitapp.bootstrap demo --out build/demo

test: setup ## Run all tests except the long ones
	@packaging/system-packages test
	$(PYTEST) tests --ignore=tests/benchmarks -m "not soak" -n 2 --dist worksteal -q

soak: setup ## Run the long tests; PART=tests/sync/test_machine.py for some of them (docs/measuring.md)
	@packaging/system-packages test
	$(PYTEST) $(or $(PART),tests) --ignore=tests/benchmarks -m "soak or hypothesis" --hypothesis-profile=soak -q

bench: setup ## Run the benchmarks, with targets; RUNS=5 gives medians, OUT=FILE saves the figures
	@packaging/system-packages test
	$(PYTHON) -m pytest tests/benchmarks -q --runs $(or $(RUNS),1) --years $(or $(YEARS),0.1) $(if $(OUT),--out $(OUT))

check: setup ## Check format, lint, types and layers
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

format: setup ## Format the code
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

run: setup ## Open the desktop
	$(PYTHON) -m visitapp.bootstrap

server: setup ## Run a central server on SQLite in build/server/
	@mkdir -p build/server
	@test -f build/server/visitapp.db || .venv/bin/visitapp-server init --database sqlite:///build/server/visitapp.db
	.venv/bin/visitapp-server run --port 8080 --database sqlite:///build/server/visitapp.db

screenshots: setup ## Save every page, light and dark, in two sizes, to build/screenshots/
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m visitapp.bootstrap demo --out build/demo --headless
	@rm -rf build/screenshots && cp -r build/demo/screenshots build/screenshots
	@echo "The pictures are in build/screenshots/."

pictures: setup ## Take the pictures of the guide, from the sample council
	QT_QPA_PLATFORM=offscreen $(PYTHON) packaging/guide-pictures

messages: setup ## Update every translation with new texts, and compile it
	$(PYTHON) packaging/messages

LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header
LOCKS := packaging/requirements

lock: setup ## Pin the newest allowed versions (needs uv on the path), and list their licences
	$(LOCK) --upgrade --extra dev pyproject.toml -o $(LOCKS).lock
	$(LOCK) --extra desktop -c $(LOCKS).lock pyproject.toml -o $(LOCKS)-desktop.lock
	$(LOCK) --extra server -c $(LOCKS).lock pyproject.toml -o $(LOCKS)-server.lock
	$(LOCK) -c $(LOCKS).lock packaging/build.in -o $(LOCKS)-build.lock
	$(PYTHON) packaging/notices

clean: ## Remove all build output
	rm -rf build dist .venv .mypy_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache
