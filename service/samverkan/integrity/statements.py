"""Rules of statements: evidence, what they cannot do without, values, memberships, shortcuts."""

from __future__ import annotations

from samverkan.integrity import model
from samverkan.integrity.rules import BODIES_AND_PEOPLE, DATA, SOURCES, STATEMENT, Rule, rows
from samverkan.language import mark as _
from samverkan.namespaces import DEF, VOCABULARY

_EVIDENCE = "prov:wasDerivedFrom"
_NEEDED = (
    "GRAPH ?graph { ?subject a ?class } FILTER NOT EXISTS { GRAPH ?graph { ?subject %s ?it } }"
)

_EVIDENCED = (
    Rule(
        f"VALUES ?class {{ {' '.join(model.EVIDENCED)} }} {_NEEDED % _EVIDENCE}"
        f" BIND({_EVIDENCE} AS ?property)",
        _("{subject} lacks {property}: no passage is named that says so."),
        _("Point to the passage: {property} evidence:… ;"),
    ),
    Rule(
        f"{{ SELECT DISTINCT ?graph {{ {BODIES_AND_PEOPLE} ?one a ?class"
        f" GRAPH ?graph {{ ?one {_EVIDENCE} ?it }} }} }}"
        f" {{ SELECT DISTINCT ?graph ?subject {{ {BODIES_AND_PEOPLE} ?subject a ?class"
        f" GRAPH ?graph {{ ?subject ?any ?thing }} {SOURCES} }} }}"
        f" FILTER NOT EXISTS {{ GRAPH ?graph {{ ?subject {_EVIDENCE} ?it }} }}"
        f" BIND({_EVIDENCE} AS ?property)",
        _("{subject} lacks {property}: other bodies and people of this source have it."),
        _("Point to the passage that first names it: {property} evidence:… ;"),
    ),
    Rule(
        f"BIND({_EVIDENCE} AS ?property) {STATEMENT} {SOURCES}"
        " FILTER NOT EXISTS { GRAPH ?graph { ?value oa:hasSource ?graph } }"
        # Claims disagree across sources: each keeps the passage of its own.
        " FILTER NOT EXISTS { GRAPH ?graph { ?subject a smv:Claim } }"
        " FILTER EXISTS { ?value oa:hasSource ?source FILTER(?source != ?graph) }"
        " ?value oa:hasSource ?other",
        _("{subject} rests on {value}, which is evidence of another source, {other}."),
        _("Move the statement to that source's file, or name a passage of this source."),
    ),
    Rule(
        f"BIND(oa:hasSource AS ?property) {STATEMENT} FILTER(?value != ?graph)"
        " BIND(?graph AS ?other)",
        _("{subject} is evidence of {value}, and stands in the file of {other}."),
        _("Move it to the file of its source, or correct {property}."),
    ),
    Rule(
        "GRAPH ?graph { ?subject oa:start ?start ; oa:end ?value }"
        " FILTER(?start >= ?value || ?start < 0)"
        " BIND(oa:end AS ?property) BIND(STR(?start) AS ?word)",
        _("{subject} ends at {value} and starts at {word}."),
        _("Count again: oa:start is the first character, from 0, oa:end the one after the last."),
    ),
    Rule(
        "GRAPH ?graph { ?subject oa:start ?start ; oa:end ?end }"
        " BIND(REPLACE(STR(?subject), '^.*?([0-9]+-[0-9]+)$', '$1') AS ?named)"
        " BIND(CONCAT(STR(?start), '-', STR(?end)) AS ?word)"
        " FILTER(?named != STR(?subject) && REGEX(STR(?subject), '[/-][0-9]+-[0-9]+$')"
        " && !STRENDS(STR(?subject), CONCAT('-', ?word)) && !STRENDS(STR(?subject),"
        " CONCAT('/', ?word)))",
        _("{subject} is named after another span than its own, {word}."),
        _("Correct oa:start and oa:end, or the figures in the name."),
    ),
    Rule(
        "GRAPH ?graph { ?subject smv:locator ?value } FILTER(REGEX(?value, '[|<>]'))"
        " BIND(smv:locator AS ?property)",
        _("{subject} has the locator {value}."),
        _("Leave out | < > in it."),
    ),
)

