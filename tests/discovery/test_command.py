"""``landscape discover`` as its users run it: what it stores, proposes, refuses, and survives."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("ibis", reason="the extra `discovery` is not installed")
pytest.importorskip("duckdb", reason="the extra `discovery` is not installed")

import duckdb

from tests.cli.commands import CHECKOUT, make_environment
from tests.discovery.archive import Archive, Event, Repo, pack_lines, plant_archive, write_archive
from tests.discovery.hours import HourServer
from tests.discovery.landscapes import write_landscape
from tests.standins.server import find_closed_port

Finished = subprocess.CompletedProcess[str]

COLLABORATION = """\
project_a,project_b,common_developers,vintage
dify,ray,7,live
dify,vllm,3,live
ray,vllm,8,live
sglang,vllm,30,live
"""
SPANS = """\
table,window,first,hours,hours_total
collaboration,2026-04,2026-03,6,1464
community,2026-04,2026-03,6,1464
trending,2026-03,2026-03,4,744
trending,2026-04,2026-04,2,720
"""
TRENDING = """\
place,repo_id,repo,project,stars,vintage
1,301,new/Hot,,12,live
2,101,vllm-project/vllm,vllm,3,live
3,103,sgl-project/SGLang,sglang,1,live
"""


def discover(root: Path, *arguments: str | Path, **environment: str) -> Finished:
    return subprocess.run(
        build_command(root, *arguments),
        env=make_environment(**environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def build_command(root: Path, *arguments: str | Path) -> list[str]:
    cache = [] if "download" in arguments else ["--cache", str(root.parent / "cache")]
    words = [*map(str, arguments)]
    return [
        sys.executable,
        "-P",
        "-m",
        "landscape",
        "--root",
        str(root),
        "discover",
        *cache,
        *words,
    ]


def read_data(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted((root / "data").rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_landscape(tmp_path / "root")


@pytest.fixture
def hours(tmp_path: Path) -> Path:
    return write_archive(plant_archive(), tmp_path / "hours")


def test_tables_and_proposals_are_written_and_the_summary_tells_them(
    root: Path, hours: Path
) -> None:
    files = sorted(hours.iterdir())
    run = discover(root, "--events", *files, "--to", "2026-04", "--propose", "--format", "json")
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    metrics = root / "data" / "metrics"
    assert (metrics / "collaboration" / "2026-04.csv").read_text("utf-8") == COLLABORATION
    assert (metrics / "trending" / "2026-04.csv").read_text("utf-8") == TRENDING
    assert "vllm,*,38,19,live" in (metrics / "community" / "2026-04.csv").read_text("utf-8")
    assert (metrics / "archive.csv").read_text("utf-8") == SPANS
    assert [each["repo"] for each in told["proposals"]] == [
        "LMCache/LMCache",
        "kvcache-ai/Mooncake",
        "langgenius/dify-plugins",
    ]
    assert told["projects_unidentified"] == ["unseen"]
    assert told["coverage"]["broken_lines"] == 6
    assert [each["reason"] for each in told["coverage"]["damaged"]] == [
        "it breaks off",
        "its checksum is wrong",
        "it is empty",
    ]
    text = (root / "data" / "projects" / "lmcache.yaml").read_text("utf-8")
    assert "domain: serving\n" in text
    assert "of its 15 developers in 2026-03 to 2026-04, 15 work on projects" in text
    checked = subprocess.run(
        [sys.executable, "-P", "-m", "landscape", "--root", str(root), "validate"],
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    # What is left for a human is the sentence, and nothing else.
    codes = [line for line in checked.stdout.splitlines() if ": error " in line]
    assert len(codes) == 3
    assert all("no-summary" in line for line in codes)


def test_a_second_run_changes_nothing_and_proposes_nothing_twice(root: Path, hours: Path) -> None:
    command = ("--events", hours, "--to", "2026-04")
    assert discover(root, *command).returncode == 0
    before = read_data(root)
    again = discover(root, *command)
    assert again.returncode == 0
    assert "wrote" not in again.stdout
    assert read_data(root) == before


def test_a_dry_run_stores_nothing_and_writes_its_summary(root: Path, hours: Path) -> None:
    before = read_data(root)
    summary = root.parent / "summary.md"
    run = discover(
        root, "--events", hours, "--to", "2026-04", "--propose", "--dry-run", "--summary", summary
    )
    assert run.returncode == 0, run.stderr
    assert read_data(root) == before
    assert "would propose data/projects/lmcache.yaml: LMCache/LMCache" in run.stdout
    assert "| LMCache/LMCache | 15 | 15 | serving |" in summary.read_text("utf-8")


def test_another_engine_answers_the_same(root: Path, hours: Path, tmp_path: Path) -> None:
    assert discover(root, "--events", hours, "--to", "2026-04").returncode == 0
    expected = read_data(root)
    database = tmp_path / "events.duckdb"
    with duckdb.connect(str(database)) as maker:
        digests = tmp_path / "cache" / "digests" / "*.parquet"
        maker.execute(f"CREATE TABLE github AS SELECT * FROM '{digests}'")
    other = write_landscape(tmp_path / "other")
    run = discover(
        other, "--engine", f"duckdb://{database}", "--table", "github", "--to", "2026-04"
    )
    assert run.returncode == 0, run.stderr
    assert read_data(other) == expected


def test_profiles_tell_where_developers_come_from(root: Path, hours: Path, tmp_path: Path) -> None:
    profiles = tmp_path / "profiles.csv"
    rows = "".join(f"{number},China\n" for number in range(1, 11)) + "46,\n12,France\n"
    profiles.write_text("actor_id,place\n" + rows, encoding="utf-8")
    run = discover(root, "--events", hours, "--to", "2026-04", "--profiles", profiles)
    assert run.returncode == 0, run.stderr
    text = (root / "data" / "metrics" / "community" / "2026-04.csv").read_text("utf-8")
    assert "vllm,*,38,19,live\nvllm,China,10,,live\nvllm,France,1,,live\n" in text


def test_what_others_published_is_kept(root: Path, hours: Path) -> None:
    published = root / "data" / "metrics" / "collaboration" / "2026-04.csv"
    published.parent.mkdir()
    published.write_text(COLLABORATION.replace("live", "2026-04"), encoding="utf-8")
    before = read_data(root)
    run = discover(root, "--events", hours, "--to", "2026-04")
    assert run.returncode == 2
    assert "holds what was published as 2026-04" in run.stderr
    assert read_data(root) == before
    assert discover(root, "--events", hours, "--to", "2026-04", "--replace").returncode == 0
    assert published.read_text("utf-8") == COLLABORATION


def test_a_sample_is_labelled_and_replaces_nothing_that_saw_more(
    tmp_path: Path, root: Path, hours: Path
) -> None:
    other = write_landscape(tmp_path / "other" / "root")
    line = ("--events", hours, "--to", "2026-04", "--every-hours", "5", "--format", "json")
    run = discover(other, *line, "--accept-gaps")
    assert run.returncode == 0, run.stderr
    coverage = json.loads(run.stdout)["coverage"]
    assert (coverage["hours"], coverage["hours_chosen"], coverage["hours_total"]) == (2, 293, 1464)
    metrics = other / "data" / "metrics"
    pairs = (metrics / "collaboration" / "2026-04.csv").read_text("utf-8").splitlines()
    assert pairs[1:] == ["sglang,vllm,10,live"]
    spans = (metrics / "archive.csv").read_text("utf-8")
    assert "collaboration,2026-04,2026-03,2,1464\n" in spans
    assert "trending,2026-04,2026-04,1,720\n" in spans

    assert discover(root, "--events", hours, "--to", "2026-04").returncode == 0
    before = read_data(root)
    run = discover(root, *line)
    assert run.returncode == 2
    assert "was counted in 0.4% of the hours, this would be in 0.1%" in run.stderr
    assert read_data(root) == before


def test_a_sample_with_gaps_is_refused_by_the_hours_that_were_chosen(
    tmp_path: Path, hours: Path
) -> None:
    root = write_landscape(tmp_path / "root", coverage_share=0.9)
    window = ("--events", hours, "--from", "2026-04", "--to", "2026-04", "--every-hours")
    run = discover(root, *window, "11", "--propose")
    assert run.returncode == 4
    assert "1 of 65 hours chosen from the window" in run.stderr
    assert not (root / "data/metrics/collaboration").exists()


def test_an_archive_with_gaps_is_told_and_not_stored(tmp_path: Path, hours: Path) -> None:
    root = write_landscape(tmp_path / "root", coverage_share=0.9)
    before = read_data(root)
    run = discover(root, "--events", hours, "--to", "2026-04", "--propose")
    assert run.returncode == 4
    assert "6 of 1464 hours" in run.stderr
    assert "LMCache/LMCache" in run.stdout
    assert read_data(root) == before
    allowed = discover(root, "--events", hours, "--to", "2026-04", "--accept-gaps")
    assert allowed.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--events", "nowhere.json.gz"], 2, "nowhere.json.gz does not exist"),
        (["--events", "{root}/landscape.yaml"], 2, "is no event file"),
        (["--events", "{root}"], 2, "holds no event files"),
        ([], 2, "no events were named, and none are in the cache"),
        (["--events", "{hours}/2026-03-03-0.json.gz"], 2, "none of the files can be read"),
        (["--events", "{hours}", "--to", "2019-01"], 2, "no events lie in 2018-12 to 2019-01"),
        (["--events", "{hours}", "--to", "April"], 2, "is not a month"),
        (["--events", "{hours}", "--from", "2026-04", "--to", "2026-03"], 2, "ends before"),
        (["--events", "{hours}", "--engine", "clickhouse://x"], 2, "exclude each other"),
        (["--engine", "nonsense"], 2, "is no address of an engine"),
        (["--engine", "clickhouse://127.0.0.1:{port}"], 4, "cannot be reached"),
        (["--engine", "duckdb://{database}", "--table", "absent"], 2, "has no table absent"),
        (["--engine", "duckdb://{database}", "--table", "wrong"], 2, "lacks actor_id, repo_id"),
        (["--engine", "duckdb://{database}", "--table", "empty"], 2, "there are no events at all"),
    ],
)
def test_what_cannot_be_asked_is_said_clearly(
    arguments: list[str], code: int, words: str, root: Path, hours: Path, tmp_path: Path
) -> None:
    database = tmp_path / "events.duckdb"
    with duckdb.connect(str(database)) as maker:
        maker.execute(
            "CREATE TABLE wrong (type VARCHAR, actor_login VARCHAR, created_at TIMESTAMP)"
        )
        maker.execute(
            "CREATE TABLE empty (type VARCHAR, actor_id BIGINT, actor_login VARCHAR, "
            "repo_id BIGINT, repo_name VARCHAR, created_at TIMESTAMP)"
        )
    port = find_closed_port()
    filled = [
        argument.format(root=root, hours=hours, database=database, port=port)
        for argument in arguments
    ]
    before = read_data(root)
    run = discover(root, *filled)
    assert (run.returncode, words in run.stderr) == (code, True), run.stderr
    assert "Traceback" not in run.stderr
    assert read_data(root) == before


def test_a_password_is_never_told(root: Path) -> None:
    address = f"clickhouse://me:secret-word@127.0.0.1:{find_closed_port()}/opensource"
    run = discover(root, LANDSCAPE_ENGINE=address)
    assert run.returncode == 4
    assert "secret-word" not in run.stdout + run.stderr


def test_killed_while_it_reads_it_goes_on_and_ends_as_if_never_killed(
    root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "hours"
    write_archive(make_large_archive(), folder)
    process = subprocess.Popen(
        build_command(root, "--events", folder, "--to", "2026-04", "--threads", "1"),
        env=make_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    digests = tmp_path / "cache" / "digests"
    while process.poll() is None and len(list(digests.glob("*.parquet"))) < 3:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = {path: path.stat().st_mtime_ns for path in digests.glob("*.parquet")}
    assert len(kept) >= 3
    assert not (root / "data" / "metrics" / "collaboration").exists()
    assert discover(root, "--events", folder, "--to", "2026-04").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    fresh = write_landscape(tmp_path / "fresh" / "root")
    assert discover(fresh, "--events", folder, "--to", "2026-04").returncode == 0
    assert read_data(root) == read_data(fresh)


def make_large_archive() -> Archive:
    archive = Archive()
    for hour in range(10):
        archive.add(
            Event(
                "IssuesEvent", person, f"P-{person}", Repo(repo, f"o/r{repo}"), f"2026-04-01-{hour}"
            )
            for person in range(200)
            for repo in (101, 104, 100 + hour)
        )
    return archive


def test_killed_while_it_downloads_it_goes_on(root: Path, tmp_path: Path) -> None:
    bodies = {
        f"2026-04-01-{hour}": pack_lines([bytes(str(hour) * 1000, "ascii")]) for hour in range(24)
    }
    cache = tmp_path / "cache"
    with HourServer(bodies, latency_seconds=0.05) as server:
        command = ("download", "--from", "2026-04-01", "--base-url", server.url)
        line = [*command, "--cache", str(cache), "--workers", "2"]
        process = subprocess.Popen(
            build_command(root, *line),
            env=make_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None and len(server.requests) < 8:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        asked = len(server.requests)
        run = discover(root, *line)
        assert run.returncode == 0, run.stderr
        assert "24 of 24 hours are in" in run.stdout
        assert len(server.requests) - asked < 24
    names = sorted(path.name for path in (cache / "hours").iterdir())
    assert names == sorted(["manifest.jsonl", *(f"{hour}.json.gz" for hour in bodies)])


def test_downloaded_and_compacted_hours_answer_as_the_files_do(
    root: Path, hours: Path, tmp_path: Path
) -> None:
    bodies = {path.name.removesuffix(".json.gz"): path.read_bytes() for path in hours.iterdir()}
    cache = tmp_path / "other-cache"
    with HourServer(bodies) as server:
        line = ["download", "--from", "2026-03-02-5", "--to", "2026-03-03-2", "--compact"]
        run = discover(root, *line, "--cache", cache, LANDSCAPE_ARCHIVE_URL=server.url)
    assert run.returncode == 0, run.stderr
    assert "2 of 22 hours are in" in run.stdout
    assert "17 missing, 3 damaged" in run.stdout
    assert not list((cache / "hours").glob("*.gz"))
    window = ("--from", "2026-03", "--to", "2026-03")
    asked = discover(root, "--cache", cache, *window)
    assert asked.returncode == 0, asked.stderr
    assert "2 of 2 files read, 0 broken lines" in asked.stdout
    direct = write_landscape(tmp_path / "direct" / "root")
    files = [hours / f"2026-03-02-{hour}.json.gz" for hour in (5, 6)]
    assert discover(direct, "--events", *files, *window).returncode == 0
    path = Path("data") / "metrics" / "collaboration" / "2026-03.csv"
    assert (root / path).read_bytes() == (direct / path).read_bytes()


def test_a_download_that_gets_nothing_fails_and_one_without_room_says_what_to_do(
    root: Path, tmp_path: Path
) -> None:
    cache = str(tmp_path / "c")
    line = ["download", "--from", "2026-04-01-0", "--cache", cache, "--base-url"]
    run = discover(root, *line, f"http://127.0.0.1:{find_closed_port()}")
    assert (run.returncode, "the archive gave none of 1 hours" in run.stderr) == (4, True)
    with HourServer({"2026-04-01-0": pack_lines([b"x" * 9999])}) as server:
        run = discover(root, *line, server.url, "--limit", "0")
        assert (run.returncode, "--compact" in run.stderr) == (4, True)
    run = discover(root, "download", "--from", "soon")
    assert (run.returncode, "is no month" in run.stderr) == (2, True)


def test_without_the_extra_it_says_what_to_install(root: Path) -> None:
    program = (
        "import sys; sys.modules['ibis'] = None; sys.modules['duckdb'] = None\n"
        "from landscape.cli.main import run\n"
        f"sys.exit(run(['--root', {str(root)!r}, 'discover', '--events', '.']))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "pip install 'oss-landscape[discovery]'" in run.stderr


def test_nothing_but_discovery_needs_the_extra() -> None:
    program = (
        "import importlib, pathlib, sys\n"
        "for name in ('ibis', 'duckdb'): sys.modules[name] = None\n"
        "for path in sorted(pathlib.Path('landscape').rglob('*.py')):\n"
        "    if path.name.startswith(('discover_', 'archive_', 'event_shapes')): continue\n"
        "    if path.name.startswith('discovery') and path.parts[1] == 'analysis': continue\n"
        "    if path.name == '__main__.py': continue\n"
        "    importlib.import_module('.'.join(path.with_suffix('').parts))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=CHECKOUT,
        env=make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
