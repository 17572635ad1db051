"""Every way in which a source fails, what is answered, and what follows: the cases of the tests.

``docs/sources.md`` shows this table: ``python -m tests.sources.outcomes`` writes it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from landscape.sources.model import FailureKind, Outcome
from tests.standins.failure import Failure

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "sources.md"
BEGIN, END = "<!-- outcomes:begin -->\n", "<!-- outcomes:end -->\n"

FOR_EVER = float("inf")
NO_KIND = FailureKind.NONE
OK, MISSING, UNAVAILABLE = Outcome.OK, Outcome.MISSING, Outcome.UNAVAILABLE

LEARNED = "the value is stored"
KEPT = "every stored value stays; stale since that day"
MAYBE_ABSENT = "with stored values: they stay, stale; without: absent, if the others answered"
FACTS_KEPT = "every stored fact stays; no verdict changes"
GONE = "gone; what is stored stays"


@dataclass(frozen=True)
class Case:
    """One failure of a source and the answer that it must lead to.

    failure: what the stand-in is told; for hosts, what happens instead of an answer. times: how
    often it fails. scope: ``project`` (all others answer), ``host``, ``query`` or ``id``.
    most_requests: for the one project, or for all where the whole host fails.
    """

    failure: Failure | str
    outcome: Outcome
    kind: FailureKind = NO_KIND
    follows: str = KEPT
    times: float = FOR_EVER
    scope: str = "project"
    most_requests: int = 1
    note: str = ""


ATTEMPTS = 2
"""Of the tests' pacing."""

_MALFORMED = [
    Failure.EMPTY_BODY,
    Failure.HTML,
    Failure.CUT_JSON,
    Failure.INVALID_JSON,
    Failure.ARRAY,
    Failure.NAN,
    Failure.NEGATIVE,
    Failure.STRING,
    Failure.BOOLEAN,
    Failure.ABSURD,
    Failure.NO_SUCH_MONTH,
    Failure.FUTURE_MONTH,
    Failure.ONLY_YEARS,
    Failure.REPEATED_KEY,
    Failure.ENDLESS,
    Failure.ACCEPTED,
    Failure.REDIRECT_TO_FILE,
]
_SERVER_ERRORS = [Failure.INTERNAL_ERROR, Failure.BAD_GATEWAY, Failure.OVERLOADED]
_CUT = [Failure.RESET, Failure.CLOSED]
_LATE = [Failure.STALLED, Failure.SILENT, Failure.DRIP, Failure.HEADER_DRIP]
NOWHERE = {
    "connection refused": FailureKind.CONNECTION,
    "DNS failure": FailureKind.CONNECTION,
    "TLS failure": FailureKind.CONNECTION,
}

