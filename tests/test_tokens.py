"""Tokens of SPARQL: text in, the same text out, with values only where variables stand."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store

from samverkan import tokens

unhurried = settings(deadline=None, database=None)

EXAMPLE = "http://example.org/"
FIRST, SECOND, THIRD = (NamedNode(f"{EXAMPLE}graph/{number}") for number in (1, 2, 3))

# Pieces that open, close or look like tokens, to be put together in any order.
PIECES = [
    *(
        "'",
        '"',
        "'''",
        '"""',
        "\\",
        "\\'",
        '\\"',
        "<",
        ">",
        "#",
        "\n",
        "\r",
        "?",
        "$",
        "@",
        ":",
        ".",
    ),
    *(
        "?x",
        "$x",
        "?xy",
        "ex:x",
        "x:",
        ":x",
        "_:x",
        "<http://e/?x>",
        "@en",
        "@en-GB",
        "^^",
        "1.5e3",
    ),
    *("SELECT", "where", "SERVICE", "{", "}", "(", ")", " ", "\t", "å", "\u00a0", "\u0000", "😀"),
]
HOSTILE = [
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    '\\"',
    '\\\\"',
    "\n",
    "\r\n",
    "\t",
    "\u0000",
    "\\u0022",
    "\\U00000022",
    '" } DELETE WHERE { ?s ?p ?o } #',
    '"""} ; DROP ALL #',
    "'} INSERT DATA { <a:b> <a:b> <a:b> } #",
    "} SERVICE <http://127.0.0.1/> { ?s ?p ?o",
    '"@en . ?s ?p "',
    '"^^<http://example.org/>',
    "?value",
    "$value",
    "# ?value",
    "å ä ö 😀 \u2028 \ufeff",
]


@unhurried
@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_joined_tokens_are_the_text_again(text: str) -> None:
    assert "".join(token for _kind, token in tokens.tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("?x", "variable"),
        ("$x", "variable"),
        ("?1", "variable"),
        ("?blå", "variable"),
        ("<http://example.org/?x#y>", "iri"),
        ("<>", "iri"),
        ('"a\\"b"', "string"),
        ("'a\\'b'", "string"),
        ('"""a"b""c\n"""', "string"),
        ("'''a'b''c\n'''", "string"),
        ('"# no comment"', "string"),
        ("# a comment with 'one quote", "comment"),
        ("@en-GB", "language"),
        ("ex:name", "name"),
        ("ex:", "name"),
        (":", "name"),
        ("_:blank", "name"),
        ("ex:a.b-c%20\\,d", "name"),
        ("SELECT", "word"),
        (" \t\r\n", "space"),
    ],
)
def test_a_terminal_of_the_grammar_is_one_token(text: str, kind: str) -> None:
    assert list(tokens.tokens(text)) == [(kind, text)]


def test_comparisons_without_iris_are_not_iris() -> None:
    kinds = {kind for kind, _token in tokens.tokens("FILTER(?a < ?b && ?c > ?d)")}

    assert "iri" not in kinds


def test_a_string_ends_with_its_line_so_a_stray_quote_hides_nothing() -> None:
    assert "SERVICE" in tokens.keywords("'\nSERVICE'")


def test_variables_are_found_in_both_spellings_and_only_where_they_stand() -> None:
    text = 'SELECT ?a $b { ?c <http://e/?d> \'?e\' ; ex:f """?g""" # ?h\n }'

    assert tokens.variables(text) == {"a", "b", "c"}


def test_a_value_stands_only_where_the_variable_is_a_token() -> None:
    text = (
        "# ?x\n"
        "PREFIX x: <http://e/?x#$x>\n"
        "SELECT ?xy ?y {\n"
        "  ?x x:x ?y, '?x', \"$x\", '''?x''', \"\"\"$x\"\"\"@x ; x:y\\?x $x . # $x\n"
        "}"
    )

    bound = tokens.bind(text, {"x": NamedNode("http://e/value")})

    assert bound == (
        "# ?x\n"
        "PREFIX x: <http://e/?x#$x>\n"
        "SELECT ?xy ?y {\n"
        "  <http://e/value> x:x ?y, '?x', \"$x\", '''?x''', \"\"\"$x\"\"\"@x ;"
        " x:y\\?x <http://e/value> . # $x\n"
        "}"
    )


