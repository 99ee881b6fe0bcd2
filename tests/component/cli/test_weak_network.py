"""Nobody answers, or the answer is lost on the way: nothing is doubled, and the end is plain."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from tests.component.cli.test_submitting import PROFILE, set_up
from tests.component.cli.world import Ran, Stack, free_address, inda


@contextmanager
def losing_first_answers(service: str, losses: int) -> Generator[str]:
    """A way to the service on which the answers of the first POSTs are lost."""
    left = [losses]

    class Way(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            wanted = ("Authorization", "Content-Type", "Idempotency-Key")
            headers = {name: self.headers[name] for name in wanted if self.headers[name]}
            url = f"{service}{self.path}"
            answer = httpx.post(url, content=body, headers=headers, trust_env=False)
            if left[0] > 0:
                left[0] -= 1
                return
            self.send_response(answer.status_code)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *args: object) -> None:
            return

    with answering(Way) as address:
        yield address


@contextmanager
def answering(handler: type[BaseHTTPRequestHandler]) -> Generator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def redirected(submission: Stack, address: str) -> Path:
    """The stack's context with another address for submission, beside the same logins."""
    known = json.loads((submission.folder / "context.json").read_text())
    return submission.file("weak.json", {**known, "services": {"submission": address}})


def test_a_lost_answer_is_asked_for_again_and_nothing_is_doubled(submission: Stack) -> None:
    set_up(submission)
    submission.log_in("operator")
    file = submission.file("profile.json", PROFILE)
    service = json.loads((submission.folder / "context.json").read_text())["services"]
    with losing_first_answers(service["submission"], losses=2) as weak:
        context = redirected(submission, weak)
        draft = f"innovation draft --season 2026 --agency hss-dinkes --file {file} --json"
        ran = inda(f"{draft} --patience 20", context=context).fine()
    assert ran.err.count("Trying again.") == 2
    listed = submission.eventually("innovation list", lambda found: found["items"] != [])
    assert [each["innovation_id"] for each in listed["items"]] == [ran.answer["id"]]


@pytest.mark.parametrize("line", ["season list", "season close 2026"])
def test_a_service_that_nobody_answers_for_is_said_in_one_line(
    submission: Stack, line: str
) -> None:
    submission.log_in("admin")
    context = redirected(submission, free_address())
    ran = inda(line, context=context)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert ran.err.startswith("submission does not answer")
    with_json = inda(f"{line} --json", context=context)
    assert (with_json.code, with_json.err) == (2, "")
    assert with_json.answer["code"] == "unreachable"


def test_status_goes_on_past_a_service_that_is_away(submission: Stack) -> None:
    context = redirected(submission, free_address())
    ran: Ran = inda("status --json", context=context)
    assert ran.code == 2
    assert [each["state"] for each in ran.answer["services"]] == ["unreachable"]


def test_something_else_that_answers_is_not_taken_for_a_service(submission: Stack) -> None:
    submission.log_in("admin")

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>Welcome to the hotel</html>")

        def log_message(self, format: str, *args: object) -> None:
            return

    with answering(Portal) as address:
        ran = inda("season list", context=redirected(submission, address))
    expected = "What answers at 127.0.0.1 is not submission. [unreachable]\n"
    assert (ran.code, ran.out, ran.err) == (2, "", expected)
