"""``landscape edition``: freeze what is published, list, show and compare editions."""

from __future__ import annotations

import click

from landscape.cli.edition_root import (
    check_published,
    check_whole,
    compose_current,
    load_contributed,
)
from landscape.cli.options import RootOption


@click.group()
def edition() -> None:
    """Keep what was published, and tell what changed since."""


@edition.command()
@click.argument("name")
@click.pass_obj
def freeze(root_option: RootOption, name: str) -> int:
    """Freeze what is published as the edition NAME, with all that it is drawn from."""
    from landscape import __version__
    from landscape.dataset.edition_seal import Manifest, list_edition_names
    from landscape.metrics.edition_files import check_new_name, collect_inputs, write_edition
    from landscape.metrics.editions import PROJECTS, format_projects
    from landscape.metrics.store import load_store

    root = root_option.resolve()
    check_new_name(root, name)
    current, dataset = compose_current(root, name)
    check_published(root, current)
    files = collect_inputs(root, load_store(root))
    check_whole(files, current)
    rule = dataset.settings.inclusion
    manifest = Manifest(
        name=name,
        kind="frozen",
        landscape=dict(dataset.settings.title),
        as_of=current.as_of,
        rule={"metric": rule.metric, "window": rule.window, "above": rule.above},
        taxonomy=current.taxonomy,
        projects=len(current.projects),
        on_the_map=int(current.projects["on_the_map"].sum()),
        vintages=current.vintages,
        earlier=list_edition_names(root),
        made_with=__version__,
    )
    files[PROJECTS] = format_projects(current.projects)
    folder = write_edition(root, manifest, files)
    size_kb = sum(len(content) for content in files.values()) // 1024
    click.echo(f"wrote {folder.relative_to(root)}: {len(files)} files, {size_kb} KB", err=True)
    click.echo(
        f"{manifest.on_the_map} of {manifest.projects} projects are on the map of the edition "
        f"{name} (data as of {manifest.as_of})"
    )
    return 0


@edition.command("list")
@click.pass_obj
def list_command(root_option: RootOption) -> int:
    """List the editions, the earliest first."""
    from landscape.metrics.editions import load_editions
    from landscape.report.editions.changes import load_edition_messages
    from landscape.report.editions.tables import state_edition

    root = root_option.resolve()
    editions = load_editions(root, load_contributed(root))
    messages = load_edition_messages("en", "openrank")
    for item in editions:
        click.echo(state_edition(item, messages))
    frozen = sum(item.kind == "frozen" for item in editions)
    noun = "edition" if len(editions) == 1 else "editions"
    click.echo(f"{len(editions)} {noun}, {frozen} of them frozen here")
    return 0


@edition.command()
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def show(root_option: RootOption, name: str, form: str) -> int:
    """Show what the edition NAME published of every project."""
    from landscape.metrics.editions import check_belongs, load_edition
    from landscape.report.editions.changes import load_edition_messages
    from landscape.report.editions.tables import render_edition, render_edition_json

    root = root_option.resolve()
    item = load_edition(root, name)
    dataset = load_contributed(root)
    check_belongs(item, dataset)
    if form == "json":
        click.echo(render_edition_json(item), nl=False)
        return 0
    names = {project.id: project.name for project in dataset.projects.values()}
    messages = load_edition_messages("en", dataset.settings.inclusion.metric)
    click.echo(render_edition(item, names, messages), nl=False)
    return 0


@edition.command()
@click.argument("before")
@click.argument("after", default="current")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.option("--language", default="", help="Of text and Markdown; by default the first one.")
@click.pass_obj
def diff(root_option: RootOption, before: str, after: str, form: str, language: str) -> int:
    """Tell what changed from the edition BEFORE to AFTER, by default to what is current."""
    from landscape.analysis.edition_diff import compare_editions
    from landscape.base.languages import pick_text
    from landscape.dataset.tables import tabulate_projects
    from landscape.metrics.edition_files import CURRENT
    from landscape.metrics.editions import check_belongs, load_edition
    from landscape.report.editions import changes

    root = root_option.resolve()
    first = load_edition(root, before)
    if after == CURRENT:
        second, dataset = compose_current(root)
    else:
        second, dataset = load_edition(root, after), load_contributed(root)
    for item in (first, second):
        check_belongs(item, dataset)
    result = compare_editions(first, second, tabulate_projects(dataset))
    if form == "json":
        click.echo(changes.render_json(result), nl=False)
        return 0
    chosen = language or dataset.settings.languages[0]
    domains = {domain.id: pick_text(domain.name, chosen) for domain in dataset.taxonomy.domains}
    messages = changes.load_edition_messages(chosen, dataset.settings.inclusion.metric)
    render = changes.render_markdown if form == "markdown" else changes.render_text
    click.echo(render(result, messages, domains), nl=False)
    return 0
