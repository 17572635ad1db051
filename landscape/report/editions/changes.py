"""F16 in words: what changed between two editions, as text, JSON and Markdown, in each language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from landscape.analysis.edition_model import Change, Comparison, EditionDiff, Reason, Side
from landscape.base.languages import Messages
from landscape.charts.metric_names import load_metric_messages, name_metric
from landscape.dataset.model import Inclusion
from landscape.metrics.columns import LABEL_SEPARATOR
from landscape.report.markdown import escape_text, render_repo_link
from landscape.report.numbers import format_change, format_mean, format_openrank, format_plain

LARGEST = 10
SHOWN_LABELS = 2
_UNKNOWN = "–"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """One cell of a section: plain text, and the repository that it links to on a page."""

    text: str
    repo: str = ""


@dataclass(frozen=True)
class Section:
    """One list of the comparison; ``more`` is how many rows were left out."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int = 0


def load_edition_messages(language: str, metric: str) -> Messages:
    """Read the messages of this folder for a landscape that decides by the metric."""
    return load_metric_messages("report.editions", language, metric)


CAME = ("entered", "newly_covered", "split_off")
GONE = ("left", "merged")


def state_sums(diff: EditionDiff, messages: Messages) -> str:
    """Return who stayed, came and went, in one sentence; the parts add up to both maps."""
    counts = {change.name.lower(): diff.count(change) for change in Change}
    return messages(
        "sums",
        before=name_side(diff.before, messages),
        after=name_side(diff.after, messages),
        on_before=diff.before.on_the_map,
        on_after=diff.after.on_the_map,
        stayed=counts["stayed"],
        came=sum(counts[name] for name in CAME),
        came_as=_state_parts(CAME, counts, messages),
        gone=sum(counts[name] for name in GONE),
        # That who is gone has left goes without saying, unless some were merged.
        gone_as=_state_parts(GONE, counts, messages) if counts["merged"] else "",
    )


def _state_parts(names: Sequence[str], counts: Mapping[str, int], messages: Messages) -> str:
    """Return the parts that are not zero, in brackets; empty where all are."""
    parts = [messages(f"sums.{name}", count=counts[name]) for name in names if counts[name]]
    if not parts:
        return ""
    return messages("sums.parts", parts=messages("list.comma").join(parts))


def describe_comparison(diff: EditionDiff, messages: Messages) -> list[str]:
    """Return what the pair allows, a sentence each."""
    comparison = diff.comparison
    before, after = (name_side(side, messages) for side in (diff.before, diff.after))
    rules = [state_rule(side.inclusion, messages) for side in (diff.before, diff.after)]
    unknown = [
        name_side(side, messages) for side in (diff.before, diff.after) if side.inclusion is None
    ]
    told = [
        messages(
            f"allows.rule.{comparison.rule}",
            rule=rules[0],
            before_rule=rules[0],
            after_rule=rules[1],
            unknown=messages("list.and").join(unknown),
        )
    ]
    if comparison.lists_only:
        named = messages("list.and").join(comparison.lists_only)
        told.append(messages("allows.lists", editions=named))
    told.append(messages(f"allows.taxonomy.{'one' if comparison.one_taxonomy else 'two'}"))
    told.append(_state_openrank(comparison, messages))
    told.append(
        messages(
            "allows.rank",
            before=before,
            after=after,
            before_basis=messages(f"rank.{diff.before.rank_basis}"),
            after_basis=messages(f"rank.{diff.after.rank_basis}"),
            before_ranked=diff.before.ranked,
            after_ranked=diff.after.ranked,
            before_total=diff.before.on_the_map,
            after_total=diff.after.on_the_map,
        )
    )
    return told


def _state_openrank(comparison: Comparison, messages: Messages) -> str:
    """Return of which months the values are compared, or why none are."""
    if not comparison.openrank_months:
        return messages("allows.openrank.none")
    before, after = comparison.openrank_months
    if before == after:
        return messages("allows.openrank.same", month=after[-1])
    first, second = (f"{months[0]}–{months[-1]}" for months in (before, after))
    compared = comparison.openrank_compared
    return messages("allows.openrank", compared=compared, first=first, second=second)


