"""Small content whose passages can be quoted: two sources, the text of one of them at hand."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import small
from samverkan.documents.passages import Span
from small import Source

# Characters beyond one byte, and one beyond two, stand before all that is cited.
TEXT = """\
Möte i Rådet 😀 den 1 mars

§ 1.  Anna Berg <b>väljs</b> & tackar
Rådet väljer Anna Berg till represen-
tant i Styrelsen.

 Sida
2 (3)

Hon tillträder i dag.
a
b
c
d
e
f
g

§ 2.  Slut
"""
FIRST = "Rådet väljer Anna Berg till represen-\ntant i Styrelsen."
SECOND = "Hon tillträder i dag."
TITLE = "Anna Berg <b>väljs</b> & tackar"


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def cited(body: str) -> str:
    """*body* with places in our text: the first piece of evidence has two, the second the title."""
    for slug, place in (("1", span(FIRST)), ("2", span(TITLE))):
        pattern = rf"(selector:s2025-{slug} a oa:TextPositionSelector ;) oa:start 1 ; oa:end 2"
        body = re.sub(pattern, rf"\1 oa:start {place.start} ; oa:end {place.end}", body)
    body = body.replace("Selector selector:s2025-1 .", "Selector selector:s2025-1, selector:more .")
    rest = span(SECOND)
    places = f"oa:start {rest.start} ; oa:end {rest.end}"
    return f"{body}selector:more a oa:TextPositionSelector ; {places} .\n"


def write(folder: Path) -> None:
    """The content, in *folder*, and its texts in ``texts``: one as cited, one changed since."""
    small.write(folder, [Source(2024).says("bo"), Source(2025).says("anna").says("bo")])
    checksum = hashlib.sha256(TEXT.encode()).hexdigest()
    for year, name in (("2024", "changed.txt"), ("2025", "own.txt")):
        path = folder / "data" / "sources" / f"s{year}.ttl"
        noted = f'smv:held true ; smv:textFile "{name}" ; smv:textSha256 "{checksum}" ;'
        body = path.read_text().replace("a smv:Source ;", f"a smv:Source ; {noted}")
        path.write_text(cited(body) if year == "2025" else body)
    (folder / "texts").mkdir()
    (folder / "texts" / "own.txt").write_text(TEXT, encoding="utf-8")
    (folder / "texts" / "changed.txt").write_text(f"{TEXT}!", encoding="utf-8")
