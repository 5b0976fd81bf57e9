"""Families of bodies, meetings, decisions and figures: what they answer, and whatever the wording.

What must be there is held against the documents by hand, not against the program.
"""

from __future__ import annotations

from samverkan import questions
from samverkan.knowledge import Knowledge
from samverkan.understanding import Understood, understand

NOW = {"on_date": "", "known_on": ""}

# question, state, what the answer must hold, what it must not
ASKED: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
    # How many, how much; nothing where no source has a figure.
    ("hur många diagnoser skulle BG2 behandla", "confirmed", ("12 nya diagnoser", "§ 14"), ()),
    (
        "hur många NHV-tillstånd sökte Region Uppsala",
        "confirmed",
        ("Region Uppsala sökte fem och fick tre",),
        ("sju områden",),
    ),
    (
        "hur mycket pengar får Effektivitetsdelegationen om året",
        "confirmed",
        ("250 miljoner kronor", "Verksamhetsplan 2025–2028"),
        (),
    ),
    ("vad kostar hyrbemanningen i kronor", "not-covered", ("Ingen sådan siffra",), ("procent",)),
    ("vilka siffror finns om hyrbemanning", "confirmed", ("målet på två procent",), ()),
    (
        "hur många möten hade Regionalt vårdkompetensråd Mellansverige 2025",
        "confirmed",
        ("två möten under 2025",),
        (),
    ),
    (
        "hur många möten hade Regionalt vårdkompetensråd Mellansverige 2020",
        "not-covered",
        ("ingen dag",),
        ("två möten",),
    ),
    ("hur många regioner är det i sjukvårdsregionen", "confirmed", ("7", "Region Dalarna"), ()),
    (
        "hur många av Samverkansnämndens möten var digitala 2020",
        "confirmed",
        ("varav tre hölls digitalt; vilka tre sägs inte",),
        ("2021-06-03",),
    ),
    # Hosts, names, beginnings.
    (
        "vem har värdskapet för NPO Akut vård",
        "last-known",
        ("Sjukvårdsregion Mellansverige", "senast visat för 2025", "säger sedan när"),
        (),
    ),
    ("hur många organ är vi värdar för", "last-known", ("4 organ", "NPO Akut vård"), ()),
    ("våra värdskap 2019", "not-covered", ("Ingen källa säger",), ()),
    ("vem har värdskapet för RPO Donation", "not-covered", ("Ingen källa säger",), ()),
    ("vad hette sjukvårdsregionen förut", "not-covered", ("hette förut", "oktober 2020"), ()),
    ("vad hette Styrgruppen SKS förut", "confirmed", ("Styrgrupp för kunskapsstyrning",), ()),
    ("sedan när finns masskadegruppen", "not-covered", ("Ingen källa säger när",), ()),
    ("när startade regionala vårdkompetensrådet", "not-covered", ("vad som var tänkt",), ()),
    ("när ska RSG Hälsodata bildas", "proposed", ("bara planerna", "2026"), ()),
    (
        "finns vårdavtalsgruppen kvar",
        "last-known",
        ("senast visat 2021-02-19", "säger ingen"),
        ("Vårdavtalsgruppen finns",),
    ),
    ("har några grupper lagts ner", "not-covered", ("säger inte att det inte",), ("Vårdavtals",)),
    # What the sources do not name.
    ("vilka organ nämndes senast 2021", "last-known", ("Forum Mellansverige",), ("Upphandling",)),
    (
        "vilka lärosäten är med i Regionalt vårdkompetensråd Mellansverige",
        "not-covered",
        ("Ingen källa namnger",),
        (),
    ),
    # Meetings, minutes, decisions, documents.
    ("vad sades i § 7", "confirmed", ("XALD", "Denise Norström", "§ 7"), ()),
    ("vad beslutades i § 17", "not-covered", ("inget beslut", "fysiskt möte"), ()),
    ("vad beslutades om digitala vårdbesök", "confirmed", ("§ 10",), ()),
    ("vad beslutades om budgetdirektiven för 2022", "confirmed", ("§ 11",), ()),
    ("i vilken paragraf nominerades Mikael Köhler", "confirmed", ("§ 13",), ("§ 12",)),
    ("när beslutades verksamhetsplanen 2025–2028", "confirmed", ("2024-09-27",), ()),
    ("vad rapporterade Håkan Wittgren på mötet", "confirmed", ("§ 14",), ()),
    ("hur länge gäller samverkansavtalet", "confirmed", ("tills vidare", "2021-01-01"), ()),
    ("när går cancerplanen ut", "confirmed", ("2021-12-31",), ()),
    ("vilka dokument bygger svaren på", "confirmed", ("7 dokument", "Bara nämnda"), ()),
    (
        "vilket datum har återrapporten för 2020",
        "confirmed",
        ("2021-02-19; tryckt dag 2020-02-19",),
        (),
    ),
    ("finns det någon återrapport för 2024", "not-covered", ("säger inte att det inte",), ()),
    # Activities.
    (
        "är stödmaterialet för egenvårdsapplikationer klart",
        "confirmed",
        ("stödmaterial för egenvårdsapplikationer är färdigt",),
        (),
    ),
    ("vem tog fram rutinen för masskadelarm", "confirmed", ("inte detsamma som att ha",), ()),
    ("vad gör masskadegruppen", "confirmed", ("rutin för masskadelarm",), ("ansvarar",)),
    (
        "vad bygger vidare på samverkan med kommunerna",
        "confirmed",
        ("underförstått", "Aktivitetsplan 2025"),
        (),
    ),
    (
        "vilken källa säger att Mikael Köhler sitter i BG2",
        "nominated",
        ("Bara nominerad", "§ 13"),
        (),
    ),
]