def list_sections(
    diff: EditionDiff,
    messages: Messages,
    domains: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> list[Section]:
    """Return every list of the comparison that has a row.

    ``domains``: id of a domain to its name; what is not in it stands as it is. ``limit``: at most
    so many rows a list; the strongest first, those without a rank last.
    """
    names = domains or {}
    stronger = ["rank_after", "rank_before", "name"]
    sections = []
    for key, rows, columns in _list_tables(diff):
        is_largest = key in {"rank", "openrank"}
        ordered = rows if is_largest else rows.sort_values(stronger, na_position="last")
        shown = ordered if limit is None else ordered.head(limit)
        if ordered.empty:
            continue
        cells = tuple(
            tuple(_fill_cell(column, row, diff, messages, names) for column in columns)
            for row in _list_rows(shown)
        )
        title = messages(f"section.{key}", count=len(ordered))
        header = tuple(messages(f"column.{column}") for column in columns)
        sections.append(Section(title, header, cells, len(ordered) - len(shown)))
    return sections


def render_text(diff: EditionDiff, messages: Messages, domains: Mapping[str, str]) -> str:
    """Return the comparison for a terminal; the last line holds the sums."""
    lines = [_state_title(diff, messages), "", messages("allows")]
    lines += [f"- {told}" for told in describe_comparison(diff, messages)]
    for section in list_sections(diff, messages, domains):
        lines += ["", section.title]
        lines += ["  " + " · ".join(cell.text for cell in row) for row in section.rows]
    return "\n".join([*lines, "", state_sums(diff, messages)]) + "\n"


def render_markdown(
    diff: EditionDiff,
    messages: Messages,
    domains: Mapping[str, str],
    limit: int | None = None,
    level: int = 2,
) -> str:
    """Return the comparison as Markdown, ready for release notes or a part of a page."""
    parts = [f"{'#' * level} {escape_text(_state_title(diff, messages))}"]
    parts.append(str(escape_text(state_sums(diff, messages))))
    told = describe_comparison(diff, messages)
    bullets = "\n".join(f"- {escape_text(sentence)}" for sentence in told)
    parts += [f"{'#' * (level + 1)} {escape_text(messages('allows').rstrip(':：'))}", bullets]
    for section in list_sections(diff, messages, domains, limit):
        parts += [f"{'#' * (level + 1)} {escape_text(section.title)}", _render_table(section)]
        if section.more:
            parts.append(str(escape_text(messages("section.more", count=section.more))))
    return "\n\n".join(parts) + "\n"


def render_json(diff: EditionDiff) -> str:
    """Return the comparison for programs; unknown is null."""
    rows = [
        {str(key): _convert_value(value) for key, value in row.items()}
        for row in diff.changes.to_dict("records")
    ]
    document = {
        "before": asdict(diff.before),
        "after": asdict(diff.after),
        "comparison": asdict(diff.comparison),
        "counts": {str(change): diff.count(change) for change in Change},
        "changes": rows,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def name_side(side: Side, messages: Messages) -> str:
    """Return the edition's name, or what the current landscape is called."""
    return side.name or messages("current")


def state_rule(inclusion: Inclusion | None, messages: Messages) -> str:
    """Return the rule in words, or that none was published."""
    if inclusion is None:
        return messages("edition.no_rule")
    return messages(
        "rule",
        decides_by=name_metric(inclusion.metric, messages.language),
        window=messages(f"window.{inclusion.window}"),
        above=format_plain(inclusion.above),
    )


def _state_title(diff: EditionDiff, messages: Messages) -> str:
    before, after = (name_side(side, messages) for side in (diff.before, diff.after))
    return messages("title", before=before, after=after)


def _list_tables(diff: EditionDiff) -> Iterator[tuple[str, pd.DataFrame, tuple[str, ...]]]:
    changes = diff.changes
    stayed = diff.select(Change.STAYED)
    for change in (Change.ENTERED, Change.NEWLY_COVERED):
        yield str(change), diff.select(change), ("project", "domain", "rank")
    yield str(Change.SPLIT_OFF), diff.select(Change.SPLIT_OFF), ("project", "other", "rank")
    yield str(Change.LEFT), diff.select(Change.LEFT), ("project", "domain_before", "reason")
    yield str(Change.MERGED), diff.select(Change.MERGED), ("project", "other")
    moved = ("project", "domain_before", "domain_after")
    yield "moved", stayed[stayed["moved"]], moved
    renamed = ("project", "repo_before", "repo_after")
    yield "renamed", changes[changes["renamed"]], renamed
    yield "recreated", changes[changes["recreated"]], ("project", "repo_after")
    rank = ("project", "rank_before", "rank_after", "rank_change")
    yield "rank", _find_largest(stayed, "rank_change"), (*rank[:3], "change")
    openrank = ("project", "openrank_before", "openrank_after", "change")
    yield "openrank", _find_largest(stayed, "openrank_change"), openrank


def _find_largest(stayed: pd.DataFrame, column: str) -> pd.DataFrame:
    """Find the largest changes up or down, larger first, equal ones by id; mark what to show."""
    moved = stayed[stayed[column].notna() & (stayed[column] != 0)]
    moved = moved.assign(size=moved[column].abs(), largest=column)
    ordered = moved.sort_values(["size", "project"], ascending=[False, True], kind="stable")
    return ordered.head(LARGEST)


def _fill_cell(
    column: str, row: Row, diff: EditionDiff, messages: Messages, domains: Mapping[str, str]
) -> Cell:
    fill = _PLAIN.get(column)
    if fill is not None:
        return Cell(fill(row))
    if column == "project":
        return Cell(row["name"], row["repo_after"] or row["repo_before"])
    if column.startswith("domain"):
        label = row["domain_before" if column == "domain_before" else "domain_after"]
        return Cell(domains.get(label) or _shorten_labels(label))
    if column.startswith("repo_"):
        return Cell(row[column] or _UNKNOWN)
    return Cell(_explain_reason(row, diff, messages))


def _list_rows(table: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _shorten_labels(labels: str) -> str:
    """Return the first of many labels, and how many more there are."""
    named = labels.split(LABEL_SEPARATOR)
    more = f" +{len(named) - SHOWN_LABELS}" if len(named) > SHOWN_LABELS else ""
    return ", ".join(named[:SHOWN_LABELS]) + more


def _explain_reason(row: Row, diff: EditionDiff, messages: Messages) -> str:
    """Say why a project left, with what is recorded of it."""
    successor = row["successor"]
    if successor:
        successor = messages("reason.successor", successor=successor)
    rule = diff.after.inclusion
    above = rule.above if rule is not None else float("nan")
    mean = row["openrank_mean"]
    shown = format_mean(mean, above) if row["reason"] == Reason.BELOW else ""
    return messages(
        f"reason.{row['reason']}",
        date=row["reason_date"] or _UNKNOWN,
        successor=successor,
        mean=shown,
        above=format_plain(above) if rule is not None else _UNKNOWN,
    )


def _format_rank(value: Any) -> str:
    return _UNKNOWN if pd.isna(value) else str(int(value))


def _format_largest(row: Row) -> str:
    value = row[row["largest"]]
    return str(format_change(float(value), 0 if row["largest"] == "rank_change" else 1))


_PLAIN: Mapping[str, Callable[[Row], str]] = {
    "rank": lambda row: _format_rank(row["rank_after"]),
    "rank_before": lambda row: _format_rank(row["rank_before"]),
    "rank_after": lambda row: _format_rank(row["rank_after"]),
    "openrank_before": lambda row: str(format_openrank(row["openrank_before"])),
    "openrank_after": lambda row: str(format_openrank(row["openrank_after"])),
    "other": lambda row: str(row["other"]),
    "change": _format_largest,
}


def _render_table(section: Section) -> str:
    lines = [section.header, tuple("---" for _ in section.header)]
    lines += [tuple(_render_cell(cell) for cell in row) for row in section.rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _render_cell(cell: Cell) -> str:
    return str(render_repo_link(cell.text, cell.repo) if cell.repo else escape_text(cell.text))


def _convert_value(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value