_VACANT = f"<{DEF}status/vacant>"
_NEEDS = (
    Rule(
        f"{rows('?class ?property', model.NEEDS)} {_NEEDED % '?property'}",
        _("{subject} lacks {property}."),
        _("Write it in the block that begins here: {property} … ;"),
    ),
    Rule(
        f"{rows('?class ?property', model.SINGLE)} GRAPH ?graph {{ ?subject a ?class }} {STATEMENT}"
        " GRAPH ?graph { ?subject ?property ?other } FILTER(STR(?value) > STR(?other))",
        _("{subject} has {property} {value}, and {other}, too."),
        _("Keep one; where both are true, they are two things with an address each."),
    ),
    Rule(
        "GRAPH ?graph { ?subject a org:Membership } FILTER NOT EXISTS { GRAPH ?graph { ?subject"
        " (smv:attestedIn|org:memberDuring)/(dcat:startDate|dcat:endDate) ?day } }"
        " BIND('smv:attestedIn / org:memberDuring' AS ?word)",
        _("{subject} lacks {word}: it has no day."),
        _("Say on which day or in which period the source shows it: smv:attestedIn period:… ;"),
    ),
    Rule(
        "GRAPH ?graph { ?subject a org:Membership }"
        " FILTER NOT EXISTS { GRAPH ?graph { ?subject org:member ?member } }"
        " FILTER NOT EXISTS { GRAPH ?graph { ?subject smv:unnamedHolder true } }"
        f" FILTER NOT EXISTS {{ GRAPH ?graph {{ ?subject smv:status {_VACANT} }} }}",
        _("{subject} lacks org:member, and is not said to be held by somebody unnamed."),
        _("Name who it is, or write smv:unnamedHolder true ; for nobody, status:vacant."),
    ),
    Rule(
        f"GRAPH ?graph {{ ?subject smv:status {_VACANT} ; ?property ?value }}"
        " FILTER(?property IN (org:member, smv:unnamedHolder))",
        _("{subject} is vacant, and is held by {value}."),
        _("Where somebody holds it, it is not vacant: delete one of the two."),
    ),
    Rule(
        "GRAPH ?graph { ?subject org:member ?other ; smv:unnamedHolder true }"
        " BIND(smv:unnamedHolder AS ?property)",
        _("{subject} names {other} and says that nobody is named."),
        _("Delete one of org:member and smv:unnamedHolder."),
    ),
    Rule(
        "GRAPH ?graph { ?other smv:attestedIn ?subject } FILTER NOT EXISTS"
        " { GRAPH ?graph { ?subject dcat:startDate ?first ; dcat:endDate ?last } }",
        _("{subject} needs both dcat:startDate and dcat:endDate, as {other} is attested in it."),
        _("Write the first and the last day that the words allow, in this file."),
    ),
    Rule(
        _NEEDED.replace("?class", "dcterms:PeriodOfTime") % "dcat:startDate|dcat:endDate",
        _("{subject} lacks dcat:startDate and dcat:endDate."),
        _("Write the first or the last day that the words allow."),
    ),
)

_NOMINATED = f"<{DEF}status/nominated>"
# A nominee holds no office: what else there is to say of such a membership comes after this.
NOMINATIONS = (
    Rule(
        "GRAPH ?graph { ?subject smv:nominatedBy ?other ; smv:status ?value }"
        f" FILTER(?value != {_NOMINATED}) FILTER EXISTS {{ ?value a ?type }}"
        # Of two statuses it is told that there is one.
        f" FILTER NOT EXISTS {{ GRAPH ?graph {{ ?subject smv:status {_NOMINATED} }} }}"
        " BIND(smv:status AS ?property)",
        _("{subject} has smv:nominatedBy, but {property} {value}."),
        _(
            "A nomination is no seat: write status:nominated, or delete smv:nominatedBy if the"
            " source says that the person sits there."
        ),
    ),
)

