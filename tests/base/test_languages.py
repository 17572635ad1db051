"""Messages: the name of the metric, and blanks beside values in Chinese."""

from __future__ import annotations

import pytest

from landscape.base.languages import Messages


def say(language: str, text: str, metric: str = "", **values: object) -> str:
    messages = Messages(language, {"key": text})
    return (messages.naming_metric(metric) if metric else messages)("key", **values)


def test_a_message_names_the_metric_and_begins_with_a_capital() -> None:
    assert say("en", "{Metric} fell; {count} lost {metric}", count=2) == (
        "OpenRank fell; 2 lost OpenRank"
    )
    assert say("en", "{Metric} fell; {count} lost {metric}", "new stars", count=2) == (
        "New stars fell; 2 lost new stars"
    )


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("1", "**1** project of **1 project** in 1 domain; 1 came"),
        ("21", "**21** projects of **21 projects** in 21 domains; 21 came"),
        ("0", "**0** projects of **0 projects** in 0 domains; 0 came"),
    ],
)
def test_english_counts_one_in_the_singular(count: str, expected: str) -> None:
    text = "**{n}** projects of **{n} projects** in {n} domains; {n} came"
    assert say("en", text, n=count) == expected
    assert say("en", "{n}", n=f"{count} projects") == f"{count} projects"


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("{x}第 3 名", "MLOps", "MLOps 第 3 名"),
        ("{x}第 3 名", "智能体框架", "智能体框架第 3 名"),
        ("{x}第 3 名", "**[MLOps](../a.md)**", "**[MLOps](../a.md)** 第 3 名"),
        ("{x}第 3 名", "[智能体](../a.md#b-2)", "[智能体](../a.md#b-2)第 3 名"),
        ("共 {x} 个", "3", "共 3 个"),
        ("与 {x} 相比", "当前全景图", "与当前全景图相比"),
        ("与 {x} 相比", "2026-05", "与 2026-05 相比"),
        ("计入{x}", "[MLOps](a.md)", "计入 [MLOps](a.md)"),
        ("数据：{x}。", "GPU 算子库", "数据：GPU 算子库。"),
        ("**{x}** 个", "12", "**12** 个"),
        ("[方法]({x})", "method.md", "[方法](method.md)"),
    ],
)
def test_chinese_has_a_blank_beside_latin_values_only(text: str, value: str, expected: str) -> None:
    assert say("zh", text, x=value) == expected


def test_a_chinese_metric_stands_without_blanks() -> None:
    assert say("zh", "月均 {metric} 高于 {x}", "参与者", x=10) == "月均参与者高于 10"
    assert say("zh", "月均 {metric} 高于 {x}", x=10) == "月均 OpenRank 高于 10"


def test_a_value_that_looks_like_a_placeholder_is_left_alone() -> None:
    assert say("zh", "项目 {x} 与 {{}}", x="{metric}") == "项目 {metric} 与 {}"
