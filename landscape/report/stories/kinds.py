"""Findings that only a build can make: the form of a story is right, but the data say otherwise."""

from landscape.base.findings import Level
from landscape.dataset.catalogue.kind import FindingKind

STALE_SENTENCE = FindingKind(
    "stale-sentence",
    Level.WARNING,
    "the data no longer support this sentence, so it is not published: {value}",
    "tell what holds now, or delete the claim",
    "A story must not say what its own numbers deny.",
)
VALUE_MISSING = FindingKind(
    "value-missing",
    Level.WARNING,
    "a text is left out: {reason}",
    "it comes back by itself with the data; or tell it by what is known",
    "Nothing is published in the place of a value that does not exist.",
)
