# Needs Python 3.11 or newer and make; everything else is installed into .venv from the hash-pinned locks.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --no-sources --quiet

# A plugin of pytest loads numpy before `analysis` can say how sums are made alike on every machine.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export OPENBLAS_CORETYPE := Haswell
export NPY_DISABLE_CPU_FEATURES := X86_V4 AVX512_ICL AVX512_SPR

.PHONY: help report test lab refresh lock clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

report: .venv/users ## build the editions 2023-11 and 2025-12 into reports/
	@$(BIN)/silkport report --edition 2023-11
	@$(BIN)/silkport report --edition 2025-12

# Notebooks and tests share one new folder of kept fits. The types are checked beside the notebooks. Three workers keep
# two cores busy while kernels, browsers and commands are waited for.
test: export PYTHONPATH := $(CURDIR)/tests/quick
# Tests start many processes, which need not each compile every module.
test: export PYTHONDONTWRITEBYTECODE :=
# Their tables are small: threads of polars cost more than they give, and reports are built without them, too.
test: export POLARS_MAX_THREADS := 1
test: .venv/dev ## run every check that CI runs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@kept=$$(mktemp -d) && trap 'rm -rf "$$kept"' EXIT && \
	export SILKPORT_CACHE="$$kept" SILKPORT_TEST_CACHE="$$kept" && \
	{ $(BIN)/mypy & } && types=$$! && \
	{ $(BIN)/pytest --nbval -n 3 --dist loadfile -p no:randomly -p no:cacheprovider -q notebooks || { wait $$types; exit 1; }; } && \
	wait $$types && \
	$(BIN)/pytest -n 3 --dist loadfile -p no:nbval -q

lab: .venv/dev ## open JupyterLab on notebooks/
	$(BIN)/jupyter lab --notebook-dir=. --expose-app-in-browser notebooks/start_here.ipynb

refresh: .venv/dev ## execute the notebooks and store their outputs; write the picture and numbers of the README
	$(BIN)/python -m analysis.publishing.edition.refresh
	$(BIN)/python docs/readme.py

lock: .venv/dev ## bring the locks in line with pyproject.toml; UPGRADE=--upgrade takes the newest of everything
	$(COMPILE) $(UPGRADE) --output-file requirements/users.txt
	$(COMPILE) $(UPGRADE) --group dev --group browser --constraints requirements/users.txt \
		--output-file requirements/dev.txt

clean: ## remove .venv and the built editions
	rm -rf .venv $(filter-out reports/README.md,$(wildcard reports/*))

.venv/python:
	@test -n "$(PYTHON)" || { echo "Silkport needs Python 3.11 or newer, and none is on the PATH. Install one, or name it: make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/users: .venv/python requirements/users.txt pyproject.toml
	@echo "Installing the locked packages into .venv ..."
	@$(PIP) install --require-hashes --requirement requirements/users.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/users requirements/dev.txt
	@echo "Adding the locked development packages ..."
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@
