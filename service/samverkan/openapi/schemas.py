"""The shapes of all JSON that the service sends, as JSON Schema."""

from __future__ import annotations

from samverkan.answers import ALL_STATES
from samverkan.checks import SEVERITIES
from samverkan.language import CODES
from samverkan.lists import LISTINGS
from samverkan.lookup import Rank
from samverkan.openapi import network
from samverkan.openapi.components import DATE, IRI, TEXT, Json, ref


def schemas() -> dict[str, Json]:
    """The shapes of all JSON that the service sends."""
    return {
        "Answer": _answer(),
        "Finding": _finding(),
        "Discrepancy": _object(
            {**_THING, "comment": TEXT, "claims": _array(TEXT), "preferred": _or_null(TEXT)}
        ),
        "Evidence": _object(
            {
                "source": IRI,
                "title": TEXT,
                "issued": DATE,
                "locator": TEXT,
                "start": {"type": "integer"},
                "end": {"type": "integer"},
            }
        ),
        "Passage": _passage(),
        "Thing": _object(_THING),
        "Search": _search(),
        "List": _list(),
        "Query": _query(),
        "SparqlResults": _sparql_results(),
        "Checks": _checks(),
        "Check": _check(),
        **network.schemas(),
        "Pack": _pack(),
        "PersonData": _person_data(),
        "Problem": _problem(),
        "NotAnswered": {"allOf": [ref("Problem"), _object(_members(), closed=False)]},
    }


_THING: dict[str, Json] = {"iri": IRI, "label": TEXT}


def _object(properties: dict[str, Json], *, closed: bool = True) -> Json:
    """An object with all of *properties*, and no others where it is *closed*."""
    shape = {"type": "object", "properties": properties, "required": list(properties)}
    return {**shape, "additionalProperties": False} if closed else shape


def _array(items: Json) -> Json:
    return {"type": "array", "items": items}


def _or_null(schema: Json) -> Json:
    if "type" in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _answer() -> Json:
    return _object(_members())


def _members() -> dict[str, Json]:
    interpretation = _object(
        {
            "query": TEXT,
            "parameters": {"type": "object", "additionalProperties": TEXT},
            "text": TEXT,
        }
    )
    alternative = _object({"label": TEXT, "question": TEXT, "iri": _or_null(IRI)})
    return {
        "question": TEXT,
        "lang": {"enum": list(CODES)},
        "on_date": DATE,
        "known_on": _or_null(DATE),
        "interpretation": _or_null(interpretation),
        "alternatives": _array(alternative),
        "state": {"enum": list(ALL_STATES)},
        "answer": TEXT,
        "findings": _array(ref("Finding")),
        "discrepancies": _array(ref("Discrepancy")),
        "sparql": _or_null(TEXT),
    }


def _finding() -> Json:
    thing, text, day = ref("Thing"), _or_null(TEXT), _or_null(DATE)
    return _object(
        {
            "state": {"enum": list(ALL_STATES)},
            "person": _or_null(thing),
            "organization": _or_null(thing),
            "role": _or_null(thing),
            "title": text,
            "represents": _or_null(thing),
            "status": text,
            "from": day,
            "to": day,
            "period": text,
            "periods": _array(TEXT),
            "first_attested": day,
            "first_attested_in": text,
            "last_attested": day,
            "last_attested_in": text,
            "basis": {"enum": ["stated", "implied"]},
            "nominated_by": _or_null(thing),
            "replaced_by": _or_null(thing),
            "note": text,
            "activity": _or_null(thing),
            "value": text,
            "decided_by": _array(IRI),
            "evidence": _array(ref("Evidence")),
        }
    )


def _search() -> Json:
    hit = {
        **_THING,
        "kind": TEXT,
        "kind_label": TEXT,
        "hint": TEXT,
        "matched": _or_null(TEXT),
        "match": {"enum": [rank.code for rank in Rank]},
        "page": {"type": "string", "format": "uri-reference"},
    }
    return _object(
        {
            "q": TEXT,
            "lang": {"enum": list(CODES)},
            "kind": _or_null(TEXT),
            "hits": _array(_object(hit)),
            "questions": _array(TEXT),
        }
    )


def _list() -> Json:
    count = {"type": "integer", "minimum": 0}
    option = _object({"code": TEXT, "label": TEXT, "count": count})
    told = _object({"name": TEXT, "chosen": TEXT, "values": _array(option)})
    value = _object({"code": TEXT, "label": TEXT, "iri": _or_null(IRI)})
    return _object(
        {
            "list": {"enum": list(LISTINGS)},
            "on_date": DATE,
            "known_on": _or_null(DATE),
            "total": count,
            "chosen": count,
            "filters": _array(told),
            "rows": _array({"type": "object", "additionalProperties": _array(value)}),
        }
    )


