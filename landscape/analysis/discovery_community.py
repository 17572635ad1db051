"""The developers of each project, and where they come from where a table of profiles tells."""

from __future__ import annotations

import pandas as pd

EVERYWHERE = "*"


def tabulate_community(
    participants: pd.DataFrame, members: pd.DataFrame, profiles: pd.DataFrame
) -> pd.DataFrame:
    """Return developers by project and place.

    participants: project, developers. members: project, developer (account id), each once.
    profiles: actor_id, place, an account once; both of these may be empty. Out: project, place
    (``*`` for all), developers (Int64), ordered by both, the key. Who has no profile is in the
    row of all only.
    """
    everybody = participants.assign(place=EVERYWHERE)[["project", "place", "developers"]]
    tables = [everybody]
    if len(members) and len(profiles):
        placed = members.merge(profiles, left_on="developer", right_on="actor_id")
        counted = placed.groupby(["project", "place"]).size().reset_index(name="developers")
        tables.append(counted)
    table = pd.concat(tables, ignore_index=True).astype({"developers": "Int64"})
    return table.sort_values(["project", "place"], kind="stable", ignore_index=True)
