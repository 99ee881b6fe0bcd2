"""A stack whose history is sealed in a log, with what its auditors are given to look at it."""

import json
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from deploy.local.issuer import DevelopmentKeys
from deploy.local.objects import REGION
from deploy.local.stack import Addresses
from services.audit.app import create_app
from services.audit.settings import Settings
from shared.transparency import SigningKey
from tests.apps import ISSUER, Issuer, settings_for
from tests.component.cli.world import Stack, serving, stack

ORIGIN = "inda.test/log"
INTERVAL_SECONDS = 0.2
VKEY = "kunci.txt"
BUCKETS = ("log", "evidence", "documents")


@contextmanager
def sealed_stack(folder: Path, at: Addresses, services: Iterable[str]) -> Generator[Stack]:
    """These services and audit, which signs; `kunci.txt` is what it would hand over in a letter."""
    key = SigningKey.made(ORIGIN)
    (folder / VKEY).write_text(f"{key.verifier.text}\n")
    with stack(folder, at, services) as inda:
        context = json.loads((folder / "context.json").read_text())
        settings = settings_for(
            Settings,
            "audit",
            at,
            Issuer(_keys(inda), f"{context['issuer']}/jwks.json"),
            service_urls=context["services"],
            log_origin=ORIGIN,
            log_key=key.text,
            log_interval_seconds=INTERVAL_SECONDS,
            log_retention_days=1,
        )
        with serving(lambda: create_app(settings, now=inda.clock)) as audit:
            context["services"]["audit"] = audit
            _give(context, folder, at)
            yield inda


def _keys(inda: Stack) -> DevelopmentKeys:
    return DevelopmentKeys(inda.folder / "issuer", issuer=ISSUER, now=inda.clock)


def _give(context: dict[str, object], folder: Path, at: Addresses) -> None:
    """The context of an auditor: no more rights than `make run` and the deployment give one."""
    given = {
        "auditor.nk": at.nats_seeds["auditor"],
        "auditor.s3-access": at.s3_keys["auditor"].access,
        "auditor.s3-secret": at.s3_keys["auditor"].secret,
    }
    for name, text in given.items():
        (folder / name).write_text(text)
    storage = {
        "endpoint": at.s3_endpoint,
        "region": REGION,
        "access_key_file": "auditor.s3-access",
        "secret_key_file": "auditor.s3-secret",
        "buckets": {each: each for each in BUCKETS},
    }
    nats = {"urls": at.nats_url.split(","), "replicas": 1, "seeds": {"auditor": "auditor.nk"}}
    told = {**context, "nats": nats, "storage": storage}
    (folder / "context.json").write_text(json.dumps(told))
