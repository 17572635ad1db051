"""Findings of rules beyond the schemas: meanings, texts, and how files fit together."""

from landscape.base.findings import Level
from landscape.dataset.catalogue.kind import FindingKind

UNKNOWN_DOMAIN = FindingKind(
    "unknown-domain",
    Level.ERROR,
    "{place} names no domain of data/taxonomy.yaml: {value}",
    "choose one of: {known}",
    "A project without a domain has no place on the map.",
)
UNKNOWN_SUBDOMAIN = FindingKind(
    "unknown-subdomain",
    Level.ERROR,
    "the domain {domain} has no subdomain {value}",
    "choose one of: {known}",
    "A project is drawn in the lane of its subdomain.",
)
UNKNOWN_TAG = FindingKind(
    "unknown-tag",
    Level.ERROR,
    "{value} is not in the vocabulary of tags of data/taxonomy.yaml",
    "choose one of: {known}",
    "A controlled vocabulary keeps one word for one thing.",
)
UNKNOWN_PROJECT = FindingKind(
    "unknown-project",
    Level.ERROR,
    "{place} names no project of data/projects: {value}",
    "write the id of a project: its file's name without .yaml",
    "The link would lead nowhere.",
)
OWN_DOMAIN_AGAIN = FindingKind(
    "own-domain-again",
    Level.ERROR,
    "also_in repeats the project's own domain {value}",
    "name only further domains in also_in",
    "A project is shown on its own domain's page anyway.",
)
OWN_SUCCESSOR = FindingKind(
    "own-successor",
    Level.ERROR,
    "the project is named as its own successor",
    "name the project that follows it, or delete the key",
    "A project cannot follow itself.",
)
REPO_TWICE = FindingKind(
    "repo-twice",
    Level.ERROR,
    "the repository {value} is also named in {others}",
    "keep it in one file only; letter case makes no difference on GitHub",
    "The same repository would be counted twice.",
)
REPO_IS_FORMER = FindingKind(
    "repo-is-former",
    Level.ERROR,
    "the repository {value} is a former name of the project in {others}",
    "it is the same project: edit that file instead of adding another",
    "A renamed project would be counted twice.",
)
NAME_TWICE = FindingKind(
    "name-twice",
    Level.WARNING,
    "another project has the name {value} too: {others}",
    "add what tells them apart, for example the owner",
    "Readers cannot tell two equal names on the map apart.",
)
UNKNOWN_LOGO = FindingKind(
    "unknown-logo",
    Level.WARNING,
    "Simple Icons has no logo {value}",
    "look the slug up on simpleicons.org, or delete the key: a monogram is drawn then",
    "The map would show a monogram where a logo was promised.",
)
NO_SUMMARY = FindingKind(
    "no-summary",
    Level.ERROR,
    "the project has no summary in any language",
    "add one sentence: summary: {{en: What it is, in one line.}}",
    "A name alone tells a reader nothing.",
)
SUMMARY_UNTRANSLATED = FindingKind(
    "summary-untranslated",
    Level.HINT,
    "the summary has no text in the language {value}",
    "add it if you can; somebody else may translate it later",
    "Readers of that language see the summary in another one.",
)
NAME_UNTRANSLATED = FindingKind(
    "name-untranslated",
    Level.WARNING,
    "{place} has no text in the language {value}",
    "add `{value}: …`",
    "The pages of that language show the name in another one.",
)
IMPOSSIBLE_DATE = FindingKind(
    "impossible-date",
    Level.ERROR,
    "{place} is a day that does not exist: {value}",
    "correct the day or the month",
    "Rules compare dates.",
)
FUTURE_DATE = FindingKind(
    "future-date",
    Level.ERROR,
    "{place} lies in the future: {value}",
    "write the day on which it happened",
    "What is recorded has happened; only a retirement may be planned.",
)
FUTURE_MONTH = FindingKind(
    "future-month",
    Level.ERROR,
    "{place} lies in the future: {value}",
    "write the month of the measured value",
    "Only a measured value can be corrected.",
)
HTML_IN_TEXT = FindingKind(
    "html-in-text",
    Level.ERROR,
    "{place} holds HTML: {value}",
    "write plain text",
    "Text is shown on pages and in pictures as it is.",
)
LINK_IN_TEXT = FindingKind(
    "link-in-text",
    Level.ERROR,
    "{place} holds a link: {value}",
    "write plain text; the project's page belongs in `homepage`",
    "Summaries are facts, not advertising.",
)
BRACES_IN_TEXT = FindingKind(
    "braces-in-text",
    Level.ERROR,
    "{place} holds template braces: {value}",
    "write plain text",
    "Templates would try to fill them in.",
)
INVISIBLE_CHARACTER = FindingKind(
    "invisible-character",
    Level.ERROR,
    "{place} holds an invisible character ({value})",
    "delete it; retype the text where it is not visible",
    "Invisible characters can turn text around or hide what it says.",
)
LINE_BREAK_IN_TEXT = FindingKind(
    "line-break-in-text",
    Level.ERROR,
    "{place} runs over several lines",
    "write it on one line, or begin it with > so that its lines are joined",
    "It stands in a table's cell.",
)
STRAY_SPACE = FindingKind(
    "stray-space",
    Level.ERROR,
    "{place} begins or ends with a space: {value}",
    "delete the space",
    "It makes equal texts differ.",
)
ID_TWICE = FindingKind(
    "id-twice",
    Level.ERROR,
    "the {sort} {value} is named a second time; the first is in line {first}",
    "give it another id, or delete one of the two",
    "Projects name their place by this id.",
)
NO_DOMAINS = FindingKind(
    "no-domains",
    Level.ERROR,
    "{place} has no domain",
    "add a domain below it, or delete it",
    "An empty band or frame would be drawn on the map.",
)
