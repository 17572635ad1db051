"""``landscape discover``: who works where, from event archives. The steps are in this order.

What was found is told by ``discover_report``, files for candidates are ``discover_proposals``'.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from landscape.cli.discover_download import download
from landscape.cli.options import RootOption, choose_hours

FORMATS = ("text", "json", "markdown")
DEFAULT_TABLE = "events"


class EventsGroup(click.Group):
    """A group whose ``--events`` takes every path that follows it, as a shell expands them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each of its paths, which is how click takes several."""
        return super().parse_args(ctx, _repeat_option(args, "--events", set(self.commands)))


def _repeat_option(args: Sequence[str], option: str, commands: set[str]) -> list[str]:
    repeated: list[str] = []
    is_open = False
    for position, arg in enumerate(args):
        if arg.startswith("-"):
            is_open = arg == option
        elif is_open and args[position - 1] != option:
            is_open = arg not in commands or Path(arg).exists()
            if is_open:
                repeated.append(option)
        repeated.append(arg)
    return repeated


@click.group(cls=EventsGroup, invoke_without_command=True)
@click.option(
    "--events",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH...",
    help="Event files (GH Archive's .json.gz, or Parquet) or their folders. Default: the cache.",
)
@click.option(
    "--engine",
    metavar="URL",
    help="Ask an engine: clickhouse://host/database. Default: LANDSCAPE_ENGINE, or the one here.",
)
@click.option("--table", metavar="NAME", help="The engine's table of events. Default: events.")
@click.option("--from", "first", metavar="YYYY-MM", help="The window's first month.")
@click.option("--to", "last", metavar="YYYY-MM", help="Its last. Default: the newest with events.")
@choose_hours("Look at every Nth hour of the window only; what is stored says so.")
@click.option("--memory", type=click.FloatRange(min=0.1), metavar="GB", help="For the engine here.")
@click.option("--threads", type=click.IntRange(min=1), metavar="N", help="For the engine here.")
@click.option(
    "--cache",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where hours and what was read from them lie. Default: the user's cache folder.",
)
@click.option(
    "--profiles",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A CSV file actor_id,place: where developers come from.",
)
@click.option("--propose", is_flag=True, help="Write a project file for each sure candidate.")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="So many proposals at most; with --pending, those that wait there count.",
)
@click.option(
    "--pending",
    metavar="BRANCH",
    help="Propose nothing that this branch of origin has, refuses, or had and has no more.",
)
@click.option("--accept-gaps", is_flag=True, help="Store though hours of the window are missing.")
@click.option(
    "--replace", is_flag=True, help="Replace what others published, or what saw more hours."
)
@click.option("--dry-run", is_flag=True, help="Store nothing; only tell.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--summary",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Add the result to a file as Markdown.",
)
@click.pass_context
def discover(
    context: click.Context,
    events: tuple[Path, ...],
    engine: str | None,
    table: str | None,
    first: str | None,
    last: str | None,
    every_hours: int,
    memory: float | None,
    threads: int | None,
    cache: Path | None,
    profiles: Path | None,
    propose: bool,
    most: int,
    pending: str | None,
    accept_gaps: bool,
    replace: bool,
    dry_run: bool,
    form: str,
    summary: Path | None,
) -> int | None:
    """Find candidates and common developers in an archive of GitHub's events."""
    if context.invoked_subcommand is not None:
        return None
    from landscape.cli.discover_request import Request, choose_folders
    from landscape.cli.discover_steps import run_discovery

    root_option: RootOption = context.obj
    if engine is not None and events:
        raise click.UsageError("--events and --engine exclude each other: an engine has its table")
    asked = engine or ("" if events else os.environ.get("LANDSCAPE_ENGINE", ""))
    if table is not None and not asked:
        raise click.UsageError("--table needs --engine")
    request = Request(
        root=root_option.resolve(),
        events=events,
        engine=asked,
        table=table or DEFAULT_TABLE,
        first=_check_month(first, "--from"),
        last=_check_month(last, "--to"),
        every_hours=every_hours,
        memory_gb=memory,
        threads=threads or os.cpu_count() or 1,
        folders=choose_folders(cache, os.environ),
        profiles=profiles,
        proposals=most if propose else 0,
        pending=pending or "",
        accept_gaps=accept_gaps,
        replace=replace,
        dry_run=dry_run,
        form=form,
        summary=summary,
    )
    return run_discovery(request)


def _check_month(month: str | None, option: str) -> str:
    from landscape.base.months import is_month

    if month is not None and not is_month(month):
        raise click.UsageError(f"{option}: {month!r} is not a month of the form YYYY-MM")
    return month or ""


discover.add_command(download)
