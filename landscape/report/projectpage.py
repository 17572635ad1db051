"""A project's page: what it is, where it stands and why, its line, its neighbours, its past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import pandas as pd

from landscape.report.book import UP, Book
from landscape.report.brief import format_period
from landscape.report.cells import render_switch, show_text
from landscape.report.entries import Entry
from landscape.report.markdown import (
    Markdown,
    escape_text,
    join_markdown,
    render_link,
    render_repo_link,
)
from landscape.report.numbers import (
    UNKNOWN,
    format_change,
    format_count,
    format_openrank,
    format_percent_change,
)
from landscape.report.pictures import project_stem, show_picture
from landscape.report.projectcommunity import render_community
from landscape.report.projectpast import render_editions, render_months, render_neighbours
from landscape.report.reasons import explain_entry, name_verdict
from landscape.report.tables import render_table
from landscape.report.templating import render_template

TO_ROOT = "../../"
"""From a project's page to the landscape's root, where the report lies in ``report/``."""
VERDICTS = "verdicts"
"""The anchor on the page of the method where verdicts are explained."""


@dataclass(frozen=True)
class Shelf:
    """What the projects' pages take from tables, by project: rows of standings, and pairs.

    ``standings``: of ``compute_standings``, in order of month. ``neighbours``: (project, common
    developers), the most first.
    """

    standings: Mapping[str, pd.DataFrame]
    neighbours: Mapping[str, Sequence[tuple[str, int]]]


def render_project_page(entry: Entry, book: Book, shelf: Shelf) -> bytes:
    """Return the page; ``book`` is written from an inner folder."""
    say, scribe = book.say, book.scribe
    standing = shelf.standings.get(entry.project)
    return render_template(
        "project.md.j2",
        say=say,
        title=entry.name,
        crumbs=_render_crumbs(entry, book),
        switch=render_switch(scribe, entry.project),
        headline=_describe_standing(entry, book),
        summary=scribe.summarise(entry),
        over=_tell_end(entry, book),
        facts=_render_facts(entry, book),
        verdict=_explain(entry, book),
        change=_tell_change(entry, book),
        line=show_picture(
            book.files,
            project_stem(entry.project),
            _describe_line(entry, standing, book),
            UP,
        ),
        months=render_months(standing, book) if standing is not None else Markdown(""),
        community=render_community(entry, book),
        neighbours=render_neighbours(shelf.neighbours.get(entry.project, ()), book),
        editions=render_editions(book.record.appearances.get(entry.project, []), book),
        file=_tell_file(entry, book),
    )


def _render_crumbs(entry: Entry, book: Book) -> Markdown:
    say, scribe = book.say, book.scribe
    front = UP + scribe.addresses.front(say.language)
    title = say.pick(scribe.dataset.settings.title)
    return join_markdown([render_link(title, front), scribe.link_domain(entry.domain)], " › ")


def _describe_standing(entry: Entry, book: Book) -> Markdown:
    say, window = book.say, book.landscape.window
    if entry.rank is None:
        return say(
            "project.off_map",
            verdict=escape_text(name_verdict(entry.verdict, say)),
            as_of=window.as_of,
        )
    return say(
        "project.on_map",
        rank=format_count(entry.rank),
        on_map=format_count(book.on_the_map_count),
        place=format_count(entry.rank_in_domain),
        domain=book.scribe.link_domain(entry.domain),
        openrank=format_openrank(entry.openrank_mean),
        as_of=window.as_of,
    )


def _tell_end(entry: Entry, book: Book) -> Markdown:
    """Return why the project was declared over, and who follows; empty where it was not."""
    say = book.say
    retired = book.scribe.dataset.projects[entry.project].retired
    if retired is None or not entry.retired_on:
        return Markdown("")
    parts = [say("project.retired", date=entry.retired_on), escape_text(say.pick(retired.reason))]
    follower = book.desk.by_id.get(retired.successor)
    if follower is not None:
        parts.append(say("domain.successor", project=book.scribe.link_project(follower)))
    return say.join_sentences([part for part in parts if part])


def _render_facts(entry: Entry, book: Book) -> Markdown:
    say, scribe = book.say, book.scribe
    contributed = scribe.dataset.projects[entry.project]
    domains = [scribe.link_domain(domain) for domain in (entry.domain, *entry.also_in)]
    lane = scribe.name_subdomain(entry)
    if lane:
        domains[0] = say("project.domain_lane", domain=domains[0], lane=lane)
    tags = scribe.dataset.taxonomy.tags
    marks = scribe.list_marks(entry, book.landscape.window)
    facts: list[tuple[Markdown, str]] = [
        (say("project.repository"), render_repo_link(entry.repo, entry.repo)),
        (say("project.former"), _link_repos(contributed.former_repos)),
        (say("project.additional"), _link_repos(contributed.additional_repos)),
        (say("project.homepage"), _link_homepage(contributed.homepage)),
        (say("column.domain"), join_markdown(domains, " · ")),
        (say("project.tags"), say.join_list(
            [escape_text(say.pick(tags[tag]) if tag in tags else tag) for tag in entry.tags])),
        (say("column.origin"), entry.origin),
        (say("column.stars"), _tell_count(entry.stars, entry, book)),
        (say("project.forks"), _tell_count(entry.forks, entry, book)),
        (say("project.participants", as_of=book.landscape.window.as_of),
         format_count(entry.participants)),
        (say("column.language"), show_text(entry.language)),
        (say("project.license"), show_text(entry.license)),
        (say("column.created"), show_text(entry.created_at)),
        (say("project.last_commit"), show_text(entry.last_commit_at)),
        (say("project.marks"), join_markdown(marks, " ")),
    ]  # fmt: skip
    heads = [(say("project.fact"), "left"), (say("project.value"), "left")]
    known = [[title, value] for title, value in facts if value and value != UNKNOWN]
    unknown = [title for title, value in facts if value == UNKNOWN]
    table = render_table(heads, known)
    if not unknown:
        return table
    line = say("project.unknown_facts", names=join_markdown(unknown, " · "))
    return Markdown(f"{table}\n\n{line}")


def _tell_count(count: int | None, entry: Entry, book: Book) -> str:
    """Return a count of GitHub, with its month where that is not the month of all others."""
    told = format_count(count)
    if count is None or entry.facts_month == book.landscape.facts_month:
        return told
    return book.say("project.count_then", count=told, month=entry.facts_month)


def _link_repos(repos: Sequence[str]) -> Markdown:
    return join_markdown([render_repo_link(repo, repo) for repo in repos], " · ")


def _link_homepage(address: str) -> Markdown:
    """Return the address as a link where it is one for browsers, else as text."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.netloc and address.isascii() and address.isprintable():
        return render_link(parts.netloc + parts.path.rstrip("/"), address)
    return escape_text(address)


