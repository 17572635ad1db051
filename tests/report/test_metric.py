"""A landscape that decides by another metric: every page and picture names that one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from landscape.report.rootblock import render_readme_block
from landscape.report.stories.figures import view_figure
from tests.report.landscapes import copy_tiny, load_sample
from tests.report.stories import make_desk


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = copy_tiny(tmp_path_factory.mktemp("participants"))
    decide_by_participants(root)
    sample = load_sample(root)
    blocks = {
        f"block.{language}": render_readme_block(sample.dataset, sample.landscape, language, "r/")
        for language in ("en", "zh")
    }
    return sample.render() | blocks


def decide_by_participants(root: Path) -> None:
    settings = root / "landscape.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("metric: openrank", "metric: participants"), encoding="utf-8")


def test_no_page_picture_or_table_speaks_of_openrank(files: dict[str, str]) -> None:
    assert len(files) > 40
    speaking = {path.partition(".")[0] for path, text in files.items() if "OpenRank" in text}
    # Coverage tells of every metric that is stored.
    assert speaking == {"charts/coverage"}


def test_the_front_page_and_its_pictures_name_the_metric(files: dict[str, str]) -> None:
    assert "rule: mean monthly participants of" in files["README.md"]
    assert "Strongest by mean participants: " in files["README.md"]
    assert "的月均参与者高于" in files["README.zh-CN.md"]
    assert "whose mean monthly participants from" in files["charts/map.en.light.svg"]
    assert "月均参与者高于" in files["charts/map.zh.light.svg"]
    assert "Strongest by mean participants: " in files["block.en"]


def test_the_data_package_describes_the_metric_under_unchanged_names(
    files: dict[str, str],
) -> None:
    package = json.loads(files["datapackage.json"])
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    mean = fields["openrank_mean"]
    assert mean["description"].startswith("Mean of the monthly participants over the known")
    assert mean["unit"] == "participants a month"


STORY = """---
title: {en: Lines}
order: 1
summary: {en: Lines of two metrics.}
figures:
  deciding: {kind: trend, projects: [alpha]}
  named: {kind: trend, projects: [alpha], metric: openrank}
  years: {kind: trend, projects: [alpha], period: year}
---
<!-- en -->
{{ figure('deciding') }}

{{ figure('named') }}

{{ figure('years') }}
"""


def test_a_story_shows_the_deciding_metric_unless_it_names_another(tmp_path: Path) -> None:
    root = copy_tiny(tmp_path)
    decide_by_participants(root)
    (root / "data" / "stories").mkdir()
    (root / "data" / "stories" / "lines.md").write_text(STORY, encoding="utf-8")
    sample = load_sample(root)
    (story,) = sample.dataset.stories
    desk = make_desk(sample)
    alternatives = {
        name: [drawing.alternative for drawing in view_figure(figure, desk).drawings]
        for name, figure in story.figures.items()
    }
    assert "Participants by month; in 2026-04: Alpha 170." in alternatives["deciding"][0]
    assert "OpenRank by month; in 2026-04: Alpha 85.0." in alternatives["named"][0]
    # People are distinct within a month: twelve months make no year.
    assert alternatives["years"] == []