OPENDIGGER = [
    Case(Failure.NOT_FOUND, MISSING, follows=MAYBE_ABSENT),
    Case(Failure.EMPTY_OBJECT, MISSING, follows=MAYBE_ABSENT),
    Case(
        Failure.NOT_FOUND,
        MISSING,
        follows="nobody is absent; every stored value stays, stale; exit 4",
        scope="host",
        most_requests=4,
        note="for every project",
    ),
    *(Case(failure, UNAVAILABLE, FailureKind.MALFORMED) for failure in _MALFORMED),
    Case(Failure.TRUNCATED, UNAVAILABLE, FailureKind.MALFORMED, most_requests=ATTEMPTS),
    Case(Failure.REDIRECT_LOOP, UNAVAILABLE, FailureKind.MALFORMED, most_requests=6),
    Case(Failure.UNAUTHORIZED, UNAVAILABLE, FailureKind.REFUSED),
    Case(Failure.FORBIDDEN, UNAVAILABLE, FailureKind.REFUSED),
    Case(
        Failure.SECONDARY_LIMIT_SECOND,
        UNAVAILABLE,
        FailureKind.RATE_LIMITED,
        most_requests=ATTEMPTS,
    ),
    Case(Failure.TOO_MANY, UNAVAILABLE, FailureKind.RATE_LIMITED, most_requests=ATTEMPTS),
    Case(Failure.TOO_MANY_HOUR, UNAVAILABLE, FailureKind.RATE_LIMITED),
    *(
        Case(failure, UNAVAILABLE, FailureKind.SERVER_ERROR, most_requests=ATTEMPTS)
        for failure in _SERVER_ERRORS
    ),
    *(
        Case(failure, UNAVAILABLE, FailureKind.CONNECTION, most_requests=ATTEMPTS)
        for failure in _CUT
    ),
    *(
        Case(failure, UNAVAILABLE, FailureKind.TIMED_OUT, most_requests=ATTEMPTS)
        for failure in _LATE
    ),
    *(
        Case(failure, OK, follows=LEARNED, times=1, most_requests=2)
        for failure in [
            *_SERVER_ERRORS,
            Failure.RESET,
            Failure.TRUNCATED,
            Failure.TOO_MANY,
            Failure.TOO_MANY_SECOND,
            Failure.TOO_MANY_DATE,
        ]
    ),
    Case(Failure.MOVED, OK, follows=LEARNED, most_requests=2),
    *(
        Case(words, UNAVAILABLE, kind, "every stored value stays, stale; exit 4", scope="host")
        for words, kind in NOWHERE.items()
    ),
]

FOLLOWED = "followed by its id: the file gets the new name, the old one goes to `former_repos`"
NAMES = [
    Case("renamed", OK, follows=FOLLOWED, scope="name"),
    Case(
        "renamed, and the old name leads nowhere",
        OK,
        follows=FOLLOWED,
        scope="name",
        most_requests=3,
    ),
    Case(
        "renamed, and the old name taken by another repository",
        OK,
        follows=FOLLOWED,
        scope="name",
        most_requests=3,
    ),
    Case(
        "renamed, and the id answers with a 301 to another address",
        OK,
        follows=FOLLOWED,
        scope="name",
        most_requests=4,
    ),
    Case("deleted or made private", MISSING, follows=GONE, scope="name", most_requests=2),
    Case(
        "deleted, and the name taken by another repository",
        MISSING,
        follows=GONE,
        scope="name",
        most_requests=2,
    ),
]

