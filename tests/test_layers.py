"""How the house is built: what is packed, what is locked, what may know what."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ["seeds", "index", "rag", "eval", "ui"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of all files in the wheel that `pip install` would make."""
    out = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", build, str(out)], cwd=ROOT, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(out / done.stdout.split()[-1]) as archive:
        return set(archive.namelist())


def distribution(requirement: str) -> str:
    """The normalised name in "lxml_html_clean>=0.4"."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]).lower()


def python_files() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def tracked_files() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).exists()]


def test_every_module_and_data_file_is_in_the_wheel(wheel: set[str]) -> None:
    kept = [name for name in tracked_files() if name.split("/")[0] in FOLDERS]
    assert {name for name in kept if name not in wheel} == set()


def test_nothing_else_is_in_the_wheel(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel if ".dist-info/" not in name} == set(FOLDERS)


def test_everything_named_is_locked(project: dict[str, Any]) -> None:
    named = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["dev"]
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK, flags=re.MULTILINE))
    apart = {"torch", "onrecord"}  # torch by version alone; onrecord[...] is the project itself
    assert {distribution(one) for one in named} - locked - apart == set()
    assert "torch" not in locked


def test_the_lock_pins_one_version_with_hashes_and_names_no_address() -> None:
    pins = re.findall(r"^[a-z0-9-]+.*(?:\n    .*)*", LOCK, flags=re.MULTILINE)
    assert len(pins) > 100
    for pin in pins:
        assert re.match(r"[a-z0-9-]+==[^ ]+( ;.*)? \\\n    --hash=sha256:[0-9a-f]{64}", pin), pin
    assert "://" not in LOCK
    assert not re.search(r"^--", LOCK, flags=re.MULTILINE)


def test_what_is_installed_is_what_is_locked() -> None:
    from importlib.metadata import PackageNotFoundError, version

    wrong = []
    for name, pinned, marker in re.findall(r"^([a-z0-9-]+)==(\S+)( ;)?", LOCK, flags=re.MULTILINE):
        try:
            found = version(name)
        except PackageNotFoundError:
            found = pinned if marker else "nothing"  # its marker is for another machine
        if found != pinned:
            wrong.append(f"{name}: {found} instead of {pinned}")
    assert wrong == []


@pytest.mark.parametrize("name", ["index", "rag"])
def test_a_package_offers_what_it_says_and_nothing_private(name: str) -> None:
    package = importlib.import_module(name)
    assert package.__all__ == sorted(package.__all__)
    for each in package.__all__:
        assert not each.startswith("_")
        assert getattr(package, each) is not None
    assert package.__doc__


def test_a_package_says_so_when_it_has_no_such_name() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        importlib.import_module("index").no_such_name  # noqa: B018  # reading it is the test


def test_no_rule_knows_the_articles_it_is_tried_on() -> None:
    """Names from the seeds may stand in examples and data, never where a program could act on them."""
    names = re.compile(r"\b(Xiaomi|Farley|SmartCarz|SU7|Modena)\b", flags=re.IGNORECASE)
    knowing = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in python_files()
        if (match := names.search(path.read_text(encoding="utf-8")))
    }
    assert knowing == set()


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path) for path in python_files() if not path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))]
    assert silent == []


def test_the_project_says_that_it_is_typed_strictly(project: dict[str, Any]) -> None:
    assert project["tool"]["mypy"]["strict"] is True
    assert project["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"


def imported_libraries(folders: list[str]) -> dict[str, str]:
    """Top-level names that are imported, other than Python's and the project's own, each with a file that does."""
    found: dict[str, str] = {}
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            found |= {name.partition(".")[0]: str(path.relative_to(ROOT)) for name in names}
    own = {"tests", *FOLDERS, *(path.stem for path in (ROOT / "tests").glob("*.py"))}
    return {name: file for name, file in found.items() if name not in sys.stdlib_module_names | own}


@pytest.mark.parametrize(("folders", "extras"), [(FOLDERS, []), (["tests"], ["dev"])])
def test_every_library_that_is_imported_is_named(
    project: dict[str, Any], folders: list[str], extras: list[str]
) -> None:
    from importlib.metadata import packages_distributions

    optional = project["project"]["optional-dependencies"]
    named = {
        distribution(one) for one in project["project"]["dependencies"] + [one for e in extras for one in optional[e]]
    }
    homes = packages_distributions()
    unnamed = {
        f"{library} ({file})"
        for library, file in imported_libraries(folders).items()
        if not named & {distribution(home) for home in homes.get(library, [library])}
    }
    assert unnamed == set()
