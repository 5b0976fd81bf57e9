"""What a finding is worth on a day: the states, in order of certainty."""

from __future__ import annotations

CONFIRMED = "confirmed"
LAST_KNOWN = "last-known"
NOMINATED = "nominated"
UNNAMED = "unnamed"
VACANT = "vacant"
ENDED = "ended"
BEFORE_FIRST = "before-first"

# The state of an answer is that of its first finding.
STATES = (CONFIRMED, LAST_KNOWN, NOMINATED, UNNAMED, VACANT, ENDED, BEFORE_FIRST)