def _query() -> Json:
    by_language = _object(dict.fromkeys(CODES, TEXT))
    one = _object(
        {
            "name": TEXT,
            "type": {"enum": ["iri", "date", "integer", "number", "string"]},
            "required": {"type": "boolean"},
            "kind": _or_null(IRI),
            "label": by_language,
            "choices": _or_null(_array(TEXT)),
            "example": _or_null(TEXT),
        }
    )
    return _object(
        {
            "name": TEXT,
            "address": TEXT,
            "summary": by_language,
            "description": by_language,
            "tags": _array(TEXT),
            "parameters": _array(one),
        }
    )


def _sparql_results() -> Json:
    """SPARQL 1.1 Query Results JSON Format § 3."""
    term = {
        "type": "object",
        "properties": {
            "type": {"enum": ["uri", "literal", "bnode", "triple"]},
            "value": {},
            "xml:lang": TEXT,
            "datatype": IRI,
        },
        "required": ["type", "value"],
    }
    row = {"type": "object", "additionalProperties": term}
    return {
        "type": "object",
        "properties": {
            "head": {"type": "object", "properties": {"vars": _array(TEXT)}},
            "results": _object({"bindings": _array(row)}, closed=False),
            "boolean": {"type": "boolean"},
        },
        "required": ["head"],
        "oneOf": [{"required": ["results"]}, {"required": ["boolean"]}],
    }


def _checks() -> Json:
    count = {"type": "integer", "minimum": 0}
    counts = _object(dict.fromkeys([*SEVERITIES, "acknowledged"], count))
    return _object({"on_date": DATE, "totals": counts, "findings": _array(ref("Check"))})


def _check() -> Json:
    thing = ref("Thing")
    value = _object({"iri": TEXT, "label": TEXT})  # a thing, or a text in the place of one
    accepted = _object({"by": thing, "reason": TEXT, "until": DATE})
    return _object(
        {
            "check": TEXT,
            "severity": {"enum": list(SEVERITIES)},
            "actor": thing,
            "thing": thing,
            "value": _or_null(value),
            "bodies": _array(thing),
            "message": TEXT,
            "remedy": TEXT,
            "offered": _array(value),
            "since": _or_null(DATE),
            "evidence": _array(ref("Evidence")),
            "acknowledged": _or_null(accepted),
        }
    )


def _passage() -> Json:
    """A passage in its context; places count code points of the text, ends are exclusive."""
    place: Json = {"type": "integer", "minimum": 0}
    texts = dict.fromkeys(("title", "file", "sha256", "locator", "heading"), TEXT)
    return _object(
        {
            "source": IRI,
            "issued": DATE,
            **texts,
            "start": place,
            "end": place,
            "spans": _array(_object({"start": place, "end": place})),
            **dict.fromkeys(("before", "text", "after"), TEXT),
        }
    )


def _pack() -> Json:
    thing = ref("Thing")
    statement = _object(
        {
            "text": TEXT,
            "where": TEXT,
            "state": {"enum": list(ALL_STATES)},
            "things": _array(thing),
            "evidence": _array(ref("Evidence")),
        }
    )
    section = {
        **dict.fromkeys(("name", "title", "told", "silence"), TEXT),
        "groups": _array(_object({"lead": TEXT, "statements": _array(statement)})),
    }
    document = {"source": IRI, "title": TEXT, "issued": DATE, "places": TEXT}
    return _object(
        {
            **dict.fromkeys(("title", "basis", "sort"), TEXT),
            "thing": thing,
            "for": _or_null(thing),
            "lang": {"enum": list(CODES)},
            "on_date": DATE,
            "known_on": _or_null(DATE),
            "sections": _array(_object(section)),
            "reading": _array(_object(document)),
        }
    )


def _person_data() -> Json:
    label = _or_null(TEXT)
    statement = _object(
        {
            "property": IRI,
            "property_label": label,
            "value": TEXT,
            "value_label": label,
            "type": {"enum": ["iri", "literal"]},
            "datatype": _or_null(IRI),
            "lang": label,
            "graphs": _array(_object({"iri": IRI, "label": label})),
        }
    )
    entry = _object({"iri": IRI, "label": label, "statements": _array(statement)})
    things = {"type": "object", "additionalProperties": _array(entry)}
    whole = {"type": "integer", "minimum": 0}
    passage = {"evidence": IRI, "source": IRI, "title": label, "locator": TEXT}
    passages = _array(_object({**passage, "start": whole, "end": whole}))
    return _object({"person": ref("Thing"), "things": things, "passages": passages})


def _problem() -> Json:
    """RFC 9457, and what we add to it: the parameter to blame, and the names that come closest."""
    shape = _object(
        {
            "type": {"type": "string", "format": "uri-reference"},
            "title": TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": TEXT,
        },
        closed=False,
    )
    more = {
        "instance": {"type": "string", "format": "uri-reference"},
        "parameter": TEXT,
        "nearest": _array(ref("Thing")),
        "candidates": _array(ref("Thing")),
    }
    return {**shape, "properties": {**shape["properties"], **more}}
