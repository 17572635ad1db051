"""The program git, asked without a shell, in an environment that the caller chose.

No repository's hooks run, nothing prompts, and no message of ours shows an address's password.
What is committed and why is decided elsewhere.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from landscape.base.errors import LandscapeError

TIMEOUT_SECONDS = 300
# What a surrounding git, or a hostile environment, would turn our commands with.
_DROPPED = re.compile(
    r"GIT_(DIR|WORK_TREE|INDEX_FILE|INDEX_VERSION|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE|PREFIX"
    r"|ALTERNATE_OBJECT_DIRECTORIES|CEILING_DIRECTORIES|EXTERNAL_DIFF|EDITOR|SEQUENCE_EDITOR"
    r"|PAGER|TRACE.*|REDIRECT_.*|QUARANTINE_PATH|LITERAL_PATHSPECS|GLOB_PATHSPECS|AUTHOR_.*"
    r"|COMMITTER_.*)"
)
_FIXED = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.quotePath=false",
    "commit.gpgSign=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")


class GitError(LandscapeError):
    """Git refused, or could not be asked."""

    exit_code = 4


@dataclass(frozen=True)
class Answer:
    """What git said: its exit code, standard output as bytes, standard error as text."""

    code: int
    output: bytes
    errors: str

    @property
    def text(self) -> str:
        """Standard output as text, without the last line's end."""
        return self.output.decode("utf-8", "surrogateescape").rstrip("\n")


@dataclass(frozen=True)
class Git:
    """Git in one folder; ``environment`` is all that it sees of its surroundings."""

    folder: Path
    environment: Mapping[str, str] = field(repr=False)

    @classmethod
    def open(cls, folder: Path, environment: Mapping[str, str]) -> Git:
        """Return git for a folder inside a work tree; raises LandscapeError where it is none."""
        kept = {name: value for name, value in environment.items() if not _DROPPED.fullmatch(name)}
        git = cls(folder, kept | _FIXED)
        top = git.ask("rev-parse", "--show-toplevel")
        if top.code != 0:
            raise LandscapeError(
                f"{folder} is in no git repository", "this command works on a clone of one"
            )
        return replace(git, folder=Path(top.text))

    def at(self, folder: Path) -> Git:
        """Return git for another work tree of the same repository."""
        return replace(self, folder=folder)

    def run(
        self, *arguments: str, given: bytes | None = None, extra: Mapping[str, str] | None = None
    ) -> Answer:
        """Run git; a refusal raises GitError with what it said."""
        answer = self.ask(*arguments, given=given, extra=extra)
        if answer.code != 0:
            said = answer.errors.strip().splitlines() or [f"exit code {answer.code}"]
            raise GitError(f"git {arguments[0]} failed: {said[-1]}", "\n".join(said[:-1][-5:]))
        return answer

    def ask(
        self, *arguments: str, given: bytes | None = None, extra: Mapping[str, str] | None = None
    ) -> Answer:
        """Run git and return its answer, whatever its exit code."""
        try:
            done = subprocess.run(  # noqa: S603 - no shell, and the arguments are ours
                [_find_git(self.environment), *_list_settings(), *arguments],
                cwd=self.folder,
                env={**self.environment, **(extra or {})},
                input=given if given is not None else b"",
                capture_output=True,
                timeout=TIMEOUT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise GitError(
                f"git {arguments[0]} gave no answer in {TIMEOUT_SECONDS} seconds",
                "try again; nothing was changed by this attempt",
            ) from error
        errors = done.stderr.decode("utf-8", "replace")
        return Answer(done.returncode, done.stdout, _PASSWORD.sub("", errors))

    def resolve(self, name: str) -> str:
        """Return the commit that a name stands for; empty where there is none."""
        answer = self.ask(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
        return answer.text if answer.code == 0 else ""

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether one commit is, or leads to, the other."""
        return self.ask("merge-base", "--is-ancestor", older, newer).code == 0

    def read_file(self, commit: str, path: str) -> bytes | None:
        """Return an ordinary file of a commit; None where it has none there."""
        return self.read_files(commit, [path]).get(path)

    def read_files(self, commit: str, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the ordinary files of a commit at or below the paths, which are literal."""
        listed = self.run("--literal-pathspecs", "ls-tree", "-r", "-z", commit, "--", *paths).output
        wanted: list[tuple[str, str]] = []
        for record in listed.split(b"\0"):
            head, _, path = record.partition(b"\t")
            # A link's content is no file's, and a submodule's is not here.
            if head.startswith((b"100644", b"100755")):
                wanted.append((path.decode("utf-8", "surrogateescape"), head.split()[2].decode()))
        return dict(self._read_objects(wanted))

    def _read_objects(self, wanted: Sequence[tuple[str, str]]) -> list[tuple[str, bytes]]:
        if not wanted:
            return []
        asked = "".join(f"{name}\n" for _, name in wanted).encode()
        output = self.run("cat-file", "--batch", given=asked).output
        files = []
        start = 0
        for path, _ in wanted:
            end = output.index(b"\n", start)
            size = int(output[start:end].split()[2])
            files.append((path, output[end + 1 : end + 1 + size]))
            start = end + size + 2
        return files


def _list_settings() -> list[str]:
    return [part for setting in _SETTINGS for part in ("-c", setting)]


def _find_git(environment: Mapping[str, str]) -> str:
    found = shutil.which("git", path=environment.get("PATH"))
    if found is None:
        raise LandscapeError("the program git is not on the path", "install git, and try again")
    return found


def find_folder(git: Git, root: Path) -> str:
    """Return the landscape's place in the repository, with a slash at its end, or empty."""
    place = root.resolve().relative_to(git.folder.resolve()).as_posix()
    return "" if place == "." else f"{place}/"
