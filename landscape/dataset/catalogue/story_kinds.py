"""Findings on stories, comparisons and dated events. ``docs/stories.md`` describes their form."""

from landscape.base.findings import Level
from landscape.dataset.catalogue.kind import FindingKind

NO_FRONT_MATTER = FindingKind(
    "no-front-matter",
    Level.ERROR,
    "the file does not begin with front matter between two lines ---",
    "begin it with ---, title, order and summary, and --- again; see docs/stories.md",
    "Title, place and figures of a story stand there.",
)
NO_SECTION = FindingKind(
    "no-section",
    Level.ERROR,
    "the story has no text",
    "begin a section a language with a line such as <!-- en -->",
    "A title alone tells no story.",
)
SECTION_TWICE = FindingKind(
    "section-twice",
    Level.ERROR,
    "a second section is in the language {value}",
    "join the two",
    "Only one of them would be shown.",
)
SECTION_OF_OTHER_LANGUAGE = FindingKind(
    "section-of-other-language",
    Level.WARNING,
    "landscape.yaml does not name the language {value}",
    "add it to `languages` there, or delete the section",
    "No page would show the section.",
)
STORY_UNTRANSLATED = FindingKind(
    "story-untranslated",
    Level.HINT,
    "the story has no section in the language {value}",
    "add a section <!-- {value} --> if you can; somebody else may translate it later",
    "Readers of that language see the story in another one.",
)
TEXT_OUTSIDE_SECTION = FindingKind(
    "text-outside-section",
    Level.ERROR,
    "text stands before the first section",
    "begin it with the line <!-- en -->",
    "No page would show the text.",
)
TEMPLATE_SYNTAX = FindingKind(
    "template-syntax",
    Level.ERROR,
    "the braces cannot be read: {problem}",
    "compare with {{{{ openrank('vllm') }}}} and {{% claim a > b %}}...{{% endclaim %}}",
    "What cannot be read cannot be filled in.",
)
TEMPLATE_CONSTRUCT = FindingKind(
    "template-construct",
    Level.ERROR,
    "{value} is not allowed in a story",
    "use the functions of docs/stories.md, claims, and if; nothing else",
    "Stories come from anybody: what they may do is bounded by what they can say.",
)
UNKNOWN_FUNCTION = FindingKind(
    "unknown-function",
    Level.ERROR,
    "stories have no function or filter {value}",
    "docs/stories.md lists them all",
    "Its value does not exist.",
)
WRONG_ARGUMENTS = FindingKind(
    "wrong-arguments",
    Level.ERROR,
    "{value} is not given what it takes: {problem}",
    "docs/stories.md shows how it is called",
    "Its value could not be computed.",
)
TOO_MANY_VALUES = FindingKind(
    "too-many-values",
    Level.ERROR,
    "the section computes {value} values; the limit is {limit}",
    "split the story in two",
    "A story is read by people.",
)
UNKNOWN_VERDICT = FindingKind(
    "unknown-verdict",
    Level.ERROR,
    "there is no verdict {value}",
    "choose one of: {known}",
    "Nothing would ever be counted.",
)
UNKNOWN_FIGURE = FindingKind(
    "unknown-figure",
    Level.ERROR,
    "no figure {value} is declared in the front matter",
    "declare it under figures; declared are: {known}",
    "There is nothing to show.",
)
UNUSED_FIGURE = FindingKind(
    "unused-figure",
    Level.WARNING,
    "the figure {value} is not shown in the section {language}",
    "show it with {{{{ figure('{value}') }}}}, or delete it",
    "A figure that nobody sees is drawn in vain.",
)
FIGURE_IN_LINE = FindingKind(
    "figure-in-line",
    Level.ERROR,
    "the figure {value} does not stand alone on its line",
    "put {{{{ figure('{value}') }}}} on a line of its own, not in a claim",
    "A picture is a paragraph of its own.",
)
FIGURE_NEEDS = FindingKind(
    "figure-needs",
    Level.ERROR,
    "a figure of kind {sort} needs {value}",
    "add it; docs/stories.md has a table of the kinds and their keys",
    "Without it there is nothing to draw.",
)
FIGURE_TAKES_NO = FindingKind(
    "figure-takes-no",
    Level.ERROR,
    "a figure of kind {sort} takes no {value}",
    "delete it; this kind takes: {known}",
    "It would be ignored without a word.",
)
FIGURE_PROJECTS = FindingKind(
    "figure-projects",
    Level.ERROR,
    "a figure of kind {sort} shows {fewest} to {most} projects, not {value}",
    "name as many as can be told apart",
    "Fewer make no picture, more make none that can be read.",
)
UNKNOWN_COMPARISON = FindingKind(
    "unknown-comparison",
    Level.ERROR,
    "there is no comparison {value} of the kind {sort} in data/comparisons",
    "choose one of: {known}",
    "There is nothing to show.",
)
MARKUP_IN_STORY = FindingKind(
    "markup-in-story",
    Level.ERROR,
    "the text holds {what}: {value}",
    "write plain Markdown; links lead to https://, http:// or a relative address",
    "Pages show only what Markdown says; pictures come from figure().",
)
COMPARISON_NEEDS = FindingKind(
    "comparison-needs",
    Level.ERROR,
    "a comparison of kind {sort} needs {value}",
    "add it; docs/stories.md shows an example of each kind",
    "Without it there is nothing to show.",
)
COMPARISON_TAKES_NO = FindingKind(
    "comparison-takes-no",
    Level.ERROR,
    "a comparison of kind {sort} takes no {value}",
    "delete it, or write another kind",
    "It would be ignored without a word.",
)
CELL_OF_OTHER_PROJECT = FindingKind(
    "cell-of-other-project",
    Level.ERROR,
    "a judgement is on {value}, which is not among the projects of the comparison",
    "add it to `projects`, or delete the judgement",
    "No column would show it.",
)
PLACED_TWICE = FindingKind(
    "placed-twice",
    Level.ERROR,
    "{value} is named a second time",
    "keep one of the two",
    "A project has one place, a feature one row.",
)
EVENTS_OUT_OF_ORDER = FindingKind(
    "events-out-of-order",
    Level.WARNING,
    "the event of {value} stands below an older one",
    "move it up: the newest comes first",
    "The list is read from the top.",
)
