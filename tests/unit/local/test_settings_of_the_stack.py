"""Ports, secrets, logs and configurations of the local stack, without a running server."""

import json
import stat
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from deploy.cli.context import read_context
from deploy.local.context import write_context
from deploy.local.keys import FILE, NATS_USERS, load_or_make, new_seed, public_key
from deploy.local.nats_config import READERS, Cluster, Node, Tls, render, requests
from deploy.local.objects import ACTIONS
from deploy.local.ports import Ports, block_ports, free_ports, ports_from, usual_ports
from deploy.local.processes import CannotStart, cause, executable, trim
from deploy.local.stack import Addresses
from shared.bus import SERVICES


def all_of(ports: Ports) -> list[int]:
    nats = [getattr(node, field.name) for node in ports.nats for field in fields(node)]
    return [*nats, *ports.mongo.values(), *ports.s3.all(), *ports.services.values(), ports.issuer]


def test_the_usual_ports_are_those_of_the_servers() -> None:
    ports = ports_from({})
    assert (ports.nats[0].client, ports.mongo["submission"], ports.s3.s3) == (4222, 27021, 8333)
    assert (ports.services["submission"], ports.issuer) == (8001, 8010)


@pytest.mark.parametrize("ports", [usual_ports(), block_ports(20_000)])
def test_no_port_is_used_twice(ports: Ports) -> None:
    assert len(set(all_of(ports))) == len(all_of(ports))


def test_a_block_is_consecutive_and_fits_what_is_promised() -> None:
    ports = ports_from({"INDA_PORT_BASE": "20000"})
    assert sorted(all_of(ports)) == list(range(20_000, 20_000 + len(all_of(ports))))
    assert len(all_of(ports)) <= 64


@pytest.mark.parametrize("base", ["soon", "80", "70000", "-1"])
def test_a_port_base_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(CannotStart, match="INDA_PORT_BASE is "):
        ports_from({"INDA_PORT_BASE": base})


def test_two_who_ask_for_free_ports_get_different_ones() -> None:
    with free_ports() as mine, free_ports() as yours:
        assert not set(all_of(mine)) & set(all_of(yours))


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first, second = load_or_make(tmp_path), load_or_make(tmp_path)
    assert first == second
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert tuple(first.nats_seeds) == NATS_USERS


def test_a_user_that_came_later_gets_a_secret_and_the_others_keep_theirs(tmp_path: Path) -> None:
    full = load_or_make(tmp_path)
    older = full.model_copy(update={"mongo_passwords": {"awards": "kept"}})
    (tmp_path / FILE).write_text(older.model_dump_json())
    filled = load_or_make(tmp_path)
    assert filled.mongo_passwords["awards"] == "kept"
    assert set(filled.mongo_passwords) == set(SERVICES)
    assert (load_or_make(tmp_path), filled.nats_seeds) == (filled, full.nats_seeds)


def test_damaged_secrets_are_refused_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    with pytest.raises(CannotStart, match="is damaged"):
        load_or_make(tmp_path)
    assert (tmp_path / FILE).read_text() == "{"


def test_a_missing_program_is_named() -> None:
    with pytest.raises(CannotStart, match="The program no-such-server is missing in "):
        executable("no-such-server")


def test_an_end_is_described_by_status_or_signal() -> None:
    assert (cause(2), cause(-9)) == ("exit status 2", "signal 9 (SIGKILL)")


def test_a_log_that_grew_too_large_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    with log.open("ab") as written:
        written.write(b"0123456789")
        written.flush()
        trim(log, max_bytes=9)
        written.write(b"more")
    assert log.read_bytes() == b"more"
    assert (tmp_path / "a.log.1").read_bytes() == b"0123456789"


def configuration(tmp_path: Path, tls: Tls | None = None) -> str:
    keys = {user: public_key(new_seed()) for user in NATS_USERS}
    node = Node("n1", "127.0.0.1:4222", "127.0.0.1:8222", str(tmp_path), tls=tls)
    return render(node, keys, Cluster("127.0.0.1:6222", ("127.0.0.1:6222",), "secret"))


def test_the_server_accepts_the_configuration_of_a_cluster(tmp_path: Path) -> None:
    file = tmp_path / "nats.conf"
    file.write_text(configuration(tmp_path))
    checked = subprocess.run(
        [executable("nats-server"), "-t", "-c", str(file)], capture_output=True, text=True
    )
    assert (checked.returncode, "configuration file" in checked.stderr) == (0, True)


