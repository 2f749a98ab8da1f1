# Two commands matter: `make demo` and `make test`. Each does all its own set-up.
PYTHON := .venv/bin/python
READY := .venv/.ready
# Only the plugins that are used: the others would be rewritten and loaded by each worker.
PYTEST := QT_QPA_PLATFORM=offscreen PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(PYTHON) -m pytest \
  -p xdist -p pytestqt.plugin -p pytest_timeout -p _hypothesis_pytestplugin
export QT_QPA_PLATFORM ?= $(if $(DISPLAY)$(WAYLAND_DISPLAY),,offscreen)

.DEFAULT_GOAL := help
.PHONY: help setup demo test run server bench soak screenshots check format messages lock clean

help: ## What can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## Virtual environment, locked requirements, system libraries
	@packaging/system-packages qt

$(READY): packaging/requirements.lock packaging/setup pyproject.toml
	@packaging/setup

demo: setup ## A fictional council, its own server, the whole journey, into build/demo/
	$(PYTHON) -m visitapp.bootstrap demo --out build/demo

test: setup ## Every test but the long ones
	@packaging/system-packages test
	$(PYTEST) tests --ignore=tests/benchmarks -m "not soak" -n 2 --dist worksteal -q

soak: setup ## The long proofs; PART=tests/sync/test_machine.py for some of them (docs/measuring.md)
	@packaging/system-packages test
	$(PYTEST) $(or $(PART),tests) --ignore=tests/benchmarks -m "soak or hypothesis" --hypothesis-profile=soak -q

bench: setup ## Benchmarks in one table with their targets; RUNS=5 gives medians, OUT=FILE keeps them
	@packaging/system-packages test
	$(PYTHON) -m pytest tests/benchmarks -q --runs $(or $(RUNS),1) --years $(or $(YEARS),0.1) $(if $(OUT),--out $(OUT))

check: setup ## Format, lint, types, layers
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

format: setup ## Put the code in shape
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

run: setup ## The desktop
	$(PYTHON) -m visitapp.bootstrap

server: setup ## A central server on SQLite in build/server/
	@mkdir -p build/server
	@test -f build/server/visitapp.db || .venv/bin/visitapp-server init --database sqlite:///build/server/visitapp.db
	.venv/bin/visitapp-server run --port 8080 --database sqlite:///build/server/visitapp.db

screenshots: setup ## Every page, light and dark, two sizes, into build/screenshots/
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m visitapp.bootstrap demo --out build/demo --headless
	@rm -rf build/screenshots && cp -r build/demo/screenshots build/screenshots
	@echo "The pictures are in build/screenshots/."

messages: setup ## Bring every translation up to date with the texts, and compile it
	$(PYTHON) packaging/messages

LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header
LOCKS := packaging/requirements

lock: setup ## Pin the newest allowed versions (needs uv on the path), and list their licences
	$(LOCK) --upgrade --extra dev pyproject.toml -o $(LOCKS).lock
	$(LOCK) --extra desktop -c $(LOCKS).lock pyproject.toml -o $(LOCKS)-desktop.lock
	$(LOCK) --extra server -c $(LOCKS).lock pyproject.toml -o $(LOCKS)-server.lock
	$(LOCK) -c $(LOCKS).lock packaging/build.in -o $(LOCKS)-build.lock
	$(PYTHON) packaging/notices

clean: ## Remove what was made
	rm -rf build dist .venv .mypy_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache
