"""A new landscape's files: settings, taxonomy, two projects, schemas, and the templates' rest.

The templates lie in ``landscape/starter``; its README says how they are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from landscape.base.errors import LandscapeError
from landscape.base.languages import LocalizedText
from landscape.dataset.discovery import ID_FORM, SETTINGS_PATH, TAXONOMY_PATH, suggest_id
from landscape.dataset.schemas import find_schema_folder
from landscape.publish.project_file import compose_project_file, locate_project

_PLACEHOLDER = re.compile(r"\{= (\w+) =\}")
_SAMPLES: tuple[tuple[str, str, str, LocalizedText], ...] = (
    (
        "git",
        "Git",
        "git/git",
        {
            "en": "Distributed version control system.",
            "zh": "分布式版本控制系统。",
        },
    ),
    (
        "curl",
        "curl",
        "curl/curl",
        {
            "en": "Command-line tool and library for transferring data with URLs.",
            "zh": "通过 URL 传输数据的命令行工具与程序库。",
        },
    ),
)


@dataclass(frozen=True)
class Choices:
    """What a new landscape is to be: texts by language, domains by id, and the rule.

    action: the Action as ``owner/name@ref``.
    """

    title: LocalizedText
    languages: tuple[str, ...]
    domains: Mapping[str, LocalizedText]
    above: float
    window: str
    action: str


def make_domains(named: Sequence[str], languages: Sequence[str]) -> dict[str, LocalizedText]:
    """Return domains by id from ``ID=Name`` or a name alone; the name serves every language."""
    domains: dict[str, LocalizedText] = {}
    for item in named:
        left, separator, right = item.partition("=")
        name = (right if separator else left).strip()
        domain_id = left.strip() if separator else suggest_id(name)
        is_made_up = not separator and not re.search(r"[A-Za-z0-9]", name)
        if not name or is_made_up or ID_FORM.fullmatch(domain_id) is None:
            raise LandscapeError(
                f"{item!r} gives no id for a domain",
                "write ID=Name, with an id of lower-case letters, digits and hyphens",
            )
        if domain_id in domains:
            raise LandscapeError(f"the domain {domain_id} is named twice", "name it once")
        domains[domain_id] = dict.fromkeys(languages, name)
    return domains


def make_starter(choices: Choices) -> dict[str, bytes]:
    """Return every file of the new landscape by its path below its folder."""
    files = {
        str(SETTINGS_PATH): _render_settings(choices),
        str(TAXONOMY_PATH): _render_taxonomy(choices),
    }
    places = list(choices.domains)
    for (project, name, repo, summary), domain in zip(
        _SAMPLES, (places[0], places[-1]), strict=True
    ):
        path = locate_project(project)
        # English is no language of every landscape, but a text in it is better than none.
        texts = {key: text for key, text in summary.items() if key in choices.languages}
        values = {
            "name": name,
            "repo": repo,
            "domain": domain,
            "summary": texts or {"en": summary["en"]},
        }
        files[str(path)] = compose_project_file(path, values)
    filled = _make_values(choices)
    contents = {path: text.encode("utf-8") for path, text in files.items()}
    for place, source in _list_templates():
        contents[place] = _fill(source.read_text(encoding="utf-8"), filled).encode("utf-8")
    for schema in sorted(find_schema_folder().iterdir(), key=lambda item: item.name):
        if schema.name.endswith(".schema.json"):
            contents[f"schemas/{schema.name}"] = schema.read_bytes()
    return dict(sorted(contents.items()))


def _render_settings(choices: Choices) -> str:
    above = int(choices.above) if choices.above == int(choices.above) else choices.above
    inclusion = {"metric": "openrank", "window": choices.window, "above": above}
    return (
        "# yaml-language-server: $schema=schemas/landscape.schema.json\n"
        "# The settings of this landscape; every other setting has a default.\n"
        + _dump({"title": dict(choices.title)}, flow=False)
        + _dump({"languages": list(choices.languages)})
        + "# A project is on the map if the mean of this metric over the window is above this.\n"
        + _dump({"inclusion": inclusion})
    )


def _render_taxonomy(choices: Choices) -> str:
    names: Mapping[str, str] = {"en": "Projects", "zh": "项目"}
    lines = [
        "# yaml-language-server: $schema=../schemas/taxonomy.schema.json\n",
        "# Layers hold domains. Ids are permanent; names may change.\n",
        "layers:\n- id: projects\n",
        _indent(_dump({"name": {each: names.get(each, "Projects") for each in choices.languages}})),
        "  domains:\n",
    ]
    for domain, name in choices.domains.items():
        lines.append(f"  - {_dump({'id': domain}, flow=False)}")
        lines.append(_indent(_dump({"name": dict(name)}), "    "))
    return "".join(lines)


def _make_values(choices: Choices) -> dict[str, str]:
    main = "en" if "en" in choices.languages else choices.languages[0]
    words = {"year-to-date": "this year so far", "trailing-12-months": "the last twelve months"}
    return {
        "title": choices.title.get(main) or next(iter(choices.title.values())),
        "action": choices.action,
        "action_repository": choices.action.partition("@")[0],
        "language": main,
        "domains": yaml.safe_dump(
            list(choices.domains), default_flow_style=True, width=1_000_000
        ).strip(),
        "threshold": f"{choices.above:g}",
        "window": words.get(choices.window, choices.window),
    }


def _list_templates() -> Iterator[tuple[str, Traversable]]:
    folder = resources.files("landscape") / "starter"
    for source, prefix in ((folder / "root", ""), (folder / "github", ".github/")):
        if source.is_dir():
            yield from _walk(source, prefix)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda each: each.name):
        name = re.sub(r"^dot-", ".", item.name)
        if item.is_dir():
            yield from _walk(item, f"{prefix}{name}/")
        else:
            yield f"{prefix}{name}", item


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


def _dump(value: Mapping[str, Any], *, flow: bool | None = None) -> str:
    dumped: str = yaml.safe_dump(
        dict(value), allow_unicode=True, default_flow_style=flow, sort_keys=False, width=1_000_000
    )
    return dumped


def _indent(text: str, spaces: str = "  ") -> str:
    return "".join(f"{spaces}{line}\n" for line in text.splitlines())
