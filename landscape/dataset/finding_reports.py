"""Findings as people and machines read them: text, JSON, GitHub annotations.

Every function returns the finished text; nothing is printed here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from landscape.base.findings import Finding, Level
from landscape.dataset.catalogue.kind import escape_unprintable
from landscape.dataset.checks import CheckResult

MAX_ANNOTATIONS = 10
"""GitHub shows at most ten annotations of each level for a step, and drops the rest silently."""

_LEVELS = (Level.ERROR, Level.WARNING, Level.HINT)
_GITHUB_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}
_COLORS = {Level.ERROR: "31", Level.WARNING: "33", Level.HINT: "36"}


def render_sentence(result: CheckResult) -> str:
    """Return the last line: ``3 findings (2 errors, 1 hint) in 2 of 232 files``."""
    total = _count(result.files_checked, "file")
    if not result.findings:
        return f"no findings in {total}"
    levels = Counter(finding.level for finding in result.findings)
    parts = ", ".join(_count(levels[level], str(level)) for level in _LEVELS if levels[level])
    files = len({finding.path for finding in result.findings})
    return f"{_count(len(result.findings), 'finding')} ({parts}) in {files} of {total}"


def render_text(result: CheckResult, *, color: bool = False) -> str:
    """Return two lines a finding, place and problem, then what to do; and the sentence."""
    return f"{render_lines(result.findings, color=color)}{render_sentence(result)}\n"


def render_lines(findings: Iterable[Finding], *, color: bool = False) -> str:
    """Return two lines a finding: place and problem, then what to do."""
    lines = []
    for finding in findings:
        level = f"\x1b[{_COLORS[finding.level]}m{finding.level}\x1b[0m" if color else finding.level
        lines.append(f"{_name_place(finding)}: {level} {finding.code}: {finding.message}\n")
        if finding.hint:
            lines.append(f"    {escape_unprintable(finding.hint)}\n")
    return "".join(lines)


def render_json(result: CheckResult) -> str:
    """Return one JSON object: ``findings``, ``counts`` by level, and numbers of files."""
    levels = Counter(finding.level for finding in result.findings)
    content = {
        "findings": [
            {
                "path": escape_unprintable(str(finding.path)),
                "line": finding.line or None,
                "code": finding.code,
                "level": finding.level,
                "message": finding.message,
                "hint": finding.hint,
                "value": finding.value,
            }
            for finding in result.findings
        ],
        "counts": {str(level): levels[level] for level in _LEVELS},
        "files_with_findings": len({finding.path for finding in result.findings}),
        "files_checked": result.files_checked,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def render_github(result: CheckResult, *, folder: str = "") -> str:
    """Return workflow commands that GitHub shows beside the lines of a pull request.

    Errors come first; beyond ten of a level the rest are counted. ``folder`` is the landscape's
    place in the repository where it is not at the top.
    """
    lines: list[str] = []
    for level in _LEVELS:
        findings = [finding for finding in result.findings if finding.level is level]
        shown = findings[:MAX_ANNOTATIONS]
        lines += (_render_annotation(finding, folder) for finding in shown)
        if len(findings) > len(shown):
            more = _count(len(findings) - len(shown), f"more {level}")
            lines.append(f"{more} without an annotation; run: landscape validate")
    return "\n".join([*lines, render_sentence(result), ""])


def _render_annotation(finding: Finding, folder: str) -> str:
    path = f"{folder}/{finding.path}" if folder else str(finding.path)
    properties = {"file": escape_unprintable(path), "title": finding.code}
    if finding.line:
        properties["line"] = str(finding.line)
    listed = ",".join(f"{key}={_escape_property(text)}" for key, text in properties.items())
    text = "\n".join(filter(None, (finding.message, finding.hint)))
    return f"::{_GITHUB_COMMANDS[finding.level]} {listed}::{_escape_data(text)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _name_place(finding: Finding) -> str:
    path = escape_unprintable(str(finding.path))
    return f"{path}:{finding.line}" if finding.line else path


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
