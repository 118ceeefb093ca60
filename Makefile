# What can be done with this tree; `make` alone lists it.
#
# run, tour, test and bench look after the system packages first and the Python packages second, so each works on a
# fresh clone. Nothing is installed outside .venv except by apt, and apt only runs when the user is root.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS   += --no-print-directory

PYTHON  ?= python3
PY      := .venv/bin/python
OUT     ?= out/tour
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n < 4 ? n : 4)))

# Rooms appear as they are built; a tool that is handed a missing path fails.
# The longest test comes first, so that no worker waits for it at the end.
SUITES := $(wildcard tests/e2e tests/unit tests/store tests/gui tests/house)
TYPED  := $(wildcard db desktop installer tests/helpers)

export PYTHON
export PYTHONUTF8 := 1

.PHONY: help setup run tour manual test bench lint types walls lock deb check-deb setup-exe check-setup sign-update system-run system-test

help:  ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup:  ## build .venv from the lock file, and nothing else
	@installer/setup.sh

run: system-run setup  ## start the program (without a screen: play the tour)
	@if installer/screen.sh; then exec $(PY) -m desktop; fi; \
	echo 'No screen here (DISPLAY and WAYLAND_DISPLAY are empty), so the tour is played instead; pictures go to $(OUT).'; \
	QT_QPA_PLATFORM=offscreen $(PY) -m desktop.tour '$(OUT)'

tour: system-run setup  ## play the ten steps: OUT=dir [TOWN=a/b/c/d ROSTER=file VISITS=file APPRAISALS=file]
	@QT_QPA_PLATFORM="$${QT_QPA_PLATFORM:-offscreen}" $(PY) -m desktop.tour '$(OUT)' $(if $(TOWN),--town '$(TOWN)') \
	  $(if $(ROSTER),--roster '$(ROSTER)') $(if $(VISITS),--visits '$(VISITS)') $(if $(APPRAISALS),--appraisals '$(APPRAISALS)')

manual: tour  ## the printable 经办人手册 from the help's texts and the pictures of a tour: OUT=dir
	@QT_QPA_PLATFORM=offscreen $(PY) -m desktop.help.manual '$(OUT)/经办人手册.pdf' '$(OUT)'

test: system-test setup lint types walls  ## everything that must hold before a commit reaches main
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n $(WORKERS) --dist worksteal $(SUITES)

bench: system-test setup  ## print the speeds as ratios to floors measured in the same run
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.speed

lint: setup
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: setup
	@$(PY) -m mypy $(TYPED)

walls: setup
	@$(PY) -c 'from importlinter.cli import lint_imports_command as c; c()' --no-logo

lock:  ## solve requirements*.lock anew from pyproject.toml (pins that still fit are kept; UPGRADE=1 takes the newest)
	@installer/lock.sh $(if $(UPGRADE),--upgrade)

deb: system-run setup  ## build dist/*.deb in a minimal Debian 11 (root; the first time takes some minutes)
	@installer/linux/build.sh

check-deb: system-run setup  ## install dist/*.deb in a fresh Debian, play the tour with the installed program, upgrade, remove
	@installer/linux/check.sh $(RELEASE)

setup-exe: setup  ## build dist/*-setup.exe under Wine (root; WINDOWS_PYTHON=dir holds a Windows CPython 3.11)
	@WINDOWS_PYTHON='$(WINDOWS_PYTHON)' installer/windows/build.sh

check-setup:  ## install dist/*-setup.exe under Wine, play the tour with the installed program, upgrade, go back, remove
	@installer/windows/check.sh

sign-update: setup  ## sign an installer for updates by file: KEY=file INSTALLER=file CHANGES=file [OLDEST=version], see installer/UPDATES.md
	@$(PY) installer/sign.py sign --key '$(KEY)' --installer '$(INSTALLER)' --changes '$(CHANGES)' $(if $(OLDEST),--oldest '$(OLDEST)')

system-run:
	@installer/system.sh run

system-test:
	@installer/system.sh test
