"""What a refresh learns is stored as served and told field by field; nothing else changes."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from landscape.dataset.edit import rename_repo
from tests.refresh.landscapes import (
    MONTHS,
    World,
    make_series,
    name_repo,
    open_world,
    read_states,
    read_tree,
    read_values,
    read_verdicts,
    write_project,
)
from tests.standins.failure import Failure
from tests.standins.github import GitHubStandIn, StandInRepository
from tests.standins.opendigger import EVERYTHING, OpenDiggerStandIn

ROOT = Path(__file__).resolve().parents[2]
NEXT = "2026-04"


def read_real_figures() -> dict[str, dict[str, float]]:
    """The OpenRank of this repository's own store, by project and month, without zeros."""
    figures: dict[str, dict[str, float]] = defaultdict(dict)
    for (project, month), (value, _) in sorted(read_values(ROOT).items()):
        if float(value) > 0:
            figures[project][month] = float(value)
    return figures


@pytest.mark.slow
def test_real_figures_are_stored_just_as_they_are_served(tmp_path: Path) -> None:
    figures = read_real_figures()
    assert len(figures) > 200
    with open_world(tmp_path, figures) as world:
        result = world.refresh()
    assert result.code == 0, result.stderr
    stored = read_values(tmp_path)
    assert {key: float(value) for key, (value, _) in stored.items() if float(value) > 0} == {
        (project, month): value
        for project, months in figures.items()
        for month, value in months.items()
    }
    assert {vintage for _, vintage in stored.values()} == {"live"}


