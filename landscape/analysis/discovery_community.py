"""The developers of each project, and where they come from where a table of profiles tells."""

from __future__ import annotations

import pandas as pd

EVERYWHERE = "*"


def tabulate_community(
    participants: pd.DataFrame,
    main: pd.DataFrame,
    members: pd.DataFrame,
    profiles: pd.DataFrame,
) -> pd.DataFrame:
    """Return developers by project and place.

    participants: project, developers. main: project, main_developers. members: project, developer
    (account id), each once. profiles: actor_id, place, an account once; both of these may be
    empty. Out: project, place (``*`` for all), developers, main_developers (Int64, the latter NA
    for a place), ordered by project and place, the key. Who has no profile is in the row of all
    only.
    """
    columns = ["project", "place", "developers", "main_developers"]
    everybody = participants.merge(main, on="project", how="left").assign(place=EVERYWHERE)
    everybody = everybody[columns].astype({"main_developers": "Int64"})
    tables = [everybody]
    if len(members) and len(profiles):
        placed = members.merge(profiles, left_on="developer", right_on="actor_id")
        counted = placed.groupby(["project", "place"]).size().reset_index(name="developers")
        unknown = pd.Series(pd.NA, index=counted.index, dtype="Int64")
        tables.append(counted.assign(main_developers=unknown))
    table = pd.concat(tables, ignore_index=True).astype({"developers": "Int64"})
    return table.sort_values(["project", "place"], kind="stable", ignore_index=True)
