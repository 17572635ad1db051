"""F16: what changed since the last edition, short for the main page and whole on its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from landscape.analysis.edition_model import Change, EditionDiff, Reason
from landscape.report.book import Book, render_chapter
from landscape.report.book import Section as PageSection
from landscape.report.editions.changes import (
    Cell,
    Section,
    describe_comparison,
    list_sections,
    name_side,
    state_sums,
)
from landscape.report.markdown import (
    Markdown,
    escape_text,
    join_markdown,
    render_repo_link,
)
from landscape.report.numbers import format_change, format_count
from landscape.report.tables import render_table

NAMED = 15
RANKED = 6

_NUMBER = re.compile(r"[+−]?[\d,.]+%?|–")

Row = Mapping[str, Any]


def tell_sums(diff: EditionDiff, book: Book) -> Markdown:
    """Return who stayed, came and went, as one sentence."""
    return escape_text(state_sums(diff, book.edition_messages))


def tell_terms(diff: EditionDiff, book: Book) -> Markdown:
    """Return what the rules of the two editions allow to conclude, in a sentence."""
    return escape_text(describe_comparison(diff, book.edition_messages)[0])


def list_changes(diff: EditionDiff, book: Book) -> list[Markdown]:
    """Return the changes by name, a line a kind of change; long lists are cut and counted."""
    say, stayed = book.say, diff.select(Change.STAYED)
    lines = []
    for change, key in (
        (Change.ENTERED, "changes.entered"),
        (Change.NEWLY_COVERED, "changes.newly_covered"),
        (Change.SPLIT_OFF, "changes.split_off"),
        (Change.MERGED, "changes.merged"),
    ):
        rows = _sort_by_rank(diff.select(change))
        if rows:
            count = format_count(len(rows))
            lines.append(say(key, count=count, names=_name_some(rows, book)))
        elif change is Change.ENTERED:
            lines.append(say("changes.nobody"))
    left = diff.select(Change.LEFT)
    for reason in Reason:
        rows = _sort_by_rank(left[left["reason"] == reason])
        if rows:
            lines.append(
                say(
                    "changes.left",
                    reason=say(f"left.{reason.name.lower()}"),
                    count=format_count(len(rows)),
                    names=_name_some(rows, book),
                )
            )
    lines += _list_moves(diff, stayed, book)
    lines += _list_renamed(diff, book)
    lines += _list_ranks(stayed, book)
    return lines


def _list_moves(diff: EditionDiff, stayed: pd.DataFrame, book: Book) -> list[Markdown]:
    say, names = book.say, book.domain_names
    if not diff.comparison.one_taxonomy:
        return [say("changes.moves_unknown")]
    rows = _list_rows(stayed[stayed["moved"]])
    told = [
        say(
            "changes.from_to",
            project=_link(row, book),
            before=names.get(row["domain_before"], row["domain_before"]),
            after=names.get(row["domain_after"], row["domain_after"]),
        )
        for row in rows
    ]
    return [say("changes.moved", names=_cut(told, book))] if told else []


def _list_renamed(diff: EditionDiff, book: Book) -> list[Markdown]:
    say = book.say
    told = [
        say(
            "changes.from_to",
            project=_link(row, book),
            before=row["repo_before"],
            after=row["repo_after"],
        )
        for row in _list_rows(diff.changes[diff.changes["renamed"]])
    ]
    return [say("changes.renamed", names=_cut(told, book))] if told else []


def _list_ranks(stayed: pd.DataFrame, book: Book) -> list[Markdown]:
    moved = stayed[stayed["rank_change"].notna() & (stayed["rank_change"] != 0)]
    moved = moved.assign(size=moved["rank_change"].abs())
    largest = moved.sort_values(["size", "project"], ascending=[False, True]).head(RANKED)
    told = [
        book.say(
            "changes.rank",
            project=_link(row, book),
            before=row["rank_before"],
            after=row["rank_after"],
            change=format_change(float(row["rank_change"]), 0),
        )
        for row in _list_rows(largest)
    ]
    return [book.say("changes.ranks", names=book.say.join_list(told))] if told else []


def render_changes_page(book: Book) -> bytes:
    """Return the whole comparison with the last edition, and those between earlier ones."""
    say, record = book.say, book.record
    diffs = [diff for diff in (record.since_last, *record.earlier) if diff is not None]
    sections = [
        PageSection(
            f"pair-{number}",
            say.plain(
                "changes.pair",
                before=name_side(diff.before, book.edition_messages),
                after=name_side(diff.after, book.edition_messages),
            ),
            _render_pair(diff, book),
        )
        for number, diff in enumerate(diffs, start=1)
    ]
    contents = [
        Markdown(f"- [{escape_text(section.heading)}](#{section.anchor})") for section in sections
    ]
    intro = [say("changes.intro"), join_markdown(contents, "\n")]
    return render_chapter(book, "changes", say("changes.page_title"), intro, sections)


def _render_pair(diff: EditionDiff, book: Book) -> Markdown:
    messages = book.edition_messages
    allowed = [Markdown(f"- {escape_text(told)}") for told in describe_comparison(diff, messages)]
    parts = [
        Markdown(f"**{tell_sums(diff, book)}**"),
        escape_text(messages("allows")),
        Markdown("\n".join(allowed)),
    ]
    for section in list_sections(diff, messages, book.domain_names):
        parts += [Markdown(f"### {escape_text(section.title)}"), render_section(section, book)]
    return join_markdown(parts, "\n\n")


def render_section(section: Section, book: Book) -> Markdown:
    """Return the rows of a list about editions as a table; projects are linked to their pages.

    An edition names a repository as it was called then, so former names lead to the page too.
    """
    contributed = book.scribe.dataset.projects
    pages = {
        repo.lower(): entry
        for entry in book.entries
        for repo in contributed[entry.project].former_repos
    }
    pages |= {entry.repo.lower(): entry for entry in book.entries}
    heads = [
        (escape_text(title[:1].upper() + title[1:]), _align(section, position))
        for position, title in enumerate(section.header)
    ]
    return render_table(heads, [[_render_cell(cell, pages, book) for cell in row]
                                for row in section.rows])  # fmt: skip


def _align(section: Section, position: int) -> str:
    """Return ``right`` for a column of numbers."""
    is_number = all(_NUMBER.fullmatch(row[position].text) for row in section.rows)
    return "right" if is_number else "left"


def _render_cell(cell: Cell, pages: Mapping[str, Any], book: Book) -> Markdown:
    if not cell.repo:
        return escape_text(cell.text)
    entry = pages.get(cell.repo.lower())
    return book.scribe.link_project(entry) if entry else render_repo_link(cell.text, cell.repo)


def _name_some(rows: Sequence[Row], book: Book) -> Markdown:
    return _cut([_link(row, book) for row in rows], book)


def _cut(names: list[Markdown], book: Book) -> Markdown:
    if not names:
        return Markdown("")
    shown = book.say.join_list(names[:NAMED])
    more = len(names) - NAMED
    if more <= 0:
        return shown
    return book.say("changes.more", names=shown, count=format_count(more))


def _link(row: Row, book: Book) -> Markdown:
    entry = book.desk.by_id.get(str(row["project"]))
    return book.scribe.link_project(entry) if entry else escape_text(str(row["name"]))


def _sort_by_rank(table: pd.DataFrame) -> list[Row]:
    ordered = table.sort_values(["rank_after", "rank_before", "project"], na_position="last")
    return _list_rows(ordered)


def _list_rows(table: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in _iterate(table)]


def _iterate(table: pd.DataFrame) -> Iterable[dict[Any, Any]]:
    return table.to_dict("records")
