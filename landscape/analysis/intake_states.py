"""What an answer means for a project's state (rule 4): ok, absent, unavailable, gone.

An answer is replaced by an answer only. Where a source gives none, what it last said of a project
(that it has no such file, that the repository is gone) stays said, so that no failure changes a
verdict.
"""

from __future__ import annotations

import numpy as np
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
)
from landscape.analysis.limits import count_allowed
from landscape.metrics.columns import STATES, make_empty_table

DEPENDABLE_TENTHS = 9
GONE_SHARE = 0.10
"""Of the repositories that were asked for, more than these do not vanish between two runs; but a
server that knows none of them (another one than GitHub, say) answers in the same words."""
TOO_MANY_GONE = "not found by its name or id, like too many others in the same run to be believed"
NOT_DEPENDABLE = "not found, but too few others were answered to tell that it is absent"

LEARNED_COLUMNS = ("project", "source", "answer", "before", "state", "since", "detail")


def classify_metrics(metrics: pd.DataFrame, metric: str, with_values: pd.Index) -> pd.DataFrame:
    """Say what the answers for the inclusion metric's files mean.

    In: ``metrics`` of the Answers; ``with_values``: every current project that has a value of the
    metric in the store, asked or not. Out: project, source, answer (ok, absent, unavailable),
    detail; a project that was not asked has no row.

    A file that is not found is absent where the project never had a value and at least 90 % of
    ``with_values`` were answered ok in this run; where there are none yet, one ok is enough.
    """
    asked = metrics[(metrics["metric"] == metric) & (metrics["outcome"] != NOT_ASKED)]
    is_ok = asked["outcome"] == OK
    ok_with_values = int(asked.loc[is_ok, "project"].isin(with_values).sum())
    if len(with_values):
        is_dependable = ok_with_values * 10 >= len(with_values) * DEPENDABLE_TENTHS
    else:
        is_dependable = bool(is_ok.any())
    is_missing = (asked["outcome"] == MISSING) & ~asked["project"].isin(with_values)
    answer = np.select([is_ok, is_missing & is_dependable], [OK, ABSENT], default=UNAVAILABLE)
    detail = asked["detail"].mask(is_missing & (not is_dependable), NOT_DEPENDABLE)
    return _tabulate(asked["project"], OPENDIGGER_SOURCE, answer, detail)


def classify_repositories(repositories: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Say what GitHub's answers mean.

    In: ``repositories`` of the Answers, the store's states. Out: as of ``classify_metrics``, with
    answer ok, gone (not found, confirmed by the id), private, or unavailable (anything else).
    """
    asked = repositories[repositories["outcome"] != NOT_ASKED]
    is_gone = ((asked["outcome"] == MISSING) & asked["is_gone"]).to_numpy(dtype=bool)
    known_gone = states[(states["source"] == GITHUB_SOURCE) & (states["state"] == GONE)]
    newly = is_gone & ~asked["project"].isin(known_gone["project"]).to_numpy()
    is_too_many = int(newly.sum()) > count_allowed(GONE_SHARE, len(asked))
    doubted = newly & is_too_many
    is_ok = (asked["outcome"] == OK).to_numpy()
    answer = np.select(
        [is_ok & asked["is_private"].to_numpy(dtype=bool), is_ok, is_gone & ~doubted],
        [PRIVATE, OK, GONE],
        default=UNAVAILABLE,
    )
    detail = asked["detail"].mask(doubted, TOO_MANY_GONE)
    return _tabulate(asked["project"], GITHUB_SOURCE, answer, detail)


def update_states(
    states: pd.DataFrame, answers: pd.DataFrame, with_values: pd.Index, today: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the new states, and what was learned (see Intake).

    ``answers``: project, source, answer, detail. A state that persists keeps its date. What was
    not asked stays as it is.
    """
    joined = answers.merge(
        states, on=["project", "source"], how="left", suffixes=("", "_before"), validate="1:1"
    )
    before = joined["state"].fillna(OK)
    # A file that had values cannot be absent any longer: that answer is out of date.
    still_holds = before.isin([GONE, PRIVATE]) | (
        (before == ABSENT) & ~joined["project"].isin(with_values)
    )
    keeps = (joined["answer"] == UNAVAILABLE) & still_holds
    state = joined["answer"].mask(keeps, before)
    is_same = state == before
    since = joined["since"].where(is_same, today).where(state != OK, "")
    detail = joined["detail"].mask(keeps, joined["detail_before"]).fillna("")
    learned = joined.assign(before=before, state=state, since=since)
    stored = joined.assign(state=state, since=since, detail=detail)[state != OK]
    asked = pd.MultiIndex.from_frame(answers[["project", "source"]])
    others = states[~pd.MultiIndex.from_frame(states[["project", "source"]]).isin(asked)]
    parts = [part for part in (others, stored) if len(part)]
    new = pd.concat(parts) if parts else make_empty_table(STATES)
    new = new[list(STATES.kinds)].astype("object")
    learned = learned[list(LEARNED_COLUMNS)].sort_values(["source", "project"], ignore_index=True)
    return new.sort_values(["project", "source"], kind="stable", ignore_index=True), learned


def _tabulate(
    projects: pd.Series, source: str, answer: np.ndarray, detail: pd.Series
) -> pd.DataFrame:
    columns = {"project": projects, "source": source, "answer": answer, "detail": detail}
    return pd.DataFrame(columns).astype("object").reset_index(drop=True)
