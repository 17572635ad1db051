"""A filled issue form, read as hostile text: a project's file, or what is missing.

What the form is sent as: one heading a field, and below it the answer. An answer may hold
headings of its own, so that only the first of each counts and none ends another field early
unless it is a field's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

from landscape.dataset.model import Project, Taxonomy
from landscape.dataset.suggestion import find_nearest, list_known
from landscape.publish.project_file import (
    choose_id,
    compose_project_file,
    locate_project,
    parse_repo,
)
from landscape.report.markdown import clean_text

LARGEST_BODY_CHARACTERS = 65_536
FIELDS = {
    "Repository": "repo",
    "Name": "name",
    "Domain": "domain",
    "Subdomain": "subdomain",
    "Tags": "tags",
    "Summary in English": "summary.en",
    "Summary in Chinese": "summary.zh",
    "Where it comes from": "origin",
    "Homepage": "homepage",
}
"""The form's labels, which are the headings of a submission, and what each answers."""

_HEADING = re.compile(rf"^### ({'|'.join(map(re.escape, FIELDS))})[ \t]*$", re.MULTILINE)
_NO_ANSWER = ("_No response_", "None")
_LONGEST_ANSWER = 500


@dataclass(frozen=True)
class Submission:
    """What a form comes to: a file at its path, or what is missing (then the text is empty)."""

    project: str
    path: PurePosixPath
    text: str
    missing: tuple[str, ...]


def read_answers(body: str) -> dict[str, str]:
    """Return the answers by field: cleaned, on one line, shortened; unanswered ones left out."""
    text = body[:LARGEST_BODY_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    matches = list(_HEADING.finditer(text))
    answers: dict[str, str] = {}
    for match, after in zip_longest(matches, matches[1:]):
        answer = text[match.end() : after.start() if after is not None else len(text)]
        cleaned = clean_text(answer)[:_LONGEST_ANSWER].strip()
        if cleaned and cleaned not in _NO_ANSWER:
            answers.setdefault(FIELDS[match[1]], cleaned)
    return answers


def read_submission(
    body: str, taxonomy: Taxonomy, projects: Mapping[str, Project], *, schema: bool = True
) -> Submission:
    """Return the project's file that a form asks for, or the list of what is missing.

    The file still has to pass the dataset's checks: only what the form needs is judged here.
    """
    answers = read_answers(body)
    missing: list[str] = []
    repo = parse_repo(answers.get("repo", ""))
    if not repo:
        missing.append("**Repository**: write it as owner/name, or as its address on GitHub")
    domain, problem = _match_domain(answers.get("domain", ""), taxonomy)
    missing += filter(None, [problem])
    summary = {
        key.removeprefix("summary."): value
        for key, value in answers.items()
        if key.startswith("summary.")
    }
    if not summary:
        missing.append("**Summary**: one sentence of your own in one language at least")
    subdomain, problem = _match_subdomain(answers.get("subdomain", ""), domain, taxonomy)
    missing += filter(None, [problem])
    tags, problems = _match_tags(answers.get("tags", ""), taxonomy)
    missing += problems
    if repo:
        missing += _find_repeats(repo, projects.values())
    project = choose_id(repo or "project-name", projects)
    path = locate_project(project)
    if missing:
        return Submission(project, path, "", tuple(missing))
    values: dict[str, Any] = {
        "name": answers.get("name") or repo.partition("/")[2],
        "repo": repo,
        "domain": domain,
        "subdomain": subdomain,
        "tags": tags,
        "origin": answers.get("origin", ""),
        "homepage": answers.get("homepage", ""),
        "summary": summary,
    }
    return Submission(project, path, compose_project_file(path, values, schema=schema), ())


def find_repeat(repo: str, project: Project) -> str:
    """Return how a project already has a repository, in words; empty where it does not."""
    wanted = repo.lower()
    if project.repo.lower() == wanted:
        return "is its repository"
    if wanted in map(str.lower, project.former_repos):
        return "is a former name of its repository"
    if wanted in map(str.lower, project.additional_repos):
        return "is one of its additional repositories"
    return ""


def _find_repeats(repo: str, projects: Sequence[Project] | Any) -> Iterator[str]:
    for project in projects:
        if find_repeat(repo, project):
            yield (f"**Repository**: {repo} is there already, in `data/projects/{project.id}.yaml`")


def _match_domain(answer: str, taxonomy: Taxonomy) -> tuple[str, str]:
    """Return the domain's id for an id or a name; else what is wrong with the answer."""
    known = {domain.id: domain for domain in taxonomy.domains}
    if not answer:
        return "", "**Domain**: choose one"
    for domain_id, domain in known.items():
        names = {domain_id, *(name.lower() for name in domain.name.values())}
        if answer.lower() in names or answer.partition(" ")[0].lower() == domain_id:
            return domain_id, ""
    nearest = find_nearest(answer[:60], known)
    hint = f"did you mean `{nearest}`?" if nearest else f"choose one of: {list_known(known)}"
    return "", f"**Domain**: there is none of this name; {hint}"


def _match_subdomain(answer: str, domain: str, taxonomy: Taxonomy) -> tuple[str, str]:
    if not answer or not domain:
        return "", ""
    inner = taxonomy.domain(domain).subdomains
    for subdomain in inner:
        if answer.lower() in {subdomain.id, *(name.lower() for name in subdomain.name.values())}:
            return subdomain.id, ""
    known = list_known(item.id for item in inner)
    return "", f"**Subdomain**: `{domain}` has none of this name; choose one of: {known}"


def _match_tags(answer: str, taxonomy: Taxonomy) -> tuple[list[str], list[str]]:
    tags, problems = [], []
    for word in dict.fromkeys(filter(None, re.split(r"[,;，、\s]+", answer.lower()))):
        if word in taxonomy.tags:
            tags.append(word)
        else:
            known = list_known(sorted(taxonomy.tags))
            problems.append(f"**Tags**: one of them is not in the vocabulary: {known}")
    return tags, problems[:1]
