"""What a statement carries, and how it must be read in the passages of its evidence.

Each rule of :data:`RULES` is a pattern that gives the values, and a reading that says whether a
passage has a value. A new kind of thing is a new line there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from samverkan.documents import dating
from samverkan.documents.figures import figures
from samverkan.documents.likeness import Wording
from samverkan.documents.passages import healed
from samverkan.language import mark as _

_ISO_DATE = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Passage:
    """The evidence of one thing in one graph: its words, and what a reader of it knows besides.

    Attributes:
        wording: the words of all the pieces, in the order of the text.
        context: these with what stands above them under the same headings.
        day: the day on which the document was issued.
        title: the names of the document.
        publisher: the IRI of the body whose document it is.
        implied: whether the statement is said to be implied.
        counts: how many things of one kind the graph has from the passage; asked when needed.
        names: thing (IRI) → its names; of a membership, its titles and those of its body.
        described: the things that are described somewhere, and have no name.
    """

    wording: Wording
    context: Wording
    day: str
    title: str = ""
    publisher: str = ""
    implied: bool = False
    counts: Callable[[], frozenset[int]] = frozenset
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    described: frozenset[str] = frozenset()

    @property
    def issued(self) -> int:
        """The year in which the document was issued."""
        return int(self.day[:4])

    def named(self, iri: str) -> tuple[str, ...]:
        """The names of a thing, whichever source gives them."""
        return self.names.get(iri, ())


Reading = Callable[[Passage, str], bool]


@dataclass(frozen=True)
class Rule:
    """What things of a kind carry.

    Attributes:
        what: the name of it, to be told of.
        pattern: what gives ``?thing`` and ``?value`` within ``?graph``.
        reads: whether a passage has the value.
    """

    what: str
    pattern: str
    reads: Reading


def text(passage: Passage, value: str) -> bool:
    """The words of the value, one after the other."""
    return passage.wording.reads(value)


def gist(passage: Passage, value: str) -> bool:
    """A title of our own: all its words begin as words of the passage do."""
    return passage.wording.reads_gist(value)


def named(passage: Passage, iri: str) -> bool:
    """One of the names of the thing."""
    return passage.wording.reads_any(passage.named(iri))


def body(passage: Passage, iri: str) -> bool:
    """A body: a name of it; or the last part of a name ("rådet") where a name stands above it.

    The publisher of the document may go by the last part alone. Of what is only described, half of
    the words of the description are enough.
    """
    names = passage.named(iri)
    if named(passage, iri) or (iri in passage.described and passage.wording.touches(names)):
        return True
    known = iri == passage.publisher or passage.context.reads_any(passage.named(iri))
    return known and passage.wording.reads_short(passage.named(iri))


def seat(passage: Passage, iri: str) -> bool:
    """The body of a membership; the publisher's own members need not say where they sit.

    Where it is implied, a word made from its name is enough ("sjukvårdsregional").
    """
    if iri == passage.publisher or body(passage, iri):
        return True
    return passage.implied and passage.wording.derives_from(passage.named(iri))


def ends(passage: Passage, iris: str) -> bool:
    """The two bodies of a relation: both where it is stated, at least one where it is implied."""
    read = [body(passage, iri) for iri in iris.split()]
    return any(read) if passage.implied else all(read)


def code(passage: Passage, value: str) -> bool:
    """A party, as it is written behind a name: ``(S)``."""
    return f"({value})" in passage.wording.text


def paragraph(passage: Passage, value: str) -> bool:
    """The number of an item: ``§ 13``."""
    return bool(re.search(rf"§\s*{re.escape(value)}(?!\d)", passage.wording.text))


def number(passage: Passage, value: str) -> bool:
    """A number as printed, such as ``4.1``; no part of a longer one."""
    plain = re.escape(value.rstrip("."))
    return bool(re.search(rf"(?<![\d.]){plain}(?!\.?\d)", passage.wording.text))


def amount(passage: Passage, value: str) -> bool:
    """A whole number, in figures or in words."""
    return value in set(figures(_plain(passage.wording.text)))


def moment(passage: Passage, value: str) -> bool:
    """A day, month, season or year, however it is written."""
    return dating.reads(_plain(passage.wording.text), value, passage.issued)


def period(passage: Passage, value: str) -> bool:
    """A period. One that only ends on the day of issue is known without being written."""
    return value == f"[..{passage.day}]" or moment(passage, value)


def claimed(passage: Passage, value: str) -> bool:
    """What a claim says: a time, or words, or signs."""
    if dating.is_edtf(value) and moment(passage, value):
        return True
    return text(passage, value) or _plain(healed(value)) in _plain(passage.wording.text)


def summary(passage: Passage, value: str) -> bool:
    """All the figures and dates of a summary; a year may also stand in the document's name."""
    return not _unread_figures(passage, value)


def counting(passage: Passage, value: str) -> bool:
    """As :func:`summary`; but it may also count what the graph has from the same passage."""
    missing = _unread_figures(passage, value)
    return not missing or missing <= set(map(str, passage.counts()))