_OF_VOCABULARY = f"GRAPH {VOCABULARY} {{ ?property %s }}"
_XSD = "STRSTARTS(STR(?other), STR(xsd:))"
# One constant pattern: the engine keeps those compiled.
_FORMS = "|".join(f"#{name.partition(':')[2]} {form}$" for name, form in model.FORMS.items())
_VALUES = (
    Rule(
        f"{{ {rows('?property ?other', model.KINDS)} }} UNION"
        f" {{ {_OF_VOCABULARY % 'rdfs:range ?other'} FILTER({_XSD}) }} {STATEMENT} {DATA}"
        " FILTER(!isLiteral(?value) || DATATYPE(?value) != ?other)",
        _("{subject} has {property} {value}, which is no {other}."),
        _('Write it as "…"^^{other}; numbers, and true or false, without quotation marks.'),
    ),
    Rule(
        f"{STATEMENT} {DATA} FILTER(isLiteral(?value)) BIND(DATATYPE(?value) AS ?other)"
        f" FILTER(?other IN ({', '.join(model.FORMS)})"
        f" && (!REGEX(CONCAT(STR(?other), ' ', STR(?value)), '{_FORMS}')"
        " || (?other = xsd:date && !COALESCE(DAY(?value) > 0, false))))",
        _("{subject} has {property} {value}, which is no {other}."),
        _("Write a day that there is as 2021-02-19, a year as 2021, a number in figures."),
    ),
    Rule(
        f"{{ VALUES ?property {{ {' '.join(model.LINKS)} }} }} UNION"
        f" {{ {_OF_VOCABULARY % 'a owl:ObjectProperty'} }} {STATEMENT} {DATA}"
        " FILTER(isLiteral(?value))",
        _("{subject} has {property} {value}, and that is a text."),
        _("Write the thing itself, as prefix:name."),
    ),
    Rule(
        f"{_OF_VOCABULARY % 'a owl:DatatypeProperty'} {STATEMENT} {DATA} FILTER(isIRI(?value))"
        " FILTER NOT EXISTS { " + _OF_VOCABULARY % "rdfs:range ?range" + " }",
        _("{subject} has {property} {value}, and that is a thing."),
        _('Write the value itself, in quotation marks: "…".'),
    ),
    Rule(
        f"{{ {rows('?property ?other', model.RANGES)} }} UNION"
        f" {{ {_OF_VOCABULARY % 'rdfs:range ?other'} FILTER(?other != skos:Concept && !{_XSD}) }}"
        f" {STATEMENT} {DATA} FILTER NOT EXISTS {{ ?value a ?other }}"
        " FILTER EXISTS { ?value a ?type }",
        _("{subject} has {property} {value}, which is no {other}."),
        _("Name the {other} that is meant, or use the property that is."),
    ),
    Rule(
        f"{rows('?property ?other', model.LISTS)} {STATEMENT} {DATA}"
        " FILTER NOT EXISTS { ?value skos:inScheme ?other } FILTER EXISTS { ?value a ?type }",
        _("{subject} has {property} {value}, which is not of the list {other}."),
        _(
            "Take a value of that list, which stands in ontology/schemes.ttl, or use the property"
            " that has this one."
        ),
        guess="value",
    ),
)

_SHORTCUTS = rows(
    "?shortcut ?class ?from ?to ?by ?kind",
    {" ".join(row.split()[:-1]): f"<{DEF}{row.split()[-1]}>" for row in model.SHORTCUTS},
)
_NODE = "?%s a ?class ; ?from ?%s ; ?to ?%s ; ?by ?kind"
_SHORT = (
    Rule(
        f"{_SHORTCUTS} GRAPH ?graph {{ ?subject ?shortcut ?value }} BIND(?shortcut AS ?property)"
        f" MINUS {{ {_SHORTCUTS} GRAPH ?graph {{ {_NODE % ('node', 'subject', 'value')} }} }}"
        " BIND(?class AS ?other)",
        _("{subject} has {property} {value}, and no {other} in this file says so."),
        _("Describe the {other}, with its evidence, or delete the shortcut."),
    ),
    Rule(
        f"{_SHORTCUTS} GRAPH ?graph {{ {_NODE % ('subject', 'start', 'end')} }}"
        " FILTER NOT EXISTS { GRAPH ?graph { ?start ?shortcut ?end } }"
        # Content that has no such shortcut at all does without.
        " FILTER EXISTS { ?one ?shortcut ?another }"
        " BIND(?shortcut AS ?property) BIND(?start AS ?value) BIND(?end AS ?other)",
        _("{subject} lacks its shortcut: {value} {property} {other}."),
        _("Write {property} {other} in the block of {value}, in this file."),
    ),
)

RULES = (*_EVIDENCED, *_NEEDS, *_VALUES, *_SHORT)
