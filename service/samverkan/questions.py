"""A question in words → an answer: what was asked, how it was read, what is said to it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice

from samverkan import answers, days, findings, patterns, replies
from samverkan.answers import Alternative, Answer
from samverkan.catalogue import KNOWN_ON, ON_DATE, day
from samverkan.errors import AmbiguousNameError, QuestionError, UnknownNameError, WrongKindError
from samverkan.knowledge import Knowledge
from samverkan.language import CODES, DEFAULT, Language, language
from samverkan.language import mark as _
from samverkan.names import words
from samverkan.understanding import Failure, Understood, understand

MAX_CHARACTERS = 500

_YEAR = re.compile(r"\b(?:19|20)\d\d$")
_IN_BOTH = frozenset({"i", "in", "is", "a", "of", "on", "at"})
_MOST_EXAMPLES = 9


def ask(
    knowledge: Knowledge,
    question: str,
    *,
    lang: str | None = None,
    on_date: str | None = None,
    known_on: str | None = None,
) -> Answer:
    """The answer to *question*.

    Args:
        knowledge: what is asked.
        question: one to 500 characters of text.
        lang: ``sv`` or ``en``; the language of the question where it is None.
        on_date: the day that the question is about, YYYY-MM-DD; today where it is None.
        known_on: only sources issued up to that day, YYYY-MM-DD; all where it is None.

    Raises:
        QuestionError: the question is empty, too long, or holds control characters.
        ParameterError: a date is none.
    """
    text = readable(question)
    day_in_words = days.day_in(text)
    if on_date and day_in_words and on_date != day_in_words:
        raise QuestionError(
            _("The question is about {one}, and on_date says {other}: give one of them."),
            one=day_in_words,
            other=on_date,
        )
    times = {ON_DATE: on_date or day_in_words or "", KNOWN_ON: known_on or ""}
    frame = Answer(
        question=text,
        lang=lang or DEFAULT,
        on_date=day(ON_DATE, times[ON_DATE]) if times[ON_DATE] else date.today(),
        known_on=day(KNOWN_ON, known_on) if known_on else None,
        state=answers.NOT_UNDERSTOOD,
        answer="",
    )
    understood = understand(knowledge, text, times)
    if isinstance(understood, Understood):
        frame = replace(frame, lang=lang or understood.language)
        return replies.reply(knowledge, frame, understood)
    return _unanswered(knowledge, frame, lang, understood)


def readable(question: str) -> str:
    """*question* with its white space tidied.

    Raises:
        QuestionError: it is empty, longer than 500 characters, or holds control characters.
    """
    if len(question) > MAX_CHARACTERS:
        raise QuestionError(
            _("The question has {count} characters; at most {limit} are read. Ask it shorter."),
            count=len(question),
            limit=MAX_CHARACTERS,
        )
    text = " ".join(unicodedata.normalize("NFC", question).split())
    if any(unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} for character in text):
        raise QuestionError(_("The question holds characters that are no text. Type it anew."))
    if not any(character.isalnum() for character in text):
        raise QuestionError(_("Ask something: who represents whom in a body, or who a person is."))
    return text


@lru_cache(maxsize=8)
def examples(knowledge: Knowledge, code: str) -> tuple[str, ...]:
    """A few questions that find something in this content: one of a query, as its file has them."""
    queries = sorted(knowledge.catalogue, key=lambda query: query.form is not None)
    first = (example for query in queries for example in query.examples[code][:1])
    answered = (example for example in first if _is_answered(knowledge, example, code))
    return tuple(islice(answered, _MOST_EXAMPLES))


def _is_answered(knowledge: Knowledge, question: str, code: str) -> bool:
    """Whether something is found in answer to *question*."""
    times = {ON_DATE: days.day_in(question) or "", KNOWN_ON: ""}
    understood = understand(knowledge, question, times)
    if not isinstance(understood, Understood):
        return False
    frame = Answer(question, code, date.today(), None, answers.NOT_UNDERSTOOD, "")
    answer = replies.reply(knowledge, frame, understood)
    return bool(answer.findings or answer.facts)


def _unanswered(
    knowledge: Knowledge, frame: Answer, lang: str | None, failure: Failure | None
) -> Answer:
    if failure is None:
        spoken = language(lang or _likely_language(knowledge, frame.question))
        some = examples(knowledge, spoken.code)
        quoted = [spoken.say(_("“{text}”"), text=text) for text in some]
        message = _("The question was not understood. You can ask, for instance: {examples}.")
        told = spoken.say(message, examples="; ".join(quoted))
        return replace(frame, lang=spoken.code, answer=told)
    spoken = language(lang or failure.language)
    told = failure.error.told(spoken.say)
    ambiguous = isinstance(failure.error, AmbiguousNameError)
    if not ambiguous and _YEAR.search(str(failure.error.values.get("name", ""))):
        told += " " + spoken.say(_("A time is read as a day: 2021-02-19, or 19 February 2021."))
    return replace(
        frame,
        lang=spoken.code,
        state=answers.AMBIGUOUS if ambiguous else answers.UNKNOWN_NAME,
        answer=told,
        alternatives=_alternatives(knowledge, frame, failure.error, spoken),
    )


def _likely_language(knowledge: Knowledge, question: str) -> str:
    """The language whose phrases share most words with *question*; Swedish where none does."""
    asked = set(words(question))
    shared = dict.fromkeys((DEFAULT, *CODES), 0)
    for way in patterns.ways(knowledge.catalogue):
        shared[way.phrase.language] = max(
            shared[way.phrase.language], len(asked & way.words - _IN_BOTH)
        )
    return max(shared, key=lambda code: shared[code])


def _alternatives(
    knowledge: Knowledge,
    frame: Answer,
    error: UnknownNameError | AmbiguousNameError,
    spoken: Language,
) -> tuple[Alternative, ...]:
    """The things that may have been meant, each with the question put about it."""
    matches = error.candidates if isinstance(error, AmbiguousNameError) else error.nearest
    name = str(error.values.get("name", ""))
    found = []
    for match in matches:
        label = findings.thing_of(match, knowledge, spoken).label
        alone = not name or isinstance(error, WrongKindError)
        question = label if alone else frame.question.replace(name, label)
        found.append(Alternative(label, question, match.iri))
    return tuple(found)
