"""A landscape whose projects are those of the planted archive."""

from __future__ import annotations

from pathlib import Path

SETTINGS = """\
title: {{en: Planted}}
languages: [en]
inclusion: {{metric: openrank, window: year-to-date, above: 10}}
discovery:
  window_months: 2
  pair_developers: 3
  candidate_developers: 4
  candidates: 10
  bots: [pytorchmergebot]
  bot_repositories: 20
  trending: 2
  coverage_share: {coverage_share}
  memory_gb: 0.5
"""
TAXONOMY = """\
layers:
- id: all
  name: {en: All}
  domains:
  - {id: serving, name: {en: Serving}}
  - {id: training, name: {en: Training}}
  - {id: applications, name: {en: Applications}}
tags: {}
"""
# Ray is known by its name alone, SGLang too: by the name it has since the middle of the window.
PROJECTS = {
    "vllm": ("vllm-project/vllm", "serving", "additional_repos: [vllm-project/vllm-ascend]\n"),
    "sglang": ("sgl-project/sglang", "serving", "former_repos: [lm-sys/sglang]\n"),
    "ray": ("ray-project/ray", "training", ""),
    "dify": ("langgenius/dify", "applications", ""),
    "milvus": ("milvus-io/milvus", "applications", ""),
    "unseen": ("nobody/unseen", "training", ""),
}
REPOSITORIES = """\
project,repo_id,full_name,created_at,last_commit_at,language,license,archived
dify,104,langgenius/dify,2023-04-12,,,,
milvus,105,milvus-io/milvus,2019-09-16,,,,
vllm,101,vllm-project/vllm,2023-02-09,,,,
"""
REJECTED = """\
- {repo: microsoft/vscode, reason: A general editor., date: 2026-05-01}
- {repo: old-name/of-rejected, repo_id: 205, reason: A list of links., date: 2026-05-01}
"""


def write_landscape(root: Path, coverage_share: float = 0.0) -> Path:
    """Write it; ``coverage_share`` is the guard on missing hours."""
    (root / "data" / "projects").mkdir(parents=True)
    (root / "data" / "metrics").mkdir()
    settings = SETTINGS.format(coverage_share=coverage_share)
    (root / "landscape.yaml").write_text(settings, encoding="utf-8")
    (root / "data" / "taxonomy.yaml").write_text(TAXONOMY, encoding="utf-8")
    (root / "data" / "rejected.yaml").write_text(REJECTED, encoding="utf-8")
    (root / "data" / "metrics" / "repositories.csv").write_text(REPOSITORIES, encoding="utf-8")
    for project, (repo, domain, more) in PROJECTS.items():
        text = (
            f"name: {project}\nrepo: {repo}\n{more}domain: {domain}\nsummary: {{en: A project.}}\n"
        )
        (root / "data" / "projects" / f"{project}.yaml").write_text(text, encoding="utf-8")
    return root
