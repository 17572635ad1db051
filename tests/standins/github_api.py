"""Stands in for the part of GitHub's REST interface that is written to, over a bare repository.

Files, trees and branches are those of the repository; issues, comments, pull requests and check
runs are kept here. Limits that GitHub enforces are enforced. ``python -m
tests.standins.github_api BARE_REPOSITORY OWNER/NAME`` serves until it is ended, and prints its
address.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.standins.exchange import Request, Response
from tests.standins.server import LoopbackServer

TOKEN = "ghs_standInTokenThatIsNoRealOne000000000000"
BOT = "github-actions[bot]"
LARGEST_TEXT = 65_536
ANNOTATIONS_A_REQUEST = 50
MOST_FILES = 3_000
Json = dict[str, Any]


@dataclass
class RefusalError(Exception):
    """An answer that is no success."""

    status: int
    message: str


@dataclass
class State:
    """What GitHub keeps beside the repository."""

    issues: dict[int, Json] = field(default_factory=dict)
    comments: dict[int, Json] = field(default_factory=dict)
    pulls: dict[int, Json] = field(default_factory=dict)
    check_runs: dict[int, Json] = field(default_factory=dict)
    repositories: dict[str, Json] = field(default_factory=dict)
    next_number: int = 1

    def take_number(self) -> int:
        self.next_number += 1
        return self.next_number - 1


class GitHubApiStandIn(LoopbackServer):
    """GitHub for one repository; ``state`` may be read and written by tests.

    ``may_open_pulls``: the setting that lets Actions open pull requests. ``denied``: paths that
    are answered with 403, as for a token without the right.
    """

    def __init__(self, git_folder: Path, full_name: str = "tiny/landscape") -> None:
        super().__init__()
        self.git_folder = git_folder
        self.full_name = full_name
        self.state = State()
        self.may_open_pulls = True
        self.denied: list[str] = []
        self._meanwhile: dict[str, Callable[[], object]] = {}
        self._lock = threading.Lock()

    def happen_before(self, path: str, event: Callable[[], object]) -> None:
        """Let something happen once, just before a path that ends like this is answered."""
        self._meanwhile[path] = event

    def open_issue(self, body: str, *, login: str = "someone", title: str = "Issue") -> int:
        """Add an issue as a person would."""
        number = self.state.take_number()
        self._add_issue(number, {"title": title, "body": body}, login)
        return number

    def comment(self, number: int, body: str, *, login: str = "someone") -> int:
        """Add a comment as a person would."""
        return int(self._add_comment(number, body, login)["id"])

    def open_pull(
        self, branch: str, *, login: str = "someone", head_repo: str | None = None
    ) -> int:
        """Open a pull request from a branch of the bare repository, as if it were a fork's."""
        number = self.state.take_number()
        self._add_pull(number, branch, "main", "A change", "", login, head_repo or f"{login}/fork")
        return number

    def close_pull(self, number: int) -> None:
        """Close a pull request; what is pushed to its branch later is no part of it."""
        pull = self.state.pulls[number]
        pull |= {"state": "closed", "sha": self._resolve(f"refs/heads/{pull['branch']}")}

    def list_comments(self, number: int) -> list[Json]:
        return [item for item in self.state.comments.values() if item["number"] == number]

    def answer(self, request: Request) -> Response:
        with self._lock:
            try:
                return self._answer(request)
            except RefusalError as refusal:
                said = {"message": refusal.message, "status": str(refusal.status)}
                return Response(refusal.status, body=json.dumps(said).encode())

    def _answer(self, request: Request) -> Response:
        parts = urlsplit(request.path)
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        sent = request.headers.get("authorization", "")
        if sent and sent.split(" ")[-1] != TOKEN:
            raise RefusalError(401, "Bad credentials")
        if request.method != "GET" and not sent:
            raise RefusalError(401, "Requires authentication")
        path = parts.path
        for ending in [ending for ending in self._meanwhile if path.endswith(ending)]:
            self._meanwhile.pop(ending)()
        if any(path.endswith(denied) for denied in self.denied):
            raise RefusalError(403, "Resource not accessible by integration")
        given = json.loads(request.body) if request.body else {}
        match = re.fullmatch(r"/repos/([^/]+/[^/]+)(/.*)?", path)
        if match is None:
            raise RefusalError(404, "Not Found")
        name, inner = match[1], match[2] or ""
        if name.lower() != self.full_name.lower():
            if not inner and name.lower() in self.state.repositories:
                return _send(self.state.repositories[name.lower()])
            raise RefusalError(404, "Not Found")
        for method, pattern, handler in _ROUTES:
            found = re.fullmatch(pattern, inner)
            if method == request.method and found is not None:
                groups = [unquote(group) for group in found.groups()]
                result = getattr(self, handler)(*groups, query=query, given=given)
                return (
                    self._paginate(result, path, query)
                    if isinstance(result, list)
                    else _send(result, 201 if method == "POST" else 200)
                )
        raise RefusalError(404, "Not Found")

    def _paginate(self, items: list[Json], path: str, query: dict[str, str]) -> Response:
        size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
        chosen = items[(page - 1) * size : page * size]
        headers = {}
        if page * size < len(items):
            others = "&".join(f"{k}={v}" for k, v in query.items() if k != "page")
            headers["Link"] = f'<{self.url}{path}?{others}&page={page + 1}>; rel="next"'
        return Response(200, headers, json.dumps(chosen).encode())

    # --- the repository

    def show_repository(self, **_: Any) -> Json:
        return self._format_repository(self.full_name)

    def show_branch(self, name: str, **_: Any) -> Json:
        return {"name": name, "commit": {"sha": self._resolve(f"refs/heads/{name}")}}

    def show_tree(self, sha: str, **_: Any) -> Json:
        self._resolve(sha, kind="tree")
        listed = self._git("ls-tree", "-z", "-l", f"{sha}^{{tree}}")
        tree = []
        for record in filter(None, listed.split(b"\0")):
            head, _tab, name = record.partition(b"\t")
            mode, kind, blob, size = head.decode().split()
            entry: Json = {"path": name.decode("utf-8", "surrogateescape"), "mode": mode}
            entry |= {"type": kind, "sha": blob}
            tree.append(entry | ({"size": int(size)} if size != "-" else {}))
        return {"sha": sha, "tree": tree, "truncated": False}

    def show_blob(self, sha: str, **_: Any) -> Json:
        content = self._git("cat-file", "blob", sha)
        encoded = base64.encodebytes(content).decode()
        return {"sha": sha, "size": len(content), "encoding": "base64", "content": encoded}

    def create_ref(self, given: Json, **_: Any) -> Json:
        if self._git_or_none("rev-parse", "--verify", given["ref"]) is not None:
            raise RefusalError(422, "Reference already exists")
        self._git("update-ref", given["ref"], given["sha"])
        return {"ref": given["ref"], "object": {"sha": given["sha"], "type": "commit"}}

    def show_contents(self, path: str, query: dict[str, str], **_: Any) -> Json:
        content = self._git_or_none("cat-file", "blob", f"{query.get('ref', 'main')}:{path}")
        if content is None:
            raise RefusalError(404, "Not Found")
        sha = self._git("rev-parse", f"{query.get('ref', 'main')}:{path}").decode().strip()
        encoded = base64.encodebytes(content).decode()
        found = {"type": "file", "path": path, "name": path.rpartition("/")[2], "sha": sha}
        return found | {"encoding": "base64", "content": encoded, "size": len(content)}

    def put_contents(self, path: str, given: Json, **_: Any) -> Json:
        branch = given["branch"]
        old = self._git_or_none("rev-parse", f"{branch}:{path}")
        if old is not None and given.get("sha") != old.decode().strip():
            raise RefusalError(409, "does not match")
        blob = self._git("hash-object", "-w", "--stdin", given=base64.b64decode(given["content"]))
        index = {"GIT_INDEX_FILE": str(self.git_folder / "stand-in-index")}
        self._git("read-tree", branch, extra=index)
        cache = f"100644,{blob.decode().strip()},{path}"
        self._git("update-index", "--add", "--cacheinfo", cache, extra=index)
        tree = self._git("write-tree", extra=index).decode().strip()
        parent = self._resolve(f"refs/heads/{branch}")
        commit = self._git("commit-tree", tree, "-p", parent, "-m", given["message"]).decode()
        self._git("update-ref", f"refs/heads/{branch}", commit.strip())
        return {"content": {"path": path}, "commit": {"sha": commit.strip()}}

    # --- pull requests

    def show_pull(self, number: str, **_: Any) -> Json:
        return self._format_pull(self._find(self.state.pulls, number))

    def list_pulls(self, query: dict[str, str], **_: Any) -> list[Json]:
        owner = self.full_name.partition("/")[0]
        return [
            self._format_pull(pull)
            for pull in self.state.pulls.values()
            if query.get("head") in (None, f"{owner}:{pull['branch']}")
            and query.get("base") in (None, pull["base"])
            and query.get("state", "open") in ("all", pull["state"])
        ]

    def create_pull(self, given: Json, **_: Any) -> Json:
        if not self.may_open_pulls:
            raise RefusalError(
                403, "GitHub Actions is not permitted to create or approve pull requests."
            )
        self._resolve(f"refs/heads/{given['head']}")
        number = self.state.take_number()
        _check_text(given.get("body", ""))
        self._add_pull(
            number, given["head"], given["base"], given["title"], given["body"], BOT, self.full_name
        )
        return self._format_pull(self.state.pulls[number])

    def edit_pull(self, number: str, given: Json, **_: Any) -> Json:
        pull = self._find(self.state.pulls, number)
        pull.update({key: given[key] for key in ("title", "body", "state") if key in given})
        return self._format_pull(pull)

    def list_files(self, number: str, **_: Any) -> list[Json]:
        pull = self._find(self.state.pulls, number)
        span = f"{pull['base']}...refs/heads/{pull['branch']}"
        fields = self._git("diff", "--name-status", "-M", "-z", span).split(b"\0")[:-1]
        words = {"A": "added", "M": "modified", "D": "removed", "R": "renamed", "T": "changed"}
        files: list[Json] = []
        while fields:
            status = fields.pop(0).decode()[0]
            names = [fields.pop(0).decode("utf-8", "surrogateescape")]
            if status == "R":
                names.append(fields.pop(0).decode("utf-8", "surrogateescape"))
            file: Json = {"filename": names[-1], "status": words[status], "sha": "0" * 40}
            files.append(file | ({"previous_filename": names[0]} if status == "R" else {}))
        return files[:MOST_FILES]

    # --- issues, comments, check runs

    def show_issue(self, number: str, **_: Any) -> Json:
        return self._format_issue(self._find(self.state.issues, number))

    def list_issues(self, query: dict[str, str], **_: Any) -> list[Json]:
        labels = set(filter(None, query.get("labels", "").split(",")))
        return [
            self._format_issue(issue)
            for issue in self.state.issues.values()
            if labels <= set(issue["labels"]) and query.get("state") in ("all", issue["state"])
        ]

    def create_issue(self, given: Json, **_: Any) -> Json:
        _check_text(given.get("body", ""))
        return self._format_issue(self._add_issue(self.state.take_number(), given, BOT))

    def edit_issue(self, number: str, given: Json, **_: Any) -> Json:
        issue = self._find(self.state.issues, number)
        _check_text(given.get("body", ""))
        issue.update({key: given[key] for key in ("title", "body", "state") if key in given})
        return self._format_issue(issue)

    def list_issue_comments(self, number: str, **_: Any) -> list[Json]:
        return [self._format_comment(item) for item in self.list_comments(int(number))]

    def create_comment(self, number: str, given: Json, **_: Any) -> Json:
        _check_text(given["body"])
        return self._format_comment(self._add_comment(int(number), given["body"], BOT))

    def edit_comment(self, number: str, given: Json, **_: Any) -> Json:
        comment = self._find(self.state.comments, number)
        if comment["login"] != BOT:
            raise RefusalError(403, "Resource not accessible by integration")
        _check_text(given["body"])
        comment["body"] = given["body"]
        comment["edits"] += 1
        return self._format_comment(comment)

    def create_check_run(self, given: Json, **_: Any) -> Json:
        self._resolve(given["head_sha"])
        number = self.state.take_number()
        self.state.check_runs[number] = given | {"id": number, "annotations": []}
        return self._add_annotations(number, given)

    def edit_check_run(self, number: str, given: Json, **_: Any) -> Json:
        self._find(self.state.check_runs, number)
        return self._add_annotations(int(number), given)

    def _add_annotations(self, number: int, given: Json) -> Json:
        run = self.state.check_runs[number]
        fresh = given.get("output", {}).get("annotations", [])
        if len(fresh) > ANNOTATIONS_A_REQUEST:
            raise RefusalError(422, "Invalid request: no more than 50 items are allowed")
        for annotation in fresh:
            if not {"path", "start_line", "end_line", "message"} <= annotation.keys():
                raise RefusalError(422, "Invalid annotation")
        _check_text(given.get("output", {}).get("summary", ""))
        run["annotations"] += fresh
        return {"id": number, "url": f"{self.url}/repos/{self.full_name}/check-runs/{number}"}

    # --- shapes

    def _add_issue(self, number: int, given: Json, login: str) -> Json:
        issue = {"number": number, "state": "open", "login": login, "labels": [], "body": ""}
        self.state.issues[number] = issue | given
        return self.state.issues[number]

    def _add_comment(self, number: int, body: str, login: str) -> Json:
        if number not in self.state.issues:
            raise RefusalError(404, "Not Found")
        comment_id = 1000 + len(self.state.comments)
        comment = {"id": comment_id, "number": number, "body": body, "login": login, "edits": 0}
        self.state.comments[comment_id] = comment
        return comment

    def _add_pull(
        self, number: int, branch: str, base: str, title: str, body: str, login: str, source: str
    ) -> None:
        pull = {"number": number, "branch": branch, "base": base, "title": title, "body": body}
        self.state.pulls[number] = pull | {"state": "open", "login": login, "source": source}
        self._add_issue(number, {"title": title, "body": body}, login)

    def _format_repository(self, name: str) -> Json:
        owner, _, short = name.partition("/")
        url = f"{self.url}/repos/{name}"
        return {"full_name": name, "name": short, "url": url, "owner": {"login": owner}}

    def _format_pull(self, pull: Json) -> Json:
        number = pull["number"]
        sha = pull.get("sha") or self._resolve(f"refs/heads/{pull['branch']}")
        return {
            "number": number,
            "url": f"{self.url}/repos/{self.full_name}/pulls/{number}",
            "html_url": f"{self.url}/{self.full_name}/pull/{number}",
            "state": pull["state"],
            "title": pull["title"],
            "body": pull["body"],
            "user": {"login": pull["login"]},
            "changed_files": len(self.list_files(str(number))),
            "head": {
                "sha": sha,
                "ref": pull["branch"],
                "repo": self._format_repository(pull["source"]),
            },
            "base": {"ref": pull["base"], "repo": self._format_repository(self.full_name)},
        }

    def _format_issue(self, issue: Json) -> Json:
        number = issue["number"]
        return {
            "number": number,
            "url": f"{self.url}/repos/{self.full_name}/issues/{number}",
            "title": issue["title"],
            "body": issue["body"],
            "state": issue["state"],
            "user": {"login": issue["login"]},
            "labels": [{"name": label} for label in issue["labels"]],
        }

    def _format_comment(self, comment: Json) -> Json:
        url = f"{self.url}/repos/{self.full_name}/issues/comments/{comment['id']}"
        shown = {"id": comment["id"], "url": url, "body": comment["body"]}
        return shown | {"user": {"login": comment["login"]}}

    def _find(self, table: dict[int, Json], number: str) -> Json:
        if int(number) not in table:
            raise RefusalError(404, "Not Found")
        return table[int(number)]

    # --- git

    def _resolve(self, name: str, kind: str = "commit") -> str:
        found = self._git_or_none("rev-parse", "--verify", f"{name}^{{{kind}}}")
        if found is None:
            raise RefusalError(404, "Not Found")
        return found.decode().strip()

    def _git(self, *arguments: str, **options: Any) -> bytes:
        found = self._git_or_none(*arguments, **options)
        if found is None:
            raise RefusalError(404, "Not Found")
        return found

    def _git_or_none(
        self, *arguments: str, given: bytes = b"", extra: dict[str, str] | None = None
    ) -> bytes | None:
        who = {
            f"GIT_{role}_{key}": BOT
            for role in ("AUTHOR", "COMMITTER")
            for key in ("NAME", "EMAIL")
        }
        environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null"}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.git_folder,
            env=environment | who | (extra or {}),
            input=given,
            capture_output=True,
            check=False,
        )
        return done.stdout if done.returncode == 0 else None


