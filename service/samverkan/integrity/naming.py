"""Rules of names: terms, addresses, classes, labels, and what stands in the identity files."""

from __future__ import annotations

from samverkan.integrity import model
from samverkan.integrity.rules import (
    BODIES_AND_PEOPLE,
    DATA,
    IDENTITIES,
    SOURCES,
    STATEMENT,
    TYPED,
    Rule,
    outside,
    rows,
)
from samverkan.language import mark as _
from samverkan.namespaces import CONCEPTS, DEF, ID

_SEGMENT = f"BIND(STRBEFORE(STRAFTER(STR(?subject), '{ID}'), '/') AS ?segment)"
_SEGMENTS = rows("?class ?segment", {name: f"'{key}'" for key, name in CONCEPTS.items()})
_IS_BODY_OR_PERSON = f"REGEX(STR(?subject), '^{ID}(organization|person)/')"

_TERMS = (
    Rule(
        "{ SELECT DISTINCT ?property { ?any ?property ?thing"
        f" {outside('?property', model.PROPERTIES, 'a|rdfs:label ?it')} }} }} {STATEMENT} {DATA}",
        _("{subject} uses the property {property}, which the vocabulary does not have."),
        _("Correct the name; if it is meant, give it an rdfs:label in ontology/samverkan.ttl."),
        guess="property",
    ),
    Rule(
        "{ SELECT DISTINCT ?value { ?any a ?value"
        f" {outside('?value', model.CLASSES, 'a owl:Class')} }} }}"
        f" BIND(rdf:type AS ?property) {STATEMENT} {DATA}",
        _("{subject} is given the class {value}, which the vocabulary does not have."),
        _("Correct the name; if it is meant, make it an owl:Class in ontology/samverkan.ttl."),
        guess="value",
    ),
    Rule(
        f"{STATEMENT} FILTER(STRSTARTS(STR(?value), '{DEF}') && ?property != rdf:type)"
        " MINUS { ?value a ?type }",
        _("{subject} uses {value}, which the vocabulary does not have."),
        _("Correct the name; if it is meant, describe it in ontology/schemes.ttl."),
        guess="value",
    ),
    Rule(
        f"{STATEMENT} FILTER(STRSTARTS(STR(?value), '{ID}')) MINUS {{ ?value a ?type }}",
        _("{subject} points to {value}, which is described nowhere."),
        _("Correct the name, or describe the thing."),
        guess="value",
        once="value",
    ),
    Rule(
        "GRAPH ?graph { ?subject ?any ?thing } FILTER(isIRI(?subject)) MINUS { ?subject a ?type }"
        f" {DATA}",
        _("{subject} has no class: nowhere is it said what it is."),
        _("Correct the name, or give it its class; that of a body or person in the identity file."),
        guess="subject",
        once="subject",
    ),
)

_ADDRESSES = (
    Rule(
        f"{TYPED} FILTER(isIRI(?subject) && !STRSTARTS(STR(?subject), '{ID}'))"
        f" BIND(IRI('{ID}') AS ?other)",
        _("{subject} is no address of this graph."),
        _("Let it begin with {other}, as the prefixes of the other files do."),
    ),
    Rule(
        f"{TYPED} FILTER(STRSTARTS(STR(?subject), '{ID}'))"
        f" FILTER(!REGEX(STR(?subject), '^{ID}({'|'.join(CONCEPTS)})/'))"
        f" BIND('{', '.join(CONCEPTS)}' AS ?word)",
        _("{subject} is no address of a kind that is known."),
        _("What stands between id/ and the name is one of {word}."),
    ),
    Rule(
        f"{TYPED} FILTER(REGEX(STR(?subject), '^{ID}({'|'.join(CONCEPTS)})/'))"
        f" FILTER(!REGEX(STR(?subject), '^{ID}[a-z-]+/[a-z0-9]+(-[a-z0-9]+)*$'))",
        _("{subject} has a name that is not readable everywhere."),
        _("Write it in small letters a to z, figures and single hyphens: å and ä as a, ö as o."),
    ),
    Rule(
        f"{_SEGMENTS} GRAPH ?graph {{ ?subject a ?class }} {DATA}"
        f" FILTER(REGEX(STR(?subject), '^{ID}({'|'.join(CONCEPTS)})/')"
        f" && !STRSTARTS(STR(?subject), CONCAT('{ID}', ?segment, '/')))"
        " BIND(rdf:type AS ?property) BIND(?class AS ?value) BIND(?segment AS ?word)",
        _("{subject} is a {value}, and has the address of something else."),
        _("An address is one thing's: give this one an address under id/{word}/."),
    ),
    Rule(
        f"{TYPED} FILTER(isIRI(?subject)) {_SEGMENT} {_SEGMENTS}"
        " FILTER NOT EXISTS { GRAPH ?graph { ?subject a ?class } } BIND(?class AS ?other)",
        _("{subject} has the address of a {other}, and is none here."),
        _("Write {other} among its classes, or correct the address."),
    ),
)

