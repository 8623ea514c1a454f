# Everything a person or a CI machine does with the project. `make help` lists it.

SHELL := /bin/bash
VENV  := .venv
BIN   := $(VENV)/bin
READY := $(VENV)/.ready
PIP    = $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
# The oldest supported Python first: it is the one the lock was tried on.
PYTHONS := python3.11 python3.12 python3.13 python3.14 python3
# One place says which torch: pyproject.toml.
TORCH := $(shell sed -n 's/^ *"\(torch==[0-9.]*\)".*/\1/p' pyproject.toml)

# A question holds anything people type: `$$`, quotes, backticks, line ends. $(value) takes it as typed, the shell
# reads it from the environment, and without `unexport` make would expand it once more on its way there.
unexport Q
export ONRECORD_QUESTION := $(value Q)

.DEFAULT_GOAL := help
.PHONY: help setup ask chat eval test lint bench lock clean

help: ## list these
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## make .venv with everything that is locked, the onrecord command and the encoder

ask: $(READY) ## answer Q="…" from the loaded articles (at first the five in seeds/)
	@if [ -z "$$ONRECORD_QUESTION" ]; then echo 'give a question: make ask Q="did Ford deny the Xiaomi deal?"' >&2; exit 2; fi
	@$(BIN)/onrecord ask -- "$$ONRECORD_QUESTION"

chat: $(READY) ## open the chat on 127.0.0.1:7860
	@$(BIN)/onrecord chat

eval: $(READY) ## run the evaluation set over the five articles
	@$(BIN)/onrecord eval

test: lint ## lint, then run every test
	@$(BIN)/python -m pytest

lint: $(READY) ## style, types and which folder imports which
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(READY) ## measure speed; DATA=folder adds a large index, and LlamaIndex beside it
	@$(BIN)/python -m eval.bench $(if $(DATA),"$(DATA)")
	$(if $(DATA),@$(BIN)/python -m eval.bench_index "$(DATA)")

# The lock holds hashes of every file of every release in it, for all systems and Pythons, and no address to get them
# from. torch stands apart, by version only: its CPU build and its public Linux build have one version and different
# hashes, and only the second needs the nvidia packages, which it brings along itself.
CUDA := cuda-bindings cuda-pathfinder cuda-toolkit triton nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc \
	nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
	nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx
lock: ## bring requirements.lock up to pyproject.toml (needs uv; UPGRADE=1 takes the newest releases)
	@command -v uv > /dev/null || { echo 'make lock needs uv: pip install uv' >&2; exit 1; }
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header $(if $(UPGRADE),--upgrade) \
		$(addprefix --no-emit-package ,torch $(CUDA)) -q -o requirements.lock
	@printf '%s\n' '# Written by `make lock`; install with --require-hashes --no-deps after $(TORCH), as `make setup` does.' \
		| cat - requirements.lock > requirements.lock.new && mv requirements.lock.new requirements.lock

clean: ## remove .venv, caches and reports; articles and the user's encoder cache stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .cache .reports
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Out of date when the lock or the packaging changed, or when the folder was moved (scripts hold its path).
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif
$(READY): requirements.lock pyproject.toml
	@set -euo pipefail; \
	for python in $(PYTHONS) none; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then break; fi; \
	done; \
	if [ $$python = none ]; then echo 'onrecord needs Python 3.11 or newer; found none of: $(PYTHONS)' >&2; exit 1; fi; \
	echo "setting up $(VENV) with $$($$python --version), once; this takes a few minutes"; \
	rm -f $(READY); \
	if ! { $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' \
		&& grep -qF '$(CURDIR)/$(VENV)/' $(BIN)/pip; } > /dev/null 2>&1; then \
		rm -rf $(VENV); \
		if $$python -c 'import ensurepip' 2> /dev/null; then $$python -m venv $(VENV); \
		elif $$python -m pip --version > /dev/null 2>&1; then \
			$$python -m venv --without-pip $(VENV); \
			$$python -m pip --python $(BIN)/python install -q pip; \
		else echo "$$python can make no environment: install its venv and pip (Debian: apt-get install python3-venv)" >&2; exit 1; fi; \
	fi
	@echo "  $(TORCH)"; $(PIP) install "$(TORCH)"
	@echo "  requirements.lock"; $(PIP) install --require-hashes --no-deps -r requirements.lock
	@echo "  onrecord"; $(PIP) install --no-deps --no-build-isolation -e .
	@$(PIP) check
	@echo "  encoder and heads"; $(BIN)/python -m index.encoder && $(BIN)/python -c "from rag.heads import main; raise SystemExit(main())"
	@printf '%s' '$(CURDIR)' > $(READY)
