# Everything that people and machines do here. `make site` and `make test` need Python 3.11, git and make.
PYTHON ?= python3
BIN := .venv/bin
LOCALE := generator/publication/locale

.PHONY: site serve validate diff comment sources test check ci format messages screenshots bench vega lock clean

site: .venv/runtime  ## build the site into site/
	$(BIN)/planpub build

serve: .venv/runtime  ## show the site and follow changes to the data
	$(BIN)/planpub serve

FORMAT ?= text
validate: .venv/runtime  ## every problem of the data; FORMAT=github annotates
	$(BIN)/planpub validate --format $(FORMAT)

BASE ?= HEAD
diff: .venv/runtime  ## what changed since BASE, in words, into diff.md
	$(BIN)/planpub diff --format markdown "$(BASE):" . > diff.md

comment:  ## put diff.md on the pull request PULL_REQUEST, if there is anything in it
	test ! -s diff.md || gh pr comment "$(PULL_REQUEST)" --edit-last --create-if-none --body-file diff.md

sources: .venv/runtime  ## do the addresses that the descriptor names still answer?
	$(BIN)/planpub sources

ci:  ## what CI runs: system packages for the browser tests, then the tests
	.ci/run

test: .venv/dev check  ## everything that must hold
	$(BIN)/pytest -n 2 --dist loadfile

check: .venv/dev  ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: .venv/dev  ## bring the catalogues of interface words up to date
	$(BIN)/pybabel extract -F $(LOCALE)/babel.toml -k text -k count:1,2 --no-location -o .messages.pot generator/publication
	$(BIN)/pybabel update -i .messages.pot -d $(LOCALE) -D planpub --no-fuzzy-matching --ignore-obsolete
	rm .messages.pot

bench: .venv/dev  ## ratios against other generators, into bench.json
	$(BIN)/python -m tests.bench

screenshots: .venv/dev site  ## the pictures that the README shows
	$(BIN)/python -m tests.browser.pictures

vega: .venv/dev  ## bundle the scripts of the interactive charts anew, after vl-convert was updated
	$(BIN)/python -m generator.publication.charts.vega

lock: .venv/dev  ## pin anew what pyproject.toml asks for
	$(BIN)/pip install uv
	$(BIN)/uv pip compile pyproject.toml --group build --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -o requirements-dev.lock

clean:
	rm -rf .venv site .planpub

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev: requirements-dev.lock .venv/runtime
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@