_ROUTES = (
    ("GET", r"", "show_repository"),
    ("GET", r"/branches/(.+)", "show_branch"),
    ("GET", r"/git/trees/([^/]+)", "show_tree"),
    ("GET", r"/git/blobs/([^/]+)", "show_blob"),
    ("POST", r"/git/refs", "create_ref"),
    ("GET", r"/contents/(.+)", "show_contents"),
    ("PUT", r"/contents/(.+)", "put_contents"),
    ("GET", r"/pulls", "list_pulls"),
    ("POST", r"/pulls", "create_pull"),
    ("GET", r"/pulls/(\d+)", "show_pull"),
    ("PATCH", r"/pulls/(\d+)", "edit_pull"),
    ("GET", r"/pulls/(\d+)/files", "list_files"),
    ("GET", r"/issues", "list_issues"),
    ("POST", r"/issues", "create_issue"),
    ("GET", r"/issues/(\d+)", "show_issue"),
    ("PATCH", r"/issues/(\d+)", "edit_issue"),
    ("GET", r"/issues/(\d+)/comments", "list_issue_comments"),
    ("POST", r"/issues/(\d+)/comments", "create_comment"),
    ("PATCH", r"/issues/comments/(\d+)", "edit_comment"),
    ("POST", r"/check-runs", "create_check_run"),
    ("PATCH", r"/check-runs/(\d+)", "edit_check_run"),
)


def _send(content: Json, status: int = 200) -> Response:
    return Response(status, body=json.dumps(content).encode("utf-8", "surrogateescape"))


def _check_text(text: str) -> None:
    if len(text) > LARGEST_TEXT:
        raise RefusalError(422, "body is too long (maximum is 65536 characters)")


def serve(git_folder: Path, full_name: str) -> None:
    """Serve until the process is ended; the first line printed is the address."""
    with GitHubApiStandIn(git_folder, full_name) as server:
        print(server.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2])