_LABELS = (
    Rule(
        f"{BODIES_AND_PEOPLE} GRAPH ?graph {{ ?subject a ?class }}"
        " FILTER NOT EXISTS { ?subject skos:prefLabel ?label }"
        " BIND('skos:prefLabel (@sv)' AS ?word)",
        _("{subject} lacks {word}."),
        _('Give it the name that it is shown by: skos:prefLabel "…"@sv.'),
    ),
    Rule(
        f"BIND(skos:prefLabel AS ?property) {STATEMENT} FILTER(LANG(?value) = '')",
        _("{subject} lacks skos:prefLabel in a language: {value} has none."),
        _('Write @sv or @en right behind it: "…"@sv.'),
    ),
    Rule(
        f"BIND(skos:prefLabel AS ?property) {STATEMENT} FILTER(LANG(?value) NOT IN ('', 'sv'))"
        " FILTER NOT EXISTS"
        " { GRAPH ?graph { ?subject ?property ?label } FILTER(LANG(?label) IN ('', 'sv')) }",
        _("{subject} lacks skos:prefLabel in Swedish."),
        _('Write one beside {value}: skos:prefLabel "…"@sv.'),
    ),
    Rule(
        f"BIND(skos:prefLabel AS ?property) {STATEMENT}"
        " GRAPH ?graph { ?subject skos:prefLabel ?other }"
        " FILTER(LANG(?value) = LANG(?other) && STR(?value) > STR(?other))",
        _("{subject} has two labels in one language, {other} and {value}."),
        _("Keep one as skos:prefLabel and make the other a skos:altLabel in its source's file."),
    ),
    Rule(
        "{ SELECT ?class ?key (MIN(STR(?one)) AS ?first) {"
        f" {BODIES_AND_PEOPLE} ?one a ?class ; skos:prefLabel ?label"
        " BIND(LCASE(STR(?label)) AS ?key) }"
        " GROUP BY ?class ?key HAVING (COUNT(DISTINCT ?one) > 1) }"
        " BIND(IRI(?first) AS ?other) BIND(skos:prefLabel AS ?property)"
        f" GRAPH ?graph {{ ?subject a ?class }} {STATEMENT}"
        " FILTER(LCASE(STR(?value)) = ?key && ?subject != ?other)",
        _("{subject} has the label {value}, and {other} has it, too."),
        _("Tell them apart in the label: whose body, or which of two people, it is."),
    ),
)

_IDENTITY = (
    Rule(
        f"{IDENTITIES} {STATEMENT} FILTER(?property NOT IN"
        " (rdf:type, org:classification, skos:prefLabel, skos:hiddenLabel))",
        _("{subject} has {property} in an identity file."),
        _("Move it to the file of the source that says so: here stand class, kind, labels."),
    ),
    Rule(
        f"{IDENTITIES} GRAPH ?graph {{ ?subject a ?type }} FILTER(!{_IS_BODY_OR_PERSON})",
        _("{subject} stands in an identity file, and is neither a body nor a person."),
        _("Move it to the file of the source that tells of it."),
    ),
    Rule(
        "VALUES ?property { rdf:type org:classification skos:prefLabel skos:hiddenLabel }"
        f" {STATEMENT} {SOURCES} FILTER({_IS_BODY_OR_PERSON})",
        _("{subject} has {property} in the file of a source."),
        _("Move it to organizations.ttl or people.ttl; a name in the source is a skos:altLabel."),
    ),
)

RULES = (*_TERMS, *_ADDRESSES, *_LABELS, *_IDENTITY)
