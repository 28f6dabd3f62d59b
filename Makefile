# `make run` and `make test` are the two that matter; `make help` lists them all.

PORT ?= 8000
# The interpreter that makes the virtual environment, and the environment's own.
PYTHON ?= python3
BIN := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run dev test lint messages lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

# The address follows PORT, unless the environment or .env says what it is.
ifeq ($(shell grep -s '^ *\(export \)\{0,1\}SITE_URL=' .env),)
run dev: export SITE_URL ?= http://127.0.0.1:$(PORT)
endif

run: .venv/runtime.stamp .env ## start the newsroom on http://127.0.0.1:8000 (make run PORT=8001 for another port)
	@$(BIN) manage.py prepare --port $(PORT)
	@PORT=$(PORT) exec $(BIN) -m gunicorn

dev: export DEBUG = true
dev: .venv/development.stamp .env ## the same for developers: it reloads when a file changes
	@$(BIN) manage.py prepare --port $(PORT)
	@$(BIN) manage.py run_outbox --beside $$$$ & exec $(BIN) manage.py runserver 127.0.0.1:$(PORT)

test: .venv/development.stamp ## run the whole suite on SQLite and on PostgreSQL (ARGS="-k period" for a part of it, THOROUGH=20 for more examples)
	@$(BIN) -m tests.engines $(ARGS)

# Production settings whatever the machine's are, and a database of their own.
lint: export DATABASE_URL = sqlite://:memory:
lint: export SECRET_KEY = production-has-a-secret-of-its-own-0123456789-abcdefghij
lint: export SITE_URL = https://newsroom.example
lint: export DEBUG = false
lint: .venv/development.stamp ## check style, templates, imports, production settings, migrations and translations
	$(BIN) -m ruff check .
	$(BIN) -m ruff format --check .
	$(BIN) -m djlint --quiet --lint .
	$(BIN) .venv/bin/lint-imports --no-logo
	$(BIN) manage.py check --deploy --fail-level WARNING
	$(BIN) manage.py makemigrations --check --dry-run
	@command -v msgfmt >/dev/null || echo "Translations not checked: GNU gettext is missing (Debian: apt-get install gettext)"
	@command -v msgfmt >/dev/null || exit 0; for po in locale/*/LC_MESSAGES/*.po; do \
	  msgfmt --check-format -o - "$$po" | cmp -s - "$${po%.po}.mo" || { echo "$${po%.po}.mo is out of date: make messages"; exit 1; }; \
	  test -z "$$(msgattrib --untranslated "$$po"; msgattrib --only-fuzzy "$$po")" || { echo "$$po: texts without a translation"; exit 1; }; \
	done

messages: .venv/development.stamp ## collect the texts to translate and compile the translations (needs gettext)
	@command -v msgfmt >/dev/null || { echo "GNU gettext is missing. On Debian: apt-get install gettext" >&2; exit 1; }
	SECRET_KEY=$${SECRET_KEY:-unused} DEBUG=true $(BIN) manage.py makemessages --locale fr --ignore .venv --ignore var --no-obsolete --add-location file
	SECRET_KEY=$${SECRET_KEY:-unused} DEBUG=true $(BIN) manage.py compilemessages --locale fr --ignore .venv

PIN = $(BIN) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11
lock: .venv/runtime.stamp ## pin the requirements again after a change of an .in file (UPGRADE=1 takes newer versions of all)
	@$(BIN) -m pip install --quiet --disable-pip-version-check uv
	$(if $(UPGRADE),rm -f requirements.txt requirements-dev.txt)
	$(PIN) requirements.in -o requirements.txt
	$(PIN) -c requirements.txt requirements-dev.in -o requirements-dev.txt

clean: ## remove what make made: the virtual environment and the caches; the content in var/ stays
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- What the targets above stand on ------------------------------------------------------------------------------------
$(BIN):
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Python 3.11 or newer is missing. On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is older. Name another one: make run PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making the virtual environment in .venv …"
	@$(PYTHON) -m venv --clear .venv

# The stamps are made last, so that an installation broken off is done again.
.venv/runtime.stamp: requirements.txt | $(BIN)
	@echo "Installing what the newsroom runs on, every file checked against its hash (about a minute the first time) …"
	@$(BIN) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/development.stamp: requirements-dev.txt .venv/runtime.stamp
	@echo "Installing what the tests and linters need …"
	@$(BIN) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Made once and never changed: it is yours. What the environment says wins over it.
.env: | .venv/runtime.stamp
	@umask 077 && { \
	  echo "# Settings of this newsroom; docs/settings.md explains each. Keep this file to yourself."; \
	  echo "SECRET_KEY=$$($(BIN) -c 'import secrets; print(secrets.token_urlsafe(48))')"; \
	  echo "IS_DEMO=true"; \
	  echo 'NEWSROOM_NAME="Demonstration Newsroom"'; \
	} > .env.new && mv .env.new .env
