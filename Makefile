# What can be done here; `make help` lists it. Nothing needs to be installed by hand but Python 3.11 or newer.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
SMTP_PORT ?= 2525
DATA ?= .data
SEED ?= demo
export PORT SMTP_PORT DATA SEED
# Some containers set it: each start of the product would then compile 450 modules.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3.14 python3,$(shell command -v $(name))))
BIN := .venv/bin
# Installed once for what the requirement files say now: the stamp's name holds their hash.
hash = $(shell cat $(1) | sha256sum | cut -c1-16)
VENV := .venv/installed-$(call hash,requirements.txt requirements-dev.txt)
ENGINE := .venv-engine/installed-$(call hash,requirements-engine.txt)
find_browser = { command -v chromium || command -v chromium-browser || command -v google-chrome; }
# As many files at once as there are processors, two at least (some wait) and four at most (each takes up to a GB).
PROCESSES := $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n < 2 ? 2 : n > 4 ? 4 : n)))
FILES_AT_ONCE := -n $(PROCESSES) --dist loadfile --no-loadscope-reorder
# Tests write thousands of small files and wait for the disk to have them: not where memory has room for them (6 GB free,
# for a GB and a half of files beside the tests themselves) and lets run what lies there, as the unpacked package is.
define IN_MEMORY
$(shell probe=$$(mktemp /dev/shm/diwan-XXXXXX 2>/dev/null) || exit 0; \
	room=$$(df -Pk /dev/shm | awk 'NR == 2 { print $$4 }'); free=$$(awk '/^MemAvailable/ { print $$2 }' /proc/meminfo); \
	printf '#!/bin/sh\n' >"$$probe"; chmod +x "$$probe"; \
	"$$probe" 2>/dev/null && test "$$room" -gt 3000000 -a "$${free:-0}" -gt 6000000 && echo TMPDIR=/dev/shm; rm -f "$$probe")
endef
# pip compiles one module after the other; this takes all processors. What does not compile is no module of ours.
PIP := -m pip install -qq --disable-pip-version-check --no-input --no-compile
COMPILE := -m compileall -q -j 0

AT_ONCE = $(MAKE) --silent --jobs 3
# What each check prints stays together, where make can do that (4.0; macOS has 3.81).
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync)
# The longest first.
CHECKS := types stacks templates imports format lint client-types

.PHONY: help run test check bench lighthouse package deploy admin browser installed $(CHECKS)

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: installed ## start the whole product on this machine (PORT, SMTP_PORT, DATA, SEED=demo|empty)
	@exec $(BIN)/python -m infra.local

test: ## every check and every test
	@$(AT_ONCE) $(VENV) $(ENGINE) browser
	@$(MAKE) check
	@$(find_browser) >/dev/null && $(IN_MEMORY) exec $(BIN)/python -m pytest $(FILES_AT_ONCE); \
	test "$$CI" != true || { echo "CI needs Chromium for tests/browser, and none is here"; exit 1; }; \
	echo "tests/browser is left out: it needs Chromium (Debian: apt-get install chromium)"; \
	$(IN_MEMORY) exec $(BIN)/python -m pytest $(FILES_AT_ONCE) --ignore=tests/browser

check: installed ## format, lint, types, import direction, templates, infrastructure; no tests
	@$(MAKE) --jobs $(PROCESSES) $(TOGETHER) --keep-going $(CHECKS)

types:
	@$(BIN)/mypy --no-error-summary

client-types:
	@cd clients/python && ../../$(BIN)/mypy --no-error-summary

format:
	@$(BIN)/ruff format --check --quiet . || { echo "some files are not formatted: .venv/bin/ruff format ."; exit 1; }

lint:
	@$(BIN)/ruff check --quiet .

imports:
	@out=$$($(BIN)/lint-imports 2>&1) || { echo "$$out"; exit 1; }

templates:
	@$(BIN)/python -m infra.local.check_templates

stacks:
	@$(BIN)/cfn-lint --regions eu-west-1 --template infra/data.yaml infra/monitoring.yaml

bench: installed ## the benchmarks: one JSON object a line
	@for file in bench/bench_*.py; do $(BIN)/python -m bench.$$(basename $$file .py) || exit 1; done

lighthouse: browser bench/lighthouse/node_modules ## Lighthouse on the help centre of a product that runs (PORT); needs Node 20
	@cd bench/lighthouse && CHROME_PATH=$$($(find_browser)) exec node run.mjs

bench/lighthouse/node_modules: bench/lighthouse/package-lock.json
	@cd bench/lighthouse && npm ci --no-audit --no-fund --ignore-scripts --silent && touch node_modules

package: $(VENV) ## the Lambda zip and the CloudFormation templates, into dist/
	@$(BIN)/python -m infra.package

deploy: package ## deploy to AWS with your credentials: make deploy STAGE=…
	@: $${STAGE:?say which stage: make deploy STAGE=…}
	@$(BIN)/python -m infra.deploy

admin: $(VENV) ## let the first admin into a deployment: make admin STAGE=… EMAIL=… NAME=…
	@$(BIN)/python -m infra.first_admin

installed:
	@$(AT_ONCE) $(VENV) $(ENGINE)

# Debian's own Chromium, when we may install it.
browser:
	@$(find_browser) >/dev/null || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null \
	|| { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; } >/dev/null 2>&1 || true

$(VENV):
	@$(call python_is_new_enough)
	@echo "installing into .venv (once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python $(PIP) -r requirements-dev.txt
	@$(BIN)/python $(COMPILE) .venv/lib >/dev/null || true
	@rm -f .venv/installed-* && touch $@

$(ENGINE):
	@$(call python_is_new_enough)
	@echo "installing into .venv-engine (once) …"
	@test -x .venv-engine/bin/python || $(PYTHON) -m venv .venv-engine
	@.venv-engine/bin/python $(PIP) -r requirements-engine.txt
	@.venv-engine/bin/python $(COMPILE) .venv-engine/lib >/dev/null || true
	@rm -f .venv-engine/installed-* && touch $@

python_is_new_enough = test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	|| { echo "Python 3.11 or newer is needed; name it with PYTHON=…"; exit 1; }
