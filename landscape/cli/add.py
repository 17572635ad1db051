"""``landscape add``: a new project's file."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from landscape.base.errors import LandscapeError
from landscape.cli.github_access import bot_option, repository_option
from landscape.cli.options import RootOption, find_latest_date, sort_by_language

if TYPE_CHECKING:
    from landscape.dataset.model import Taxonomy
    from landscape.publish.lookup import Found
    from landscape.publish.version import Version


@click.command()
@click.argument("repo", metavar="OWNER/REPO", required=False)
@click.option("--domain", metavar="ID", help="The domain that it belongs to.")
@click.option("--subdomain", metavar="ID", help="The lane inside the domain.")
@click.option("--tag", "tags", multiple=True, metavar="ID", help="A tag; may be given again.")
@click.option("--name", help="How the project writes its name. Default: as GitHub has it.")
@click.option("--id", "project_id", metavar="ID", help="The file's name. Default: from the name.")
@click.option(
    "--summary",
    "summaries",
    multiple=True,
    metavar="[LANG=]TEXT",
    help="One sentence of your own; again for another language: --summary zh=…",
)
@click.option("--offline", is_flag=True, help="Do not ask GitHub.")
@click.option("--dry-run", is_flag=True, help="Only show the file.")
@click.option(
    "--issue",
    "number",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Read a filled issue form instead, and open a pull request, or say there what is missing.",
)
@click.option(
    "--branch", default="main", show_default=True, help="With --issue: the pull request's target."
)
@repository_option
@bot_option
@click.pass_obj
def add(
    root_option: RootOption,
    repo: str | None,
    domain: str | None,
    subdomain: str | None,
    tags: tuple[str, ...],
    name: str | None,
    project_id: str | None,
    summaries: tuple[str, ...],
    offline: bool,
    dry_run: bool,
    number: int | None,
    branch: str,
    repository: str | None,
    bot: str,
) -> int:
    """Write a new project's file, filled from GitHub when that can be reached.

    OWNER/REPO may be an address on GitHub. The summary has to be your own words; without one the
    file is written all the same, and validate tells you to fill it. Ends with exit code 1 while
    the file has errors.
    """
    from landscape.publish.project_file import compose_project_file, locate_project, parse_repo
    from landscape.publish.version import inspect_version

    root = root_option.resolve()
    if number is not None:
        from landscape.cli.issue_form import add_from_issue

        return add_from_issue(root, number, branch, repository, bot, dry_run=dry_run)
    if not repo or not domain:
        raise click.UsageError("name the repository, and its --domain")
    full_name = parse_repo(repo)
    if not full_name:
        raise click.BadParameter(f"{repo!r} is no repository on GitHub: write owner/name")
    version = inspect_version(root, find_latest_date())
    _check_domain(version, domain, subdomain or "")
    _refuse_repeats(version, full_name)
    found = None if offline else _look_up(full_name)
    if found is not None and found.full_name.lower() != full_name.lower():
        _tell(f"{full_name} is called {found.full_name} now")
        _refuse_repeats(version, found.full_name)
    languages = version.settings.languages if version.settings is not None else ("en",)
    values = _make_values(full_name, found, name, domain, subdomain or "", tags)
    values["summary"] = _read_summaries(summaries, languages, found)
    path = _choose_path(project_id, values["repo"], version, locate_project)
    comment = _suggest_summary(found) if not values["summary"] else ""
    has_schemas = (root / "schemas" / "project.schema.json").is_file()
    text = compose_project_file(path, values, comment=comment, schema=has_schemas)
    _warn_near(version, values)
    if dry_run:
        click.echo(text, nl=False)
        click.echo(f"would write {path}", err=True)
        return 0
    return _write(root, path, text)


def _write(root: Path, path: PurePosixPath, text: str) -> int:
    from landscape.base.files import write_atomically
    from landscape.base.findings import has_errors
    from landscape.dataset.checks import check_dataset
    from landscape.dataset.finding_reports import render_text

    write_atomically(root / path, text.encode("utf-8"))
    click.echo(f"wrote {path}")
    result = check_dataset(root, [root / path], find_latest_date())
    click.echo(render_text(result), nl=False)
    return 1 if has_errors(result.findings) else 0


def _check_domain(version: Version, domain: str, subdomain: str) -> None:
    from landscape.dataset.suggestion import find_nearest

    taxonomy = version.taxonomy
    if taxonomy is None:
        raise LandscapeError("data/taxonomy.yaml cannot be used", "see: landscape validate")
    known = {item.id: item for item in taxonomy.domains}
    if domain not in known:
        names = {name.lower(): item.id for item in taxonomy.domains for name in item.name.values()}
        nearest = names.get(domain.lower()) or find_nearest(domain, known)
        asked = f"did you mean {nearest}? " if nearest else ""
        raise LandscapeError(
            f"there is no domain {domain!r}", f"{asked}domains: {_list_domains(taxonomy)}"
        )
    inner = [item.id for item in known[domain].subdomains]
    if subdomain and subdomain not in inner:
        nearest = find_nearest(subdomain, inner)
        asked = f"did you mean {nearest}? " if nearest else ""
        listed = ", ".join(inner) or "(it has none)"
        raise LandscapeError(
            f"the domain {domain} has no subdomain {subdomain!r}", f"{asked}subdomains: {listed}"
        )


def _list_domains(taxonomy: Taxonomy) -> str:
    return ", ".join(domain.id for domain in taxonomy.domains)


def _refuse_repeats(version: Version, full_name: str) -> None:
    from landscape.publish.submission import find_repeat

    for project in version.projects.values():
        reason = find_repeat(full_name, project)
        if reason:
            raise LandscapeError(
                f"{full_name} is there already: it {reason}, in data/projects/{project.id}.yaml",
                "edit that file instead of adding another",
            )


def _look_up(full_name: str) -> Found | None:
    """Ask GitHub; where it cannot be asked, say so and go on without."""
    from landscape.cli.github_access import read_github_access
    from landscape.publish.github_session import GitHubError, open_repository
    from landscape.publish.lookup import look_up_repository, refuse_missing

    access = read_github_access()
    try:
        found = look_up_repository(open_repository(access.base_url, access.token, full_name))
    except GitHubError as error:
        _tell(f"{error.message}; the file is written without what GitHub knows")
        return None
    if found is None:
        raise refuse_missing(full_name)
    if found.archived:
        _tell(f"note: {found.full_name} is archived on GitHub")
    if found.is_fork:
        _tell(f"note: {found.full_name} is a fork; usually the original is meant")
    return found


def _make_values(
    full_name: str,
    found: Found | None,
    name: str | None,
    domain: str,
    subdomain: str,
    tags: Sequence[str],
) -> dict[str, Any]:
    repo = found.full_name if found is not None else full_name
    return {
        "name": name or (found.name if found is not None else repo.partition("/")[2]),
        "repo": repo,
        "former_repos": [full_name] if repo.lower() != full_name.lower() else [],
        "domain": domain,
        "subdomain": subdomain,
        "tags": list(tags),
        "homepage": found.homepage if found is not None else "",
    }


def _read_summaries(
    given: Sequence[str], languages: Sequence[str], found: Found | None
) -> dict[str, str]:
    """Return the summaries by language; ask for one where somebody sits at the terminal."""
    texts = sort_by_language(given, languages)
    if texts or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return {language: text for language, text in texts.items() if text}
    if found is not None and found.description:
        _tell(f"GitHub says: {found.description[:200]}")
    answer = click.prompt(
        f"One sentence of your own ({languages[0]}; empty: later)", default="", show_default=False
    )
    return {languages[0]: str(answer).strip()} if str(answer).strip() else {}


def _suggest_summary(found: Found | None) -> str:
    if found is None or not found.description:
        return ""
    return f"Say in your own words what it is; GitHub's description: {found.description}"


def _choose_path(project_id: str | None, repo: str, version: Version, locate: Any) -> PurePosixPath:
    from landscape.publish.project_file import choose_id

    if project_id is not None and project_id in version.project_ids:
        raise LandscapeError(f"there is a project {project_id} already", "choose another --id")
    try:
        path: PurePosixPath = locate(project_id or choose_id(repo, version.project_ids))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    return path


def _warn_near(version: Version, values: Mapping[str, Any]) -> None:
    from landscape.publish.near_duplicates import find_near_duplicates

    near = find_near_duplicates(
        values["name"], values["repo"], values["homepage"], version.projects.values()
    )
    for other in near[:5]:
        _tell(f"warning: {other.project} ({other.repo}): {other.reason}")


def _tell(line: str) -> None:
    from landscape.dataset.catalogue.kind import escape_unprintable

    click.echo(escape_unprintable(line), err=True)
