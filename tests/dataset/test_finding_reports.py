"""Reports of findings: text, JSON, annotations."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from landscape.base.findings import Finding, Level
from landscape.dataset.checks import CheckResult
from landscape.dataset.finding_reports import (
    render_github,
    render_json,
    render_sentence,
    render_text,
)


def make_finding(
    line: int = 7,
    level: Level = Level.ERROR,
    path: str = "data/projects/x.yaml",
    message: str = "it is wrong",
) -> Finding:
    return Finding(PurePosixPath(path), line, "some-code", level, message, "write it so", "value")


def test_the_sentence_counts_by_level_with_a_denominator() -> None:
    findings = (make_finding(), make_finding(8), make_finding(9, Level.HINT, "landscape.yaml"))
    assert (
        render_sentence(CheckResult(findings, 232))
        == "3 findings (2 errors, 1 hint) in 2 of 232 files"
    )
    assert (
        render_sentence(CheckResult((make_finding(),), 1)) == "1 finding (1 error) in 1 of 1 file"
    )
    assert render_sentence(CheckResult((), 232)) == "no findings in 232 files"


def test_text_tells_place_level_code_and_remedy() -> None:
    text = render_text(CheckResult((make_finding(), make_finding(0)), 2))
    assert text.splitlines() == [
        "data/projects/x.yaml:7: error some-code: it is wrong",
        "    write it so",
        "data/projects/x.yaml: error some-code: it is wrong",
        "    write it so",
        "2 findings (2 errors) in 1 of 2 files",
    ]


def test_text_is_coloured_only_when_asked() -> None:
    result = CheckResult((make_finding(),), 1)
    assert "\x1b" not in render_text(result)
    assert "\x1b[31merror\x1b[0m" in render_text(result, color=True)


def test_json_holds_every_field_and_the_counts() -> None:
    content = json.loads(render_json(CheckResult((make_finding(0),), 3)))
    assert content["counts"] == {"error": 1, "warning": 0, "hint": 0}
    assert content["files_checked"] == 3
    assert content["findings"][0] == {
        "path": "data/projects/x.yaml",
        "line": None,
        "code": "some-code",
        "level": "error",
        "message": "it is wrong",
        "hint": "write it so",
        "value": "value",
    }


def test_annotations_escape_what_github_would_obey() -> None:
    finding = make_finding(path="data/projects/a:b,c%.yaml", message="100 %\r\n::error::injected")
    line = render_github(CheckResult((finding,), 1)).splitlines()[0]
    assert line == (
        "::error file=data/projects/a%3Ab%2Cc%25.yaml,title=some-code,line=7"
        "::100 %25%0D%0A::error::injected%0Awrite it so"
    )


def test_a_line_break_in_a_files_name_begins_no_new_line() -> None:
    result = CheckResult((make_finding(path="data/projects/a\n::error::b.yaml"),), 1)
    for text in (render_text(result), render_github(result)):
        assert not any(line.startswith("::error::b") for line in text.splitlines())


def test_annotations_name_errors_first_and_count_the_rest() -> None:
    findings = tuple(make_finding(line, Level.HINT) for line in range(1, 13))
    findings += tuple(make_finding(line) for line in range(1, 15))
    lines = render_github(CheckResult(findings, 5)).splitlines()
    assert [line.split()[0] for line in lines[:10]] == ["::error"] * 10
    assert lines[10] == "4 more errors without an annotation; run: landscape validate"
    assert [line.split()[0] for line in lines[11:21]] == ["::notice"] * 10
    assert lines[21] == "2 more hints without an annotation; run: landscape validate"
    assert lines[22] == "26 findings (14 errors, 12 hints) in 1 of 5 files"


def test_annotations_name_files_from_the_top_of_the_repository() -> None:
    line = render_github(CheckResult((make_finding(0),), 1), folder="ours").splitlines()[0]
    assert line.startswith("::error file=ours/data/projects/x.yaml,title=some-code::")
