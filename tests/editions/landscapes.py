"""A small landscape with months, that tests freeze, change and compare."""

from __future__ import annotations

from pathlib import Path

from landscape.base.months import list_months

TITLE = "{en: Test landscape, zh: 测试全景图}"
DOMAINS = (
    "[{id: serving, name: {en: Serving, zh: 服务}}, {id: training, name: {en: Training, zh: 训练}}]"
)
NAMES = ("alpha", "beta", "gamma", "delta", "epsilon")


def make_landscape(root: Path, title: str = TITLE, names: tuple[str, ...] = NAMES) -> Path:
    """Write settings, taxonomy, projects and months from 2025-01 to 2026-04."""
    write(
        root,
        "landscape.yaml",
        f"title: {title}\nlanguages: [en, zh]\n"
        "inclusion: {metric: openrank, window: year-to-date, above: 10}\n",
    )
    write(
        root,
        "data/taxonomy.yaml",
        "layers:\n- id: models\n  name: {en: Models, zh: 模型}\n"
        f"  domains: {DOMAINS}\ntags: {{gpu: {{en: GPU, zh: GPU}}}}\n",
    )
    for name in names:
        write_project(root, name)
    for step, month in enumerate(list_months("2025-01", "2026-04")):
        write_month(root, month, {name: 8 + 3 * place + step for place, name in enumerate(names)})
    facts = "".join(
        f"{name},{place + 1},o/{name},2024-0{place + 1}-02,,Python,,\n"
        for place, name in enumerate(names)
    )
    header = "project,repo_id,full_name,created_at,last_commit_at,language,license,archived\n"
    write(root, "data/metrics/repositories.csv", header + facts)
    return root


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def write_project(
    root: Path, name: str, repo: str = "", domain: str = "serving", more: str = ""
) -> None:
    write(
        root,
        f"data/projects/{name}.yaml",
        f"name: {name.title()}\nrepo: {repo or f'o/{name}'}\n{more}domain: {domain}\n"
        f"summary: {{en: What {name} is., zh: 简介。}}\n",
    )


def write_month(root: Path, month: str, values: dict[str, float]) -> None:
    rows = "".join(f"{name},{value},live\n" for name, value in sorted(values.items()))
    write(root, f"data/metrics/opendigger/{month}.csv", f"project,openrank,vintage\n{rows}")


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
