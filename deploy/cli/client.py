"""One service's HTTP API as one person: patient with a weak network, never twice, never blind."""

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import httpx

from deploy.cli.drawer import Drawer
from deploy.cli.failures import Failure, Unreachable, answered, made
from deploy.cli.patience import Patience, persistently

Document = dict[str, Any]
Params = Mapping[str, object]
NO_CONTENT = 204
JSON = {"Content-Type": "application/json"}
TIMEOUT = httpx.Timeout(30.0, connect=5.0)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a command writes: `key` makes every retry of it happen once."""

    key: str
    dry_run: bool = False


class Api:
    """`drawer` is None for what is public. Every method raises `Failure`."""

    def __init__(
        self,
        service: str,
        http: httpx.Client,
        drawer: Drawer | None,
        writing: Writing | None,
        patience: Patience,
    ) -> None:
        self._service = service
        self._http = http
        self._drawer = drawer
        self._writing = writing
        self._patience = patience

    @property
    def is_dry_run(self) -> bool:
        return self._writing is not None and self._writing.dry_run

    def get(self, path: str, **params: object) -> Document:
        """What is there, including what this person wrote a moment ago."""
        fresh = self._drawer.written_sequence(self._service) if self._drawer else None
        asked = {**params, "min_seq": fresh}
        return self._seen(self._read(path, asked), path)

    def pages(self, path: str, *, every: bool, **params: object) -> Document:
        """One page, or all of them as one: `items`, and `next_cursor` when there is more."""
        page = self.get(path, **params)
        items: list[Any] = list(page.get("items", ()))
        while every and page.get("next_cursor"):
            page = self.get(path, **{**params, "cursor": page["next_cursor"]})
            items += page["items"]
        return {"items": items, "next_cursor": page.get("next_cursor")}

    def whole(self, path: str, **params: object) -> httpx.Response:
        """A read whose answer is wanted with its headers, whatever its status."""
        return self._read(path, params)

    def post(self, path: str, body: object = None, *, if_match: bool | None = False) -> Document:
        """`if_match` sends the version seen last; None sends it only if one was seen."""
        return self._write("POST", path, body, if_match)

    def put(self, path: str, body: object, *, if_match: bool | None = False) -> Document:
        return self._write("PUT", path, body, if_match)

    def patch(self, path: str, body: object, *, if_match: bool | None = False) -> Document:
        return self._write("PATCH", path, body, if_match)

    def delete(self, path: str) -> Document:
        """What is answered, which is empty where nothing is left to say."""
        return self._write("DELETE", path, None, False)

    def query(self, path: str, body: object) -> Document:
        """A question that is too long for an address; it changes nothing."""
        answer = self._sent("POST", path, {}, JSON, _json(body), self._read_patience)
        return document_of(self._checked(answer))

    def query_file(self, path: str, content: bytes) -> Document:
        """A question about a file; it changes nothing."""
        headers = {"Accept": "application/json", "Content-Type": "application/octet-stream"}
        answer = self._sent("POST", path, {}, headers, content, self._read_patience)
        return document_of(self._checked(answer))

    def send(self, path: str, content: bytes, media_type: str, **params: object) -> Document:
        """A write whose body is a whole file; the answer may take a while."""
        writing = self._writing
        assert writing is not None, "a command that writes is declared with @writing"
        headers = {"Idempotency-Key": writing.key, "Content-Type": media_type}
        asked = {**params, "dry_run": 1} if writing.dry_run else params
        answer = self._sent("POST", path, asked, headers, content, self._patience.seconds)
        return self._seen(answer, path)

    @contextmanager
    def download(self, path: str, **params: object) -> Generator[httpx.Response]:
        """An answer that is read as it comes. Raises `Failure`, also when it breaks off."""
        fresh = self._drawer.written_sequence(self._service) if self._drawer else None
        known = {k: _plain(v) for k, v in {**params, "min_seq": fresh}.items() if v is not None}
        try:
            with self._http.stream("GET", path, params=known) as answer:
                if not answer.is_success:
                    answer.read()
                    raise failure_of(answer, self._service)
                yield answer
        except httpx.RequestError as error:
            reason = str(error).strip().rstrip(".") or type(error).__name__
            raise Unreachable(f"The download broke off ({reason}).") from None

    def _write(self, verb: str, path: str, body: object, if_match: bool | None) -> Document:
        writing = self._writing
        assert writing is not None, "a command that writes is declared with @writing"
        headers = {"Idempotency-Key": writing.key, **self._if_match(path, if_match)}
        content = None if body is None else _json(body)
        if content is not None:
            headers |= JSON
        params = {"dry_run": 1} if writing.dry_run else {}
        answer = self._sent(verb, path, params, headers, content, self._patience.seconds)
        return self._seen(answer, path)

    def _if_match(self, path: str, wanted: bool | None) -> dict[str, str]:
        thing = _thing(path)
        if wanted is False or self._drawer is None or thing is None:
            return {}
        version = self._drawer.version(thing)
        if version is None and wanted:
            version = self._version_now(thing)
        return {} if version is None else {"If-Match": f'"{version}"'}

    def _version_now(self, thing: str) -> int | None:
        """None for what is not there yet; the write itself will say more."""
        answer = self._read(f"/{thing}", {})
        return _version(answer) if answer.is_success else None

    @property
    def _read_patience(self) -> float:
        return min(self._patience.seconds, self._patience.read_seconds)

    def _read(self, path: str, params: Params) -> httpx.Response:
        return self._sent("GET", path, params, {}, None, self._read_patience)

    def _sent(
        self,
        verb: str,
        path: str,
        params: Params,
        headers: Mapping[str, str],
        content: bytes | None,
        patience: float,
    ) -> httpx.Response:
        known = {name: _plain(value) for name, value in params.items() if value is not None}

        def send() -> httpx.Response:
            return self._http.request(verb, path, params=known, headers=headers, content=content)

        return persistently(send, self._service, patience, self._patience.tell)

    def _checked(self, answer: httpx.Response) -> httpx.Response:
        if not answer.is_success:
            raise failure_of(answer, self._service)
        if answer.status_code != NO_CONTENT and not document_of(answer):
            raise Unreachable(f"What answers at {answer.url.host} is not {self._service}.")
        return answer

    def _seen(self, answer: httpx.Response, path: str) -> Document:
        self._checked(answer)
        if self._drawer is not None and not self.is_dry_run:
            self._remember(self._drawer, answer, path)
        return document_of(answer)

    def _remember(self, drawer: Drawer, answer: httpx.Response, path: str) -> None:
        is_write = answer.request.method != "GET"
        if is_write and answer.headers.get("Inda-Sequence", "").isdigit():
            drawer.keep_sequence(self._service, int(answer.headers["Inda-Sequence"]))
        version, thing = _version(answer), _thing(path)
        if version is None:
            return
        if thing is None and is_write:
            drawer.keep_version(f"{path.strip('/')}/{document_of(answer).get('id', '')}", version)
        elif thing is not None and _is_known(drawer.version(thing), version, answer, path):
            drawer.keep_version(thing, version)


def failure_of(answer: httpx.Response, whom: str) -> Failure:
    """The problem that was answered, or one made of an answer that is none."""
    found = document_of(answer)
    if "code" not in found:
        told = found.get("detail")
        sentence = told if isinstance(told, str) else f"{whom} answered with {answer.status_code}."
        found = {**made("answer_unexpected", "Failed", sentence, {}), "status": answer.status_code}
    if answer.status_code == 401:
        found["detail"] = f"{found['detail']} Log in with `inda login USER`."
    if answer.status_code == 412:
        found["detail"] = f"{found['detail']} Show it again, look, and repeat the command."
    return answered(answer.status_code, found)


def document_of(answer: httpx.Response) -> Document:
    """The JSON object that was answered; empty when it is none."""
    try:
        found = answer.json()
    except ValueError:
        return {}
    return cast("Document", found) if isinstance(found, dict) else {}


def _thing(path: str) -> str | None:
    """What a path is about: `innovations/<id>` of `/innovations/<id>/claims/SID-01`."""
    parts = path.strip("/").split("/")
    length = 3 if parts[0] == "regions" else 2
    return "/".join(parts[:length]) if len(parts) >= length else None


def _is_known(before: int | None, version: int, answer: httpx.Response, path: str) -> bool:
    """Whether the person knows all that the thing is at this version.

    Not if somebody else changed it between what was seen last and a write that did not mind.
    """
    if answer.request.method == "GET":
        return path.strip("/") == _thing(path)
    if "If-Match" in answer.request.headers:
        return True
    own = len(document_of(answer).get("happened", [None]))
    return before is not None and before <= version <= before + own


def _version(answer: httpx.Response) -> int | None:
    plain = answer.headers.get("ETag", "").removeprefix("W/").strip('"')
    return int(plain) if plain.isdigit() else None


def _json(body: object) -> bytes:
    return json.dumps(body, default=str).encode()


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
