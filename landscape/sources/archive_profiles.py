"""A table of where accounts come from, as whoever has one gives it: a CSV file."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from landscape.base.errors import LandscapeError

COLUMNS = ("actor_id", "place")


def load_profiles(path: Path) -> pd.DataFrame:
    """Read the columns actor_id (int64, GitHub's id of an account) and place (text, never empty).

    Further columns are left out; so are rows without a place. Raises LandscapeError naming file
    and line for a missing column, an id that is no number, or an account that occurs twice.
    """
    ids: list[int] = []
    places: list[str] = []
    seen: set[int] = set()
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise LandscapeError(
                    f"{path}:1: has no column {', '.join(missing)}", "Wanted: actor_id,place."
                )
            for row in reader:
                place = (row["place"] or "").strip()
                if not place:
                    continue
                actor_id = int(row["actor_id"])
                if actor_id in seen:
                    raise LandscapeError(
                        f"{path}:{reader.line_num}: repeats the account {actor_id}",
                        "Keep one row of the two.",
                    )
                seen.add(actor_id)
                ids.append(actor_id)
                places.append(place)
    except FileNotFoundError as error:
        raise LandscapeError(f"{path} does not exist", "Name a CSV file of profiles.") from error
    except (ValueError, TypeError, csv.Error) as error:
        raise LandscapeError(f"{path} is no table of profiles: {error}", "") from error
    return pd.DataFrame(
        {"actor_id": pd.Series(ids, dtype="int64"), "place": pd.Series(places, dtype="object")}
    )
