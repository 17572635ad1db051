"""The steps of ``landscape discover``: open, look, ask, compose, store, propose, tell."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import click

from landscape.base.errors import GuardRefusedError, LandscapeError
from landscape.base.months import list_months, shift_month
from landscape.cli.discover_request import Request, require_engine
from landscape.cli.options import find_latest_date

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from landscape.analysis.discovery_roster import Identification
    from landscape.cli.discover_pending import Pending
    from landscape.cli.discover_result import Coverage, Discovered
    from landscape.dataset.model import Dataset
    from landscape.sources.archive_engine import Engine


def run_discovery(request: Request) -> int:
    """Run every step; return the exit code."""
    require_engine()
    from landscape.cli.discover_pending import read_pending
    from landscape.cli.discover_proposals import propose_projects
    from landscape.cli.discover_report import tell
    from landscape.cli.discover_source import open_source
    from landscape.cli.discover_tables import check_published, format_tables
    from landscape.dataset.load import load_dataset
    from landscape.metrics.store import load_store

    dataset = load_dataset(request.root, find_latest_date())
    repositories = load_store(request.root).repositories
    pending = read_pending(request)
    source = open_source(request, dataset.settings.discovery)
    try:
        months, coverage = _look(source.engine, source.events, request, dataset, source.coverage)
        check_published(request, coverage)
        identify = partial(_identify, dataset, repositories, pending)
        found = _ask(source.engine, source.events, months, dataset, identify, request)
    finally:
        source.engine.close()
    refusal = _find_refusal(coverage, request, dataset)
    files = {} if refusal else format_tables(found, coverage, request.root)
    written = [] if request.dry_run else _store(request, files)
    proposals = (
        () if refusal else propose_projects(found.candidates, dataset, months, request, pending)
    )
    tell(request, source.name, coverage, found, written, proposals)
    if refusal:
        raise refusal
    return 0


def _look(
    engine: Engine, events: ibis.Table, request: Request, dataset: Dataset, coverage: Coverage
) -> tuple[tuple[str, ...], Coverage]:
    """Find the window, and how much of it the archive has."""
    from landscape.analysis.discovery import HOUR_SECONDS, count_hours
    from landscape.cli.discover_result import name_month

    _tell("look: which hours there are")
    hours = engine.fetch(count_hours(events))
    if hours.empty:
        raise LandscapeError("there are no events at all", _list_damaged(coverage))
    newest = name_month(int(hours["hour"].max()) * HOUR_SECONDS)
    oldest = name_month(int(hours["hour"].min()) * HOUR_SECONDS)
    last = request.last or newest
    first = request.first or shift_month(last, 1 - dataset.settings.discovery.window_months)
    months = list_months(first, last)
    if not months:
        raise LandscapeError(f"the window ends before it begins: {first} to {last}", "")
    seen = dict(zip(hours["hour"].astype(int), hours["events"].astype(int), strict=True))
    coverage = coverage.with_hours(seen, months, request.every_hours)
    if coverage.hours == 0:
        raise LandscapeError(
            f"no events lie in {first} to {last}"
            + (f", every {request.every_hours} hours" if request.every_hours > 1 else ""),
            f"They lie in {oldest} to {newest}: choose the window with --from and --to.",
        )
    return months, coverage


def _ask(
    engine: Engine,
    events: ibis.Table,
    months: tuple[str, ...],
    dataset: Dataset,
    identify: Callable[[Engine, ibis.Table], Identification],
    request: Request,
) -> Discovered:
    """Put every question to the engine."""
    import pandas as pd

    from landscape.analysis import discovery
    from landscape.analysis.discovery_candidates import compose_candidates
    from landscape.analysis.discovery_community import tabulate_community
    from landscape.cli.discover_result import Discovered
    from landscape.sources.archive_profiles import load_profiles

    rules = dataset.settings.discovery
    profiles = load_profiles(request.profiles) if request.profiles is not None else pd.DataFrame()
    within = discovery.select_window(events, months, request.every_hours)
    _tell(f"ask: who developed where, {months[0]} to {months[-1]}")
    activity = engine.keep(discovery.select_activity(within, rules))
    identified = identify(engine, within)
    roster = identified.roster
    _tell("ask: common developers of all pairs")
    pairs = engine.fetch(discovery.count_pairs(activity, roster, rules.pair_developers))
    participants = engine.fetch(discovery.count_participants(activity, roster))
    main = engine.fetch(discovery.count_main_developers(within, activity, roster, rules))
    _tell("ask: where else they are active")
    ranked = engine.fetch(discovery.rank_candidates(activity, roster, rules))
    ids = [int(each) for each in ranked["repo_id"]]
    ties = engine.fetch(discovery.count_ties(activity, roster, ids))
    _tell("ask: stars by month")
    stars = engine.fetch(discovery.count_stars(within, roster, months, rules))
    domains = {project.id: project.domain for project in dataset.projects.values()}
    members = discovery.select_members(activity, roster)
    placed = engine.fetch(members) if len(profiles) else pd.DataFrame()
    return Discovered(
        months=months,
        pairs=pairs,
        community=tabulate_community(participants, main, placed, profiles),
        stars=stars.assign(project=stars["repo_id"].map(dict(roster.projects))),
        candidates=compose_candidates(ranked, ties, participants, domains),
        projects=len(dataset.projects),
        active=len(participants),
        unidentified=identified.unidentified,
    )


def _identify(
    dataset: Dataset,
    repositories: pd.DataFrame,
    pending: Pending,
    engine: Engine,
    within: ibis.Table,
) -> Identification:
    from landscape.analysis.discovery import list_names
    from landscape.analysis.discovery_roster import identify_projects, list_open_names

    projects = list(dataset.projects.values())
    names = engine.fetch(list_names(within, list_open_names(projects, repositories)))
    found = identify_projects(projects, repositories, names, dataset.rejected)
    return found.exclude(pending.refusals.names, pending.refusals.ids)


def _find_refusal(coverage: Coverage, request: Request, dataset: Dataset) -> LandscapeError | None:
    least = dataset.settings.discovery.coverage_share
    if coverage.share >= least or request.accept_gaps or request.dry_run:
        return None
    return GuardRefusedError(
        f"the archive has events of {coverage.hours} of {coverage.hours_chosen} hours "
        f"{'of' if coverage.every_hours == 1 else 'chosen from'} the window "
        f"({coverage.share:.1%}), less than {least:.0%}: nothing was stored",
        "Fetch what is missing with landscape discover download, choose whole months with --from "
        "and --to, or, where the archive has no more: --accept-gaps.",
    )


def _store(request: Request, files: dict[PurePosixPath, bytes | None]) -> list[PurePosixPath]:
    from landscape.base.transaction import commit_files

    return commit_files(request.root, files)


def _list_damaged(coverage: Coverage) -> str:
    if not coverage.damaged:
        return "Name files with events in them."
    shown = "; ".join(f"{each.source.name}: {each.reason}" for each in coverage.damaged[:5])
    return f"Damaged: {shown}"


def _tell(line: str) -> None:
    """Report progress, on standard error."""
    click.echo(line, err=True)
