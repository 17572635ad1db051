"""From what the sources answered to the new store: the sequence only, each rule has its module.

Pure: what was asked, and when, comes from outside; what becomes of the new store too.
"""

from __future__ import annotations

import pandas as pd

from landscape.analysis.intake_corrections import correct_counts, correct_values
from landscape.analysis.intake_model import OK, Answers, Intake
from landscape.analysis.intake_repositories import (
    list_renames,
    list_replaced,
    update_counts,
    update_repositories,
)
from landscape.analysis.intake_series import list_zeros, replace_series
from landscape.analysis.intake_states import (
    classify_metrics,
    classify_repositories,
    update_states,
)
from landscape.analysis.observations import tabulate_observations
from landscape.analysis.publication import find_published_months
from landscape.dataset.model import Inclusion
from landscape.metrics.model import LIVE, Store

_CELL = ["project", "metric", "month"]


def take_in(
    store: Store,
    technology: pd.DataFrame,
    answers: Answers,
    projects: pd.DataFrame,
    corrections: pd.DataFrame,
    inclusion: Inclusion,
    today: str,
) -> Intake:
    """Return the new store, and what was learned, by rules 3 to 5.

    In: ``technology`` of ``load_technology_domains``; ``projects`` of ``tabulate_projects``;
    ``corrections`` of ``tabulate_corrections``; ``today`` (``YYYY-MM-DD``) dates new states, and
    its month takes the counts. Asking the same again on the same day gives the same store.
    """
    with_values = _find_with_values(store.opendigger, inclusion.metric, projects)
    learned_answers = pd.concat(
        [
            classify_metrics(answers.metrics, inclusion.metric, with_values),
            classify_repositories(answers.repositories, store.states),
        ],
        ignore_index=True,
    )
    states, learned = update_states(store.states, learned_answers, with_values, today)
    opendigger, metric_corrections = _take_series(store, answers, projects, corrections, inclusion)
    counts, count_corrections = correct_counts(answers.repositories, corrections, today[:7])
    new = Store(
        opendigger=opendigger,
        github=update_counts(store.github, counts, today[:7]),
        repositories=update_repositories(store.repositories, answers.repositories),
        states=states,
    )
    judged = [part for part in (metric_corrections, count_corrections) if len(part)]
    return Intake(
        store=new,
        technology=_take_years(technology, answers.labels, answers.years),
        learned=learned,
        renames=list_renames(answers.repositories, projects),
        replaced=list_replaced(store.repositories, answers.repositories),
        corrections=(
            pd.concat(judged).sort_values("number", ignore_index=True)
            if judged
            else metric_corrections
        ),
    )


def _find_with_values(opendigger: pd.DataFrame, metric: str, projects: pd.DataFrame) -> pd.Index:
    """Find the current projects that have a value of the metric."""
    is_known = opendigger[metric].notna() if metric in opendigger else opendigger.index < 0
    known = opendigger.loc[is_known, "project"].unique()
    ids: pd.Index = pd.Index(sorted(set(projects["project"]) & set(known)), dtype="object")
    return ids


def _take_series(
    store: Store,
    answers: Answers,
    projects: pd.DataFrame,
    corrections: pd.DataFrame,
    inclusion: Inclusion,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Replace the series that were read, and add the zeros that upstream means (rules 3, 5)."""
    files = answers.metrics.loc[answers.metrics["outcome"] == OK, ["project", "metric"]]
    values, outcome = correct_values(answers.values, files, corrections)
    table = replace_series(store.opendigger, files, values)
    if not len(files):
        return table, outcome
    # A month that a correction has made unknown is known to upstream: both tables count.
    present = (answers.values, values)
    # Which months are published is judged before any zero is added: a month that upstream has
    # lost for many projects is not published, and nothing is invented for it.
    zeros = list_zeros(files, present, _find_published(table, projects, inclusion))
    while len(zeros):
        filled = replace_series(
            store.opendigger, files, pd.concat([values, zeros], ignore_index=True)
        )
        # Zeros make months better known, which after a gap may unpublish a later one. Each that
        # is stored must hold with all of them stored; fewer and fewer are tried.
        allowed = list_zeros(files, present, _find_published(filled, projects, inclusion))
        kept = zeros.merge(allowed[_CELL], on=_CELL)
        if len(kept) == len(zeros):
            return filled, outcome
        zeros = kept
    return table, outcome


def _find_published(
    table: pd.DataFrame, projects: pd.DataFrame, inclusion: Inclusion
) -> tuple[str, ...]:
    observations = tabulate_observations(table, inclusion.metric, projects)
    return find_published_months(observations.values, projects)


def _take_years(
    technology: pd.DataFrame, labels: pd.DataFrame, years: pd.DataFrame
) -> pd.DataFrame:
    """Replace the live years of the domains that were answered; published ones stay beside."""
    answered = labels.loc[labels["outcome"] == OK, "domain"]
    is_replaced = (technology["vintage"] == LIVE) & technology["domain"].isin(answered)
    rows = years.loc[years["domain"].isin(answered), ["domain", "year", "openrank"]]
    parts = [part for part in (technology[~is_replaced], rows.assign(vintage=LIVE)) if len(part)]
    if not parts:
        return technology
    joined = pd.concat(parts, ignore_index=True)
    joined["openrank"] = joined["openrank"].astype("float64").round(2)
    return joined.sort_values(["vintage", "domain", "year"], kind="stable", ignore_index=True)
