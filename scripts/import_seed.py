#!/usr/bin/env python3
"""Turn a folder of published figures of the editions into ``data/metrics``, once.

Usage: ``scripts/import_seed.py SEED_DIR [--root DIR]``. Run again it writes the same bytes. It
refuses where a refresh has stored live values, which it would overwrite with older ones.

Choices, each of them visible in the result or in the printed table:

- Names that share a repository id are one project; the project is the one whose file names any of
  them in ``repo`` or ``former_repos`` (letter case does not matter).
- Where two vintages give the same month of a project, the later vintage wins, value by value.
- A project that moved has its months under the name of the time. No month of one vintage stands
  under two names of a project; should that happen, the import stops, because a month that was
  split by a rename could neither be added up nor halved without guessing.
- Repository facts come from the newest edition that has the fact, because a repository can be
  re-created: the first edition saw one project a few days after that, with 535 stars. Its stars
  are kept as they were published (in github/2025-05.csv), its creation is the later editions'.
- The newest edition publishes 0 participants of April 2026 for five projects. Upstream never
  writes zeros, and these five have no OpenRank of that month either: the months were missing
  there and were filled with 0 afterwards. They stay unknown here.
- It also publishes 0 stars, and nothing else, for a repository that had tens of thousands half a
  year before: nobody could read it then. Its stars of that edition stay unknown here.
- The last commits of the graveyard are kept to the month.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from landscape.base.errors import LandscapeError
from landscape.base.files import write_atomically
from landscape.metrics.columns import STATES, make_empty_table
from landscape.metrics.model import LIVE, MONTHLY_KEY, Store
from landscape.metrics.store import FOLDER, load_store, write_store

EDITIONS = ("2025-05", "2025-09", "2026-05")
PARTICIPANTS_MONTH = "2026-04"
COLLABORATION = "2025-05"
GRAVEYARD = "2025-05"


@dataclass
class Tally:
    """What was read, used and left out: one line a file, printed at the end."""

    lines: list[tuple[str, int, int, str]] = field(default_factory=list)

    def add(self, name: str, read: int, used: int, note: str = "") -> None:
        """Note that of the rows read from a file so many were used, and why not the others."""
        self.lines.append((name, read, used, note))

    def format(self) -> str:
        """Return the table as text."""
        width = max(len(name) for name, *_ in self.lines)
        rows = [f"{'file'.ljust(width)}  {'read':>6}  {'used':>6}  {'left':>6}  note"]
        rows += [
            f"{name.ljust(width)}  {read:>6}  {used:>6}  {read - used:>6}  {note}".rstrip()
            for name, read, used, note in self.lines
        ]
        return "\n".join(rows)


class ProjectNames:
    """Finds the project of a repository by any name that it ever had."""

    def __init__(self, projects: dict[str, str], named_ids: pd.DataFrame) -> None:
        """Take full name (lower case) to project, and pairs of repo_id and repo of the seed."""
        self._by_name = dict(projects)
        for repo_id, names in named_ids.groupby("repo_id")["repo"]:
            found = {projects[name.lower()] for name in names if name.lower() in projects}
            if len(found) > 1:
                message = f"Repository {repo_id} is {len(found)} projects: {sorted(found)}"
                raise LandscapeError(message, "Merge their files; keep one id.")
            for name in names if found else ():
                self._by_name[name.lower()] = min(found)

    def find(self, repo: str) -> str | None:
        """Return the project's id, or None where no file names the repository."""
        return self._by_name.get(repo.lower())

    def map(self, repos: pd.Series) -> pd.Series:
        """Return the projects' ids, None where there is none."""
        return repos.map(self.find).astype("object")