def test_each_user_may_publish_exactly_what_its_account_imports(tmp_path: Path) -> None:
    accounts = json.loads(configuration(tmp_path))["accounts"]
    for service in (*SERVICES, *READERS):
        account = accounts[service.upper()]
        (user,) = account["users"]
        assert user["permissions"] == {
            "publish": {"allow": [each["to"] for each in account["imports"]]},
            "subscribe": {"allow": [f"_INBOX_{service}.>"]},
        }
        assert "jetstream" not in account


def test_facts_of_a_service_are_exported_to_it_alone(tmp_path: Path) -> None:
    exports = json.loads(configuration(tmp_path))["accounts"]["INDA"]["exports"]
    facts = {each["service"]: each["accounts"] for each in exports if "inda." in each["service"]}
    assert facts == {
        "inda.log.checkpoint": ["AUDIT"],
        **{f"inda.v1.{service}.*.*": [service.upper()] for service in SERVICES[:-1]},
    }


def test_the_service_of_audit_says_no_fact_only_checkpoints() -> None:
    said = [each.subject for each in requests("audit") if "inda." in each.subject]
    assert said == ["inda.log.checkpoint"]


def test_the_auditor_asks_for_facts_and_checkpoints_and_nothing_else() -> None:
    assert [each.subject for each in requests("auditor")] == [
        "$JS.API.STREAM.INFO.INDA",
        "$JS.API.STREAM.MSG.GET.INDA",
        "$JS.API.DIRECT.GET.INDA",
        "$JS.API.DIRECT.GET.INDA.>",
        "$JS.API.STREAM.INFO.INDA_CHECKPOINTS",
        "$JS.API.STREAM.MSG.GET.INDA_CHECKPOINTS",
        "$JS.API.DIRECT.GET.INDA_CHECKPOINTS",
    ]


def test_the_auditor_writes_no_bucket() -> None:
    assert {each.split(":")[0] for each in ACTIONS["auditor"]} == {
        "Read",
        "List",
        "GetObjectRetention",
    }


def test_the_command_line_gets_no_key_that_writes_a_fact_or_the_log(tmp_path: Path) -> None:
    made = load_or_make(tmp_path)
    at = Addresses("nats://a,nats://b", made.nats_seeds, 1, (), {}, "s3", made.s3_keys)
    write_context(tmp_path, {}, "http://issuer", at)
    given = {each.name: each.read_text() for each in (tmp_path / "seeds").iterdir()}
    verifier = given.pop("log.vkey")
    assert verifier.startswith("inda.local/log+")
    assert given == {
        "auditor.nk": made.nats_seeds["auditor"],
        "admin.nk": made.nats_seeds["admin"],
        "auditor.s3-access": made.s3_keys["auditor"].access,
        "auditor.s3-secret": made.s3_keys["auditor"].secret,
    }
    read = read_context(tmp_path / "context.json")
    assert read.nats is not None
    assert read.nats.seeds == {
        user: tmp_path / "seeds" / f"{user}.nk" for user in ("auditor", "admin")
    }


def test_nobody_but_audit_and_the_auditor_reaches_the_checkpoints(tmp_path: Path) -> None:
    accounts = json.loads(configuration(tmp_path))["accounts"]
    exports = accounts["INDA"]["exports"]
    assert {
        (each["service"], *each["accounts"]) for each in exports if "CHECKPOINT" in each["service"]
    } == {
        ("$JS.API.STREAM.INFO.INDA_CHECKPOINTS", "AUDIT", "AUDITOR"),
        ("$JS.API.STREAM.MSG.GET.INDA_CHECKPOINTS", "AUDIT", "AUDITOR"),
        ("$JS.API.DIRECT.GET.INDA_CHECKPOINTS", "AUDIT", "AUDITOR"),
    }


def test_certificates_guard_clients_and_routes(tmp_path: Path) -> None:
    config = json.loads(configuration(tmp_path, Tls("c", "k", "ca")))
    files = {"cert_file": "c", "key_file": "k", "ca_file": "ca"}
    assert (config["tls"], config["cluster"]["tls"]) == (files, {**files, "verify": True})
