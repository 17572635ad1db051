"""Who develops a project: how many, how few do half of it, and where they come from (F12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from landscape.analysis.discovery_community import EVERYWHERE


@dataclass(frozen=True)
class Community:
    """The developers of one project in a window of months.

    developers: everybody active in issues, pull requests and reviews. main_developers: the fewest
    of them with half of the active days; None unknown. places: where they come from, the most
    first, equal ones by name; empty where no profiles tell.
    """

    developers: int
    main_developers: int | None
    places: tuple[tuple[str, int], ...] = ()

    @property
    def placed(self) -> int:
        """Of how many developers the place is known."""
        return sum(count for _, count in self.places)


def collect_communities(table: pd.DataFrame) -> Mapping[str, Community]:
    """Return the community of each project that has one.

    table: project, place, developers, main_developers, as ``landscape.metrics.community`` reads
    it. A project whose developers are not known is left out.
    """
    whole = table[(table["place"] == EVERYWHERE) & table["developers"].notna()]
    parts = table[(table["place"] != EVERYWHERE) & table["developers"].notna()]
    parts = parts.sort_values(
        ["project", "developers", "place"], ascending=[True, False, True], kind="stable"
    )
    places = {
        str(project): tuple(zip(rows["place"], rows["developers"].astype(int), strict=True))
        for project, rows in parts.groupby("project", sort=True)
    }
    columns = (whole[name] for name in ("project", "developers", "main_developers"))
    return {
        str(project): Community(
            int(developers),
            None if pd.isna(main) else int(main),
            places.get(str(project), ()),
        )
        for project, developers, main in zip(*columns, strict=True)
    }
