"""What a change would do, from files as bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from landscape.metrics.store import load_store
from landscape.publish.contributed_files import read_folder_files
from landscape.publish.preview import Preview, preview
from landscape.publish.preview_markdown import render_preview_markdown
from landscape.publish.preview_text import draw_bars, render_preview_json, render_preview_text
from landscape.publish.project_change import Act
from tests.publish.repositories import write_landscape

TODAY = dt.date(2026, 5, 20)
NEW = b"name: Omega\nrepo: omega/omega\ndomain: serving\nsummary: {en: What it is.}\n"
BETA = "data/projects/beta.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_landscape(tmp_path / "landscape")


def look(root: Path, changes: dict[str, bytes | None]) -> Preview:
    before = read_folder_files(root)
    after = {
        path: content for path, content in {**before, **changes}.items() if content is not None
    }
    return preview(before, after, load_store(root), TODAY)


def edit(root: Path, path: str, old: str, new: str) -> dict[str, bytes | None]:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    return {path: text.replace(old, new).encode()}


def test_no_change_is_no_change(root: Path) -> None:
    result = look(root, {})
    assert (result.changes, result.findings, result.verdicts_changed) == ((), (), 0)
    assert result.on_map == (3, 3)


def test_an_added_project_without_values_is_unmeasured_and_says_why(root: Path) -> None:
    (change,) = look(root, {"data/projects/omega.yaml": NEW}).changes
    assert change.act is Act.ADDED
    assert change.after is not None
    assert str(change.after.verdict) == "unmeasured"
    assert change.notes == ("its values were not fetched: the first refresh after the merge will",)
    assert change.maintainers == ("octocat",)


def test_a_retagged_project_shows_both_domains_with_rank_and_neighbours(root: Path) -> None:
    result = look(root, edit(root, BETA, "domain: serving", "domain: training"))
    (change,) = result.changes
    assert change.act is Act.RETAGGED
    assert change.before is not None
    assert change.after is not None
    assert (change.before.rank_in_domain, change.after.rank_in_domain) == (2, 1)
    assert [row.project for row in change.neighbours_before] == ["alpha", "beta", "gamma", "delta"]
    assert [row.project for row in change.neighbours_after] == ["beta"]
    text = render_preview_text(result)
    assert "domain: serving → training" in text
    assert "on the map: mean 30.00 over 4 of 4 months (2026-01 to 2026-04), above 10" in text


def test_a_removed_project_leaves_the_map(root: Path) -> None:
    result = look(root, {BETA: None})
    (change,) = result.changes
    assert change.act is Act.REMOVED
    assert [move.project for move in result.moves_out] == ["beta"]
    assert result.on_map == (3, 2)


def test_a_changed_threshold_tells_who_enters_and_who_leaves(root: Path) -> None:
    result = look(root, edit(root, "landscape.yaml", "above: 10", "above: 25"))
    assert result.settings_changes == ("inclusion.above: 10.0 → 25.0",)
    assert [move.project for move in result.moves_out] == ["gamma"]
    assert result.verdicts_changed == 1
    lower = look(root, edit(root, "landscape.yaml", "above: 10", "above: 1"))
    assert [move.project for move in lower.moves_in] == ["delta"]


def test_a_changed_taxonomy_is_told_in_words(root: Path) -> None:
    result = look(root, edit(root, "data/taxonomy.yaml", "- id: training", "- id: tuning"))
    assert result.taxonomy_changes == ("domain training is removed", "domain tuning is new")


def test_a_file_that_an_edit_breaks_is_not_told_as_removed(root: Path) -> None:
    result = look(root, {BETA: b"name: [\n"})
    (change,) = result.changes
    assert change.act is Act.CHANGED
    assert change.after is None
    assert result.has_errors
    assert result.moves_out == ()
    assert change.notes == ("its file cannot be judged until its errors are corrected",)


def test_a_broken_file_hides_no_other_projects_numbers(root: Path) -> None:
    changes = edit(root, "data/projects/alpha.yaml", "serving", "training")
    result = look(root, {**changes, BETA: b"\xff\xfe"})
    alpha = next(change for change in result.changes if change.project == "alpha")
    assert alpha.after is not None
    assert alpha.after.domain == "training"


def test_broken_settings_are_judged_by_those_before(root: Path) -> None:
    result = look(root, {"landscape.yaml": b"title: 1\n", "data/projects/omega.yaml": NEW})
    assert result.has_errors
    assert result.window is not None
    assert any("landscape.yaml cannot be used" in note for note in result.notes)


def test_errors_elsewhere_that_were_there_before_are_counted_not_blamed(root: Path) -> None:
    (root / BETA).write_text("name: [\n", encoding="utf-8")
    result = look(root, {"data/projects/omega.yaml": NEW})
    assert not result.has_errors
    assert result.older_errors == 1


def test_the_same_repository_in_another_case_is_an_error_in_both_files(root: Path) -> None:
    result = look(root, {"data/projects/omega.yaml": NEW.replace(b"omega/omega", b"Beta/BETA")})
    assert {str(finding.path) for finding in result.findings if finding.code == "repo-twice"} == {
        BETA,
        "data/projects/omega.yaml",
    }


@pytest.mark.parametrize(
    ("name", "repo", "reason"),
    [
        ("Other", "someone/beta", "under another owner"),
        ("BETA!", "x/y", "the same name"),
        ("Gammas", "x/y", "much like this one"),
    ],
)
def test_near_duplicates_are_shown(root: Path, name: str, repo: str, reason: str) -> None:
    text = f'name: "{name}"\nrepo: {repo}\ndomain: serving\nsummary: {{en: A.}}\n'
    (change,) = look(root, {"data/projects/omega.yaml": text.encode()}).changes
    assert any(reason in near.reason for near in change.near)


def test_a_file_under_another_name_is_told(root: Path) -> None:
    content = (root / BETA).read_bytes()
    result = look(root, {BETA: None, "data/projects/better.yaml": content})
    added = next(change for change in result.changes if change.act is Act.ADDED)
    assert any("this is beta under another id" in note for note in added.notes)


@pytest.mark.parametrize(
    "path",
    [
        "data/projects/../../../../etc/passwd.yaml",
        "data/projects/a/b.yaml",
        "data/projects/.hidden.yaml",
        "data/projects/new\nline.yaml",
        "data/projects/\u202egnp.yaml",
        "data/projects/back\\slash.yaml",
        "data/projects/" + "x" * 300 + ".yaml",
        "data/projects/::error::x.yaml",
        "data/projects/nul\x00.yaml",
        "data/projects/\udcff.yaml",
        "data/editions/../../../x/y.csv",
        "data/editions/a/b/c/d/e/f/g/h.csv",
        "data/editions/a/$(id).csv",
        "data/stories/../../x.md",
        "data/stories/Big Name.md",
    ],
)
def test_a_hostile_name_is_a_finding_and_touches_nothing(root: Path, path: str) -> None:
    result = look(root, {path: NEW})
    assert result.has_errors
    assert result.changes == ()
    for text in (
        render_preview_text(result),
        render_preview_markdown(result),
        render_preview_json(result),
    ):
        text.encode("utf-8")
        assert "\x00" not in text
        assert "\u202e" not in text
        assert not any(line.startswith("::error") for line in text.splitlines())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"&a [*a]\n",
        b"!!python/object/apply:os.system [id]\n",
        b"a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nname: [*b,*b]\n",
        b"[" * 5000,
        b"x" * 100_000,
        b"- a list\n",
        b"name: {{ 7*7 }}\nrepo: ../../x\ndomain: serving\nsummary: {en: '<img src=x>'}\n",
    ],
)
def test_hostile_content_is_a_finding(root: Path, content: bytes) -> None:
    result = look(root, {"data/projects/omega.yaml": content})
    assert result.has_errors
    assert len(render_preview_markdown(result)) < 65_536


def test_the_comment_pings_nobody_and_renders_nothing_of_theirs(root: Path) -> None:
    text = (
        'name: "@octocat <img src=x>"\nrepo: omega/omega\ndomain: serving\n'
        'summary: {en: "fixes #1 ![x](y) | </table> `code`"}\norigin: "@team/all"\n'
    )
    result = look(
        root,
        {
            "data/projects/omega.yaml": text.encode(),
            **edit(root, BETA, "What beta is.", "@someone https://example.org #12"),
        },
    )
    page = render_preview_markdown(result)
    assert "@octocat" not in page
    assert "@team" not in page
    assert "@someone" not in page
    assert "<img" not in page
    assert "https://example.org" not in page
    assert "![" not in page


def test_the_comment_stays_below_the_limit(root: Path) -> None:
    changes: dict[str, bytes | None] = {
        f"data/projects/omega-{number}.yaml": NEW.replace(b"omega/", f"omega{number}/".encode())
        for number in range(250)
    }
    page = render_preview_markdown(look(root, changes))
    assert len(page) < 65_536
    assert "more projects without details" in page


def test_the_comment_shows_the_arithmetic_and_the_standing(root: Path) -> None:
    page = render_preview_markdown(
        look(root, edit(root, BETA, "domain: serving", "domain: training"))
    )
    assert page.startswith("✅ **Nothing stands in the way.**")
    assert "mean 30.00 over 4 of 4 months" in page
    assert "| 1 | **[Beta](https://github.com/beta/beta)** ◀ | 30.0 | on the map |" in page
    assert "[octocat](https://github.com/octocat)" in page


def test_a_landscape_without_values_says_that_no_verdict_can_be_given(tmp_path: Path) -> None:
    root = write_landscape(tmp_path / "landscape")
    for path in (root / "data" / "metrics" / "opendigger").iterdir():
        path.unlink()
    result = look(root, {"data/projects/omega.yaml": NEW})
    assert result.window is None
    assert any("no verdict can be given" in note for note in result.notes)
    assert render_preview_markdown(result)


def test_where_only_the_change_brings_values_that_is_no_doubt_of_its_verdicts(root: Path) -> None:
    for name in ("alpha", "beta", "gamma"):
        (root / f"data/projects/{name}.yaml").unlink()
    delta = root / "data/projects/delta.yaml"
    added: dict[str, bytes | None] = {"data/projects/delta.yaml": delta.read_bytes()}
    delta.write_bytes(NEW)
    delta.rename(root / "data/projects/omega.yaml")
    result = look(root, added)
    assert result.window is not None
    assert [note for note in result.notes if "no verdict" in note] == [
        "before the change, no verdict can be given: The store has no published month of "
        "openrank, so nothing can be decided."
    ]


def test_a_file_with_errors_has_no_place_after_the_change(root: Path) -> None:
    (change,) = look(root, edit(root, BETA, "domain: serving", "domain: nowhere")).changes
    assert change.neighbours_before
    assert (change.after, change.neighbours_after) == (None, ())
    assert "its file cannot be judged until its errors are corrected" in change.notes


def test_a_change_cannot_name_who_looks_after_its_domain(root: Path) -> None:
    taxonomy = edit(root, "data/taxonomy.yaml", "[octocat]", "[somebody]")
    (change,) = look(root, {"data/projects/omega.yaml": NEW, **taxonomy}).changes
    assert change.maintainers == ("octocat",)


def test_values_inside_values_are_told_in_words(root: Path) -> None:
    over = "retired: {date: 2026-03-01, reason: {en: It is over.}}\ndomain: serving"
    text = render_preview_text(look(root, edit(root, BETA, "domain: serving", over)))
    assert "retired: (none) → date: 2026-03-01; reason: (en: It is over.)" in text


def test_bars_tell_unknown_from_zero() -> None:
    assert draw_bars([None, 0.0, 4.0, 8.0]) == "·▁▅█"
    assert draw_bars([0.0, 0.0]) == "▁▁"
    assert draw_bars([]) == ""
