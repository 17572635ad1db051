"""What the sources' last answers mean at the as-of month (rules 4, 6 and 8)."""

from __future__ import annotations

import pandas as pd

STATE_COLUMNS = ("unavailable_since", "absent_since", "gone_since")


def select_states(states: pd.DataFrame, as_of: str, *, is_replay: bool) -> pd.DataFrame:
    """Return, by project, since when a state holds that counts at as-of.

    ``states``: project, source, state, since (``YYYY-MM-DD``), as in the store. Out: index
    project; unavailable_since and absent_since (of OpenDigger), gone_since (of GitHub), each
    date text, NaN where the state does not count.

    *Gone* counts from its date on. The other two are what the newest run found, which always lies
    after the newest published month: they count now, and in a replay only if they had begun by
    then.
    """
    began = states["since"].fillna("").str[:7]
    by_then = (began != "") & (began <= as_of)
    counts_now = by_then | (not is_replay)
    selected = {}
    for name, source, state, counts in (
        ("unavailable_since", "opendigger", "unavailable", counts_now),
        ("absent_since", "opendigger", "absent", counts_now),
        ("gone_since", "github", "gone", by_then),
    ):
        rows = states[(states["source"] == source) & (states["state"] == state) & counts]
        selected[name] = rows.set_index("project")["since"].fillna("unknown")
    return pd.DataFrame(selected, columns=list(STATE_COLUMNS), dtype="object")
