"""What people type after `make ask Q=` reaches the program as typed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the Makefile, set up as far as make can tell, whose `onrecord` only prints its arguments."""
    folder = tmp_path / "a clone"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    onrecord = folder / ".venv" / "bin" / "onrecord"
    onrecord.write_text('#!/bin/sh\nfor each in "$@"; do printf \'%s\\0\' "$each"; done\n')
    onrecord.chmod(0o755)
    (folder / ".venv" / ".ready").write_text(str(folder))
    return folder


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # The make that runs these tests must not lend its flags to the one that is tested.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment.pop("Q", None)
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "question",
    [
        "did Ford deny the Xiaomi deal?",
        'what\'s "no truth" about?',
        "did it cost $100 or $$5, or ${HOME}, or $(HOME)?",
        "$(shell touch touched)",
        "`touch touched`",
        "$$(touch touched)",
        "; touch touched #",
        "back\\slash and 100 %",
        "first line\nsecond line",
        "--help",
        "Qué dijo Müller? 福特 – “so”",
    ],
)
def test_a_question_arrives_as_typed(clone: Path, question: str) -> None:
    done = make(clone, "ask", f"Q={question}")
    assert done.stdout.split("\0")[:-1] == ["ask", "--", question], done.stderr
    assert not (clone / "touched").exists()


def test_asking_nothing_says_how_to_ask(clone: Path) -> None:
    done = make(clone, "ask")
    assert done.returncode == 2
    assert 'make ask Q="' in done.stderr
    assert done.stdout == ""


def test_help_lists_every_target(clone: Path) -> None:
    done = make(clone, "help")
    for target in ("setup", "ask", "chat", "eval", "test", "lint", "bench", "lock", "clean"):
        assert f"make {target} " in done.stdout


@pytest.mark.parametrize("target", ["ask", "chat", "eval", "lint", "bench", "test"])
def test_every_target_sets_up_first_when_that_is_missing(clone: Path, target: str) -> None:
    (clone / ".venv" / ".ready").unlink()
    assert "--require-hashes --no-deps -r requirements.lock" in make(clone, "-n", target).stdout


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_sets_up_again(clone: Path, changed: str) -> None:
    ready = (clone / ".venv" / ".ready").stat().st_mtime
    os.utime(clone / changed, (ready + 5, ready + 5))
    assert "--require-hashes" in make(clone, "-n", "ask").stdout


def test_a_folder_that_was_moved_sets_up_again(clone: Path) -> None:
    moved = clone.rename(clone.with_name("moved"))
    assert "--require-hashes" in make(moved, "-n", "ask").stdout


def test_what_is_set_up_is_left_alone(clone: Path) -> None:
    assert "--require-hashes" not in make(clone, "-n", "ask").stdout


def test_no_python_is_one_clear_line(clone: Path) -> None:
    (clone / ".venv" / ".ready").unlink()
    done = make(clone, "setup", "PYTHONS=no-such-python")
    assert done.returncode == 2
    assert "onrecord needs Python 3.11 or newer; found none of: no-such-python" in done.stderr
    assert "Traceback" not in done.stderr


def test_torch_is_installed_by_the_version_that_the_project_names(clone: Path) -> None:
    (clone / ".venv" / ".ready").unlink()
    steps = make(clone, "-n", "setup").stdout
    assert steps.index('install "torch==2.13.0"') < steps.index("--require-hashes")
