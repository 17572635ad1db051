"""The steps of ``landscape refresh``; their order is ``landscape.cli.refresh``'s."""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

import click
import pandas as pd

from landscape.analysis.difference import Difference, compute_difference
from landscape.analysis.intake import take_in
from landscape.analysis.intake_corrections import LAPSED
from landscape.analysis.intake_model import Answers, Intake
from landscape.analysis.landscape import analyse
from landscape.analysis.limits import count_allowed
from landscape.analysis.model import Landscape
from landscape.analysis.tally import tally_answers
from landscape.base.errors import GuardRefusedError, LandscapeError, SourceFailedError
from landscape.base.findings import Finding
from landscape.base.transaction import commit_files
from landscape.cli import build
from landscape.cli.answers import tabulate_answers
from landscape.cli.fetching import Inquiry, fetch_all
from landscape.cli.github_access import read_github_access
from landscape.cli.options import find_latest_date
from landscape.cli.progress import ProgressDisplay
from landscape.dataset.corrections import report_lapsed
from landscape.dataset.edit import RenameEdits, follow_renames
from landscape.dataset.load import load_dataset
from landscape.dataset.model import Dataset, Project
from landscape.dataset.suggestion import find_nearest
from landscape.dataset.tables import tabulate_corrections, tabulate_projects
from landscape.metrics.model import Store
from landscape.metrics.store import format_store, load_store
from landscape.metrics.technology import FILE as TECHNOLOGY_FILE
from landscape.metrics.technology import format_technology_domains, load_technology_domains
from landscape.metrics.usage import list_used_metrics
from landscape.sources.budget import Budget
from landscape.sources.github import UNASKED_EXPLANATION

COMMIT_LINES = 50
"""Of one group of the commit's message; the terminal shows fewer."""
TRY_AGAIN = "nothing that was stored is lost; run it again later, or check the addresses"


@dataclass(frozen=True)
class Order:
    """What the command line asks for; None: as the environment or the settings say."""

    only: tuple[str, ...]
    sources: frozenset[str]
    is_dry_run: bool
    accepts_shrink: bool
    budget_seconds: float | None
    workers: int | None
    opendigger_url: str | None
    github_url: str | None
    message_file: Path | None


@dataclass(frozen=True)
class Known:
    """What is known before anything is asked."""

    root: Path
    dataset: Dataset
    store: Store
    technology: pd.DataFrame
    today: dt.date

    @property
    def report(self) -> Path:
        """The folder of the published report."""
        return self.root / build.REPORT


@dataclass(frozen=True)
class Learned:
    """What the answers come to: new tables, and project files that follow renames."""

    answers: Answers
    intake: Intake
    edits: RenameEdits


@dataclass(frozen=True)
class Outcome:
    """What is decided from it; the landscapes are None where no month is published."""

    known: Known
    learned: Learned
    before: Landscape | None
    after: Landscape | None
    difference: Difference
    tally: pd.DataFrame


def load(root: Path) -> Known:
    """Load what people contributed, which must be without errors, and what was measured."""
    dataset = load_dataset(root, find_latest_date())
    store = load_store(root)
    build.refuse_future_months(root, store, find_latest_date())
    _say(f"load: {len(dataset.projects)} projects, {len(store.opendigger)} monthly rows")
    technology = load_technology_domains(root)
    return Known(root, dataset, store, technology, dt.datetime.now(dt.UTC).date())


def check(known: Known, order: Order) -> None:
    """Check what was asked for, and say what will not work without a token."""
    for name in order.only:
        if name not in known.dataset.projects:
            nearest = find_nearest(name, known.dataset.projects)
            hint = f", did you mean {nearest}?" if nearest else ""
            raise click.UsageError(f"--only: there is no project {name!r}{hint}")
    if "github" in order.sources and read_github_access().token is None:
        _say(f"check: there is no token in GITHUB_TOKEN. {UNASKED_EXPLANATION}")