@pytest.mark.slow
def test_over_the_published_store_every_fetched_series_becomes_one_vintage(
    tmp_path: Path,
) -> None:
    figures = read_real_figures()
    for name in ("data/metrics", "data/projects"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("data/taxonomy.yaml", "landscape.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    repos = {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["repo"]
        for path in (tmp_path / "data" / "projects").glob("*.yaml")
    }
    before = read_values(tmp_path)
    # So many that a guard keeps the pages: what was read is stored all the same.
    silent = sorted(figures)[::5]
    served = {
        (repos[name], "openrank"): {month: round(value * 1.15, 2) for month, value in own.items()}
        for name, own in figures.items()
    }
    with OpenDiggerStandIn(served) as opendigger, GitHubStandIn() as github:
        for name in silent:
            opendigger.fail(repos[name], Failure.INTERNAL_ERROR)
        world = World(tmp_path, opendigger, github)
        result = world.refresh("--source", "opendigger", "--budget", "60")
    assert result.code == 4, result.stderr
    assert "projects with values are unavailable" in result.stderr
    after = read_values(tmp_path)
    vintages = defaultdict(set)
    for (project, _), (_, vintage) in after.items():
        vintages[project].add(vintage)
    assert {name: vintages[name] for name in figures if name not in silent} == {
        name: {"live"} for name in figures if name not in silent
    }
    assert {key: cell for key, cell in after.items() if key[0] in silent} == {
        key: cell for key, cell in before.items() if key[0] in silent
    }
    assert "published values replaced by live ones" in result.stdout
    assert " -> " in result.stdout
    assert "(+15.0%)" in result.stdout


def test_a_second_refresh_that_learns_nothing_changes_no_byte(world: World) -> None:
    before = read_tree(world.root)
    stamps = {path: path.stat().st_mtime_ns for path in world.root.rglob("*") if path.is_file()}
    result = world.refresh()
    assert result.code == 0
    assert "nothing new" in result.stdout
    assert read_tree(world.root) == before
    assert {
        path: path.stat().st_mtime_ns for path in world.root.rglob("*") if path.is_file()
    } == stamps


def test_a_second_refresh_during_the_same_outage_changes_no_byte(world: World) -> None:
    world.opendigger.fail(EVERYTHING, Failure.OVERLOADED)
    assert world.refresh("--budget", "1").code == 4
    before = read_tree(world.root)
    assert world.refresh("--budget", "1").code == 4
    assert read_tree(world.root) == before


def test_a_dry_run_writes_nothing_and_tells_the_same(world: World) -> None:
    world.serve("p03", {**make_series(14), NEXT: 16.0})
    before = read_tree(world.root)
    dry = world.refresh("--dry-run")
    assert dry.code == 0
    assert read_tree(world.root) == before
    real = world.refresh()
    assert dry.stdout.splitlines()[:-1] == real.stdout.splitlines()[:-1]
    assert "would change in report/" in dry.stdout
    assert read_tree(world.root) != before


def test_what_changed_is_told_field_by_field(world: World, tmp_path: Path) -> None:
    """One of each kind of change; the same text is the commit's message and the step's summary."""
    for number in range(12):
        months = {**make_series(8 + 2 * number), NEXT: 50.0}
        world.serve(f"p{number:02d}", months)
    revised = {month: round(value * 1.15, 2) for month, value in make_series(20).items()}
    world.serve("p06", {**revised, NEXT: 50.0})
    world.serve("p01", dict.fromkeys([*MONTHS, NEXT], 1.0))
    world.github.rename(name_repo("p02"), "new-owner/p02")
    world.github.create(StandInRepository(103, name_repo("p03"), stars=1003, archived=True))
    world.github.remove(name_repo("p04"))
    world.opendigger.fail(name_repo("p05"), Failure.NOT_FOUND)
    message, summary = tmp_path / "message.txt", tmp_path / "summary.md"
    arguments = ("--message-file", str(message), "--accept-shrink")
    result = world.refresh(*arguments, GITHUB_STEP_SUMMARY=str(summary))
    assert result.code == 0, result.stderr
    text = message.read_text(encoding="utf-8")
    assert text.splitlines()[0].startswith("Refresh: data as of 2026-04; ")
    for line in (
        "entered (1)",
        "  p00: on the map: mean ",
        "left the map (1)",
        "  p01: below: mean 1.00 over 4 of 4 months (2026-01 to 2026-04), not above 10",
        "  2026-04 openrank: 11 projects, published",
        "revised upstream (14)",
        "  p06 2026-03 openrank: 22.22 -> 25.55 (+15.0%), 7 months from 2025-09",
        "renamed (1)",
        "  p02: owner/p02 -> new-owner/p02",
        "archived upstream (1)",
        "  p03",
        "gone: the repository is found neither by its name nor by its id (1)",
        "unavailable from now on; stored values stay (1)",
        "  opendigger: p05 (status 404)",
    ):
        assert line in text, f"{line}\n---\n{text}"
    assert text in result.stdout.replace("\r", "")
    assert text.strip() in summary.read_text(encoding="utf-8")
    assert "| opendigger openrank | 12 | 11 | 0 | 0 | 1 |" in summary.read_text(encoding="utf-8")


def test_first_values_of_an_old_project_are_newly_covered(world: World) -> None:
    write_project(world.root, "hidden")
    world.github.create(
        StandInRepository(900, name_repo("hidden"), created_at="2019-01-01T00:00:00Z")
    )
    assert world.refresh().code == 0
    world.serve("hidden", make_series(30))
    text = world.refresh().stdout
    assert "newly covered: first values came into view (1)\n  hidden: on the map" in text
    assert "entered (" not in text


def test_a_renamed_repository_is_followed_and_its_comments_stay(world: World) -> None:
    path = world.root / "data" / "projects" / "p02.yaml"
    before = path.read_text(encoding="utf-8")
    world.github.rename(name_repo("p02"), "new-owner/p02")
    world.opendigger.serve("new-owner/p02", "openrank", make_series(12))
    world.opendigger.serve("new-owner/p02", "participants", make_series(12))
    assert world.refresh().code == 0
    assert path.read_text(encoding="utf-8") == rename_repo(before, "new-owner/p02")
    assert "# about p02" in path.read_text(encoding="utf-8")
    assert "former_repos: [owner/p02]" in path.read_text(encoding="utf-8")
    with (world.root / "report" / "landscape.csv").open(newline="") as stream:
        repos = {row["project"]: row["repo"] for row in csv.DictReader(stream)}
    assert repos["p02"] == "new-owner/p02"
    assert read_states(world.root) == {}
    after = read_tree(world.root)
    assert world.refresh().code == 0
    assert read_tree(world.root) == after


def test_just_after_a_rename_the_data_are_found_under_the_old_name(world: World) -> None:
    world.github.rename(name_repo("p02"), "new-owner/p02")
    world.serve("p02", {**make_series(12), NEXT: 12.0})
    for _ in range(2):
        assert world.refresh().code == 0
        assert read_states(world.root) == {}
        assert read_values(world.root)["p02", NEXT] == ("12", "live")


def test_a_name_that_another_repository_took_gives_no_figure(world: World) -> None:
    """The ids differ: not the same project, now and at every later refresh."""
    values = {key: cell for key, cell in read_values(world.root).items() if key[0] == "p02"}
    world.github.rename(name_repo("p02"), "new-owner/p02")
    world.github.create(StandInRepository(999, name_repo("p02"), stars=5))
    world.serve("p02", dict.fromkeys(MONTHS, 999.0))
    first = world.refresh()
    assert "the old name belongs to another repository now" in first.stdout
    for result in (first, world.refresh()):
        assert result.code == 0
        assert read_states(world.root) == {("p02", "opendigger"): "unavailable"}
        found = {key: cell for key, cell in read_values(world.root).items() if key[0] == "p02"}
        assert found == values
    assert "new-owner/p02" in (world.root / "data/projects/p02.yaml").read_text()


def test_a_rename_into_another_project_is_left_to_a_human(world: World) -> None:
    write_project(world.root, "twin", repo="new-owner/p02")
    before = (world.root / "data/projects/p02.yaml").read_bytes()
    world.github.rename(name_repo("p02"), "new-owner/p02")
    result = world.refresh()
    assert result.code == 0
    assert (
        "its file was not edited: new-owner/p02 is named by the project twin too" in result.stdout
    )
    assert (world.root / "data/projects/p02.yaml").read_bytes() == before
    assert world.refresh().code == 0


def test_a_file_pointed_at_another_repository_is_not_led_back(world: World) -> None:
    path = world.root / "data/projects/p02.yaml"
    path.write_text(path.read_text().replace(name_repo("p02"), "elsewhere/p02"))
    world.github.create(StandInRepository(777, "elsewhere/p02", stars=5))
    world.opendigger.serve("elsewhere/p02", "openrank", make_series(40))
    before = path.read_bytes()
    result = world.refresh()
    assert result.code == 0
    assert "p02: owner/p02 (id 102) -> elsewhere/p02 (id 777)" in result.stdout
    assert path.read_bytes() == before
    assert read_values(world.root)["p02", MONTHS[0]] == ("40", "live")


def test_a_gone_repository_keeps_everything_that_is_stored(world: World) -> None:
    before = read_values(world.root)
    world.github.remove(name_repo("p04"))
    assert world.refresh().code == 0
    assert read_states(world.root) == {("p04", "github"): "gone"}
    assert read_values(world.root) == before
    world.github.fail("*", Failure.OVERLOADED)
    world.refresh("--budget", "3")
    assert read_states(world.root)["p04", "github"] == "gone"


def test_a_correction_holds_while_upstream_is_wrong_and_lapses_with_a_word(world: World) -> None:
    (world.root / "data" / "corrections.yaml").write_text(
        "- project: p03\n  metric: openrank\n  month: 2026-02\n  value: 15\n  expected: 900\n"
        "  reason: Counted twice.\n  date: 2026-04-01\n"
    )
    world.serve("p03", {**make_series(14), "2026-02": 900.0})
    result = world.refresh()
    assert result.code == 0, result.stderr
    assert read_values(world.root)["p03", "2026-02"] == ("15", "live")
    assert "lapsed" not in result.stdout
    world.serve("p03", {**make_series(14), "2026-02": 16.0})
    result = world.refresh()
    assert read_values(world.root)["p03", "2026-02"] == ("16", "live")
    assert "data/corrections.yaml, number 1: upstream says 16 now" in result.stdout
    assert "data/corrections.yaml:5: warning lapsed-correction" in result.stderr
    assert "p03 openrank 2026-02" in result.stderr


def test_technology_domains_stand_beside_the_published_ones(tmp_path: Path) -> None:
    path = tmp_path / "data" / "metrics" / "technology_domains.csv"
    labels = {"cloud_native": {"2024": 10.5, "2025": 4.0}, "database": {"2025": 1.0}}
    with open_world(tmp_path, {"a": make_series(20)}, labels=labels) as world:
        assert world.refresh().code == 0
        assert not path.exists()
        path.write_text("domain,year,openrank,vintage\ncloud-native,2024,12,read-off-picture\n")
        assert world.refresh().code == 0
        assert path.read_text() == (
            "domain,year,openrank,vintage\ncloud-native,2024,10.5,live\n"
            "cloud-native,2025,4,live\ncloud-native,2024,12,read-off-picture\n"
        )


def test_without_a_token_openrank_is_fetched_and_what_is_missing_is_said(world: World) -> None:
    before = read_tree(world.root)
    result = world.refresh(token="")
    assert result.code == 0
    assert "there is no token in GITHUB_TOKEN" in result.stderr
    assert "OpenRank and the other OpenDigger metrics are fetched as usual" in result.stderr
    assert "not asked" in result.stdout
    assert world.github.requests == []
    assert read_tree(world.root) == before


def test_the_token_is_never_shown(world: World, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    token = "ghp_aSecretOfTheTests0123456789abcdefgh"
    result = world.refresh(token=token, GITHUB_STEP_SUMMARY=str(summary))
    everything = b"".join(read_tree(world.root).values()).decode("utf-8", "replace")
    for text in (result.stdout, result.stderr, summary.read_text(), everything):
        assert token not in text


def test_only_one_project_is_asked_for_and_nothing_is_concluded_about_others(
    world: World,
) -> None:
    write_project(world.root, "newcomer")
    world.serve("p03", make_series(99))
    result = world.refresh("--only", "p03", "--only", "newcomer", "--accept-shrink")
    assert result.code == 0, result.stderr
    assert {request.path.split("/")[3] for request in world.opendigger.requests} == {
        "p03",
        "newcomer",
    }
    assert read_values(world.root)["p03", MONTHS[0]] == ("99", "live")
    assert read_states(world.root)["newcomer", "opendigger"] == "unavailable"
    # A run over all projects can tell, and the next one for it alone takes nothing back.
    world.refresh()
    assert read_states(world.root)["newcomer", "opendigger"] == "absent"
    world.refresh("--only", "newcomer")
    assert read_states(world.root)["newcomer", "opendigger"] == "absent"
    assert read_verdicts(world.root)["newcomer"] == "not covered"


def test_an_unknown_project_is_a_usage_error_with_the_nearest_name(world: World) -> None:
    result = world.refresh("--only", "p033")
    assert result.code == 2
    assert "there is no project 'p033', did you mean p03?" in result.stderr
    assert world.opendigger.requests == []


def test_flags_go_before_the_environment(world: World) -> None:
    world.urls["opendigger"] = "http://opendigger.invalid"
    arguments = ("--opendigger-url", world.opendigger.url, "--workers", "2", "--source")
    assert world.refresh(*arguments, "opendigger").code == 0
    # Two for the metric that decides, and after it two for the others.
    assert world.opendigger.connections <= 4


def test_invalid_files_stop_the_refresh_before_anything_is_asked(world: World) -> None:
    write_project(world.root, "broken", repo="no-slash")
    result = world.refresh()
    assert result.code == 1
    assert world.opendigger.requests == []
    assert "data/projects/broken.yaml" in result.stderr
