"""Evaluation sets as files: their questions, the articles they ask about, and the version that fixes their bytes.

`sets.toml` lists every version of the sets kept here, oldest first, and is only ever added to: a report names the
version it was made with, and a set whose bytes differ from its newest version is refused by the tests.
"""

import argparse
import hashlib
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.questions import Part, Question, read_questions
from index.errors import OnrecordError
from index.types import Article

HERE = Path(__file__).parent
VERSIONS = HERE / "sets.toml"


@dataclass(frozen=True, slots=True)
class Version:
    """One line of `sets.toml`: what a set's bytes were at that version. `name` is its path inside `eval/`."""

    name: str
    number: int
    sha256: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of a file with what identifies it; `version` is None for a set, or an edit, not recorded."""

    path: Path
    sha256: str
    version: int | None
    questions: tuple[Question, ...]

    def part(self, part: Part) -> tuple[Question, ...]:
        """The questions of one half."""
        return tuple(question for question in self.questions if question.part is part)


def read_set(path: str | Path, check_quotes: bool = True) -> QuestionSet:
    """The set in a JSONL file, checked against its articles unless told not to; BadInput names each fault."""
    path = Path(path)
    texts = {article.id: article.text for article in articles_of(path)} if check_quotes else None
    questions = read_questions(path, texts)
    digest = digest_of(path)
    numbers = [version.number for version in versions_of(path) if version.sha256 == digest]
    return QuestionSet(path, digest, numbers[-1] if numbers else None, questions)


def articles_of(path: str | Path) -> Iterable[Article]:
    """The articles that a set asks about: `articles.jsonl` beside it, else those that onrecord starts with."""
    beside = Path(path).parent / "articles.jsonl"
    if beside.exists():
        from index.readers import read_articles

        return read_articles(beside)
    from index.seeding import read_seeds

    return read_seeds()


def digest_of(path: str | Path) -> str:
    """SHA-256 in hex over the questions and, where they stand beside them, their articles."""
    files = [Path(path), Path(path).parent / "articles.jsonl"]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files if file.exists())).hexdigest()


def versions_of(path: str | Path, record: Path = VERSIONS) -> tuple[Version, ...]:
    """The recorded versions of a set, oldest first; none for a set kept elsewhere."""
    name = _name(Path(path), record)
    return tuple(version for version in read_versions(record) if version.name == name)


def read_versions(record: Path = VERSIONS) -> tuple[Version, ...]:
    """Every line of the record, oldest first."""
    if not record.exists():
        return ()
    rows = tomllib.loads(record.read_text(encoding="utf-8")).get("version", [])
    return tuple(Version(row["set"], row["number"], row["sha256"], row.get("note", "")) for row in rows)


def record_version(path: str | Path, note: str, record: Path = VERSIONS) -> Version:
    """The version added to the record for the set as it stands; the newest one when its bytes are the same."""
    past, digest = versions_of(path, record), digest_of(path)
    if past and past[-1].sha256 == digest:
        return past[-1]
    made = Version(_name(Path(path), record), past[-1].number + 1 if past else 1, digest, note)
    with record.open("a", encoding="utf-8") as file:
        quoted = note.replace("\\", "\\\\").replace('"', '\\"')
        file.write(f'\n[[version]]\nset = "{made.name}"\nnumber = {made.number}\n')
        file.write(f'sha256 = "{made.sha256}"\nnote = "{quoted}"\n')
    return made


def count_lines(questions: Sequence[Question]) -> list[str]:
    """A set counted by part, kind and best verdict, one line a count; no question's text is shown."""
    unanswerable = sum(not question.answerable for question in questions)
    lines = [f"{len(questions)} questions on {len({question.fact for question in questions})} facts"]
    lines += [f"{unanswerable} that the articles do not answer ({unanswerable / len(questions):.0%})"]
    keys: dict[str, Callable[[Question], str]] = {
        "part": lambda question: question.part,
        "kind": lambda question: question.kind,
        "verdict": lambda question: question.verdict[0],
    }
    for title, key in keys.items():
        for value, count in Counter(map(key, questions)).most_common():
            sealed = sum(question.part is Part.SEALED for question in questions if key(question) == value)
            lines.append(f"{title:8} {value:18} {count:4}" + ("" if title == "part" else f"  ({sealed} sealed)"))
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status of ``python -m eval.questions``: 0 when every set holds, 1 with the faults on stderr."""
    parser = argparse.ArgumentParser("python -m eval.questions", description="Check evaluation sets and count them.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a set of questions, as JSONL")
    parser.add_argument("--record", metavar="NOTE", help="record each file as it stands as a new version")
    chosen = parser.parse_args(arguments)
    try:
        for path in chosen.files:
            questions = read_set(path).questions
            if chosen.record:
                record_version(path, chosen.record)
            known = read_set(path, check_quotes=False).version
            state = "not recorded in sets.toml" if known is None else f"version {known}"
            sys.stdout.write("\n".join([f"{path}: {state}", *count_lines(questions), ""]))
    except OnrecordError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _name(path: Path, record: Path) -> str:
    try:
        return path.resolve().relative_to(record.parent.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


__all__ = [
    "QuestionSet",
    "Version",
    "articles_of",
    "count_lines",
    "digest_of",
    "main",
    "read_set",
    "read_versions",
    "record_version",
    "versions_of",
]