def read_project_names(root: Path) -> dict[str, str]:
    """Read full name (lower case) to project id from ``data/projects``."""
    names: dict[str, str] = {}
    for path in sorted((root / "data" / "projects").glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for repo in (document["repo"], *document.get("former_repos", [])):
            other = names.setdefault(repo.lower(), path.stem)
            if other != path.stem:
                raise LandscapeError(f"{repo} is named by {other} and by {path.stem}.")
    return names


def read_seed(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every file of the seed by its name without ending; text columns as text."""
    text = dict.fromkeys(("month", "vintage", "created_at", "last_commit_at", "language"), "str")
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        header = pd.read_csv(path, nrows=0).columns
        dtypes = {name: kind for name, kind in text.items() if name in header}
        tables[path.stem] = pd.read_csv(path, dtype=dtypes)
    return tables


def check_mapped(seed: dict[str, pd.DataFrame], names: ProjectNames) -> None:
    """Stop where a repository of an edition or of the graveyard is no project."""
    missing = [
        f"{repo} (edition {edition})"
        for edition in EDITIONS
        for repo in seed[f"edition_{edition}"]["repo"]
        if names.find(repo) is None
    ]
    missing += [
        f"{repo} (graveyard)"
        for repo in seed[f"graveyard_{GRAVEYARD}"]["repo"]
        if names.find(repo) is None
    ]
    if missing:
        message = f"{len(missing)} published repositories are no project: {', '.join(missing)}"
        raise LandscapeError(message, "Add a file under data/projects for each.")


def collect_months(
    seed: dict[str, pd.DataFrame], names: ProjectNames, tally: Tally
) -> pd.DataFrame:
    """Return the store's opendigger table: the latest vintage of every project and month."""
    read = seed["openrank_monthly"]
    table = read.assign(project=names.map(read["repo"]))
    strange = table[table["project"].isna()]
    table = table.dropna(subset=["project"])
    twice = table[table.duplicated([*MONTHLY_KEY, "vintage"], keep=False)]
    if len(twice):
        row = twice.iloc[0]
        message = f"{row['project']} has {row['month']} of {row['vintage']} under two names."
        raise LandscapeError(message, "Decide which of the two is the project's.")
    used = table.sort_values([*MONTHLY_KEY, "vintage"]).drop_duplicates(MONTHLY_KEY, keep="last")
    note = (
        f"{len(strange)} of {strange['repo'].nunique()} repositories that are no project, "
        f"{len(table) - len(used)} with a later vintage; {used['project'].nunique()} projects"
    )
    tally.add("openrank_monthly.csv", len(read), len(used), note)
    for vintage, rows in used.groupby("vintage"):
        total = int((read["vintage"] == vintage).sum())
        months = f"{rows['month'].min()} to {rows['month'].max()}"
        tally.add(f"  vintage {vintage}", total, len(rows), months)
    return _add_participants(used[[*MONTHLY_KEY, "openrank", "vintage"]], seed, names, tally)


def _add_participants(
    months: pd.DataFrame, seed: dict[str, pd.DataFrame], names: ProjectNames, tally: Tally
) -> pd.DataFrame:
    read = seed[f"edition_{EDITIONS[-1]}"]
    edition = read[read["participants_2604"] > 0]
    note = "0 or nothing for: " + ", ".join(sorted(set(read["repo"]) - set(edition["repo"])))
    tally.add(f"  participants {PARTICIPANTS_MONTH}", len(read), len(edition), note)
    counts = pd.DataFrame(
        {
            "project": names.map(edition["repo"]),
            "month": PARTICIPANTS_MONTH,
            "participants": edition["participants_2604"].astype(float),
        }
    )
    joined = months.merge(counts, on=MONTHLY_KEY, how="outer", validate="one_to_one")
    joined["vintage"] = joined["vintage"].fillna(EDITIONS[-1])
    return joined.sort_values(MONTHLY_KEY, kind="stable", ignore_index=True)


def collect_counts(
    seed: dict[str, pd.DataFrame], names: ProjectNames, tally: Tally
) -> pd.DataFrame:
    """Return the store's github table: the stars and forks that the editions published."""
    parts = []
    for edition in EDITIONS:
        read = seed[f"edition_{edition}"]
        parts.append(_tabulate_counts(read, edition, names))
        tally.add(f"edition_{edition}.csv", len(read), len(read), "stars, repository facts")
    graveyard = seed[f"graveyard_{GRAVEYARD}"]
    buried = _tabulate_counts(graveyard, GRAVEYARD, names)
    known = buried["project"].isin(parts[0]["project"])
    note = "stars, creation and last commit"
    if known.any():
        note += f"; the stars of {int(known.sum())} are the edition's own"
    tally.add(f"graveyard_{GRAVEYARD}.csv", len(graveyard), len(graveyard), note)
    table = pd.concat([*parts, buried[~known]], ignore_index=True)
    table = table.astype(dict.fromkeys(("stars", "forks", "watchers"), "Int64"))
    table = table[table["stars"].ne(0).fillna(True)]
    return table.sort_values(MONTHLY_KEY, kind="stable", ignore_index=True)


def _tabulate_counts(rows: pd.DataFrame, edition: str, names: ProjectNames) -> pd.DataFrame:
    forks = rows["forks"] if "forks" in rows else pd.Series(pd.NA, index=rows.index)
    return pd.DataFrame(
        {
            "project": names.map(rows["repo"]),
            "month": edition,
            "stars": rows["stars"].astype("Int64"),
            "forks": forks.astype("Int64"),
            "watchers": pd.Series(pd.NA, index=rows.index, dtype="Int64"),
            "vintage": edition,
        }
    )


def collect_repositories(seed: dict[str, pd.DataFrame], names: ProjectNames) -> pd.DataFrame:
    """Return the store's repositories table, each fact from the newest file that has it."""
    monthly = seed["openrank_monthly"].sort_values(["vintage", "month"], kind="stable")
    graveyard = seed[f"graveyard_{GRAVEYARD}"]
    oldest_first = [
        monthly[["repo_id", "repo"]],
        graveyard.assign(last_commit_at=graveyard["last_commit_at"].str[:7]),
        *(seed[f"edition_{edition}"] for edition in EDITIONS),
    ]
    facts = pd.concat(oldest_first, ignore_index=True).rename(columns={"repo": "full_name"})
    facts["project"] = names.map(facts["full_name"])
    # The last value that is not missing, column by column.
    newest = facts.dropna(subset=["project"]).groupby("project", sort=True).last().reset_index()
    table = newest[["project", "repo_id", "full_name", "created_at", "last_commit_at", "language"]]
    return table.assign(
        repo_id=table["repo_id"].astype("Int64"),
        license=pd.Series(None, index=table.index, dtype="object"),
        archived=pd.Series(pd.NA, index=table.index, dtype="boolean"),
    )


def write_collaboration(
    root: Path, seed: dict[str, pd.DataFrame], names: ProjectNames, tally: Tally
) -> None:
    """Write the pairs of projects and their common developers, each pair once, in order of id."""
    read = seed[f"collaboration_{COLLABORATION}"]
    pairs = pd.DataFrame({"a": names.map(read["repo_a"]), "b": names.map(read["repo_b"])})
    known = pairs.notna().all(axis=1)
    strange = {
        repo
        for repo in (*read.loc[~known, "repo_a"], *read.loc[~known, "repo_b"])
        if names.find(repo) is None
    }
    table = pd.DataFrame(
        {
            "project_a": pairs[known].min(axis=1),
            "project_b": pairs[known].max(axis=1),
            "common_developers": read.loc[known, "common_developers"],
            "vintage": COLLABORATION,
        }
    )
    if table.duplicated(["project_a", "project_b"]).any():
        raise LandscapeError("The collaboration table has a pair of projects twice.")
    note = f"pairs with {', '.join(sorted(strange))}, no project" if strange else ""
    tally.add(f"collaboration_{COLLABORATION}.csv", len(read), len(table), note)
    path = root / FOLDER / "collaboration" / f"{COLLABORATION}.csv"
    _write_csv(path, table.sort_values(["project_a", "project_b"], kind="stable"))


def write_technology_domains(root: Path, seed: dict[str, pd.DataFrame], tally: Tally) -> None:
    """Write the yearly OpenRank of technology domains; where a value is from stands as vintage."""
    read = seed["technology_domains"]
    tally.add("technology_domains.csv", len(read), len(read))
    table = read.rename(columns={"basis": "vintage"})[["domain", "year", "openrank", "vintage"]]
    path = root / FOLDER / "technology_domains.csv"
    _write_csv(path, table.sort_values(["domain", "vintage", "year"], kind="stable"))


def _write_csv(path: Path, table: pd.DataFrame) -> None:
    text = table.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    write_atomically(path, text.encode("utf-8"))


def import_seed(folder: Path, root: Path) -> Tally:
    """Read the seed folder and write ``data/metrics`` under the root."""
    if LIVE in set(load_store(root).opendigger["vintage"]):
        message = "The store holds live values, which the published ones would overwrite."
        raise LandscapeError(message, "Import into a landscape that was never refreshed.")
    seed = read_seed(folder)
    named_ids = pd.concat(
        [table[["repo_id", "repo"]] for table in seed.values() if "repo_id" in table]
    ).drop_duplicates()
    names = ProjectNames(read_project_names(root), named_ids)
    check_mapped(seed, names)
    tally = Tally()
    store = Store(
        opendigger=collect_months(seed, names, tally),
        github=collect_counts(seed, names, tally),
        repositories=collect_repositories(seed, names),
        states=make_empty_table(STATES),
    )
    write_collaboration(root, seed, names, tally)
    write_technology_domains(root, seed, tally)
    write_store(root, store)
    return tally


def main(arguments: Iterable[str] | None = None) -> int:
    """Run the import, print the table, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("seed", type=Path, help="the folder with the published figures")
    parser.add_argument("--root", type=Path, default=Path(), help="the landscape's root folder")
    options = parser.parse_args(None if arguments is None else list(arguments))
    try:
        tally = import_seed(options.seed, options.root)
    except LandscapeError as error:
        sys.stderr.write(f"{error.message}\n{error.hint}\n")
        return error.exit_code
    store = load_store(options.root)
    sys.stdout.write(tally.format() + "\n")
    known, total = len(store.repositories), len(set(read_project_names(options.root).values()))
    sys.stdout.write(f"{known} of {total} projects have published figures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
