"""``landscape build``: decide, draw, write. No network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from landscape.base.errors import GuardRefusedError, LandscapeError
from landscape.base.months import is_month
from landscape.cli.edition_root import open_root, tell_departures
from landscape.cli.options import RootOption

if TYPE_CHECKING:
    from landscape.analysis.guards import Refusal
    from landscape.analysis.model import Landscape
    from landscape.dataset.model import Dataset
    from landscape.metrics.model import Store
    from landscape.report.writing import ReportChange

REPORT = "report"
SHOWN_NAMES = 20


@click.command()
@click.option(
    "--as-of",
    metavar="YYYY-MM",
    callback=lambda _context, _parameter, value: check_month(value),
    help="The landscape of an earlier published month. Needs --out.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write here instead of report/, and run no guard.",
)
@click.option("--edition", metavar="NAME", help="A frozen edition again, as it was. Needs --out.")
@click.option("--accept-shrink", is_flag=True, help="Publish though a guard would refuse.")
@click.option("--dry-run", is_flag=True, help="Only list what would change.")
@click.pass_obj
def build(
    root_option: RootOption,
    as_of: str | None,
    out: Path | None,
    edition: str | None,
    accept_shrink: bool,
    dry_run: bool,
) -> int:
    """Decide who is on the map, draw, and write the report from the stored data."""
    root = root_option.resolve()
    if as_of is not None and edition is not None:
        raise click.UsageError("--as-of and --edition exclude each other: an edition has its month")
    replay = "--as-of" if as_of is not None else "--edition" if edition is not None else ""
    if replay and out is None:
        raise click.UsageError(f"{replay} needs --out DIR: report/ holds the newest month")
    folder = out if out is not None else root / REPORT
    is_published = folder.resolve() == (root / REPORT).resolve()
    if replay and is_published:
        raise click.UsageError(f"{replay} needs another folder than report/, the newest month's")
    with open_root(root, edition) as source:
        dataset, landscape = decide(source, as_of)
        if edition is not None:
            tell_departures(root, edition, landscape)
        if is_published and not accept_shrink:
            check_publication(landscape, dataset, folder)
        files = draw(dataset, landscape, until=as_of)
    readmes = render_readmes(dataset, landscape, root) if is_published else {}
    change = write(files, folder, readmes, dry_run=dry_run)
    place = f"{REPORT}/" if is_published else str(folder)
    click.echo(f"{_state_result(landscape)}; {_count_files(change, dry_run)} in {place}")
    return 0


def check_month(value: str | None) -> str | None:
    """Return the month, or refuse what is none."""
    if value is not None and not is_month(value):
        raise click.BadParameter(f"{value!r} is not a month of the form YYYY-MM")
    return value


def decide(root: Path, as_of: str | None) -> tuple[Dataset, Landscape]:
    """Load what people contributed and what was measured, and apply the rules."""
    from landscape.analysis.landscape import analyse
    from landscape.cli.options import find_latest_date
    from landscape.dataset.load import load_dataset
    from landscape.dataset.tables import tabulate_projects
    from landscape.metrics.store import load_store

    dataset = load_dataset(root, find_latest_date())
    _tell(f"load: {len(dataset.projects)} projects, {len(dataset.taxonomy.domains)} domains")
    store = load_store(root)
    refuse_future_months(root, store, find_latest_date())
    _tell(f"load: {len(store.opendigger)} monthly rows")
    landscape = analyse(tabulate_projects(dataset), store, dataset.settings.inclusion, as_of)
    _tell(f"decide: {_count_on_map(landscape)} on the map as of {landscape.window.as_of}")
    return dataset, landscape


def refuse_future_months(root: Path, store: Store, today: dt.date) -> None:
    """Raise LandscapeError where the store holds a month that has not begun: a misnamed file.

    It would be the newest month, and decide or be shown. Analysis has no clock, so it is looked
    at here.
    """
    from landscape.metrics.collaboration import list_collaboration_windows
    from landscape.metrics.community import list_community_windows
    from landscape.metrics.trending import list_trending_months

    current = f"{today:%Y-%m}"
    stored: dict[str, Iterable[str]] = {
        "opendigger": store.opendigger["month"],
        "github": store.github["month"],
        "collaboration": list_collaboration_windows(root),
        "community": list_community_windows(root),
        "trending": list_trending_months(root),
    }
    for name, months in stored.items():
        future = sorted({str(month) for month in months if month > current})
        if future:
            raise LandscapeError(
                f"data/metrics/{name}/{future[0]}.csv: this month has not begun",
                "give the file its true month, or remove it",
            )


def check_publication(landscape: Landscape, dataset: Dataset, folder: Path) -> None:
    """Raise GuardRefusedError where a guard refuses to replace what stands in the folder."""
    from landscape.analysis.guards import check_guards
    from landscape.report.published import (
        load_published_as_of,
        load_published_inclusion,
        load_published_table,
    )

    published_as_of = load_published_as_of(folder)
    refusals = check_guards(
        landscape,
        dataset.settings.guards,
        load_published_table(folder),
        load_published_inclusion(folder),
        published_as_of,
    )
    if refusals:
        raise GuardRefusedError(
            "\n".join(
                _describe_refusal(refusal, landscape.window.as_of, published_as_of)
                for refusal in refusals
            ),
            "the report stays as it was; once a human agrees: landscape build --accept-shrink",
        )
    _tell("guard: passed")


def draw(
    dataset: Dataset,
    landscape: Landscape,
    store: Store | None = None,
    until: str | None = None,
) -> dict[str, bytes]:
    """Draw every picture and page, in memory; ``store`` where it is not the one on disk.

    ``until`` is the month of a replay.
    """
    from landscape.dataset.finding_reports import render_lines
    from landscape.report.record import load_record
    from landscape.report.rendering import render_report
    from landscape.report.stories.material import load_material

    files = render_report(
        dataset,
        landscape,
        load_record(dataset, landscape, store),
        material=load_material(dataset, until),
        report_finding=lambda finding: _tell(render_lines([finding]).rstrip()),
    )
    pictures = sum(path.endswith(".svg") for path in files)
    _tell(f"draw: {pictures} pictures, {len(files) - pictures} pages and tables")
    return files


def render_readmes(dataset: Dataset, landscape: Landscape, root: Path) -> dict[Path, bytes]:
    """Return the root's own front pages, one a language, with the block between markers anew."""
    from landscape.report.addresses import Addresses
    from landscape.report.markers import replace_block
    from landscape.report.rootblock import render_readme_block

    pages = {}
    addresses = Addresses(dataset.settings.languages)
    for language in dataset.settings.languages:
        path = root / addresses.front(language)
        if not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        block = render_readme_block(dataset, landscape, language, f"{REPORT}/")
        pages[path] = replace_block(text, block).encode("utf-8", "surrogateescape")
    return pages


