"""Every kind of page that the service has, by an address of one: for tests that hold of all pages.

A new kind of page is a line here, and is then held against WCAG, parsed for what a page may not
have, and measured.
"""

from __future__ import annotations

PAGES = {
    "start": "/",
    "answer with findings": "/ask?q=vem+representerar+oss+i+Beredningsgrupp+2",
    "answer with facts": "/ask?q=vilka+aktiviteter+saknar+ansvarig+2025",
    "ambiguous answer": "/ask?q=vem+är+Claesson",
    "answer not understood": "/ask?q=hej+hopp",
    "answer with an unknown name": "/ask?q=vem+sitter+i+Beredningsgrupp+7",
    "search": "/search?q=upphandling",
    "search without a text": "/search",
    "search without a hit": "/search?q=qqqqq",
    "body": "/res/organization/samverkansnamnden",
    "body that is only proposed": "/res/organization/rsg-halsodata",
    "person": "/res/person/petri-olivius",
    "membership": "/res/membership/inera-ab-utsedda-politiker-och-tjansteman",
    "activity": "/res/activity/aktivitetsplan-2024-krisberedskap",
    "plan": "/res/plan/aktivitetsplan-2025",
    "meeting": "/res/meeting/samverkansnamnden-2021-02-19",
    "decision": "/res/decision/samverkansnamnden-2020-10-namn",
    "source": "/res/source/protokoll-2021-02-19",
    "disagreement": "/res/discrepancy/aterrapport-2020-datum",
    "concept": "/def/role/chair.html",
    "term": "/def/represents.html",
    "scheme": "/def/role.html",
    "vocabulary": "/def/",
    "bodies": "/organizations?lang=sv",
    "people": "/people",
    "activities": "/activities?year=2025",
    "meetings": "/meetings",
    "sources": "/sources",
    "coverage": "/coverage",
    "list that nothing fits": "/organizations?level=national&q=qqqqq",
    "onboarding of a body": "/onboarding/organization/upphandlingsgruppen",
    "onboarding of a member": "/onboarding/organization/samverkansnamnden?for=region-varmland",
    "onboarding of a person": "/onboarding/person/petri-olivius",
    "network": "/network",
    "picture": "/network?thing=BG2",
    "way": "/network?from=Petri+Olivius&to=Socialstyrelsen",
    "to-do list": "/checks?on_date=2026-03-01",
    "to-do list of a body": "/checks?body=Upphandlingsgruppen&severity=warning",
    "queries": "/queries",
    "form of a query": "/queries/activities",
    "result of a query": "/queries/bodies?limit=20",
    "query that was refused": "/queries/representatives?body=Beredningsgrupp+7",
    "graph of a query": "/queries/description?thing=Upphandlingsgruppen",
    "SPARQL": "/sparql",
    "result of SPARQL": "/sparql?query=SELECT+*+{+?s+a+?o+}+LIMIT+5",
    "addresses": "/docs",
    "dataset": "/catalog",
    "accessibility": "/accessibility",
    "personal data": "/personal-data",
    "problem": "/nowhere",
    "problem of a parameter": "/res/person/petri-olivius?on_date=nu",
}
# Pages of the service that has texts: those of ``quotable``.
QUOTING = {
    "passage": "/passages/s2025?start=65&end=120",
    "whole text": "/passages/s2025",
}
