"""How many answers a refresh got, by source and kind of file: what was learned and what was not."""

from __future__ import annotations

import pandas as pd

from landscape.analysis.intake_model import (
    ABSENT,
    GITHUB_SOURCE,
    GONE,
    MISSING,
    NOT_ASKED,
    OK,
    OPENDIGGER_SOURCE,
    PRIVATE,
    UNAVAILABLE,
    Answers,
)

COUNTS = ("asked", "ok", "absent", "gone", "private", "unavailable", "not_asked")
COLUMNS = ("source", "what", *COUNTS, "reasons")


def tally_answers(answers: Answers, learned: pd.DataFrame) -> pd.DataFrame:
    """Count the answers; one row a kind of file.

    In: the Answers, and ``learned`` of the Intake, which says what an answer means. Out, in the
    order of asking: source, what (``repositories``, a metric, ``technology domains``), asked, ok,
    absent (no such file), gone, private, unavailable, not_asked (int; asked is the sum of those
    between it and not_asked), reasons (tuple of (words, count), the most frequent first: why
    there was no answer).
    """
    rows = []
    asked = {"github": answers.repositories.assign(kind="repositories")}
    asked["opendigger"] = answers.metrics.rename(columns={"metric": "kind"})
    asked["labels"] = answers.labels.assign(kind="technology domains")
    deciding = learned.set_index(["source", "project"])["answer"]
    for name, table in asked.items():
        source = GITHUB_SOURCE if name == "github" else OPENDIGGER_SOURCE
        first = table["kind"].iloc[0] if len(table) else ""
        for kind, part in table.groupby("kind", sort=False):
            meaning = part["outcome"].replace(MISSING, ABSENT)
            if name != "labels" and kind == first:
                judged = pd.Series(
                    [deciding.get((source, project)) for project in part["project"]],
                    index=part.index,
                    dtype="object",
                )
                meaning = judged.fillna(meaning)
            rows.append((source, str(kind), *_count(meaning), _list_reasons(part, meaning)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _count(meaning: pd.Series) -> list[int]:
    found = meaning.value_counts()
    counts = {name: int(found.get(name, 0)) for name in (OK, ABSENT, GONE, PRIVATE, UNAVAILABLE)}
    return [sum(counts.values()), *counts.values(), int(found.get(NOT_ASKED, 0))]


def _list_reasons(part: pd.DataFrame, meaning: pd.Series) -> tuple[tuple[str, int], ...]:
    details = part.loc[meaning.isin([UNAVAILABLE, NOT_ASKED]), "detail"].value_counts(sort=True)
    return tuple((str(words), int(count)) for words, count in details.items())
