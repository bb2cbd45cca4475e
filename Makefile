# laobrand: `make run` serves the site with its first articles; `make help` lists the rest.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
LAOBRAND_CORPUS ?= ../shared/corpus

BIN := .venv/bin
INSTALLED := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help install run test test-thorough check sbom audit bench score accuracy train messages clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1	/' | expand -t 22

install: $(INSTALLED) ## a virtual environment in .venv with the versions of constraints.txt

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit(f"Python 3.11 or newer is needed, $(PYTHON) is {sys.version.split()[0]}; name another with PYTHON=")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: $(INSTALLED) ## the site with its first articles and its worker on http://127.0.0.1:8000/ (HOST, PORT)
	$(BIN)/python -m laobrand.translations compile
	$(BIN)/python manage.py prepare_catalogue
	@echo
	@echo "  laobrand: http://$(HOST):$(PORT)/"
	@echo
# The site, and the worker that does the jobs of its staff; whichever way this ends, both do.
	@$(BIN)/python manage.py worker & worker=$$!; \
	$(BIN)/python manage.py runserver $(HOST):$(PORT) & site=$$!; \
	trap 'kill $$site $$worker 2>/dev/null; wait' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; \
	wait $$site

test: $(INSTALLED) ## all tests on SQLite, those of the database on PostgreSQL too (ARGS go to pytest)
	$(BIN)/python -m laobrand.translations compile
	$(BIN)/python -m tests.run $(ARGS)

test-thorough: export LAOBRAND_THOROUGH := 1
test-thorough: test ## the same with every random walk, kill and story in full, and all of it on PostgreSQL

check: $(INSTALLED) ## lint, format, types, layers, migrations, translations, known vulnerabilities of the packages
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djade --check --target-version 5.2 $$(find templates -type f)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.class_names
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m laobrand.translations check
	$(BIN)/python -m tests.advisories

sbom: $(INSTALLED) ## writes the bill of materials of a release, the packages that the site runs with, to sbom.cdx.json (CycloneDX)
	$(BIN)/python -m deploy.sbom sbom.cdx.json

audit: $(INSTALLED) ## links and weights of the starter catalogue, every kind of page in Chromium, axe-core, the HTML checker, Lighthouse
	$(BIN)/python -m laobrand.translations compile
	$(BIN)/python -m tests.audit $(ARGS)

bench: $(INSTALLED) ## what extraction, ingest, pages and searches take, and how they grow
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'
	$(BIN)/python -m tests.bench

score: $(INSTALLED) ## what the extraction finds of the corpus's gold (LAOBRAND_CORPUS; VERBOSE=1 names each miss)
	@test -f "$(LAOBRAND_CORPUS)/score.py" || { echo "make score: no corpus at $(LAOBRAND_CORPUS); set LAOBRAND_CORPUS to the folder with score.py"; exit 1; }
	@found=$$(mktemp) && trap 'rm -f "$$found"' EXIT && \
	$(BIN)/python manage.py extract_facts "$(LAOBRAND_CORPUS)/seeds" "$(LAOBRAND_CORPUS)/retold" > "$$found" && \
	$(BIN)/python "$(LAOBRAND_CORPUS)/score.py" "$(LAOBRAND_CORPUS)/gold" "$$found" --sources "$(LAOBRAND_CORPUS)/seeds" "$(LAOBRAND_CORPUS)/retold" $(if $(VERBOSE),--verbose)

accuracy: $(INSTALLED) ## writes the tables of accuracy in README.md and on /about/ anew (LAOBRAND_CORPUS)
	LAOBRAND_CORPUS="$(LAOBRAND_CORPUS)" $(BIN)/python -m tests.scoring.accuracy

train: $(INSTALLED) ## trains what the extraction learns from the gold anew (LAOBRAND_CORPUS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,train]'
	LAOBRAND_CORPUS="$(LAOBRAND_CORPUS)" $(BIN)/python -m tests.scoring.training
	LAOBRAND_CORPUS="$(LAOBRAND_CORPUS)" $(BIN)/python -m tests.scoring.training.card

messages: $(INSTALLED) ## bring the translations up to date with the texts (needs gettext)
	$(BIN)/python -m laobrand.translations update

clean: ## remove what can be made again; data/ and .venv stay
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build staticfiles *.egg-info
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete 2>/dev/null || true