def fetch(known: Known, order: Order) -> Answers:
    """Ask the sources, within the time; whatever fails is an answer."""
    settings = known.dataset.settings
    projects = _select_projects(known.dataset, order.only)
    access = read_github_access(settings.github_url)
    seconds = order.budget_seconds or settings.budget_seconds
    domains = () if order.only else tuple(sorted(set(known.technology["domain"])))
    figures = chain.from_iterable(story.figures.values() for story in known.dataset.stories)
    with ProgressDisplay() as progress:
        records = fetch_all(
            Inquiry(
                projects=projects,
                repositories=known.store.repositories,
                sources=order.sources,
                metrics=list_used_metrics(settings.inclusion, figures),
                domains=domains,
                newest_month=known.today.isoformat()[:7],
                opendigger_url=(
                    order.opendigger_url
                    or os.environ.get("LANDSCAPE_OPENDIGGER_URL")
                    or settings.opendigger_url
                ),
                github_url=order.github_url or access.base_url,
                token=access.token,
                opendigger_workers=order.workers or settings.opendigger_workers,
                github_workers=settings.github_workers,
                budget=Budget.start(seconds, clock=time.monotonic, sleep=time.sleep),
                budget_seconds=seconds,
                progress=progress,
            )
        )
    return tabulate_answers(records.metrics, records.repositories, records.labels)


def learn(known: Known, answers: Answers) -> Learned:
    """Apply the rules of intake, and follow renamed repositories; nothing is written yet."""
    intake = take_in(
        known.store,
        known.technology,
        answers,
        tabulate_projects(known.dataset),
        tabulate_corrections(known.dataset),
        known.dataset.settings.inclusion,
        known.today.isoformat(),
    )
    names = dict(zip(intake.renames["project"], intake.renames["new_name"], strict=True))
    return Learned(answers, intake, follow_renames(known.dataset, names))


def store(known: Known, learned: Learned) -> None:
    """Write everything that was learned, all of it or nothing."""
    contents: dict[PurePosixPath, bytes | None] = {
        **format_store(known.root, known.store, learned.intake.store),
        **learned.edits.files,
    }
    if (learned.answers.labels["outcome"] == "ok").any():
        contents[PurePosixPath(TECHNOLOGY_FILE)] = format_technology_domains(
            learned.intake.technology
        )
    changed = commit_files(known.root, contents)
    _say(f"store: {len(changed)} files changed")


def decide(known: Known, learned: Learned) -> Outcome:
    """Apply the rules to the data before and after, and compare the two."""
    before = _analyse(known.dataset, known.store)
    after = _analyse(learned.edits.dataset, learned.intake.store)
    return Outcome(
        known=known,
        learned=learned,
        before=before,
        after=after,
        difference=compute_difference(known.store, known.technology, learned.intake, before, after),
        tally=tally_answers(learned.answers, learned.intake.learned),
    )


def tell(outcome: Outcome, order: Order) -> None:
    """Say what was learned and what was not, and what changed by it."""
    from landscape.dataset.finding_reports import render_lines
    from landscape.publish.step_files import append_summary
    from landscape.report.difference import render_difference, render_subject
    from landscape.report.refresh_summary import render_step_summary, render_tally

    refused = outcome.learned.edits.refused
    shown = render_difference(outcome.difference, refused)
    click.echo(f"{render_tally(outcome.tally)}\n{shown}")
    click.echo(render_lines(_list_lapsed(outcome), color=False), err=True, nl=False)
    message = render_difference(outcome.difference, refused, COMMIT_LINES)
    if order.message_file is not None:
        order.message_file.write_text(message, encoding="utf-8")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        subject = render_subject(outcome.difference)
        append_summary(Path(summary), render_step_summary(subject, outcome.tally, message))


