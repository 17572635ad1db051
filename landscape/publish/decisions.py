"""What needs a human's decision after a refresh, as the body of the standing issue."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from landscape.analysis.model import Landscape, Verdict
from landscape.dataset.model import Dataset, Project
from landscape.metrics.model import NAME_TAKEN, Store
from landscape.publish.reused_names import ReusedName
from landscape.report.entries import Entry, list_entries
from landscape.report.markdown import escape_text, render_link, render_repo_link
from landscape.report.stories.stale import Stale

_LISTED = 100


@dataclass(frozen=True)
class Decision:
    """One thing to decide: under which heading, and one line of Markdown."""

    heading: str
    line: str


@dataclass(frozen=True)
class Happening:
    """What a refresh left behind beside the data.

    left: ids of projects that left the published map. refusals: what guards said, plain. stale:
    the sentences of stories that the data no longer support. candidates: title and address of the
    open pull request that proposes projects; None where none is open. reused: former names that
    lead to somebody else's repository now.
    """

    left: Sequence[str] = ()
    refusals: Sequence[str] = ()
    stale: Sequence[Stale] = ()
    candidates: tuple[str, str] | None = None
    reused: Sequence[ReusedName] = ()


def list_decisions(
    dataset: Dataset, store: Store, landscape: Landscape, happening: Happening, today: dt.date
) -> tuple[Decision, ...]:
    """Return what needs a decision, the most urgent first."""
    entries = list_entries(landscape)
    return (
        *_list_refusals(happening.refusals),
        *_list_renamed(dataset, store),
        *_list_reused(entries, happening.reused),
        *_list_gone(entries, store),
        *_list_archived(entries),
        *_list_stale(entries, today, dataset.settings.decisions.stale_days),
        *_list_left(entries, happening.left),
        *_list_sentences(happening.stale),
        *_list_candidates(happening.candidates),
    )


def render_decisions(decisions: Sequence[Decision]) -> str:
    """Return the issue's body; empty where nothing needs a decision."""
    parts = []
    for heading in dict.fromkeys(decision.heading for decision in decisions):
        lines = [decision.line for decision in decisions if decision.heading == heading]
        listed = "\n".join(f"- {line}" for line in lines[:_LISTED])
        more = f"\n- … and {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
        parts.append(f"### {heading}\n\n{listed}{more}")
    return "\n\n".join(parts)


def list_left(published: bytes | None, landscape: Landscape) -> tuple[str, ...]:
    """Return the projects that a published table had on the map and the landscape has not."""
    if published is None:
        return ()
    rows = csv.DictReader(io.StringIO(published.decode("utf-8", "replace")))
    was = {row.get("project") for row in rows if row.get("verdict") == Verdict.ON_THE_MAP}
    table = landscape.projects
    return tuple(
        sorted(
            str(project)
            for project, verdict in zip(table["project"], table["verdict"], strict=True)
            if project in was and verdict not in (Verdict.ON_THE_MAP, Verdict.RETIRED)
        )
    )


def _list_refusals(refusals: Sequence[str]) -> list[Decision]:
    return [
        Decision(
            "A guard refused to publish",
            f"{escape_text(refusal)} The report stays as it was until somebody runs the refresh "
            "with accept-shrink, or corrects the cause. GitHub ends schedules after 60 days "
            "without activity.",
        )
        for refusal in refusals
    ]


def _list_renamed(dataset: Dataset, store: Store) -> list[Decision]:
    """List renames that the refresh did not follow by itself: it edits only what is safe to edit.

    GitHub's last answer is stored. A stored name among the former ones is older than the file.
    """
    stored = store.repositories[store.repositories["full_name"].notna()]
    names = dict(zip(stored["project"], stored["full_name"], strict=True))
    return [
        Decision("Renamed upstream", _propose_rename(project, names[project.id], dataset))
        for project in dataset.projects.values()
        if project.id in names
        and project.retired is None
        and names[project.id].lower()
        not in {name.lower() for name in (project.repo, *project.former_repos)}
    ]


