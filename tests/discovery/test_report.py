"""What discovery stored, on pages and pictures of the next build: by itself, with its source."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("ibis", reason="the extra `discovery` is not installed")

from landscape.base.months import list_months
from landscape.metrics.collaboration import locate_collaboration
from landscape.report.record import load_record
from landscape.report.rendering import render_report
from landscape.report.stories.material import load_material
from tests.charts.drawings import list_words
from tests.discovery.archive import plant_archive, write_archive
from tests.discovery.landscapes import write_landscape
from tests.discovery.test_command import discover
from tests.report.landscapes import load_sample
from tests.report.stories import write_story
from tests.traceability.landscapes import Traced, read_traced

SEED = (
    "project_a,project_b,common_developers,vintage\n"
    "ray,vllm,55,2025-05\nmilvus,vllm,44,2025-05\ndify,vllm,33,2025-05\n"
)
FIGURES = (
    "duel: {kind: head-to-head, projects: [vllm, sglang]}",
    "stars: {kind: trend, projects: [vllm, sglang], metric: stars}",
    "near: {kind: network, project: vllm}",
)
PROFILES = "actor_id,place\n" + "".join(f"{number},China\n" for number in range(1, 11))

Pages = dict[str, str]


def write_measured(root: Path) -> Path:
    """Write the planted archive's projects, with their OpenRank, a story and a published table."""
    write_landscape(root)
    settings = root / "landscape.yaml"
    text = settings.read_text("utf-8").replace("languages: [en]", "languages: [en, zh]")
    settings.write_text(text, encoding="utf-8")
    metrics = root / "data" / "metrics"
    (metrics / "opendigger").mkdir()
    (metrics / "collaboration").mkdir()
    (metrics / "collaboration" / "2025-05.csv").write_text(SEED, encoding="utf-8")
    for place, month in enumerate(list_months("2025-12", "2026-04")):
        rows = [
            f"{name},{40 + 9 * number + place},live\n"
            for number, name in enumerate(("dify", "milvus", "ray", "sglang", "vllm"))
        ]
        content = "project,openrank,vintage\n" + "".join(rows)
        (metrics / "opendigger" / f"{month}.csv").write_text(content, encoding="utf-8")
    body = "{{ figure('duel') }}\n\n{{ figure('stars') }}\n\n{{ figure('near') }}"
    write_story(root, "race", body, body, figures=FIGURES)
    return root


def read(svg: str) -> str:
    """Return the words of a picture, its wrapped lines joined."""
    return " ".join(list_words(svg))


def build(root: Path, until: str | None = None) -> Pages:
    sample = load_sample(root, until)
    files = render_report(
        sample.dataset,
        sample.landscape,
        load_record(sample.dataset, sample.landscape),
        material=load_material(sample.dataset, until),
    )
    return {path: content.decode() for path, content in files.items()}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_measured(tmp_path_factory.mktemp("before") / "root")


@pytest.fixture(scope="module")
def discovered(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("discovered")
    root = Path(shutil.copytree(before, folder / "root"))
    hours = write_archive(plant_archive(), folder / "hours")
    (folder / "profiles.csv").write_text(PROFILES, encoding="utf-8")
    command = ("--events", hours, "--to", "2026-04", "--profiles", folder / "profiles.csv")
    run = discover(root, *command)
    assert run.returncode == 0, run.stderr
    return root


@pytest.fixture(scope="module")
def bare(before: Path) -> Pages:
    return build(before)


@pytest.fixture(scope="module")
def pages(discovered: Path) -> Pages:
    return build(discovered)


def trace(root: Path, pages: Pages) -> Traced:
    """Write the pages beside the data; return them as the tracers see both."""
    for path, content in pages.items():
        target = root / "report" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode())
    return read_traced(root)


