"""Facts → the sentences that tell them, each with where it stands in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from samverkan import forms, times
from samverkan.facts import Fact
from samverkan.findings import Evidence
from samverkan.forms import Form
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.phrases import cite, places
from samverkan.states import LAST_KNOWN

# So many passages of one source say enough in a sentence.
_MOST_PLACES = 4


def tell(form: Form, facts: Sequence[Fact], values: Mapping[str, str], language: Language) -> str:
    """The sentences about *facts*: a sentence for each case, in the order of the form.

    *values* are the words of what was asked: ``subject`` and the parameters.
    """
    cases: dict[str | None, list[Fact]] = {name: [] for name in form.cases}
    for fact in facts:
        cases.setdefault(fact.case, []).append(fact)
    told = []
    for name, group in cases.items():
        if group:
            case = form.case(name)
            distinct = len({fact.value for fact in group})
            template = (case.one if distinct == 1 else case.several)[language.code]
            filled = {**group[0].values, **values, "count": str(distinct)}
            filled[forms.ITEMS] = _items(group, case.most, language)
            told.append(sentence(forms.filled(template, filled)))
    if any(fact.incomplete for fact in facts):
        told.append(language.say(_("The source leaves this list open: there may be more.")))
    return " ".join(told)


def _items(facts: Sequence[Fact], most: int, language: Language) -> str:
    """``A and B (title, § 1); C (title, § 2)``: each once, those of the same passages together."""
    by_value: dict[str, Fact] = {}
    for fact in facts:
        seen = by_value.setdefault(fact.value, fact)
        if seen is not fact:
            both = tuple(sorted({*seen.evidence, *fact.evidence}))
            by_value[fact.value] = replace(seen, evidence=both)
    named = list(by_value.values())
    left = len(named) - most if len(named) > most + 1 else 0
    groups: dict[str, list[Fact]] = {}
    for fact in named[: len(named) - left]:
        groups.setdefault(where(fact, language), []).append(fact)
    told, cited = [], ""
    for group in groups.values():
        sources = {passage.source for passage in group[0].evidence}
        source = sources.pop() if len(sources) == 1 else ""
        stands = where(group[0], language, again=bool(source) and source == cited)
        told.append(f"{language.join([fact.value for fact in group])} ({stands})")
        cited = source
    if left:
        told.append(language.say(_("and {count} more"), count=left))
    return "; ".join(told)


def where(fact: Fact, language: Language, *, again: bool = False) -> str:
    """Where *fact* stands, that it is implied, and when it was last shown.

    The source is not named *again* where it was cited last.
    """
    told = (places if again else cite)(few(fact.evidence), language)
    if fact.basis == "implied":
        told = language.say(_("implied, {where}"), where=told)
    if fact.shown and fact.state == LAST_KNOWN:
        when = times.whole(fact.shown, language)
        told = language.say(_("last shown {when}: {where}"), when=when, where=told)
    return told


def few(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The passages of *evidence*, each place once and few of each source: enough for a sentence."""
    kept: list[Evidence] = []
    for passage in {(p.source, p.locator): p for p in evidence}.values():
        if sum(other.source == passage.source for other in kept) < _MOST_PLACES:
            kept.append(passage)
    return kept


def sentence(text: str) -> str:
    """*text* as it begins a sentence."""
    return text[:1].upper() + text[1:]