def test_a_text_without_the_variable_stays_as_it_is() -> None:
    text = "SELECT ?y { ?y ?p 'x' }"

    assert tokens.bind(text, {"x": Literal("value")}) == text
    assert tokens.bind(text, {}) == text


def test_a_value_is_not_read_again_for_variables() -> None:
    bound = tokens.bind("SELECT (?a AS ?c) (?b AS ?d) {}", {"a": Literal("?b"), "b": Literal("?a")})

    assert answer(bound) == {"c": Literal("?b"), "d": Literal("?a")}


@unhurried
@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
@example("")
def test_any_text_bound_as_a_literal_comes_back_equal(text: str) -> None:
    comes_back(Literal(text))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", [None, "sv", "en-GB"])
def test_a_hostile_literal_comes_back_equal_and_does_nothing(
    text: str, language: str | None
) -> None:
    comes_back(Literal(text, language=language))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_literal_of_any_datatype_comes_back_equal(text: str) -> None:
    comes_back(Literal(text, datatype=NamedNode(f"{EXAMPLE}type")))


@unhurried
@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
@example("x> } DELETE WHERE { ?s ?p ?o } #")
@example("x\\u003E")
def test_an_iri_either_is_refused_or_comes_back_equal(text: str) -> None:
    try:
        value = NamedNode(EXAMPLE + text)
    except ValueError:
        return
    comes_back(value)


def test_a_query_over_graphs_sees_those_graphs_merged_and_no_other() -> None:
    query = tokens.over_graphs("SELECT ?value WHERE { ?s ?p ?value }", [FIRST, THIRD])

    assert values(three_graphs(), query) == {"1", "3"}


def test_a_query_over_graphs_sees_each_by_its_name() -> None:
    query = tokens.over_graphs("SELECT ?value WHERE { GRAPH ?g { ?s ?p ?value } }", [SECOND])

    assert values(three_graphs(), query) == {"2"}
    named = tokens.over_graphs(
        f"SELECT ?value WHERE {{ GRAPH {FIRST} {{ ?s ?p ?value }} }}", [SECOND]
    )
    assert values(three_graphs(), named) == set()


@pytest.mark.parametrize(
    "query",
    [
        "# WHERE\nSELECT ?value # WHERE\nWHERE { ?s ?p ?value }",
        "PREFIX where: <http://example.org/WHERE#> SELECT ?value wHeRe { ?s ?p ?value }",
        "SELECT ?value ?where ('WHERE' AS ?w) WHERE { ?s ?p ?value }",
        "SELECT ?value WHERE { { SELECT ?value WHERE { ?s ?p ?value } } }",
    ],
)
def test_the_graphs_stand_before_the_word_where_and_nothing_that_looks_like_it(query: str) -> None:
    assert values(three_graphs(), tokens.over_graphs(query, [SECOND])) == {"2"}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://e/> {} }",
        "SELECT * { service SILENT ?x {} }",
        "SELECT * {sErViCe<http://e/>{}}",
        "SELECT * { # nothing here\nSERVICE# nor here\n<http://e/> {} }",
        "SELECT * { # '\nSERVICE <http://e/> {} }",
        "SELECT * { ?s ?p '#' . SERVICE <http://e/> {} }",
        "SELECT * { ?s ?p '''a''b'''SERVICE <http://e/> {} }",
        'SELECT * { ?s ?p "a\\\\" SERVICE <http://e/> {} }',
        'SELECT * { ?s ?p "a\\"b" SERVICE <http://e/> { ?s ?p "c" } }',
        "SELECT * { ?s <http://e/#a> ?o SERVICE <http://e/> {} }",
        "SELECT * { ?s ?p ?o.SERVICE <http://e/> {} }",
        "SELECT * { ?s ?p 1SERVICE <http://e/> {} }",
        "SELECT * { FILTER(1<2)SERVICE<http://e/>{} }",
    ],
)
def test_a_call_of_a_service_is_seen(text: str) -> None:
    assert "SERVICE" in tokens.keywords(text)


