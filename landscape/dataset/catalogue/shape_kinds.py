"""Findings on the shape of a document: keys, types and forms that its JSON Schema asks for."""

from landscape.base.findings import Level
from landscape.dataset.catalogue.kind import FindingKind

WRONG_DOCUMENT = FindingKind(
    "wrong-document",
    Level.ERROR,
    "the file holds {actual} where {expected} belongs",
    "begin with a line such as: {example}",
    "Everything else is looked up in it.",
)
MISSING_KEY = FindingKind(
    "missing-key",
    Level.ERROR,
    "{place} lacks `{key}`",
    "add it: {example}",
    "These keys have no sensible default.",
)
UNKNOWN_KEY = FindingKind(
    "unknown-key",
    Level.ERROR,
    "{place} has no key `{value}`",
    "known keys: {known}",
    "A misspelt key would be ignored without a word.",
)
WRONG_TYPE = FindingKind(
    "wrong-type",
    Level.ERROR,
    "{place} must be {expected}, but is {actual}",
    "write, for example: {example}",
    "Pages and rules rely on the types of values.",
)
EMPTY_VALUE = FindingKind(
    "empty-value",
    Level.ERROR,
    "{place} is empty",
    "fill it, or delete the key",
    "An empty value says nothing, and hides that something is missing.",
)
BAD_FORM = FindingKind(
    "bad-form",
    Level.ERROR,
    "{place} has not the form that is asked for: {value}",
    "write, for example: {example}",
    "Values are used in addresses and tables as they are.",
)
BAD_ID = FindingKind(
    "bad-id",
    Level.ERROR,
    "{place} is not of the form of an id: {value}",
    "write it as {example}: lower-case letters and digits, with single hyphens between",
    "Ids are used in addresses, file names and tables.",
)
BAD_REPO = FindingKind(
    "bad-repo",
    Level.ERROR,
    "{place} is not of the form owner/name: {value}",
    "write it as in the repository's address, for example: vllm-project/vllm",
    "Every metric is looked up by the repository's full name.",
)
BAD_URL = FindingKind(
    "bad-url",
    Level.ERROR,
    "{place} is not a web address: {value}",
    "write it in full: https://…",
    "It becomes a link on the pages.",
)
BAD_DATE = FindingKind(
    "bad-date",
    Level.ERROR,
    "{place} is not a date of the form YYYY-MM-DD: {value}",
    "write, for example: {example}",
    "Other forms are read differently in different countries.",
)
BAD_MONTH = FindingKind(
    "bad-month",
    Level.ERROR,
    "{place} is not a month of the form YYYY-MM: {value}",
    "write, for example: {example}",
    "Values are stored by month.",
)
BAD_LANGUAGE = FindingKind(
    "bad-language",
    Level.ERROR,
    "{place} is keyed by `{value}`, which is no language code",
    "use codes such as en or zh",
    "Texts are looked up by the code of their language.",
)
TEXT_TOO_LONG = FindingKind(
    "text-too-long",
    Level.ERROR,
    "{place} has {length} characters; the limit is {limit}",
    "shorten it to the fact that matters",
    "Longer text breaks the map's boxes and the tables.",
)
TOO_MANY_ITEMS = FindingKind(
    "too-many-items",
    Level.ERROR,
    "{place} has {length} items; the limit is {limit}",
    "keep the {limit} that say most",
    "What applies to everything tells nothing.",
)
REPEATED_ITEM = FindingKind(
    "repeated-item",
    Level.ERROR,
    "{place} names {value} twice",
    "delete one of the two",
    "A repeated item is a slip of copying.",
)
NOT_ALLOWED_VALUE = FindingKind(
    "not-allowed-value",
    Level.ERROR,
    "{place} cannot be {value}",
    "write one of: {allowed}",
    "Only these values have a meaning.",
)
OUT_OF_RANGE = FindingKind(
    "out-of-range",
    Level.ERROR,
    "{place} is {value}, outside its range",
    "{range}",
    "A value outside the range would switch a rule off, or let it refuse everything.",
)
WRONG_SHAPE = FindingKind(
    "wrong-shape",
    Level.ERROR,
    "{place} does not fit its schema: {problem}",
    "compare it with the schema in schemas/",
    "The schema is what editors and this check share.",
)
