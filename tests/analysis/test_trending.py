"""What trends: which month, which repositories are projects, which are candidates."""

from __future__ import annotations

import pandas as pd

from landscape.analysis.trending import identify_stars, select_trending

COLUMNS = ["month", "place", "repo_id", "repo", "project", "stars"]
NAMES = {"vllm-project/vllm": "vllm", "new/hot": "hot"}


def make_stars(*rows: tuple[object, ...]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"place": "Int64", "repo_id": "Int64", "stars": "Int64"})


STARS = make_stars(
    ("2026-04", 1, 301, "New/Hot", None, 90),
    ("2026-04", 2, 302, "other/one", None, 80),
    ("2026-04", 3, 303, "rejected/one", None, 70),
    ("2026-04", 4, 304, "renamed/rejected", None, 60),
    ("2026-04", 5, 101, "somewhere/else", "vllm", 50),
    ("2026-04", 6, 305, "gone/project", "gone", 40),
    ("2026-03", 1, 101, "vllm-project/vllm", "vllm", 55),
)


def test_what_became_a_project_since_is_one_and_what_left_the_dataset_is_none() -> None:
    projects = identify_stars(STARS, NAMES).set_index(["month", "repo"])["project"]
    assert projects["2026-04"].to_dict() == {
        "New/Hot": "hot",
        "other/one": "",
        "rejected/one": "",
        "renamed/rejected": "",
        "somewhere/else": "vllm",
        "gone/project": "",
    }


def test_the_newest_month_is_shown_with_the_month_before() -> None:
    trending = select_trending(STARS, NAMES)
    assert (trending.month, trending.months) == ("2026-04", ("2026-03", "2026-04"))
    assert trending.projects.to_numpy().tolist() == [["hot", 90, 1, pd.NA], ["vllm", 50, 5, 55]]


def test_a_gap_of_a_month_leaves_the_month_before_unknown() -> None:
    later = STARS.assign(month=STARS["month"].replace("2026-03", "2026-02"))
    assert select_trending(later, NAMES).projects["earlier"].isna().all()


def test_rejected_repositories_are_no_candidates_by_name_or_by_id() -> None:
    others = select_trending(STARS, NAMES, {"rejected/one"}, {304}).others
    assert others["repo"].tolist() == ["other/one", "gone/project"]


def test_without_any_month_nothing_trends() -> None:
    assert select_trending(make_stars(), NAMES).month == ""


def test_a_month_of_which_no_stars_are_known_is_not_shown() -> None:
    unknown = make_stars(("2026-05", 1, 301, "New/Hot", None, None))
    assert select_trending(unknown, NAMES).months == ()
    assert select_trending(pd.concat([STARS, unknown]), NAMES).month == "2026-04"
