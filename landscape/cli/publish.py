"""``landscape publish``: commit what was generated, and get it to the remote."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from landscape.base.errors import GuardRefusedError, LandscapeError
from landscape.cli.github_access import bot_option, read_github_access, repository_option
from landscape.cli.options import RootOption, find_latest_date

if TYPE_CHECKING:
    from landscape.publish.git import Git
    from landscape.publish.publication import Plan, Publication
    from landscape.publish.replay import Refresh

OF_REFRESH = ("message_file", "accept_shrink", "standing_issue")
OF_DISCOVERY = ("summary_file",)
NAMES_SECONDS = 60.0
"""The time to ask where former names lead, for the standing issue."""


@click.command()
@click.option(
    "--mode",
    type=click.Choice(["push", "pull-request"]),
    default="push",
    show_default=True,
    help="Push to the branch, or open a pull request to it. A protected branch gets one anyway.",
)
@click.option("--branch", metavar="NAME", help="The branch. Default: the one checked out.")
@click.option(
    "--from-branch",
    metavar="NAME",
    help="The branch that the pull request is made from; it is updated in place. Default: "
    "landscape/refresh, with --discovery landscape/discovery.",
)
@click.option(
    "--discovery",
    is_flag=True,
    help="What discover wrote instead: always a pull request, beside what people did there.",
)
@click.option(
    "--summary-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Markdown for the text of discovery's pull request, as discover --summary writes it.",
)
@click.option("--remote", metavar="NAME", default="origin", show_default=True, help="The remote.")
@click.option(
    "--message-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The commit's message. Default: made of the values that changed.",
)
@click.option(
    "--author-name", default="github-actions[bot]", show_default=True, help="Who commits."
)
@click.option(
    "--author-email",
    default="41898282+github-actions[bot]@users.noreply.github.com",
    show_default=True,
    help="Their address.",
)
@click.option(
    "--accept-shrink",
    is_flag=True,
    help="Where the report is rebuilt on a newer head: publish though a guard would refuse.",
)
@click.option("--standing-issue", is_flag=True, help="Also rewrite the issue of open decisions.")
@click.option("--dry-run", is_flag=True, help="Only say what would be committed.")
@repository_option
@bot_option
@click.pass_obj
def publish(
    root_option: RootOption,
    mode: str,
    branch: str | None,
    from_branch: str | None,
    discovery: bool,
    summary_file: Path | None,
    remote: str,
    message_file: Path | None,
    author_name: str,
    author_email: str,
    accept_shrink: bool,
    standing_issue: bool,
    dry_run: bool,
    repository: str | None,
    bot: str,
) -> int:
    """Commit measured values, report, and renamed repositories, and get them to the remote.

    Where others push at the same time, the fetched rows are applied to the new head, everything
    is rebuilt, and pushed again, at most five times; nothing is ever forced. With --discovery:
    what discover wrote, to the branch of a pull request that is only ever added to.
    """
    from landscape.publish.commit import Author
    from landscape.publish.git import Git
    from landscape.publish.publication import PULL_BRANCH, Plan, collect_refresh

    _refuse_options(OF_REFRESH if discovery else OF_DISCOVERY, "with" if discovery else "without")
    root = root_option.resolve()
    git = Git.open(root, os.environ)
    target = branch or _find_branch(git)
    author = Author(author_name, author_email)
    if discovery:
        from landscape.cli.publish_proposals import publish_proposals
        from landscape.publish.proposals import ProposalPlan
        from landscape.publish.pull_request import DISCOVERY_BRANCH

        where = ProposalPlan(target, from_branch or DISCOVERY_BRANCH, remote, author, _tell)
        publish_proposals(git, root, where, summary_file, repository, dry_run=dry_run)
        return 0
    refresh = collect_refresh(git, root)
    if refresh is None:
        click.echo(f"nothing to commit: {remote}/{target} needs nothing from here")
    elif dry_run:
        _list_files(refresh, message_file)
    else:
        plan = Plan(
            root=root,
            branch=target,
            rebuild=lambda folder: rebuild(folder, accept_shrink=accept_shrink),
            remote=remote,
            message=message_file.read_text(encoding="utf-8") if message_file else "",
            author=author,
            tell=_tell,
        )
        _publish(git, refresh, plan, mode, from_branch or PULL_BRANCH, repository)
    if standing_issue and not dry_run:
        _update_issue(root, git, refresh, repository, bot)
    return 0


def _refuse_options(names: Sequence[str], word: str) -> None:
    """Refuse what would be passed over in silence."""
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(f"{option} does nothing {word} --discovery: leave it out")


def rebuild(root: Path, *, accept_shrink: bool) -> None:
    """Build the report below a landscape's folder from what is stored there."""
    from landscape.cli import build

    dataset, landscape = build.decide(root, None)
    folder = root / build.REPORT
    if not accept_shrink:
        build.check_publication(landscape, dataset, folder)
    files = build.draw(dataset, landscape)
    build.write(files, folder, build.render_readmes(dataset, landscape, root), dry_run=False)


