"""A whole competition by its guides: committee, judge, treasurer and auditor type what is there.

What they read in between, what anybody may do without an account, and what is refused.
"""

import os
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from tests.component.cli.beginning import announced, entered, judged
from tests.component.cli.contest import season, with_entries
from tests.component.cli.disputing import determined, disputed, signed
from tests.component.cli.guided import Reader
from tests.component.cli.inspecting import inspected
from tests.component.cli.sealing import sealed_stack
from tests.component.cli.spending import allocated, paid, verified_by_anybody
from tests.component.cli.world import SERVICES, Stack
from tests.outside.environment import Environment, environment_in
from tests.servers import Running, running

Folders = pytest.TempPathFactory


@pytest.fixture
def own_servers(
    fresh_stream: Running, fresh_databases: Running, tmp_path_factory: Folders
) -> Generator[Addresses]:
    """Object storage too is of this test only: an auditor looks at all that lies there."""
    with running(tmp_path_factory.mktemp("objects"), parts=("objects",)) as objects:
        yield replace(
            fresh_stream.addresses,
            mongo_urls=fresh_databases.addresses.mongo_urls,
            s3_endpoint=objects.addresses.s3_endpoint,
            s3_keys=objects.addresses.s3_keys,
        )


@pytest.fixture
def sealed(own_servers: Addresses, tmp_path: Path) -> Generator[Stack]:
    with sealed_stack(tmp_path, own_servers, SERVICES) as started:
        yield started


@pytest.fixture
def outsiders(tmp_path_factory: Folders) -> Environment:
    base = tmp_path_factory.getbasetemp()
    return environment_in(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.mark.timeout(400)
def test_a_competition_goes_by_its_guides_from_the_rules_to_the_last_rupiah_and_its_audit(
    sealed: Stack, outsiders: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sealed.folder)
    found = season(sealed)
    committee = Reader(sealed, "committee.md", "chair", found.names)
    committee.block()
    announced(found, committee)
    with_entries(found)
    entered(found, committee)
    judged(found, committee)
    signed(found, committee)
    disputed(found, committee)
    determined(found, committee)
    treasurer = Reader(sealed, "treasurer.md", "treasurer", found.names)
    allocated(found, committee, treasurer)
    paid(found, treasurer)
    verified_by_anybody(found, committee)
    assert (committee.is_over(), treasurer.is_over()) == (True, True)
    inspected(found, outsiders)
