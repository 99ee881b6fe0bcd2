"""Every block of the guide for API clients runs, in order, against what `make run` starts."""

import asyncio
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.drive.sample import ACCOUNTS
from tests.builders.files import mp4, pdf
from tests.e2e.program import Program, program

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "api.md"
BLOCK = re.compile(r"^```(sh|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRITTEN = re.compile(r"(?:>|tee) ([a-z]+\.json)")
HEAD = "kepala-hss-dinkes"
SHIM = Path(__file__).with_name("curl.py")


@pytest.mark.timeout(300)
async def test_the_guide_for_api_clients_works_as_written(tmp_path: Path) -> None:
    with program(tmp_path / "inda") as running:
        running.start()
        await running.until_ready()
        for name in ("curl", "shim"):
            desk = tmp_path / name
            furnish(desk, is_shim=name == "shim")
            await follow(desk, running)
        assert await running.stop() == 0


def furnish(desk: Path, *, is_shim: bool) -> None:
    """A folder with what the reader has at hand; where there is no curl the shim is twice used."""
    (desk / "bin").mkdir(parents=True)
    (desk / "sk.pdf").write_bytes(pdf("Keputusan tentang Antre Tanpa Antre"))
    (desk / "video.mp4").write_bytes(mp4(content=os.urandom(20 * 1024 * 1024)))
    if is_shim or not any((Path(each) / "curl").exists() for each in os.get_exec_path()):
        shim = desk / "bin" / "curl"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{SHIM}" "$@"\n')
        shim.chmod(0o755)


async def follow(desk: Path, running: Program) -> None:
    """Runs the blocks as one script, and looks for what the guide says they answer."""
    blocks = BLOCK.findall(GUIDE.read_text())
    script = "\n".join(text for kind, text in blocks if kind == "sh")
    (desk / "guide.sh").write_text(f"set -euo pipefail\n{script}")
    bash = await asyncio.create_subprocess_exec(
        "bash",
        "guide.sh",
        cwd=desk,
        env=surroundings(desk, running),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await bash.communicate()
    assert bash.returncode == 0, said.decode()
    before = ""
    for kind, text in blocks:
        if kind == "json":
            answer = json.loads((desk / WRITTEN.findall(before)[-1]).read_text())
            assert shows(answer, json.loads(text)), (text, answer)
        before = text


def surroundings(desk: Path, running: Program) -> dict[str, str]:
    people = ACCOUNTS.validate_json((running.folder / "issuer/accounts.json").read_bytes())
    head = next(each for each in people if each.username == HEAD)
    assert head.agency is not None
    return {
        **os.environ,
        "PATH": f"{desk / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "INDA": running.urls["submission"],
        "ISSUER": running.issuer,
        "OPERATOR": head.username,
        "PASSWORD": head.password,
        "HEAD": head.username,
        "HEAD_PASSWORD": head.password,
        "AGENCY": head.agency,
        "SEASON": "2026",
    }


def shows(answer: Any, excerpt: Any) -> bool:
    """Whether the answer has all that the excerpt names."""
    if isinstance(excerpt, dict):
        return all(name in answer and shows(answer[name], excerpt[name]) for name in excerpt)
    return answer == excerpt
