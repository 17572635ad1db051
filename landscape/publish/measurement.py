"""Values of projects that are only proposed: fetched for a preview, kept by nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from landscape.dataset.model import Project
from landscape.metrics.columns import DTYPES, OPENDIGGER
from landscape.metrics.model import LIVE, Store
from landscape.publish.preview import Measured
from landscape.sources.budget import Budget
from landscape.sources.model import MetricAnswer, MetricRequest, Outcome
from landscape.sources.opendigger import fetch_metrics

MOST_MEASURED = 30
_CONTROLS = 3
_SOURCE = "opendigger"


def measure_projects(
    projects: Mapping[str, Project],
    store: Store,
    *,
    base_url: str,
    budget: Budget,
    metric: str,
    today: str,
    names: Mapping[str, str],
) -> Measured:
    """Fetch the metric of the projects and return the store with it.

    ``names``: repositories of projects that the store has values of; a few are asked beside, so
    that "not there" is told from "nothing is there today". ``today``: ``YYYY-MM-DD``.
    """
    chosen = dict(list(projects.items())[:MOST_MEASURED])
    controls = _choose_controls(store, names, chosen)
    requests = [MetricRequest(name, project.repo, metric) for name, project in chosen.items()]
    requests += [MetricRequest(name, names[name], metric) for name in controls]
    answers = fetch_metrics(requests, base_url=base_url, budget=budget, newest_month=today[:7])
    trusted = any(answer.outcome is Outcome.OK for answer in answers[len(chosen) :])
    unmeasured = f"only the first {MOST_MEASURED} added projects are measured"
    notes = dict.fromkeys(list(projects)[MOST_MEASURED:], unmeasured)
    rows, states, replaced = [], [], set()
    for answer in answers[: len(chosen)]:
        name = answer.project
        if answer.outcome is Outcome.OK:
            replaced.add(name)
            rows += _list_rows(answer)
        elif answer.outcome is Outcome.MISSING and trusted:
            states.append(_make_state(name, "absent", today, answer.detail))
            notes[name] = "OpenDigger has no file of this repository (yet); letter case matters"
        else:
            notes[name] = f"OpenDigger gave no answer just now ({answer.detail or answer.failure})"
    return Measured(_extend(store, rows, states, replaced, metric), notes)


def _choose_controls(
    store: Store, names: Mapping[str, str], chosen: Mapping[str, Project]
) -> list[str]:
    """Return a few projects with values in the newest month that any has."""
    table = store.opendigger
    if table.empty:
        return []
    newest = table[table["month"] == table["month"].max()]
    known = newest.sort_values("openrank", ascending=False)["project"]
    return [name for name in known if name in names and name not in chosen][:_CONTROLS]


def _list_rows(answer: MetricAnswer) -> list[dict[str, Any]]:
    return [
        {"project": answer.project, "month": month, answer.metric: value, "vintage": LIVE}
        for month, value in sorted(answer.values.items())
    ]


def _make_state(project: str, state: str, today: str, detail: str) -> dict[str, str]:
    return {
        "project": project,
        "source": _SOURCE,
        "state": state,
        "since": today,
        "detail": detail,
    }


def _extend(
    store: Store,
    rows: Sequence[dict[str, Any]],
    states: Sequence[dict[str, str]],
    replaced: set[str],
    metric: str,
) -> Store:
    values, kept = store.opendigger, store.states
    if rows:
        fresh = pd.DataFrame(rows).astype({metric: DTYPES[OPENDIGGER.kinds[metric]]})
        old = values[~values["project"].isin(replaced)]
        values = pd.concat([old, fresh], ignore_index=True) if len(old) else fresh
        values = values.sort_values(["project", "month"], ignore_index=True)
    if states:
        fresh = pd.DataFrame(states)
        kept = pd.concat([kept, fresh], ignore_index=True) if len(kept) else fresh
    return replace(store, opendigger=values, states=kept)
