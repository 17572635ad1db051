#!/usr/bin/env python3
"""Turn a folder of published figures into ``data/editions``: the editions as they were published.

Usage: ``scripts/import_editions.py SEED_DIR [--root DIR]``. An edition that is there already is
left as it is, so that a second run writes nothing.

Choices, each of them told in the edition's own note:

- What an edition did not publish stays unknown: no rank, no mean, no reason, where it gave none.
- A project's id is that of the project whose file names the repository, under any of the names
  that its repository id had; facts and counts are the edition's own.
- 2025-05: the integer means of January to April 2025, and the labels. The project that was added
  to the list after the map was made (it has no mean; the other one without a mean was on the
  map) is listed, and is not on the map.
- 2025-09: kept and new projects are on the map, those left out are not. Its monthly values are
  those of the vintage 2025-09, January to July 2025; they name more projects than the list.
- 2026-05: no rule was published, so that listed means on the map. Participants of April 2026 that
  were published as 0 are unknown, for the reason that ``import_seed.py`` gives. Its monthly
  values are those of the vintage 2026-05, May 2025 to April 2026.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from landscape.base.errors import LandscapeError
from landscape.dataset.edition_seal import Manifest, list_edition_names
from landscape.metrics.columns import LABEL_SEPARATOR, fill_projects
from landscape.metrics.edition_files import write_edition
from landscape.metrics.edition_series import format_series
from landscape.metrics.editions import PROJECTS, SERIES, format_projects
from scripts.import_seed import ProjectNames, check_mapped, read_project_names, read_seed

ADDED_AFTER_THE_MAP = "ant-design/x"
FIRST_RULE = {"metric": "openrank", "window": "year-to-date", "above": 10.0}


@dataclass(frozen=True)
class Source:
    """One published edition: what of it the columns of its list cannot say."""

    name: str
    as_of: str
    rule: dict[str, Any] | None
    note: str
    tabulate: Callable[[pd.DataFrame], dict[str, object]]
    has_series: bool


def _tabulate_first(rows: pd.DataFrame) -> dict[str, object]:
    on_the_map = rows["repo"] != ADDED_AFTER_THE_MAP
    return {
        "labels": rows["classification"],
        "status": ["listed" if is_on else "listed after the map was made" for is_on in on_the_map],
        "on_the_map": on_the_map,
        "openrank_mean": rows["openrank_mean_2025_01_04"],
        "window_first": "2025-01",
        "window_last": "2025-04",
        "forks": rows["forks"],
    }


def _tabulate_second(rows: pd.DataFrame) -> dict[str, object]:
    levels = rows[["layer1", "layer2", "layer3"]]
    return {
        "labels": [
            " - ".join(level for level in row if isinstance(level, str))
            for row in levels.itertuples(index=False)
        ],
        "status": rows["status"].str.replace("_", " "),
        "on_the_map": rows["status"].isin(["kept", "new"]),
    }


def _tabulate_third(rows: pd.DataFrame) -> dict[str, object]:
    return {
        "labels": rows["categories"].str.replace("|", LABEL_SEPARATOR, regex=False),
        "status": "listed",
        "on_the_map": True,
        "participants": rows["participants_2604"].where(rows["participants_2604"] > 0),
    }


SOURCES = (
    Source(
        "2025-05",
        "2025-04",
        FIRST_RULE,
        "The first edition. Means are the published integers, of January to April 2025; ranks were "
        "not published. The list has 136 projects, the map counted 135: one was added after the "
        "map was made. Projects that were looked at and are not listed are unknown.",
        _tabulate_first,
        has_series=False,
    ),
    Source(
        "2025-09",
        "2025-07",
        None,
        "The second edition. Kept and new projects are on the map, those left out are listed and "
        "are not; why was not published, nor a rule. Monthly values are its integers, January to "
        "July 2025.",
        _tabulate_second,
        has_series=True,
    ),
    Source(
        "2026-05",
        "2026-04",
        None,
        "The third edition. No rule was published, so listed means on the map. A project has "
        "several categories. Monthly values are its own, May 2025 to April 2026.",
        _tabulate_third,
        has_series=True,
    ),
)


def import_editions(folder: Path, root: Path) -> list[str]:
    """Write every edition of the seed folder that is not there yet; return a line for each."""
    seed = read_seed(folder)
    named_ids = pd.concat(
        [table[["repo_id", "repo"]] for table in seed.values() if "repo_id" in table]
    ).drop_duplicates()
    names = ProjectNames(read_project_names(root), named_ids)
    check_mapped(seed, names)
    title = yaml.safe_load((root / "landscape.yaml").read_text(encoding="utf-8"))["title"]
    present = list_edition_names(root)
    lines = []
    for source in SOURCES:
        if source.name in present:
            lines.append(f"{source.name}: there already")
            continue
        table = _tabulate_projects(seed[f"edition_{source.name}"], source, names)
        files = {PROJECTS: format_projects(table)}
        if source.has_series:
            series = _tabulate_series(seed["openrank_monthly"], source, names)
            files[SERIES] = format_series(series)
        manifest = Manifest(
            name=source.name,
            kind="imported",
            landscape=title,
            as_of=source.as_of,
            rule=source.rule,
            taxonomy=source.name,
            projects=len(table),
            on_the_map=int(table["on_the_map"].sum()),
            vintages=(source.name,),
            note=source.note,
        )
        write_edition(root, manifest, files)
        lines.append(f"{source.name}: {manifest.on_the_map} of {manifest.projects} on the map")
    return lines


def _tabulate_projects(rows: pd.DataFrame, source: Source, names: ProjectNames) -> pd.DataFrame:
    table = fill_projects(
        pd.DataFrame(
            {
                "project": names.map(rows["repo"]),
                "repo": rows["repo"],
                "repo_id": rows["repo_id"],
                "vintages": source.name,
                "stars": rows["stars"],
                "language": rows["language"],
                "created_at": rows["created_at"],
                **source.tabulate(rows),
            }
        )
    )
    twice = table.loc[table["project"].duplicated(), "project"]
    if len(twice):
        message = f"The edition {source.name} has {twice.iloc[0]} under two names."
        raise LandscapeError(message, "Decide which of the two is the project's.")
    return table


def _tabulate_series(monthly: pd.DataFrame, source: Source, names: ProjectNames) -> pd.DataFrame:
    rows = monthly[monthly["vintage"] == source.name]
    rows = rows.assign(project=names.map(rows["repo"])).dropna(subset=["project"])
    return rows.sort_values(["project", "month"], kind="stable", ignore_index=True)


def main(arguments: Iterable[str] | None = None) -> int:
    """Run the import, print a line an edition, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("seed", type=Path, help="the folder with the published figures")
    parser.add_argument("--root", type=Path, default=Path(), help="the landscape's root folder")
    options = parser.parse_args(None if arguments is None else list(arguments))
    try:
        lines = import_editions(options.seed, options.root)
    except LandscapeError as error:
        sys.stderr.write(f"{error.message}\n{error.hint}\n")
        return error.exit_code
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
