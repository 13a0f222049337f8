# `make demo` and `make test` are all the set-up that anyone needs.

VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= python3
DEMO := reports/demo

.PHONY: demo test lint check bench clean

# What the base install needs, and no more.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --editable .
	$(PY) -m compileall -q dicomspec
	touch $@

# What developing needs besides: the generator, the linters, the tests, real files, the peers.
$(VENV)/.developing: $(VENV)/.installed
	$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[dev,files,peers]'
	touch $@

# Validates the files that pydicom ships; findings are what is expected of them, so status 1 is no failure.
demo: $(VENV)/.installed
	$(VENV)/bin/dicomspec validate --format text --format html=$(DEMO)/index.html \
	  "$$($(PY) -c 'import pydicom.data, pathlib; print(pathlib.Path(pydicom.data.__file__).parent / "test_files")')" \
	  || test $$? -eq 1
	@echo "The report is $(DEMO)/index.html"

lint: $(VENV)/.developing
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

test: lint
	$(PY) -m pytest -n auto

bench: $(VENV)/.developing
	$(PY) -m tests.bench

clean:
	rm -rf $(VENV) $(DEMO)
