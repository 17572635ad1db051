"""The store on disk: strict reading, canonical writing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscape.base.errors import LandscapeError
from landscape.metrics.cells import format_table, parse_table
from landscape.metrics.columns import OPENDIGGER
from landscape.metrics.store import load_store, write_store

ROOT = Path(__file__).parents[2]
MONTHLY = "data/metrics/opendigger/2025-04.csv"


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))


def read_all(root: Path) -> dict[str, bytes]:
    files = (root / "data/metrics").rglob("*.csv")
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def test_the_committed_store_survives_reading_and_writing_byte_by_byte(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data/metrics", tmp_path / "data/metrics")
    before = read_all(tmp_path)
    store = load_store(tmp_path)
    assert write_store(tmp_path, store) == ()
    assert len(before) > 100
    for path in before:
        if "/opendigger/" in path or "/github/" in path or path.endswith("repositories.csv"):
            (tmp_path / path).unlink()
    write_store(tmp_path, store)
    assert read_all(tmp_path) == before


def test_no_folder_is_an_empty_store_and_writing_it_makes_no_file(tmp_path: Path) -> None:
    store = load_store(tmp_path)
    assert [len(table) for table in vars(store).values()] == [0, 0, 0, 0]
    assert list(store.opendigger.columns) == ["project", "month", "openrank", "vintage"]
    assert store.opendigger["openrank"].dtype == "float64"
    assert store.github["stars"].dtype == "Int64"
    assert store.repositories["archived"].dtype == "boolean"
    assert list(store.states.columns) == ["project", "source", "state", "since", "detail"]
    assert write_store(tmp_path, store) == ()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_cell_and_an_absent_row_are_unknown_and_a_zero_is_a_zero(tmp_path: Path) -> None:
    write(tmp_path, MONTHLY, "project,openrank,participants,vintage\na,,4,live\nb,0,,live\n")
    table = load_store(tmp_path).opendigger.set_index("project")
    assert table["openrank"].isna()["a"]
    assert table.loc["a", "participants"] == 4
    assert table.loc["b", "openrank"] == 0
    assert table["participants"].isna()["b"]


def test_rows_are_sorted_and_numbers_shortened_on_writing(tmp_path: Path) -> None:
    write(tmp_path, MONTHLY, "project,openrank,participants,vintage\nb,1.50,,live\na,20.0,,live\n")
    changed = write_store(tmp_path, load_store(tmp_path))
    assert changed == (tmp_path / MONTHLY,)
    # A further metric that nobody knows in this month has no column.
    expected = b"project,openrank,vintage\na,20,live\nb,1.5,live\n"
    assert (tmp_path / MONTHLY).read_bytes() == expected


def test_writing_touches_changed_files_only_and_removes_no_month(tmp_path: Path) -> None:
    write(tmp_path, MONTHLY, "project,openrank,vintage\na,1,live\n")
    write(tmp_path, MONTHLY.replace("04", "05"), "project,openrank,vintage\na,2,live\n")
    store = load_store(tmp_path)
    may = store.opendigger[store.opendigger["month"] == "2025-05"].assign(openrank=3.0)
    changed = write_store(tmp_path, replace(store, opendigger=may))
    assert [path.name for path in changed] == ["2025-05.csv"]
    assert (tmp_path / MONTHLY).read_text() == "project,openrank,vintage\na,1,live\n"


def test_what_an_interrupted_write_left_behind_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, MONTHLY, "project,openrank,vintage\na,1,live\n")
    write(tmp_path, "data/metrics/opendigger/.2025-04.csv.x1.tmp", "project,openr")
    write(tmp_path, "data/metrics/opendigger/.2025-05.csv", "project,openr")
    assert len(load_store(tmp_path).opendigger) == 1


HEADER = "project,openrank,vintage\n"
MALFORMED = {
    "a word for a number": (MONTHLY, HEADER + "a,1,live\nb,many,live\n", 3),
    "not a number": (MONTHLY, HEADER + "a,NaN,live\n", 2),
    "infinite": (MONTHLY, HEADER + "a,inf,live\n", 2),
    "negative": (MONTHLY, HEADER + "a,-1,live\n", 2),
    "exponent": (MONTHLY, HEADER + "a,1e3,live\n", 2),
    "three decimals": (MONTHLY, HEADER + "a,1.234,live\n", 2),
    "digits of another script": (MONTHLY, HEADER + "a,١٢,live\n", 2),
    "space around": (MONTHLY, HEADER + "a, 1,live\n", 2),
    "project twice": (MONTHLY, HEADER + "a,1,live\nb,1,live\na,2,live\n", 4),
    "no project": (MONTHLY, HEADER + ",1,live\n", 2),
    "no vintage": (MONTHLY, HEADER + "a,1,\n", 2),
    "unknown column": (MONTHLY, "project,openrank,fame,vintage\na,1,1,live\n", 1),
    "column twice": (MONTHLY, "project,openrank,openrank,vintage\na,1,1,live\n", 1),
    "column missing": (MONTHLY, "project,vintage\na,live\n", 1),
    "cell missing": (MONTHLY, HEADER + "a,1\n", 2),
    "cell too many": (MONTHLY, HEADER + "a,1,live,more\n", 2),
    "empty line": (MONTHLY, HEADER + "a,1,live\n\nb,1,live\n", 3),
    "open quote": (MONTHLY, HEADER + 'a,1,"live\n', 2),
    "merge conflict": (MONTHLY, "<<<<<<< HEAD\n" + HEADER, 1),
    "nothing at all": (MONTHLY, "", 1),
    "half a star": ("data/metrics/github/2025-05.csv",
                    "project,stars,forks,watchers,vintage\na,1.5,,,live\n", 2),
    "impossible date": ("data/metrics/repositories.csv",
                        "project,repo_id,full_name,created_at,last_commit_at,language,license,"
                        "archived\na,1,o/a,2025-13-01,,,,\n", 2),
    "yes for a flag": ("data/metrics/repositories.csv",
                       "project,repo_id,full_name,created_at,last_commit_at,language,license,"
                       "archived\na,1,o/a,2025-01-01,,,,yes\n", 2),
    "state twice": ("data/metrics/state.csv",
                    "project,source,state,since,detail\na,github,gone,2025-01-01,\n"
                    "a,github,gone,2025-01-02,\n", 3),
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_file_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    path, text, line = MALFORMED[name]
    write(tmp_path, path, text)
    with pytest.raises(LandscapeError) as error:
        load_store(tmp_path)
    assert error.value.message.startswith(f"{path}:{line}: ")
    assert error.value.hint


@pytest.mark.parametrize(
    ("header", "message", "hint"),
    [
        ("project,openrnk,vintage", "unknown column 'openrnk'", "Did you mean openrank?"),
        ("project,zzz,vintage", "unknown column 'zzz'", "It may have project, openrank,"),
        ("project,vintage", "has no column 'openrank'", "It must have project, openrank, vintage."),
        ("\ufeffproject,openrank,vintage", "begins with a byte order mark", "no BOM"),
    ],
)
def test_a_wrong_header_is_told_with_the_nearest_column_and_no_long_list(
    tmp_path: Path, header: str, message: str, hint: str
) -> None:
    write(tmp_path, MONTHLY, f"{header}\n")
    with pytest.raises(LandscapeError) as error:
        load_store(tmp_path)
    assert message in error.value.message
    assert hint in error.value.hint
    assert len(error.value.hint) < 250


def test_a_file_that_is_not_text_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / MONTHLY).parent.mkdir(parents=True)
    (tmp_path / MONTHLY).write_bytes(b"project,openrank,vintage\n\xff\xfe,1,live\n")
    with pytest.raises(LandscapeError, match=MONTHLY):
        load_store(tmp_path)


def test_a_file_that_is_no_month_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "data/metrics/opendigger/2025-13.csv", HEADER)
    with pytest.raises(LandscapeError, match="not a month"):
        load_store(tmp_path)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
                       st.none() | st.integers(0, 10**9), max_size=8))  # fmt: skip
def test_any_value_of_two_decimals_comes_back(hundredths: dict[str, int | None]) -> None:
    values = [None if value is None else value / 100 for value in hundredths.values()]
    table = pd.DataFrame(
        {
            "project": pd.Series(list(hundredths), dtype="object"),
            "openrank": pd.Series(values, dtype="float64"),
            "vintage": pd.Series("live", index=range(len(values)), dtype="object"),
        }
    )
    content = format_table(table, OPENDIGGER)
    back = parse_table(content, OPENDIGGER, "memory")
    assert format_table(back, OPENDIGGER) == content
    pd.testing.assert_frame_equal(
        back.reset_index(drop=True), table.sort_values("project", ignore_index=True)
    )
