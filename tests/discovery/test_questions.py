"""One definition of the questions, the same right answers on every engine, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import pytest

pytest.importorskip("ibis", reason="the extra `discovery` is not installed")

import ibis

from landscape.analysis import discovery
from landscape.analysis.discovery import Roster
from landscape.analysis.event_shapes import recognise_events
from landscape.base.errors import LandscapeError
from landscape.sources.archive_engine import Engine
from landscape.sources.archive_hours import list_hours
from tests.discovery import answers, archive
from tests.discovery.engines import OPENERS, list_engines

ROSTER = Roster(
    answers.PROJECTS,
    excluded_ids=frozenset({archive.REJECTED_RENAMED.id}),
    excluded_names=frozenset({"microsoft/vscode", "vllm-project/vllm-ascend", "lm-sys/sglang"}),
)


@dataclass(frozen=True)
class Asked:
    engine: Engine
    events: ibis.Table
    within: ibis.Table
    activity: ibis.Table

    def list_rows(self, question: ibis.Table) -> list[tuple[object, ...]]:
        answer = self.engine.fetch(question)
        return [tuple(row) for row in answer.astype(object).itertuples(index=False)]


@pytest.fixture(scope="module")
def planted() -> archive.Archive:
    made = archive.plant_archive()
    answers.check_plan(made)
    return made


@pytest.fixture(scope="module", params=list_engines())
def asked(
    request: pytest.FixtureRequest,
    planted: archive.Archive,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Asked]:
    engine, table = OPENERS[request.param](planted, tmp_path_factory.mktemp("engine"))
    events = recognise_events(table, "the events")
    within = discovery.select_window(events, archive.MONTHS)
    activity = engine.keep(discovery.select_activity(within, answers.RULES))
    yield Asked(engine, events, within, activity)
    engine.close()


def test_common_developers_of_all_pairs(asked: Asked, planted: archive.Archive) -> None:
    question = discovery.count_pairs(asked.activity, ROSTER, answers.RULES.pair_developers)
    assert asked.list_rows(question) == answers.answer_pairs(planted)


def test_participants_of_each_project(asked: Asked, planted: archive.Archive) -> None:
    question = discovery.count_participants(asked.activity, ROSTER)
    assert asked.list_rows(question) == answers.answer_participants(planted)


def test_who_does_half_of_the_work_of_each_project(asked: Asked, planted: archive.Archive) -> None:
    question = discovery.count_main_developers(asked.within, asked.activity, ROSTER, answers.RULES)
    assert asked.list_rows(question) == answers.answer_main_developers(planted)


def test_candidates_in_their_rank(asked: Asked, planted: archive.Archive) -> None:
    question = discovery.rank_candidates(asked.activity, ROSTER, answers.RULES)
    assert asked.list_rows(question) == answers.answer_candidates(planted)


def test_ties_of_the_candidates(asked: Asked, planted: archive.Archive) -> None:
    ids = [row[0] for row in answers.answer_candidates(planted)]
    question = discovery.count_ties(asked.activity, ROSTER, ids)
    assert asked.list_rows(question) == answers.answer_ties(planted)


def test_stars_by_month(asked: Asked, planted: archive.Archive) -> None:
    question = discovery.count_stars(asked.within, ROSTER, archive.MONTHS, answers.RULES)
    assert asked.list_rows(question) == answers.answer_stars(planted)


def test_hours_with_events(asked: Asked, planted: archive.Archive) -> None:
    rows = asked.list_rows(discovery.count_hours(asked.within))
    hours = {event.at[:13] for event in planted.events if event.month in archive.MONTHS}
    assert len(rows) == len(hours)
    inside = [event for event in planted.events if event.month in archive.MONTHS]
    assert sum(int(str(row[1])) for row in rows) == len(inside)


def test_a_sample_of_hours_is_asked_as_if_there_were_no_others(
    asked: Asked, planted: archive.Archive
) -> None:
    chosen = set(list_hours(*archive.MONTHS, every=5))
    sample = archive.Archive()
    # By the time of the event, not by the file: the archive repeats some in the next hour.
    sample.add(event for event in planted.events if event.hour in chosen)
    within = discovery.select_window(asked.events, archive.MONTHS, 5)
    activity = discovery.select_activity(within, answers.RULES)
    pairs = discovery.count_pairs(activity, ROSTER, answers.RULES.pair_developers)
    assert asked.list_rows(pairs) == answers.answer_pairs(sample) == [("sglang", "vllm", 10)]
    candidates = discovery.rank_candidates(activity, ROSTER, answers.RULES)
    assert asked.list_rows(candidates) == answers.answer_candidates(sample)


def test_who_bore_a_name(asked: Asked) -> None:
    question = discovery.list_names(asked.within, ["LM-Sys/SGLang"])
    assert [row[:2] for row in asked.list_rows(question)] == [
        (archive.SGLANG_BEFORE.id, "lm-sys/sglang"),
        (archive.IMPOSTOR.id, "lm-sys/sglang"),
    ]


def test_a_table_of_another_shape_is_refused_with_what_it_lacks() -> None:
    table = ibis.table({"type": "string", "actor_login": "string", "repo_name": "string"}, "x")
    with pytest.raises(LandscapeError, match=r"the table x .* lacks actor_id"):
        recognise_events(table, "the table x")


def test_no_question_uses_an_estimate(planted: archive.Archive) -> None:
    # Ibis writes the distinct count as an estimate on some engines.
    table = ibis.table(
        {
            "type": "string",
            "actor_id": "int64",
            "actor_login": "string",
            "repo_id": "int64",
            "repo_name": "string",
            "created_at": "timestamp",
        },
        "events",
    )
    events = recognise_events(table, "events")
    activity = discovery.select_activity(events, answers.RULES)
    questions = [
        discovery.count_pairs(activity, ROSTER, 1),
        discovery.count_participants(activity, ROSTER),
        discovery.count_main_developers(events, activity, ROSTER, answers.RULES),
        discovery.rank_candidates(activity, ROSTER, answers.RULES),
        discovery.count_ties(activity, ROSTER, [1]),
        discovery.count_stars(events, ROSTER, archive.MONTHS, answers.RULES),
    ]
    for question in questions:
        text = str(ibis.to_sql(question, dialect="clickhouse")).lower()
        assert "uniq" not in text
        assert "approx" not in text


def test_answers_are_whole_numbers(asked: Asked) -> None:
    table = asked.engine.fetch(discovery.count_pairs(asked.activity, ROSTER, 1))
    assert pd.api.types.is_integer_dtype(table["common_developers"])
