# Each target makes .venv if needed and is quick the second time.
#   make rank ARGS="--scenario inference"    words handed on to the command
#   make test ARGS="tests/grid -x"
#   make rank PYTHON=/path/to/python3.12     the interpreter to build .venv with
ARGS ?=
OUT ?= out
VENV ?= .venv
export PYTHON

python := $(VENV)/bin/python
extras_core :=
extras_app := [app]
extras_test := [app,test]
extras_lint := [app,test,lint]
ready := $(foreach kind,core app test lint,$(VENV)/.ready-$(kind))

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help rank app test lint format bench wheel clean distclean again

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 20

rank: $(VENV)/.ready-core ## rank the sites and write the results to out/
	@$(python) -m siting rank --out $(OUT) $(ARGS)

app: $(VENV)/.ready-app ## open the app in the browser
	@$(python) -m siting app $(ARGS)

test: $(VENV)/.ready-test ## run the tests, on up to four cores
	@$(python) -m pytest -n auto --maxprocesses 4 $(ARGS)

lint: $(VENV)/.ready-lint ## style, formatting, types and import layers
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/.ready-lint ## put the code into the house style
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

bench: $(VENV)/.ready-core ## measure start-up, ranking, cooling and wet bulb
	@$(python) benchmarks/bench_start.py
	@$(python) benchmarks/bench_rank.py
	@$(python) benchmarks/bench_cooling.py
	@$(python) benchmarks/bench_wet_bulb.py
	@$(python) benchmarks/bench_network.py
	@$(python) benchmarks/bench_pv.py
	@$(python) benchmarks/bench_fibre.py
	@$(python) benchmarks/bench_doubt.py

wheel: $(VENV)/.ready-lint ## build the wheel in dist/ and check what is in it
	@rm -rf dist
	$(python) -m hatchling build -t wheel -d dist
	$(VENV)/bin/check-wheel-contents dist

clean: ## remove what a run leaves behind
	rm -rf $(OUT) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

distclean: clean ## and the virtual environment
	rm -rf $(VENV)

$(ready): $(VENV)/.ready-%: pyproject.toml constraints.txt .ci/setup
	@.ci/setup $(VENV) -e '.$(extras_$*)'
	@touch $@

# A missing or broken .venv (Python removed, folder half made) is made again.
ifneq ($(shell $(python) -c 'print("ok")' 2>/dev/null),ok)
$(ready): again
endif