# Wordings that no phrase has, and the query that each is.
WORDED = {
    "är masskadegruppen igång egentligen": "existence",
    "aktiviteter i 2025 års plan utan ägare": "ownerless",
    "budgetförslaget, till när ska det vara klart": "deadlines",
    "hur gick det med hyrbemanningen då": "outcomes",
    "vad är det för skillnad egentligen mellan RSG Hälsodata och NSG Hälsodata": "comparison",
    "vilken grupp hör BG till": "ties",
    "vad kom man fram till om cystisk fibros": "decided",
    "masskadegruppen, vad sysslar de med": "responsibilities",
    "när träffas egentligen Samverkansnämnden nästa gång": "meeting-days",
    "samverkansavtalet gäller hur länge": "terms",
    "dokumenten, är de oense om beredningsgrupp 2": "disagreements",
    "vilka nya grupper har tillkommit 2025": "founded",
    "NPO Akut vård, vem är värd för det": "hosts",
    "hur stort är Samverkansnämnden, hur många ledamöter": "composition",
    "kan ni lista alla beredningsgrupper": "kinds",
    "what is the procurement group up to": "responsibilities",
    "what was planned on temporary staff": "planned",
    "Upphandlingsgruppen, does it still exist": "existence",
    "the National Screening Council, what kind of body is it": "about",
    "which groups were set up in 2020": "founded",
    "which national programme areas do we host": "hostings",
    "when is the budget due": "deadlines",
}


def test_the_families_answer_what_the_documents_say(known: Knowledge) -> None:
    for question, state, there, absent in ASKED:
        answer = questions.ask(known, question)
        assert answer.state == state, (question, answer.answer)
        assert all(words in answer.answer for words in there), (question, answer.answer)
        assert not any(words in answer.answer for words in absent), (question, answer.answer)
        assert not set("{}[]") & set(answer.answer), answer.answer


def test_every_finding_of_them_has_its_passage(known: Knowledge) -> None:
    for question, *_rest in ASKED[::4]:
        for code in ("sv", "en"):
            answer = questions.ask(known, question, lang=code)
            assert not set("{}[]") & set(answer.answer), answer.answer
            assert all(fact.evidence for fact in answer.facts), question


def test_a_question_in_other_words_is_read_by_its_cues(known: Knowledge) -> None:
    for question, query in WORDED.items():
        understood = understand(known, question, NOW)
        assert isinstance(understood, Understood), question
        assert understood.reading.query.name == query, question