def write(
    files: dict[str, bytes], folder: Path, readmes: dict[Path, bytes], *, dry_run: bool
) -> ReportChange:
    """Write what changed, or with ``dry_run`` only list it on standard output."""
    from landscape.base.files import write_atomically
    from landscape.report.writing import compare_report, write_report

    if dry_run:
        change = compare_report(files, folder)
        for verb, paths in (("write", change.written), ("remove", change.removed)):
            for path in paths:
                click.echo(f"would {verb} {folder.name}/{path}")
        for readme, content in readmes.items():
            if readme.read_bytes() != content:
                click.echo(f"would write {readme.name}")
        return change
    change = write_report(files, folder)
    for readme, content in readmes.items():
        if write_atomically(readme, content):
            _tell(f"write: the block of {readme.name}")
    _tell(f"write: {len(change.written)} changed, {len(change.removed)} removed")
    return change


def _state_result(landscape: Landscape) -> str:
    window = landscape.window
    return (
        f"{_count_on_map(landscape)} of {len(landscape.projects)} projects are on the map "
        f"(data as of {window.as_of}, rule: mean {window.metric} of {window.months[0]} to "
        f"{window.as_of} above {window.above:g})"
    )


def _count_files(change: ReportChange, dry_run: bool) -> str:
    total = len(change.written) + len(change.unchanged)
    text = f"{len(change.written)} of {total} files {'would change' if dry_run else 'changed'}"
    return text + (f", {len(change.removed)} removed" if change.removed else "")


def _describe_refusal(refusal: Refusal, as_of: str, published_as_of: str) -> str:
    shown = ", ".join(refusal.projects[:SHOWN_NAMES])
    more = len(refusal.projects) - SHOWN_NAMES
    names = shown + (f" and {more} more" if more > 0 else "")
    count = f"{len(refusal.projects)} of {refusal.total}"
    if refusal.guard == "backward":
        return (
            f"the report would go back to {as_of} from {published_as_of}, which is no longer a "
            "published month: too many of its values are missing in data/metrics"
        )
    if refusal.guard == "unavailable":
        what = f"{count} projects with values are unavailable"
    else:
        what = f"{count} projects on the published map would leave it"
    return f"{what}, more than the {refusal.allowed} that are allowed: {names}"


def _count_on_map(landscape: Landscape) -> int:
    return int(landscape.projects["rank"].notna().sum())


def _tell(line: str) -> None:
    """Report progress, on standard error."""
    click.echo(line, err=True)