def _publish(
    git: Git, refresh: Refresh, plan: Plan, mode: str, from_branch: str, repository: str | None
) -> None:
    from landscape.publish.publication import (
        push_for_pull_request,
        push_to_branch,
        settle_checkout,
    )

    if mode == "push":
        done = push_to_branch(git, refresh, plan)
        if not done.protected:
            note = settle_checkout(git, refresh, done, plan.branch) if done.commit else ""
            _report(done, f"{plan.remote}/{plan.branch}", note)
            return
        _tell(f"publish: {plan.branch} takes no direct push, so this becomes a pull request")
    if not repository:
        raise LandscapeError(
            f"a pull request to {plan.branch} needs the repository's name on GitHub",
            "name it with --repository OWNER/NAME, or in GITHUB_REPOSITORY",
        )
    hub = read_github_access().open(repository)
    done = push_for_pull_request(git, refresh, plan, from_branch)
    _report(done, f"{plan.remote}/{from_branch}", "")
    if done.commit:
        from landscape.publish.pull_request import upsert_pull_request

        pull = upsert_pull_request(
            hub,
            head=from_branch,
            base=plan.branch,
            title=done.title,
            body=_write_body(done),
        )
        click.echo(f"pull request #{pull.number}: {pull.html_url}")


def _report(done: Publication, place: str, note: str) -> None:
    for line in (*done.notes, note):
        if line:
            _tell(f"publish: {line}")
    if not done.commit:
        click.echo(f"nothing to commit: {place} has all of it already")
        return
    tries = "" if done.attempts == 1 else f" at attempt {done.attempts}"
    files = "1 file" if done.files == 1 else f"{done.files} files"
    click.echo(f"{done.title}: {files} in {done.commit[:12]}, pushed to {place}{tries}")


def _write_body(done: Publication) -> str:
    from landscape.report.markdown import escape_text

    lines = [f"- {escape_text(line)}" for line in done.body.splitlines() if line.strip()]
    notes = [f"- {escape_text(line)}" for line in done.notes]
    listed = "\n".join(lines) or "The report was rebuilt from the data."
    tail = "\n\nTo know:\n\n" + "\n".join(notes) if notes else ""
    return f"{listed}{tail}\n\nThis branch is written by `landscape publish` and updated in place."


def _find_branch(git: Git) -> str:
    current = git.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    if current.code == 0:
        return current.text
    if os.environ.get("GITHUB_REF_TYPE") == "branch" and os.environ.get("GITHUB_REF_NAME"):
        return os.environ["GITHUB_REF_NAME"]
    raise LandscapeError("no branch is checked out", "name the branch with --branch")


def _list_files(refresh: Refresh, message_file: Path | None) -> None:
    from landscape.publish.publication import write_message

    for path, content in refresh.generated.contents.items():
        click.echo(f"would {'remove' if content is None else 'commit'} {path}")
    given = message_file.read_text(encoding="utf-8") if message_file else ""
    title, body = write_message(refresh, given)
    for line in body.splitlines():
        click.echo(f"    {line}")
    click.echo(f"{title}: {len(refresh.generated.contents)} files would be committed")


def _update_issue(
    root: Path, git: Git, refresh: Refresh | None, repository: str | None, bot: str
) -> None:
    from landscape.cli import build
    from landscape.metrics.store import load_store
    from landscape.publish.decisions import Happening, list_decisions, list_left, render_decisions
    from landscape.publish.pull_request import DISCOVERY_BRANCH, find_pull_request
    from landscape.publish.reused_names import find_reused_names
    from landscape.publish.standing_issue import update_standing_issue
    from landscape.report.published import load_published_stale
    from landscape.sources.budget import Budget

    access = read_github_access()
    hub = access.open(repository)
    dataset, landscape = build.decide(root, None)
    store = load_store(root)
    folder = root / build.REPORT
    try:
        build.check_publication(landscape, dataset, folder)
        refusals = []
    except GuardRefusedError as error:
        refusals = error.message.splitlines()
    before = None
    if refresh is not None:
        table = f"{refresh.folder}{build.REPORT}/landscape.csv"
        before = git.read_file(refresh.base, table)
    pull = find_pull_request(hub, head=DISCOVERY_BRANCH)
    happening = Happening(
        left=list_left(before, landscape),
        refusals=refusals,
        stale=load_published_stale(folder),
        candidates=(pull.title, pull.html_url) if pull is not None else None,
        reused=find_reused_names(
            dataset,
            store,
            base_url=read_github_access(dataset.settings.github_url).base_url,
            token=access.token,
            budget=Budget.start(NAMES_SECONDS, clock=time.monotonic, sleep=time.sleep),
        ),
    )
    decisions = list_decisions(dataset, store, landscape, happening, find_latest_date())
    change = update_standing_issue(hub, render_decisions(decisions), bot)
    click.echo(f"standing issue {change}: {len(decisions)} decisions open")


def _tell(line: str) -> None:
    click.echo(line, err=True)