GITHUB = [
    *NAMES,
    Case(
        Failure.NOT_FOUND,
        MISSING,
        follows="confirmed by the id: gone; without a known id: nothing changes",
        most_requests=2,
        note="one repository of a batch",
    ),
    Case(Failure.NULL_NODE, UNAVAILABLE, FailureKind.MALFORMED, FACTS_KEPT),
    Case(Failure.WRONG_NODE, UNAVAILABLE, FailureKind.MALFORMED, FACTS_KEPT),
    Case(Failure.FORBIDDEN_NODE, UNAVAILABLE, FailureKind.REFUSED, FACTS_KEPT),
    *(
        Case(failure, UNAVAILABLE, FailureKind.MALFORMED, FACTS_KEPT, scope="query")
        for failure in [
            Failure.EMPTY_BODY,
            Failure.EMPTY_OBJECT,
            Failure.HTML,
            Failure.HTML_404,
            Failure.NOT_FOUND,
            Failure.CUT_JSON,
            Failure.ARRAY,
            Failure.ENDLESS,
            Failure.ACCEPTED,
            Failure.MOVED,
            Failure.REDIRECT_LOOP,
            Failure.REDIRECT_TO_FILE,
        ]
    ),
    Case(
        Failure.TRUNCATED,
        UNAVAILABLE,
        FailureKind.MALFORMED,
        FACTS_KEPT,
        scope="query",
        most_requests=ATTEMPTS,
    ),
    *(
        Case(failure, UNAVAILABLE, FailureKind.REFUSED, FACTS_KEPT, scope="query")
        for failure in [Failure.UNAUTHORIZED, Failure.FORBIDDEN]
    ),
    *(
        Case(failure, UNAVAILABLE, FailureKind.RATE_LIMITED, FACTS_KEPT, scope="query")
        for failure in [
            Failure.SECONDARY_LIMIT,
            Failure.RESET_IN_AN_HOUR,
            Failure.RATE_LIMITED_200,
            Failure.TOO_MANY,
            Failure.TOO_MANY_HOUR,
        ]
    ),
    *(
        Case(
            failure,
            UNAVAILABLE,
            FailureKind.SERVER_ERROR,
            FACTS_KEPT,
            scope="query",
            most_requests=ATTEMPTS,
        )
        for failure in [*_SERVER_ERRORS, Failure.NO_DATA]
    ),
    Case(
        Failure.RESOURCE_LIMITS,
        UNAVAILABLE,
        FailureKind.SERVER_ERROR,
        FACTS_KEPT,
        scope="query",
        most_requests=3,
        note="even for a single repository, after halving",
    ),
    *(
        Case(
            failure,
            UNAVAILABLE,
            FailureKind.CONNECTION,
            FACTS_KEPT,
            scope="query",
            most_requests=ATTEMPTS,
        )
        for failure in _CUT
    ),
    *(
        Case(
            failure,
            UNAVAILABLE,
            FailureKind.TIMED_OUT,
            FACTS_KEPT,
            scope="query",
            most_requests=ATTEMPTS,
        )
        for failure in _LATE
    ),
    *(
        Case(failure, OK, follows=LEARNED, times=1, scope="query", most_requests=2)
        for failure in [
            *_SERVER_ERRORS,
            Failure.RESET,
            Failure.TOO_MANY_SECOND,
            Failure.TOO_MANY_DATE,
            Failure.SECONDARY_LIMIT_SECOND,
        ]
    ),
    *(
        Case(
            failure,
            UNAVAILABLE,
            kind,
            FACTS_KEPT,
            scope="id",
            most_requests=requests,
            note="when asked whether the id is gone",
        )
        for failure, kind, requests in [
            (Failure.HTML, FailureKind.MALFORMED, 1),
            (Failure.HTML_404, FailureKind.MALFORMED, 1),
            (Failure.FORBIDDEN, FailureKind.REFUSED, 1),
            (Failure.ACCEPTED, FailureKind.MALFORMED, 1),
            (Failure.REDIRECT_LOOP, FailureKind.MALFORMED, 6),
            (Failure.OVERLOADED, FailureKind.SERVER_ERROR, ATTEMPTS),
            (Failure.RESET_IN_AN_HOUR, FailureKind.RATE_LIMITED, 1),
            (Failure.DRIP, FailureKind.TIMED_OUT, ATTEMPTS),
        ]
    ),
    *(
        Case(words, UNAVAILABLE, kind, "every stored fact stays; a warning", scope="host")
        for words, kind in NOWHERE.items()
    ),
]


def format_tables() -> str:
    """Return the tables of the document, one a source."""
    parts = []
    for title, cases in (("OpenDigger", OPENDIGGER), ("GitHub", GITHUB)):
        parts.append(
            f"### {title}\n\n| what happens | the answer | what follows |\n|---|---|---|\n"
        )
        parts += [f"| {_describe(case)} | {_name(case)} | {case.follows} |\n" for case in cases]
        parts.append("\n")
    return "".join(parts)


def write_document() -> None:
    """Put the tables into the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(before + BEGIN + format_tables() + END + after, encoding="utf-8")


def _describe(case: Case) -> str:
    notes = [note for note in (case.note, "once" if case.times == 1 else "") if note]
    return ", ".join([str(case.failure), *notes])


def _name(case: Case) -> str:
    return f"{case.outcome}: {case.kind}" if case.kind else str(case.outcome)


if __name__ == "__main__":
    write_document()
