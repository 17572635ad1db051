"""``landscape init``: a complete minimal landscape in a folder."""

from __future__ import annotations

import re
from pathlib import Path

import click

from landscape.base.errors import LandscapeError
from landscape.cli.options import sort_by_language

DEFAULT_DOMAINS = ("tools=Tools", "libraries=Libraries")
DEFAULT_ACTION = "oss-landscape/oss-landscape@v1"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--title",
    "titles",
    multiple=True,
    metavar="[LANG=]TEXT",
    help="The landscape's title; again for another language: --title zh=…",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="A language of the report, the main one first. Default: en.",
)
@click.option(
    "--domain",
    "domains",
    multiple=True,
    metavar="[ID=]NAME",
    help="A domain; may be given again. Default: Tools and Libraries.",
)
@click.option(
    "--above",
    type=click.FloatRange(min=0),
    default=10,
    show_default=True,
    help="The threshold of the inclusion rule: mean monthly OpenRank.",
)
@click.option(
    "--window",
    type=click.Choice(["year-to-date", "trailing-12-months"]),
    default="trailing-12-months",
    show_default=True,
    help="The months whose mean decides.",
)
@click.option(
    "--action",
    metavar="OWNER/NAME@REF",
    default=DEFAULT_ACTION,
    show_default=True,
    help="The Action that the workflows use.",
)
@click.option("--force", is_flag=True, help="Overwrite files that are there already.")
def init(
    folder: Path,
    titles: tuple[str, ...],
    languages: tuple[str, ...],
    domains: tuple[str, ...],
    above: float,
    window: str,
    action: str,
    force: bool,
) -> int:
    """Write a complete minimal landscape: settings, taxonomy, two projects, schemas, workflows.

    Files that are there already stay as they are, unless --force is given. What to switch on in
    the repository's settings is printed, and stands in its README.
    """
    from landscape.base.files import write_atomically
    from landscape.publish.starter import Choices, make_domains, make_starter

    chosen = languages or ("en",)
    for language in chosen:
        if _LANGUAGE.fullmatch(language) is None:
            raise click.BadParameter(f"{language!r} is no language code such as en or zh")
    if re.fullmatch(r"[\w.-]+/[\w.-]+(/[\w./-]+)?@[\w./-]+", action) is None:
        raise click.BadParameter(f"{action!r} is not of the form owner/name@ref")
    choices = Choices(
        title=_read_titles(titles, chosen),
        languages=tuple(dict.fromkeys(chosen)),
        domains=make_domains(domains or DEFAULT_DOMAINS, chosen),
        above=above,
        window=window,
        action=action,
    )
    if (folder / "landscape.yaml").exists() and not force:
        raise LandscapeError(
            f"{folder} is a landscape already", "with --force its files are overwritten"
        )
    files = make_starter(choices)
    written, kept = 0, []
    for path, content in files.items():
        target = folder / path
        if target.exists() and target.read_bytes() != content and not force:
            kept.append(path)
            continue
        written += write_atomically(target, content)
    for path in kept:
        click.echo(f"kept {path} as it is")
    click.echo(_SWITCHES, nl=False)
    click.echo(f"{written} of {len(files)} files written in {folder}")
    return 0


_SWITCHES = """\
Next:
  git init --initial-branch main, commit, and push it to GitHub
  Settings > Actions > General: enable workflows, and "Allow GitHub Actions to create and
    approve pull requests": the issue form and a protected main branch need it
  Settings > General > Features: leave Issues on, for the form and the one issue of decisions
  Actions > refresh > Run workflow: the first report is there when it ends
  To have projects proposed every month: the variable LANDSCAPE_DISCOVERY, on
To see it here: landscape validate
"""


def _read_titles(given: tuple[str, ...], languages: tuple[str, ...]) -> dict[str, str]:
    texts = sort_by_language(given, languages)
    first = next(iter(texts.values()), "Our Open Source Landscape")
    return {language: texts.get(language) or first for language in languages}
