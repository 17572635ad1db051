"""Stories, comparisons and events as files of the report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from landscape.base.findings import Finding
from landscape.charts.palette import LIGHT
from landscape.dataset.story_figures import FIGURE_KEYS
from landscape.dataset.story_model import Event, Figure
from landscape.report.record import load_record
from landscape.report.rendering import render_report
from landscape.report.stories.figures import view_figure
from landscape.report.stories.pages import list_stories
from landscape.report.writing import write_report
from tests.browser.rendering import render_fragment
from tests.house.modules import ROOT
from tests.report.landscapes import Sample, copy_tiny, load_sample
from tests.report.stories import make_desk, write_story
from tests.report.test_markdown import Reading

TREND = "lines: {kind: trend, projects: [alpha, gamma], caption: {en: Two of them., zh: 两个。}}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = copy_tiny(tmp_path)
    write_story(
        root,
        "first",
        "{{ name('alpha') }} stands at {{ openrank('alpha') }}.\n\n{{ figure('lines') }}\n\n"
        "{% claim rank('alpha') > 1 %}It lost.{% endclaim %}",
        "{{ figure('lines') }}",
        figures=[TREND],
    )
    write_story(root, "second", "See {{ count() }}.\n\n{{ figure('net') }}", "{{ figure('net') }}",
                figures=["net: {kind: network}"], order=2)  # fmt: skip
    (root / "data" / "events.yaml").write_text(
        '- {date: 2025-05-20, text: {en: Newer., zh: 较新。}, link: "https://example.org/a"}\n'
        '- {date: 2024-11, text: {en: "It is @octocat.", zh: 较早。}, link: "https://example.org/b",'
        " projects: [alpha]}\n",
        encoding="utf-8",
    )
    return root


def render(root: Path) -> tuple[dict[str, str], list[Finding]]:
    sample = load_sample(root)
    findings: list[Finding] = []
    files = render_report(
        sample.dataset,
        sample.landscape,
        load_record(sample.dataset, sample.landscape),
        report_finding=findings.append,
    )
    return {path: content.decode() for path, content in files.items()}, findings


def test_a_story_is_a_page_in_each_language_with_its_pictures(root: Path) -> None:
    files, _ = render(root)
    for name, language in (("first.md", "en"), ("first.zh-CN.md", "zh")):
        page = files[f"stories/{name}"]
        pictures = re.findall(r'(?:srcset|src)="\.\./(charts/story/[^"]+)"', page)
        assert sorted(pictures) == [
            f"charts/story/first--lines.{language}.{theme}.svg" for theme in ("dark", "light")
        ]
        assert set(pictures) <= set(files)
        (alternative,) = re.findall(r'alt="([^"]+)"', page)
        assert "2026-04" in alternative
        assert "Alpha 85.0" in alternative
    assert "Two of them." in files["stories/first.md"]


def test_stories_lead_to_each_other_and_the_main_page_to_them(root: Path) -> None:
    files, _ = render(root)
    assert "(../stories/second.md)" in files["stories/first.md"]
    assert "(../stories/first.zh-CN.md)" in files["stories/second.zh-CN.md"]
    assert "(stories/first.md)" in files["README.md"]
    assert "(events.zh-CN.md)" in files["README.zh-CN.md"]
    assert "#stories" in files["README.md"]


def test_no_stories_no_section(tmp_path: Path) -> None:
    files, _ = render(copy_tiny(tmp_path))
    assert "#stories" not in files["README.md"]
    assert not any(path.startswith(("stories/", "events")) for path in files)


def test_a_stale_sentence_is_found_named_and_not_published(root: Path) -> None:
    files, findings = render(root)
    assert "It lost" not in files["stories/first.md"]
    (finding,) = [item for item in findings if item.code == "stale-sentence"]
    lines = (root / "data/stories/first.md").read_text(encoding="utf-8").splitlines()
    assert "It lost" in lines[finding.line - 1]
    (told,) = json.loads(files["landscape.json"])["stale_sentences"]
    assert told == {
        "story": "first",
        "language": "en",
        "path": "data/stories/first.md",
        "line": finding.line,
        "sentence": "It lost.",
    }


def test_a_figure_without_data_is_one_line_that_says_what_is_missing(root: Path) -> None:
    files, _ = render(root)
    assert "*Not shown: no common developers are known.*" in files["stories/second.md"]


def test_a_race_in_motion_waits_behind_its_line(root: Path) -> None:
    race = "race: {kind: race, projects: [alpha, gamma]}"
    write_story(root, "third", "{{ figure('race') }}", "{{ figure('race') }}", figures=[race])
    files, _ = render(root)
    shown, folded = files["stories/third.md"].split("<details>")
    assert "charts/story/third--race.en.light.svg" in shown
    assert "<summary>The race in motion</summary>" in folded
    assert "charts/story/third--race--moving.en.light.svg" in folded.split("</details>")[0]


def test_events_are_a_page_with_the_newest_first_and_ping_nobody(root: Path) -> None:
    files, _ = render(root)
    text = Reading(render_fragment(files["events.md"])).text
    assert text.index("Newer") < text.index("2024-11")
    assert "@octocat" not in text
    assert "(https://example.org/b)" in files["events.md"]


def test_pages_that_are_no_longer_made_are_removed(root: Path, tmp_path: Path) -> None:
    sample = load_sample(root)
    out = tmp_path / "report"
    write_report(
        render_report(
            sample.dataset, sample.landscape, load_record(sample.dataset, sample.landscape)
        ),
        out,
    )
    assert (out / "charts/story/first--lines.en.dark.svg").exists()
    (root / "data/stories/first.md").unlink()
    (root / "data/stories/second.md").unlink()
    (root / "data/events.yaml").unlink()
    sample = load_sample(root)
    write_report(
        render_report(
            sample.dataset, sample.landscape, load_record(sample.dataset, sample.landscape)
        ),
        out,
    )
    left = {path.relative_to(out).parts[0] for path in out.rglob("*") if "stor" in str(path)}
    assert left == set()
    assert not (out / "events.md").exists()


def test_the_same_data_make_the_same_bytes(root: Path) -> None:
    assert render(root) == render(root)


@pytest.fixture(scope="module")
def live() -> Sample:
    return load_sample(ROOT)


OPTIONS: dict[str, dict[str, object]] = {
    "trend": {"projects": ["vllm", "sglang"], "since": "2025-01"},
    "race": {"domain": "serving"},
    "head-to-head": {"projects": ["vllm", "sglang"], "since": "2025-05"},
    "ranking": {"domain": "serving", "subdomain": "inference-engine", "top": 5},
    "network": {"project": "pytorch", "at_least": 20},
    "comparison": {"comparison": "low-code-platforms"},
    "quadrant": {"comparison": "coding-assistants"},
    "timeline": {},
    "graveyard": {"top": 5},
    "technology": {},
    "domain-growth": {},
}


def test_every_kind_is_tried() -> None:
    assert set(OPTIONS) == set(FIGURE_KEYS)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", sorted(OPTIONS))
def test_every_kind_shows_something_of_the_live_landscape(
    live: Sample, kind: str, language: str
) -> None:
    view = view_figure(Figure("pic", kind, OPTIONS[kind]), make_desk(live, language))
    drawn = [drawing.draw(theme=LIGHT) for drawing in view.drawings]
    assert view.table or any(drawn)
    assert all(drawing.alternative for drawing in view.drawings)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("trend", {"projects": ["babyagi"]}),
        ("trend", {"projects": ["vllm"], "metric": "participants", "period": "year"}),
        ("trend", {"projects": ["vllm"], "metric": "contributors"}),
        ("race", {"projects": ["babyagi", "devika"]}),
        ("head-to-head", {"projects": ["babyagi", "gpt-pilot"]}),
        ("ranking", {"projects": ["babyagi"]}),
        ("network", {"project": "babyagi"}),
        ("graveyard", {"domain": "gpu-kernel-library"}),
    ],
)
def test_a_kind_without_data_says_what_is_missing(
    live: Sample, kind: str, options: dict[str, object]
) -> None:
    for language in ("en", "zh"):
        view = view_figure(Figure("pic", kind, options), make_desk(live, language))
        assert not any(drawing.draw(theme=LIGHT) for drawing in view.drawings)
        assert not view.table
        assert view.missing


def test_a_timeline_may_bring_its_own_events(live: Sample) -> None:
    events = (Event("2023-06-13", {"en": "Then."}), Event("2024-11", {"en": "Later."}))
    view = view_figure(Figure("pic", "timeline", {}, events=events), make_desk(live))
    assert "2023-06 Then; 2024-11 Later." in view.drawings[0].alternative
    assert not view.table


def test_a_timeline_links_the_sources_that_its_events_have(live: Sample) -> None:
    events = (
        Event("2023-06-13", {"en": "Then."}, "https://example.org/then"),
        Event("2022-11", {"en": "Before."}, "https://example.org/before"),
        Event("2024-11", {"en": "Later."}),
    )
    view = view_figure(Figure("pic", "timeline", {}, events=events), make_desk(live))
    links = "[2022-11](https://example.org/before) · [2023-06-13](https://example.org/then)"
    assert view.table == f"<sub>Sources: {links}</sub>"
    drawn = view.drawings[0].draw(theme=LIGHT) or ""
    assert "1 of 3 without a source" in drawn


def test_a_landscape_without_stories_lists_none(tmp_path: Path) -> None:
    desk = make_desk(load_sample(copy_tiny(tmp_path)))
    assert list_stories(desk.scribe) == []
