"""Where everything of a report lies: file names by language, and anchors. All ASCII."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TABLE = "landscape.csv"
DOCUMENT = "landscape.json"
DESCRIPTOR = "datapackage.json"
CHAPTERS = ("changes", "movers", "survival", "method")
"""The pages beneath the main page: what is deeper than five minutes."""

_SUFFIXES = {"zh": "zh-CN"}
ENDONYMS = {"en": "English", "zh": "中文"}


@dataclass(frozen=True)
class Addresses:
    """File names of one landscape's pages. The main language's pages carry no suffix."""

    languages: tuple[str, ...]

    @property
    def main_language(self) -> str:
        """English where the landscape has it, else its first language."""
        return choose_main_language(self.languages)

    def suffix(self, language: str) -> str:
        """Return what stands before ``.md``: empty, or ``.zh-CN``."""
        if language == self.main_language:
            return ""
        return "." + _SUFFIXES.get(language, language)

    def front(self, language: str) -> str:
        """Return the main page's path in the report folder."""
        return f"README{self.suffix(language)}.md"

    def domain(self, domain_id: str, language: str) -> str:
        """Return a domain page's path in the report folder."""
        return f"domains/{domain_id}{self.suffix(language)}.md"

    def project(self, project_id: str, language: str) -> str:
        """Return a project page's path in the report folder."""
        return f"projects/{project_id}{self.suffix(language)}.md"

    def chapter(self, name: str, language: str) -> str:
        """Return the path of one of the pages beneath the main page, such as ``changes``."""
        return f"{name}{self.suffix(language)}.md"

    def index(self, language: str, part: int = 1) -> str:
        """Return the path of a part of the list of all projects."""
        number = "" if part == 1 else f"-{part}"
        return f"projects{number}{self.suffix(language)}.md"


def choose_main_language(languages: Sequence[str]) -> str:
    """Return the language of ``README.md``."""
    return "en" if "en" in languages else languages[0]


def project_anchor(project_id: str) -> str:
    """Return a project's anchor, which no section's can equal."""
    return f"project-{project_id}"