@pytest.mark.parametrize(
    "text",
    [
        "# SERVICE",
        "'SERVICE'",
        '"SERVICE"',
        "'''\nSERVICE\n'''",
        '"""a " SERVICE " b"""',
        "'it\\'s a SERVICE'",
        "<http://e/SERVICE>",
        "<http://e/x#SERVICE>",
        "ex:SERVICE",
        "SERVICE:x",
        "SERVICE:",
        ":SERVICE",
        "_:SERVICE",
        "ex:a-SERVICE",
        "ex:a.SERVICE",
        "'x'@SERVICE",
        "'x'@en-SERVICE",
        "?SERVICE",
        "$SERVICE",
        "SERVICES",
        "MY_SERVICE",
    ],
)
def test_what_only_contains_the_word_is_no_call_of_a_service(text: str) -> None:
    assert "SERVICE" not in tokens.keywords(f"SELECT * {{ ?s ?p {text}\n }}")


def test_keywords_are_told_in_capitals() -> None:
    assert tokens.keywords("select distinct ?x Where { Filter(isIRI(?x)) }") == {
        "SELECT",
        "DISTINCT",
        "WHERE",
        "FILTER",
        "ISIRI",
    }


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "iNsErT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE WHERE { ?s ?p ?o }",
        "delete data { <a:b> <a:b> <a:b> }",
        "# SELECT\nLOAD <http://e/>",
        "PREFIX select: <http://e/SELECT> CLEAR ALL",
        "BASE <http://e/ASK>\nPREFIX ask: <ask> CREATE GRAPH <x>",
        "DROP SILENT ALL",
        "COPY <a:b> TO <a:c>",
        "MOVE <a:b> TO <a:c>",
        "ADD <a:b> TO <a:c>",
        "WITH <a:b> DELETE { ?s ?p ?o } WHERE { SELECT * { ?s ?p ?o } }",
    ],
)
def test_an_update_is_known_by_its_first_operation(text: str) -> None:
    assert tokens.is_update(text)
    with pytest.raises(SyntaxError):  # the engine, too, takes it for no query
        Store().query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?insert { ?insert ?delete 'DROP ALL' }",
        "# INSERT DATA\nASK {}",
        "PREFIX insert: <http://e/INSERT> ASK { ?s insert:delete insert:load }",
        "BASE <http://e/DELETE> DESCRIBE <CLEAR>",
        "CONSTRUCT { ?s ?p 'x'@add } WHERE { ?s ?p $move }",
    ],
)
def test_a_query_is_no_update_though_it_has_the_words(text: str) -> None:
    assert not tokens.is_update(text)
    Store().query(text)


@pytest.mark.parametrize("text", ["", "# INSERT", "inserting", "PREFIX x: <http://e/>"])
def test_what_is_neither_is_no_update(text: str) -> None:
    assert not tokens.is_update(text)


def comes_back(value: Literal | NamedNode) -> None:
    """Bind *value* in two places of a query and have the engine give it back from both."""
    text = "SELECT (?value AS ?given) ?kept { VALUES ?kept { ?value } } # ?value"
    query = tokens.bind(text, {"value": value})
    assert answer(query) == {"given": value, "kept": value}


def answer(query: str) -> dict[str, object]:
    """The one row of *query* on an empty store."""
    solutions = Store().query(query)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    (row,) = list(solutions)
    return {name: row[name] for name in names}


def values(store: Store, query: str) -> set[str]:
    solutions = store.query(query)
    assert not isinstance(solutions, QueryBoolean)
    assert isinstance(solutions, QuerySolutions)
    return {cast(Literal, row["value"]).value for row in solutions}


def three_graphs() -> Store:
    """One statement in each of three graphs, whose value is the number of the graph."""
    store = Store()
    for number, graph in enumerate((FIRST, SECOND, THIRD), start=1):
        subject = NamedNode(f"{EXAMPLE}thing/{number}")
        store.add(Quad(subject, NamedNode(f"{EXAMPLE}is"), Literal(str(number)), graph))
    return store
