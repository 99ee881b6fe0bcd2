"""What the guides tell of codes, kinds and settings is all that there is, and nothing else."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import services.audit.archive
import services.audit.cases
import services.audit.checking
import services.audit.sealing
import services.audit.witnessing
import shared.transparency
from services.audit.domain.comparing import Mismatch
from services.audit.domain.findings import Kind
from services.audit.sealing.alarms import ForeignKey
from services.audit.settings import Settings
from shared.transparency import Amiss

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
CODE = re.compile(r"`([a-z]+(?:_[a-z]+)*)`")
NAME = re.compile(r"[a-z]+(?:_[a-z]+)+")
SETTING = re.compile(r"`(INDA_LOG_[A-Z_]+)`")
FOUND = (shared.transparency, services.audit.archive, services.audit.cases)
SAID_OF = ("Differs", "_differs", "told_as")


def table(guide: str, before: str) -> list[str]:
    """The codes in the first column of the table behind this text, each as often as it stands."""
    rows = (GUIDES / guide).read_text().partition(before)[2].partition("\n|")[2].split("\n\n")[0]
    return [code for row in rows.splitlines()[2:] for code in CODE.findall(row.split("|")[1])]


def amiss(*packages: Any) -> set[str]:
    """The codes of everything that these packages say is amiss."""
    for package in packages:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    names = tuple(package.__name__ for package in packages)
    return {each.code for each in kinds(Amiss) if each.__module__.startswith(names)}


def kinds(parent: type[Amiss]) -> Iterator[type[Amiss]]:
    for each in parent.__subclasses__():
        yield each
        yield from kinds(each)


def differing() -> set[str]:
    """The codes that a check writes itself: every name in what it differs by."""
    (folder,) = services.audit.checking.__path__
    trees = [ast.parse(file.read_text()) for file in Path(folder).rglob("*.py")]
    return {code for tree in trees for node in ast.walk(tree) for code in written(node)}


def written(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
            values = args if name in SAID_OF else []
        case ast.Assign(targets=[ast.Name(id="code")], value=value):
            values = [*ast.walk(value)]
        case _:
            values = []
    for value in values:
        if isinstance(value, ast.Constant) and NAME.fullmatch(str(value.value)):
            yield str(value.value)


def test_an_auditor_finds_every_code_of_log_archive_stream_and_documents_once() -> None:
    told = table("auditor.md", "**Log, arsip, riwayat di server, dokumen**")
    assert sorted(told) == sorted(amiss(*FOUND) | differing())


@pytest.mark.parametrize(
    ("before", "known"),
    [("**Putar ulang**", Kind), ("**Yang ditampilkan layanan**", Mismatch)],
    ids=["findings", "differences"],
)
def test_an_auditor_finds_every_kind_of_finding_once(before: str, known: object) -> None:
    assert sorted(table("auditor.md", before)) == sorted(get_args(known))


def test_the_admin_finds_every_alarm_of_the_signer_once() -> None:
    told = table("admin.md", "### When signing has stopped")
    of_the_log = amiss(shared.transparency) - {"signed_by_another_key"}
    assert ForeignKey.code in told
    assert sorted(told) == sorted(amiss(services.audit.sealing) | of_the_log)


def test_the_admin_finds_every_fault_of_witnesses_and_time_stamps_once() -> None:
    told = table("admin.md", "### Witnesses and time stamps")
    assert sorted(told) == sorted(amiss(services.audit.witnessing))


def test_the_admin_finds_every_setting_of_the_log_once() -> None:
    own = {f"INDA_{name}".upper() for name in Settings.model_fields if name.startswith("log_")}
    text = (GUIDES / "admin.md").read_text().partition("| setting of audit |")[2]
    told = SETTING.findall(text.split("\n\n")[0])
    assert sorted(told) == sorted(own - {"INDA_LOG_FORMAT"})
