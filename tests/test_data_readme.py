"""The content that data/README.md shows is whole: it is loaded and answers a question."""

from __future__ import annotations

import re
from pathlib import Path

from samverkan import knowledge, questions

README = Path(__file__).resolve().parent.parent / "data" / "README.md"
FILE = re.compile(r"^`(data/\S+\.ttl)`.*?```turtle\n(.*?)```", re.MULTILINE | re.DOTALL)


def test_the_smallest_content_answers_who_represents_us(tmp_path: Path) -> None:
    files = FILE.findall(README.read_text(encoding="utf-8"))
    assert len(files) == 3
    for name, text in files:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    known = knowledge.load(tmp_path)
    answer = questions.ask(known, "vem representerar oss i Rådet för samordning")
    assert answer.answer.startswith(
        "Anna Berg är senast belagd 2025-03-01 som representant för Samarbetet Norra"
    )
    assert "(Norras protokoll 2025-03-01, § 4)" in answer.answer
