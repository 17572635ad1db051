"""How ``landscape discover`` tells what it found: to people, to programs, as Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

import click

from landscape.analysis.discovery_candidates import Candidate
from landscape.cli.discover_proposals import Proposal
from landscape.cli.discover_request import Request
from landscape.cli.discover_result import Coverage, Discovered
from landscape.report.markdown import clean_text, escape_text

SHOWN_CANDIDATES = 20
SHOWN_DAMAGED = 20
LONGEST_NAME = 140


def tell(
    request: Request,
    source: str,
    coverage: Coverage,
    found: Discovered,
    written: Sequence[PurePosixPath],
    proposals: Sequence[Proposal],
) -> None:
    """Print the result in the form that was asked for, and add it to the summary's file."""
    if request.form == "json":
        record = make_record(source, coverage, found, written, proposals)
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
    elif request.form == "markdown":
        click.echo(render_markdown(coverage, found, proposals), nl=False)
    else:
        for line in _list_lines(coverage, found, written, proposals, request):
            click.echo(line)
    if request.summary is not None:
        with request.summary.open("a", encoding="utf-8") as stream:
            stream.write(render_markdown(coverage, found, proposals))


def make_record(
    source: str,
    coverage: Coverage,
    found: Discovered,
    written: Sequence[PurePosixPath],
    proposals: Sequence[Proposal],
) -> dict[str, Any]:
    """Return everything as JSON has it; keys are stable."""
    paths = {proposal.candidate.repo_id: proposal.path for proposal in proposals}
    return {
        "window": {"first": found.months[0], "last": found.months[-1]},
        "source": source,
        "coverage": {
            "files": coverage.files,
            "damaged": [
                {"file": str(each.source), "reason": each.reason} for each in coverage.damaged
            ],
            "broken_lines": coverage.broken_lines,
            "events": coverage.events,
            "hours": coverage.hours,
            "hours_chosen": coverage.hours_chosen,
            "hours_total": coverage.hours_total,
            "every_hours": coverage.every_hours,
            "missing_hours": list(coverage.missing_hours),
        },
        "projects": found.projects,
        "projects_active": found.active,
        "projects_unidentified": list(found.unidentified),
        "pairs": len(found.pairs),
        "candidates": [_make_candidate(each, paths) for each in found.candidates],
        "proposals": [
            {"id": each.id, "path": str(each.path), "repo": each.candidate.repo}
            for each in proposals
        ],
        "written": [str(path) for path in written],
    }


def render_markdown(coverage: Coverage, found: Discovered, proposals: Sequence[Proposal]) -> str:
    """Return the result as a section of Markdown; it serves as a pull request's text."""
    first, last = found.months[0], found.months[-1]
    window = first if first == last else f"{first} to {last}"
    lines = [f"## Discovery, {window}", "", _count_coverage(coverage) + ".", ""]
    if proposals:
        lines += [
            "Each proposed file lacks one sentence, which only you can write. To refuse one, "
            "delete the file and name the repository with a reason in `data/rejected.yaml`; it is "
            "not proposed again then.",
            "",
        ]
    chosen = {proposal.candidate.repo_id: proposal for proposal in proposals}
    lines += [
        "| repository | developers shared | of | likely domain | lead | most with | file |",
        "|---|--:|--:|---|--:|---|---|",
    ]
    for each in found.candidates[: max(SHOWN_CANDIDATES, len(chosen))]:
        proposal = chosen.get(each.repo_id)
        file = f"`{proposal.path.name}`" if proposal else ""
        lines.append(
            f"| {escape_text(_show_name(each))} | {each.developers} | {each.participants} | "
            f"{each.domain} | {each.margin:.0%} | {_list_ties(each)} | {file} |"
        )
    lines += ["", _count(found, proposals) + ".", ""]
    return "\n".join(lines)


def _list_lines(
    coverage: Coverage,
    found: Discovered,
    written: Sequence[PurePosixPath],
    proposals: Sequence[Proposal],
    request: Request,
) -> list[str]:
    lines = [f"window: {found.months[0]} to {found.months[-1]}", _count_coverage(coverage)]
    for file in coverage.damaged[:SHOWN_DAMAGED]:
        lines.append(f"left out: {file.source.name}: {file.reason}")
    if len(coverage.damaged) > SHOWN_DAMAGED:
        lines.append(f"left out: … and {len(coverage.damaged) - SHOWN_DAMAGED} more")
    for rank, each in enumerate(found.candidates[:SHOWN_CANDIDATES], start=1):
        lines.append(
            f"{rank:3d}. {_show_name(each)}: {each.developers} of {each.participants} developers, "
            f"{each.domain} by {each.margin:.0%}, most with {_list_ties(each)}"
        )
    lines += [f"wrote {path}" for path in written]
    verb = "would propose" if request.dry_run else "proposed"
    lines += [f"{verb} {each.path}: {each.candidate.repo}" for each in proposals]
    return [*lines, _count(found, proposals)]


def _make_candidate(candidate: Candidate, paths: dict[int, PurePosixPath]) -> dict[str, Any]:
    path = paths.get(candidate.repo_id)
    return {
        "repo_id": candidate.repo_id,
        "repo": candidate.repo,
        "developers": candidate.developers,
        "participants": candidate.participants,
        "share": round(candidate.share, 4),
        "domain": candidate.domain,
        "margin": round(candidate.margin, 4),
        "ties": [
            {"project": tie.project, "common_developers": tie.common_developers}
            for tie in candidate.ties
        ],
        "proposed_as": str(path) if path else None,
    }


def _show_name(candidate: Candidate) -> str:
    """Return the name on one line, no longer than one of GitHub's can be."""
    name = clean_text(candidate.repo)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _list_ties(candidate: Candidate) -> str:
    return ", ".join(f"{tie.project} {tie.common_developers}" for tie in candidate.ties)


def _count_coverage(coverage: Coverage) -> str:
    text = (
        f"{coverage.events} events of {coverage.hours} of {coverage.hours_chosen} hours "
        f"({coverage.share:.1%})"
    )
    if coverage.every_hours > 1:
        text += (
            f", one hour in {coverage.every_hours} of the window's {coverage.hours_total}: "
            "counts are of this sample"
        )
    if coverage.files:
        read = coverage.files - len(coverage.damaged)
        text += f"; {read} of {coverage.files} files read, {coverage.broken_lines} broken lines"
    return text


def _count(found: Discovered, proposals: Sequence[Proposal]) -> str:
    return (
        f"{found.active} of {found.projects} projects had developers, {len(found.pairs)} pairs, "
        f"{len(found.candidates)} candidates, {len(proposals)} proposed"
    )
