"""What the commands on editions, and ``build --edition``, have in common: folders and checks."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from landscape.base.errors import LandscapeError
from landscape.cli.options import find_latest_date

if TYPE_CHECKING:
    from landscape.analysis.model import Landscape
    from landscape.dataset.model import Dataset
    from landscape.metrics.model import Edition

REPORT = "report"
SHOWN_DEPARTURES = 10


@contextmanager
def open_root(root: Path, edition_name: str | None) -> Iterator[Path]:
    """Give the landscape's folder; for an edition a temporary one, of what was frozen."""
    if edition_name is None:
        yield root
        return
    from landscape.metrics.edition_files import unpack_edition
    from landscape.metrics.editions import check_belongs, load_edition

    check_belongs(load_edition(root, edition_name), load_contributed(root))
    with tempfile.TemporaryDirectory(prefix="landscape-edition-") as folder:
        unpack_edition(root, edition_name, Path(folder))
        yield Path(folder)


def tell_departures(root: Path, name: str, landscape: Landscape) -> None:
    """Say on standard error where today's rules decide otherwise than the edition has it."""
    from landscape.analysis.edition_departures import find_departures
    from landscape.metrics.editions import load_edition

    edition = load_edition(root, name)
    found = find_departures(edition.projects, landscape.projects)
    if found.empty:
        return
    shown = [
        f"{row.project} ({_describe(row.verdict_decided, row.openrank_mean_decided)}, was "
        f"{_describe(row.verdict_frozen, row.openrank_mean_frozen)})"
        for row in list[Any](found.head(SHOWN_DEPARTURES).itertuples(index=False))
    ]
    more = len(found) - len(shown)
    names = ", ".join(shown) + (f" and {more} more" if more else "")
    click.echo(
        f"warning: the rules of today decide {len(found)} of {len(edition.projects)} projects "
        f"otherwise than the edition {name} has them, so this is not the report that was "
        f"published: {names}",
        err=True,
    )


def _describe(verdict: object, mean: float) -> str:
    if not isinstance(verdict, str):
        return "not there"
    return verdict + ("" if math.isnan(mean) else f", mean {mean:.2f}")


def load_contributed(root: Path) -> Dataset:
    """Load what people contributed."""
    from landscape.dataset.load import load_dataset

    return load_dataset(root, find_latest_date())


def compose_current(root: Path, name: str = "") -> tuple[Edition, Dataset]:
    """Decide the landscape as it is now, and return it as an edition of that name."""
    from landscape.analysis.edition_table import compose_edition
    from landscape.analysis.landscape import analyse
    from landscape.dataset.tables import tabulate_projects
    from landscape.metrics.store import load_store

    dataset, store = load_contributed(root), load_store(root)
    landscape = analyse(tabulate_projects(dataset), store, dataset.settings.inclusion)
    title = dataset.settings.title
    edition = compose_edition(landscape, dataset.projects, store.repositories, title, name)
    return edition, dataset


def check_published(root: Path, current: Edition) -> None:
    """Raise LandscapeError where the report that stands is not what the data say now."""
    import pandas as pd

    from landscape.report.published import load_published_table

    published = load_published_table(root / REPORT)
    hint = "Run `landscape build`, look at it, and freeze then."
    if published is None:
        raise LandscapeError("Nothing is published yet, so there is nothing to freeze.", hint)
    decided = current.projects.set_index("project")
    standing = published.set_index("project")
    latest = pd.to_numeric(standing["openrank_latest"], errors="coerce").reindex(decided.index)
    is_same = (
        len(standing) == len(decided)
        and (standing["verdict"].reindex(decided.index) == decided["verdict"]).all()
        and latest.round(2).equals(decided["openrank_latest"].round(2))
    )
    if not is_same:
        message = f"{REPORT}/ is not what the data say now, so it cannot be frozen."
        raise LandscapeError(message, hint)


def check_whole(files: Mapping[str, bytes], current: Edition) -> None:
    """Raise LandscapeError where the files alone would not give the same answers again."""
    from landscape.metrics.edition_files import lay_out_inputs

    with tempfile.TemporaryDirectory(prefix="landscape-edition-") as folder:
        lay_out_inputs(files, Path(folder))
        again, _ = compose_current(Path(folder), current.name)
    if not again.projects.equals(current.projects) or not again.series.equals(current.series):
        message = "What would be frozen does not give the same landscape again."
        raise LandscapeError(message, "Please report this: nothing was written.")
