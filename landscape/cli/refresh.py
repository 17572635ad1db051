"""``landscape refresh``: load, check, fetch, store, decide, draw, write."""

from __future__ import annotations

from pathlib import Path

import click

from landscape.cli.options import RootOption

SOURCES = ("opendigger", "github")


@click.command()
@click.option("--only", multiple=True, metavar="ID", help="Only this project; may be repeated.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=click.Choice(SOURCES),
    help="Only this source; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
@click.option("--accept-shrink", is_flag=True, help="Publish though a guard would refuse.")
@click.option(
    "--budget",
    "budget_seconds",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="Time for all sources together. Default: of the settings.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 128),
    metavar="N",
    help="Requests to OpenDigger at the same time. Default: of the settings.",
)
@click.option("--opendigger-url", metavar="URL", help="Another address of OpenDigger.")
@click.option("--github-url", metavar="URL", help="Another address of GitHub's API.")
@click.option(
    "--message-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what changed there, as the message of the commit.",
)
@click.pass_obj
def refresh(
    root_option: RootOption,
    only: tuple[str, ...],
    sources: tuple[str, ...],
    dry_run: bool,
    accept_shrink: bool,
    budget_seconds: float | None,
    workers: int | None,
    opendigger_url: str | None,
    github_url: str | None,
    message_file: Path | None,
) -> int:
    """Fetch what the sources say now, store it, decide, draw, and write the report.

    Nothing that is stored is lost where a source fails. What was learned is stored before a guard
    may refuse to publish. GitHub needs a token in GITHUB_TOKEN.
    """
    import landscape.cli.refresh_steps as steps
    from landscape.base.lock import hold_lock

    root = root_option.resolve()
    order = steps.Order(
        only=only,
        sources=frozenset(sources or SOURCES),
        is_dry_run=dry_run,
        accepts_shrink=accept_shrink,
        budget_seconds=budget_seconds,
        workers=workers,
        opendigger_url=opendigger_url,
        github_url=github_url,
        message_file=message_file,
    )
    with hold_lock(root, busy="another refresh of this landscape is running"):
        known = steps.load(root)
        steps.check(known, order)
        answers = steps.fetch(known, order)
        learned = steps.learn(known, answers)
        if not dry_run:
            steps.store(known, learned)
        outcome = steps.decide(known, learned)
        steps.tell(outcome, order)
        steps.refuse(outcome, order)
        files = steps.draw(outcome)
        steps.write(outcome, files, order)
        return steps.end(outcome)
