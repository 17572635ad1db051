"""The sources' records as the tables that the rules take: the seam between the two rooms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from landscape.analysis.intake_model import Answers
from landscape.metrics.columns import DTYPES, GITHUB, REPOSITORIES
from landscape.sources.model import (
    FailureKind,
    LabelAnswer,
    MetricAnswer,
    Outcome,
    RepositoryAnswer,
    RepositoryFacts,
)

_KINDS = {**REPOSITORIES.kinds, **GITHUB.kinds}
_FACTS = tuple(field.name for field in fields(RepositoryFacts) if field.name != "private")


def tabulate_answers(
    metrics: Sequence[MetricAnswer],
    repositories: Sequence[RepositoryAnswer],
    labels: Sequence[LabelAnswer],
) -> Answers:
    """Return the answers as tables; see ``Answers`` for their columns."""
    ok = [answer for answer in metrics if answer.outcome is Outcome.OK]
    lengths = [len(answer.values) for answer in ok]
    return Answers(
        metrics=_tabulate(
            ("project", "metric", "outcome", "detail"),
            ((a.project, a.metric, _name_outcome(a), a.detail) for a in metrics),
        ),
        values=pd.DataFrame(
            {
                "project": np.repeat(_list_texts(answer.project for answer in ok), lengths),
                "metric": np.repeat(_list_texts(answer.metric for answer in ok), lengths),
                "month": _list_texts(chain.from_iterable(answer.values for answer in ok)),
                "value": np.fromiter(
                    chain.from_iterable(answer.values.values() for answer in ok), dtype=float
                ),
            }
        ),
        repositories=_tabulate_repositories(repositories),
        labels=_tabulate(
            ("domain", "outcome", "detail"),
            ((label.label, _name_outcome(label), label.detail) for label in labels),
        ),
        years=_tabulate(
            ("domain", "year", "openrank"),
            ((a.label, year, value) for a in labels for year, value in a.values.items()),
        ).astype({"openrank": "float64"}),
    )


def _tabulate_repositories(answers: Sequence[RepositoryAnswer]) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "project": _list_texts(answer.project for answer in answers),
        "outcome": _list_texts(_name_outcome(answer) for answer in answers),
        "is_gone": [answer.confirmed_gone for answer in answers],
        "is_private": [answer.facts is not None and answer.facts.private for answer in answers],
        "asked_name": _list_texts(answer.asked_name for answer in answers),
        "is_name_taken": [answer.name_taken for answer in answers],
        "detail": _list_texts(answer.detail for answer in answers),
    }
    for name in _FACTS:
        values = [getattr(answer.facts, name, None) for answer in answers]
        columns[name] = pd.Series(values, dtype=DTYPES[_KINDS[name]])
    return pd.DataFrame(columns).astype({"is_gone": "bool", "is_private": "bool"})


def _name_outcome(answer: MetricAnswer | RepositoryAnswer | LabelAnswer) -> str:
    if answer.failure is FailureKind.NOT_ASKED:
        return "not asked"
    return answer.outcome.value


def _tabulate(names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(names), dtype="object")


def _list_texts(texts: Iterable[str]) -> np.ndarray[Any, np.dtype[np.object_]]:
    listed = list(texts)
    column = np.empty(len(listed), dtype=object)
    column[:] = listed
    return column