def _explain(entry: Entry, book: Book) -> Markdown:
    """Return the verdict, linked to what it means, with its arithmetic."""
    say = book.say
    verdict = book.scribe.link_chapter("method", name_verdict(entry.verdict, say), VERDICTS)
    reason = explain_entry(entry, book.landscape.window, say)
    return Markdown(f"**{verdict}** · {escape_text(reason)}")


def _tell_change(entry: Entry, book: Book) -> Markdown:
    """Return the change with both means and the share; empty where it cannot be compared."""
    say, basis = book.say, book.landscape.basis
    if entry.change is None:
        return _tell_no_change(entry, book) if basis.kind != "none" else Markdown("")
    return say(
        "project.change",
        current=format_period(basis.current),
        earlier=format_period(basis.earlier),
        after=format_openrank(entry.change_current),
        before=format_openrank(entry.change_earlier),
        change=format_change(entry.change),
        percent=format_percent_change(entry.change_percent),
        share=format_change(entry.share_change, 2),
    )


def _tell_no_change(entry: Entry, book: Book) -> Markdown:
    """Return why there is no change: too young for the earlier period, or months unknown."""
    basis = book.landscape.basis
    periods = {
        "current": format_period(basis.current),
        "earlier": format_period(basis.earlier),
    }
    if entry.created_at[:7] > basis.earlier[0]:
        return book.say("project.too_young", created=entry.created_at[:7], **periods)
    return book.say("project.no_change", **periods)


def _tell_file(entry: Entry, book: Book) -> Markdown:
    """Return where what people contributed about the project is read and edited."""
    path = f"data/projects/{entry.project}.yaml"
    return book.say(
        "project.file",
        edit=Markdown(book.scribe.dataset.settings.edit_base + path),
        file=Markdown(TO_ROOT + path),
    )


def _describe_line(entry: Entry, standing: pd.DataFrame | None, book: Book) -> str:
    if standing is None or standing.empty:
        return ""
    newest = standing.iloc[-1]
    best = standing.sort_values(["openrank", "month"], ascending=[False, True]).iloc[0]
    return book.say.plain(
        "project.alt",
        name=entry.name,
        first=str(standing["month"].iloc[0]),
        last=str(newest["month"]),
        newest=format_openrank(float(newest["openrank"])),
        highest=format_openrank(float(best["openrank"])),
        highest_month=str(best["month"]),
    )