def _propose_rename(project: Project, name: str, dataset: Dataset) -> str:
    named = next(
        (
            other.id
            for other in dataset.projects.values()
            if other.id != project.id
            and name.lower()
            in {repo.lower() for repo in (other.repo, *other.former_repos, *other.additional_repos)}
        ),
        None,
    )
    shown = render_repo_link(project.name, project.repo)
    file = escape_text(f"data/projects/{project.id}.yaml")
    told = f"{shown}: the stored facts are of {render_repo_link(name, name)}, its file {file} says "
    told += f"{escape_text(project.repo)}. "
    if named is not None:
        return (
            f"{told}The project {escape_text(named)} names that repository too: merge the two "
            "files, or correct one."
        )
    former = ", ".join((*project.former_repos, project.repo))
    return (
        f"{told}If it was renamed, write {escape_text(f'repo: {name}')} and "
        f"{escape_text(f'former_repos: [{former}]')} there; the refresh could not edit this file."
    )


def _list_reused(entries: Sequence[Entry], reused: Sequence[ReusedName]) -> list[Decision]:
    names = {entry.project: _name(entry) for entry in entries}
    return [
        Decision(
            "Renamed, and the old name taken by another repository",
            f"{names[item.project]}: its former name {render_repo_link(item.name, item.name)} is "
            f"another repository now (id {item.repo_id}). Take it out of "
            f"{escape_text('former_repos')} in "
            f"{escape_text(f'data/projects/{item.project}.yaml')}, so that nobody takes the one "
            "for the other; the new one may be a project of its own.",
        )
        for item in reused
        if item.project in names
    ]


def _list_gone(entries: Sequence[Entry], store: Store) -> list[Decision]:
    """List them at once: the verdict follows only when a month after it is published."""
    states = store.states
    told = states[(states["source"] == "github") & (states["state"] == "gone")]
    gone = {row.project: row for row in told.itertuples(index=False)}
    return [
        _describe_gone(entry, str(gone[entry.project].since), str(gone[entry.project].detail))
        for entry in entries
        if entry.project in gone and entry.verdict is not Verdict.RETIRED
    ]


def _describe_gone(entry: Entry, since: str, detail: str) -> Decision:
    if NAME_TAKEN in detail:
        return Decision(
            "Gone, and its name taken by another repository",
            f"{_name(entry)}: since {since} the name leads to a repository with another id, whose "
            "numbers are not taken over. Retire the project (`retired:` in its file), or name the "
            "repository that continues it.",
        )
    return Decision(
        "Gone",
        f"{_name(entry)}: GitHub no longer has it since {since}. Retire it (`retired:` in its "
        "file), or name its new repository.",
    )


def _list_archived(entries: Sequence[Entry]) -> list[Decision]:
    return [
        Decision("Archived upstream", f"{_name(entry)}: retire it, or leave it as it is.")
        for entry in entries
        if entry.archived and entry.verdict is Verdict.ON_THE_MAP
    ]


def _list_stale(entries: Sequence[Entry], today: dt.date, stale_days: int) -> list[Decision]:
    limit = today - dt.timedelta(days=stale_days)
    return [
        Decision(
            f"No values to be had for {stale_days} days",
            f"{_name(entry)}: since {entry.stale_since}, last value in "
            f"{entry.last_known_month or 'no month'}. Was it renamed?",
        )
        for entry in entries
        if entry.stale_since and dt.date.fromisoformat(entry.stale_since) <= limit
    ]


def _list_left(entries: Sequence[Entry], left: Sequence[str]) -> list[Decision]:
    return [
        Decision("Left the map", f"{_name(entry)}: {escape_text(str(entry.verdict))}")
        for entry in entries
        if entry.project in set(left)
    ]


def _list_sentences(stale: Sequence[Stale]) -> list[Decision]:
    return [
        Decision(
            "Sentences that the data no longer support",
            f"{escape_text(f'{sentence.path}:{sentence.line}')}: "
            f"“{escape_text(str(sentence.sentence))}” is left out of the report. Rewrite it, or "
            "remove it.",
        )
        for sentence in stale
    ]


def _list_candidates(candidates: tuple[str, str] | None) -> list[Decision]:
    if candidates is None:
        return []
    title, address = candidates
    return [
        Decision(
            "Candidates",
            f"{render_link(title, address)}: complete the files that belong here and merge them; "
            "list the others in data/rejected.yaml.",
        )
    ]


def _name(entry: Entry) -> str:
    return render_repo_link(entry.name, entry.repo)