def _unread_figures(passage: Passage, value: str) -> set[str]:
    told, words = _plain(healed(value)), _plain(passage.wording.text)
    there = set(figures(words)) | set(_YEAR.findall(passage.title))
    days = set(_ISO_DATE.findall(told))
    missing = days | (set(figures(_ISO_DATE.sub(" ", told))) - there)
    return {
        each
        for each in missing
        if not (each in days or _YEAR.fullmatch(each))
        or not dating.reads(words, each, passage.issued)
    }


def _plain(words: str) -> str:
    """*words* in small letters, with one kind of dash; hyphens stay."""
    return re.sub("[‐‑‒–—−]", "-", words).casefold()


def _within(pattern: str, kind: str = "", more: str = "") -> str:
    of_kind = f"?thing a {kind} . " if kind else ""
    return f"{of_kind}GRAPH ?graph {{ ?thing {pattern} }} {more}"


_SWEDISH = "FILTER(LANG(?value) IN ('', 'sv'))"
_NAMED = "FILTER NOT EXISTS { GRAPH ?graph { ?thing smv:descriptiveName true } }"
# The items of a plan have their words from it; a duty that stands in running text has none.
_KIND = "?thing smv:activityKind <https://w3id.org/samverkan/def/activity-kind/standing>"
_LISTED = f"{_SWEDISH} FILTER NOT EXISTS {{ {_KIND} }}"
_STANDING = f"{_SWEDISH} FILTER EXISTS {{ {_KIND} }}"
_SELF = "prov:wasDerivedFrom ?evidence . BIND(?thing AS ?value)"
_ENDS = (
    "smv:subject ?subject ; smv:object ?object ."
    " BIND(CONCAT(STR(?subject), ' ', STR(?object)) AS ?value)"
)

RULES: tuple[Rule, ...] = (
    Rule(_("the name"), _within("foaf:name ?value", "foaf:Person"), text),
    Rule(_("a name"), _within(_SELF, "org:Organization", _NAMED), named),
    Rule(_("another name"), _within("skos:altLabel ?value", "org:Organization", _SWEDISH), text),
    Rule(_("the abbreviation"), _within("smv:abbreviation ?value", "org:Organization"), text),
    Rule(_("the former name"), _within("rdfs:label ?value", "smv:Name", _SWEDISH), text),
    Rule(_("a name"), _within(_SELF, "smv:Service", _NAMED), named),
    Rule(_("a name"), _within(_SELF, "smv:Plan", _NAMED), named),
    Rule(_("a name"), _within(_SELF, "smv:Agreement", _NAMED), named),
    Rule(_("the name"), _within("org:member ?value", "org:Membership"), named),
    Rule(_("the title"), _within("smv:title ?value", "org:Membership", _SWEDISH), text),
    Rule(_("the party"), _within("smv:party ?value", "org:Membership"), code),
    Rule(_("the body"), _within("org:organization ?value", "org:Membership"), seat),
    Rule(_("the one represented"), _within("smv:represents ?value", "org:Membership"), body),
    Rule(
        _("the period"),
        _within("org:memberDuring ?period", more="?period smv:edtf ?value ."),
        period,
    ),
    Rule(_("the number"), _within("smv:paragraph ?value", "smv:AgendaItem"), paragraph),
    Rule(_("the title"), _within("skos:prefLabel ?value", "smv:AgendaItem", _SWEDISH), text),
    Rule(_("the title"), _within("skos:prefLabel ?value", "smv:Activity", _LISTED), text),
    Rule(_("the title"), _within("skos:prefLabel ?value", "smv:Activity", _STANDING), gist),
    Rule(_("the number"), _within("smv:number ?value", "smv:Activity"), number),
    Rule(_("the day"), _within("schema:startDate ?value", "smv:Meeting"), moment),
    Rule(_("the time"), _within("dcterms:date|smv:edtf ?value", "org:ChangeEvent"), moment),
    Rule(_("the deadline"), _within("smv:edtf ?value", "smv:Task"), moment),
    Rule(
        _("the deadline"),
        _within("smv:deadline ?value FILTER NOT EXISTS { ?thing smv:edtf ?words }", "smv:Task"),
        moment,
    ),
    Rule(_("the title"), _within("dcterms:title ?value", "smv:Source", _SWEDISH), text),
    Rule(_("the day"), _within("dcterms:date|smv:printedDate ?value", "smv:Source"), moment),
    Rule(_("a figure"), _within("rdfs:comment ?value", "smv:Outcome", _SWEDISH), summary),
    Rule(_("a figure"), _within("rdfs:comment ?value", "smv:AgendaItem", _SWEDISH), counting),
    Rule(_("the name"), _within("smv:person ?value", "smv:Attendance"), named),
    Rule(_("the day of signing"), _within("smv:signedOn ?value", "smv:Attendance"), moment),
    Rule(_("the value"), _within("rdf:value ?value", "smv:Claim", _SWEDISH), claimed),
    Rule(_("the two bodies"), _within(_ENDS, "smv:Relation"), ends),
    Rule(_("the one responsible"), _within("smv:agent ?value", "smv:Responsibility"), body),
    Rule(
        _("the number"),
        _within("?property ?value FILTER(ISNUMERIC(?value))", "smv:CompositionRule"),
        amount,
    ),
)
