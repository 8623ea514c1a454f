"""`python -m eval.real DATA FOLDER` writes the set out, for `onrecord eval --set FOLDER/questions.jsonl`."""

import argparse
import json
from pathlib import Path
from typing import Any

from eval.benchmarks.common import read_rows
from eval.benchmarks.realtimeqa import ARTICLES
from eval.questions import read_questions

QUESTIONS = Path(__file__).parent / "questions.jsonl"
QUOTED = ("gold", "also", "closest")


def write_out(data: Path, folder: Path) -> int:
    """Write `questions.jsonl` and the `articles.jsonl` that they ask about to `folder`; gives how many questions.

    Raises `BadInput` where `data` does not hold the articles, or a quote does not fit them.
    """
    questions: list[dict[str, Any]] = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    quoted = [gold for question in questions for field in QUOTED for gold in question.get(field, ())]
    wanted = {gold["article"] for gold in quoted}
    articles = {row["id"]: row for row in read_rows(data / ARTICLES) if row["id"] in wanted}
    for gold in quoted:
        start, end = gold["quote"]
        gold["quote"] = articles[gold["article"]]["text"][start:end]
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("articles", articles.values()), ("questions", questions)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return len(read_questions(folder / "questions.jsonl", {id: row["text"] for id, row in articles.items()}))


def main() -> None:
    """Write the set out and say where."""
    parser = argparse.ArgumentParser(prog="python -m eval.real", description="Write out the questions on real news.")
    parser.add_argument("data", type=Path, help="the folder that holds realtimeqa/")
    parser.add_argument("folder", type=Path, help="where articles.jsonl and questions.jsonl are written")
    chosen = parser.parse_args()
    count = write_out(chosen.data, chosen.folder)
    print(f"{count} questions; ask them: onrecord eval --set {chosen.folder / 'questions.jsonl'}")


if __name__ == "__main__":
    main()