def refuse(outcome: Outcome, order: Order) -> None:
    """Raise where nothing was learned, nothing can be decided, or a guard refuses."""
    if not outcome.tally["ok"].sum():
        raise SourceFailedError(f"no source gave an answer: {_name_causes(outcome)}", TRY_AGAIN)
    if outcome.after is None:
        raise SourceFailedError(
            f"no month is published, so nothing can be decided: {_name_causes(outcome)}", TRY_AGAIN
        )
    if order.accepts_shrink:
        return
    try:
        build.check_publication(outcome.after, outcome.learned.edits.dataset, outcome.known.report)
    except GuardRefusedError as error:
        stored = "would be stored" if order.is_dry_run else "is stored"
        raise GuardRefusedError(
            error.message,
            f"what was learned {stored}, the report stays as it was; look at the names, and once "
            "a human agrees: landscape refresh --accept-shrink (or build --accept-shrink)",
        ) from error


def draw(outcome: Outcome) -> dict[str, bytes]:
    """Draw every picture and page, in memory."""
    learned = outcome.learned
    return build.draw(learned.edits.dataset, _get_after(outcome), learned.intake.store)


def write(outcome: Outcome, files: dict[str, bytes], order: Order) -> None:
    """Write the report, and say in one line how many of how many."""
    from landscape.report.writing import compare_report

    known, after = outcome.known, _get_after(outcome)
    readmes = build.render_readmes(outcome.learned.edits.dataset, after, known.root)
    if order.is_dry_run:
        change = compare_report(files, known.report)
    else:
        change = build.write(files, known.report, readmes, dry_run=False)
    on_map = int(after.projects["rank"].notna().sum())
    learned = outcome.learned.intake.learned
    # OpenDigger decides; GitHub's answers count where it alone was asked.
    source = "opendigger" if "opendigger" in order.sources else "github"
    asked = learned[learned["source"] == source]
    answered = int((asked["answer"] == "ok").sum())
    verb = "would change" if order.is_dry_run else "changed"
    click.echo(
        f"{answered} of {len(asked)} projects answered, {on_map} of "
        f"{len(after.projects)} are on the map as of {after.window.as_of}, "
        f"{len(change.written)} of {len(files)} files {verb} in {build.REPORT}/"
    )


def end(outcome: Outcome) -> int:
    """Return 0; raise where GitHub failed beyond the limit that the guards set for what decides.

    The pages are right as they are. But this month's counts cannot be had later, so nobody must
    overlook that they are missing.
    """
    share = outcome.known.dataset.settings.guards.unavailable_share
    for row in _list_rows(outcome.tally):
        if row.source == "github" and row.unavailable > count_allowed(share, row.asked):
            raise SourceFailedError(
                f"github {row.what}: no answer for {row.unavailable} of {row.asked}, so the "
                "counts of this month are missing",
                f"the report was written; {TRY_AGAIN}",
            )
    return 0


def _select_projects(dataset: Dataset, only: tuple[str, ...]) -> list[Project]:
    return [project for name, project in dataset.projects.items() if not only or name in only]


def _analyse(dataset: Dataset, store: Store) -> Landscape | None:
    try:
        return analyse(tabulate_projects(dataset), store, dataset.settings.inclusion)
    except LandscapeError:
        # No month is published: without an as-of that is all that analysis refuses.
        return None


def _get_after(outcome: Outcome) -> Landscape:
    if outcome.after is None:
        raise SourceFailedError("no month is published, so nothing can be decided", TRY_AGAIN)
    return outcome.after


def _name_causes(outcome: Outcome) -> str:
    causes = [
        f"{row.source} ({row.reasons[0][0]})" if row.reasons else f"{row.source} ({row.what})"
        for row in _list_rows(outcome.tally)
    ]
    return ", ".join(dict.fromkeys(causes)) or "nothing was asked"


def _list_lapsed(outcome: Outcome) -> tuple[Finding, ...]:
    table = outcome.learned.intake.corrections
    lapsed = table[table["status"] == LAPSED]
    found = {
        int(row.number): None if pd.isna(row.found) else float(row.found)
        for row in _list_rows(lapsed)
    }
    return report_lapsed(outcome.known.dataset, found)


def _list_rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


def _say(line: str) -> None:
    click.echo(line, err=True)
