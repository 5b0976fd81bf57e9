"""One thing → all that its page shows: what it is, who, what for, how sure, and what is unsaid."""

from samverkan.profile.lines import Cited, Group, Line, Note, Query, Section, Words, text_of
from samverkan.profile.naming import of_body, of_name
from samverkan.profile.page import Profile, profile, uses
from samverkan.profile.statements import Statement

__all__ = [
    "Cited",
    "Group",
    "Line",
    "Note",
    "Profile",
    "Query",
    "Section",
    "Statement",
    "Words",
    "of_body",
    "of_name",
    "profile",
    "text_of",
    "uses",
]
