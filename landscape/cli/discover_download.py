"""``landscape discover download``: hours of the archive into the cache."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from landscape.base.errors import SourceFailedError
from landscape.cli.options import RootOption, choose_hours, find_latest_date

if TYPE_CHECKING:
    from landscape.sources.archive_download import Download

SHOWN_HOURS = 20
LONGEST_RUN_SECONDS = 30 * 86_400.0
GIGABYTE = 1_000_000_000


@click.command()
@click.option("--from", "first", required=True, metavar="WHEN", help="Month, day or hour (UTC).")
@click.option("--to", "last", metavar="WHEN", help="The last one, included. Default: --from alone.")
@choose_hours("Every Nth hour only, as discover --every-hours N reads them.")
@click.option("--base-url", metavar="URL", help="Where the hours lie. Default: from the settings.")
@click.option(
    "--cache",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where they go. Default: the user's cache folder.",
)
@click.option(
    "--limit", type=click.FloatRange(min=0), metavar="GB", help="The cache's largest size."
)
@click.option(
    "--workers", type=click.IntRange(1, 32), default=4, show_default=True, help="Hours at a time."
)
@click.option("--compact", is_flag=True, help="Keep only what discover reads of each hour.")
@click.pass_obj
def download(
    root_option: RootOption,
    first: str,
    last: str | None,
    every_hours: int,
    base_url: str | None,
    cache: Path | None,
    limit: float | None,
    workers: int,
    compact: bool,
) -> int:
    """Fetch the hours from --from to --to, such as 2026-04, 2026-04-01 or 2026-04-01-15.

    What is there already is not fetched again, and what broke off is gone on with. Hours that the
    archive lacks, or that are damaged there, are listed; the exit code stays 0 if any came.
    """
    from landscape.cli.discover_request import choose_folders, require_engine
    from landscape.cli.progress import ProgressDisplay
    from landscape.dataset.load import load_dataset
    from landscape.sources.archive_download import download_hours
    from landscape.sources.archive_hours import list_hours
    from landscape.sources.budget import Budget

    rules = load_dataset(root_option.resolve(), find_latest_date()).settings.discovery
    try:
        hours = list_hours(first, last or first, every_hours)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if not hours:
        raise click.UsageError("there are no hours between --from and --to")
    address = base_url or os.environ.get("LANDSCAPE_ARCHIVE_URL") or rules.base_url
    if not address.startswith(("http://", "https://")):
        raise click.UsageError(f"{address!r} is no address: it begins with https://")
    if compact:
        require_engine()
    folder = choose_folders(cache, os.environ).hours
    with ProgressDisplay() as progress:
        result = download_hours(
            hours,
            folder,
            base_url=address.rstrip("/"),
            budget=Budget.start(LONGEST_RUN_SECONDS, clock=time.monotonic, sleep=time.sleep),
            limit_bytes=int((limit if limit is not None else rules.cache_gb) * GIGABYTE),
            workers=workers,
            compact=(lambda source, target: _compact(source, target, rules.memory_gb))
            if compact
            else None,
            progress=progress,
        )
    return _tell(result, folder)


def _compact(source: Path, target: Path, memory_gb: float) -> str:
    from landscape.sources.archive_digest import UnreadableError, digest_file

    try:
        digest_file(source, target, memory_gb=memory_gb)
    except UnreadableError as error:
        return str(error)
    return ""


def _tell(result: Download, folder: Path) -> int:
    from landscape.sources.archive_download import NO_ROOM
    from landscape.sources.archive_manifest import DAMAGED, FETCHED, MISSING, UNAVAILABLE

    for state in (MISSING, DAMAGED, UNAVAILABLE, NO_ROOM):
        hours = result.list_hours(state)
        for hour in hours[:SHOWN_HOURS]:
            click.echo(f"{state}: {hour}: {result.hours[hour].detail}")
        if len(hours) > SHOWN_HOURS:
            click.echo(f"{state}: … and {len(hours) - SHOWN_HOURS} more")
    total = len(result.hours)
    click.echo(
        f"{result.count(FETCHED)} of {total} hours are in {folder} ({result.fetched_now} fetched "
        f"now), {result.count(MISSING)} missing, {result.count(DAMAGED)} damaged, "
        f"{result.count(UNAVAILABLE)} unavailable, {result.count(NO_ROOM)} without room"
    )
    if result.count(NO_ROOM):
        raise SourceFailedError(
            f"the cache is full: {result.count(NO_ROOM)} of {total} hours were not begun",
            "Keep less of each hour with --compact, allow more with --limit, or delete old hours.",
        )
    if result.count(FETCHED) == 0:
        raise SourceFailedError(
            f"the archive gave none of {total} hours",
            "See the reasons above; what came is kept, and the next run goes on from there.",
        )
    return 0