@pytest.fixture(scope="module")
def traced(discovered: Path, pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Traced:
    root = tmp_path_factory.mktemp("traced") / "root"
    return trace(Path(shutil.copytree(discovered, root)), pages)


def test_who_develops_stands_in_the_head_to_head_with_its_months_and_hours(pages: Pages) -> None:
    duel = read(pages["charts/story/race--duel.en.light.svg"])
    for text in ("Developers", "Main developers", "Where they come from", " 38 ", " 19 ", " 30 "):
        assert text in duel
    assert "China 10" in duel
    assert "events of 2026-03–2026-04." in duel
    assert "Only 6 of their 1,464 hours are in the archive (0.4%)" in duel
    assert "Known of neither: Contributors." in duel
    chinese = read(pages["charts/story/race--duel.zh.dark.svg"]).replace(" ", "")
    assert "1,464个小时只有6个有存档（0.4%）" in chinese


def test_without_a_counted_archive_one_line_says_what_lacks(bare: Pages) -> None:
    duel = read(bare["charts/story/race--duel.en.light.svg"])
    assert "Known of neither: Developers, Main developers, Contributors, Where they come" in duel
    assert "Developers are those" not in duel
    assert "stars gained are known of no month yet" in bare["README.md"]
    assert "各月新增 Star 数均未知" in bare["README.zh-CN.md"]
    assert (
        "How many people develop it, and where they come from, is not known"
        in bare["projects/vllm.md"]
    )
    assert "charts/story/race--stars.en.light.svg" not in bare
    assert (
        "Stars gained by month of vllm, sglang; fewer than two periods are known"
        in bare["stories/race.md"]
    )


def test_contributors_come_from_opendigger_and_its_stars_go_before_the_counted_ones(
    discovered: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(discovered, tmp_path / "root"))
    for month, stars in (("2026-02", 30), ("2026-03", 20), ("2026-04", "")):
        (root / "data" / "metrics" / "opendigger" / f"{month}.csv").write_text(
            "project,openrank,stars,contributors,vintage\ndify,40,,,live\nmilvus,49,,,live\n"
            f"ray,58,,,live\nsglang,67,,21,live\nvllm,76,{stars},33,live\n",
            encoding="utf-8",
        )
    pages = build(root)
    duel = read(pages["charts/story/race--duel.en.light.svg"])
    assert " 33 " in duel
    assert " 21 " in duel
    assert "Known of neither" not in duel
    stars = read(pages["charts/story/race--stars.en.light.svg"])
    assert "OpenDigger, as read at the last refresh. Source: GitHub's public events" in stars
    # March is OpenDigger's of vLLM, though the archive has it too; April is the archive's alone.
    assert "lacks hours of 2026-03, 2026-04" in stars
    assert "vllm 3" in stars


def test_a_projects_page_tells_its_community(pages: Pages) -> None:
    page = pages["projects/vllm.md"]
    assert (
        "**38** people took part in its issues, pull requests and reviews in 2026-03 – 2026-04"
        in page
    )
    assert "are those of **19** of them" in page
    assert "is known of 10: China 10." in page
    assert "(0.4%): the true numbers are higher" in page
    assert "Where they come from is not known." in pages["projects/milvus.md"]


def test_what_trends_is_told_of_our_projects_and_of_others_with_the_hours_that_lack(
    pages: Pages,
) -> None:
    page = pages["README.md"]
    part = page[page.index('<a id="trending">') : page.index('<a id="graveyard">')]
    assert "Stars gained in **2026-04**" in part
    rows = [line for line in part.splitlines() if line.startswith("| ") and "/" in line]
    assert [row.split("|")[2:5] for row in rows[:2]] == [
        [" 3 ", " 7 ", " 2 "],
        [" 1 ", " 2 ", " 3 "],
    ]
    assert rows[2] == "| [new/Hot](https://github.com/new/Hot) | 12 | 1 |"
    assert "Only 2 of their 720 hours are in the archive (0.2%)" in part
    assert "Of 2026-03 it has 4 of 744 hours." in part
    assert "实际数字更高。其中" in pages["README.zh-CN.md"]


def test_a_rejected_repository_is_no_candidate(discovered: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(discovered, tmp_path / "root"))
    (root / "data" / "rejected.yaml").write_text(
        "- {repo: old/name, repo_id: 301, reason: A list of links., date: 2026-05-01}\n", "utf-8"
    )
    page = build(root)["README.md"]
    assert "new/Hot" not in page
    assert "gained most among all" not in page


def test_the_trend_of_stars_gained_comes_alive_by_itself(pages: Pages) -> None:
    chart = read(pages["charts/story/race--stars.en.light.svg"])
    assert "vllm 3" in chart
    assert "public events, as archived" in chart
    assert "lacks hours of 2026-03, 2026-04" in chart


def test_the_computed_network_replaces_the_published_one_once_it_is_newer(
    discovered: Path, bare: Pages, pages: Pages, tmp_path: Path
) -> None:
    published = read(bare["charts/story/race--near.en.light.svg"])
    assert " 55 " in published
    assert "as published in 2025-05" in published
    computed = read(pages["charts/story/race--near.en.light.svg"])
    assert " 30 " in computed
    assert " 55 " not in computed
    assert "public events of 2026-03–2026-04, as archived. Only 6 of" in computed
    assert "as published" not in computed
    # Somebody else's newer publication comes first again, and is not taken for ours.
    root = Path(shutil.copytree(discovered, tmp_path / "root"))
    newer = root / locate_collaboration("2026-05")
    newer.write_text(SEED.replace("2025-05", "2026-05"), encoding="utf-8")
    assert "as published in 2026-05" in read(build(root)["charts/story/race--near.en.light.svg"])


def test_a_replay_reads_nothing_that_was_counted_later(discovered: Path) -> None:
    pages = build(discovered, "2026-03")
    assert " 55 " in read(pages["charts/story/race--near.en.light.svg"])
    assert "Stars gained in **2026-03**" in pages["README.md"]


def test_every_number_is_counted_again_before_and_after_discovery(
    before: Path, bare: Pages, traced: Traced, tmp_path: Path
) -> None:
    assert trace(Path(shutil.copytree(before, tmp_path / "root")), bare).trace_all() == []
    assert traced.trace_all() == []


@pytest.mark.parametrize(
    "path",
    ["README.md", "README.zh-CN.md", "projects/vllm.md", "projects/sglang.zh-CN.md",
     "projects/milvus.md", "stories/race.md", "stories/race.zh-CN.md"],
)  # fmt: skip
def test_every_changed_digit_of_a_page_is_found(traced: Traced, path: str) -> None:
    changes = list(traced.change_page(path, most=1000))
    assert changes
    assert [line for line, told in changes if not told] == []


@pytest.mark.parametrize(
    "name", ["race--duel.en", "race--duel.zh", "race--stars.en", "race--near.zh"]
)
def test_every_changed_digit_and_place_of_a_picture_is_found(traced: Traced, name: str) -> None:
    changes = list(traced.change_picture(f"story/{name}.light.svg"))
    assert changes
    assert [what for what, told in changes if not told] == []
