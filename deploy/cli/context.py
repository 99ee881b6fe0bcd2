"""Where a stack is and how to enter it: the file that `make run` leaves for the command line."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deploy.cli.failures import Misuse

VARIABLE = "INDA_CONTEXT"
USUAL_PLACE = Path(".inda/context.json")
KEY_FILES = ("access_key_file", "secret_key_file")


class Nats(BaseModel):
    """`seeds` names the file of each user's NKey seed that this person may read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    urls: tuple[str, ...]
    replicas: int = 1
    seeds: dict[str, Path] = Field(default_factory=dict)


class Storage(BaseModel):
    """Object storage with the auditor's own key, in two files. `buckets` are names by what they
    keep: log, evidence, documents.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    endpoint: str
    access_key_file: Path
    secret_key_file: Path
    secure: bool = False
    region: str = "us-east-1"
    buckets: dict[str, str] = Field(default_factory=dict)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    services: dict[str, str]
    issuer: str = ""
    nats: Nats | None = None
    accounts: Path | None = None
    storage: Storage | None = None
    vkey: Path | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """`services` are base addresses by name; `nats` and `storage` are None where only HTTP is
    reachable. `vkey` is a file with the keys of the log that this person trusts, one a line.
    """

    file: Path
    services: Mapping[str, str]
    issuer: str
    nats: Nats | None = None
    accounts: Path | None = None
    storage: Storage | None = None
    vkey: Path | None = None

    @property
    def folder(self) -> Path:
        return self.file.parent


def read_context(told: Path | None, environment: Mapping[str, str] | None = None) -> Context:
    """From `told`, else INDA_CONTEXT, else ./.inda/context.json. Raises `Misuse`."""
    known = os.environ if environment is None else environment
    file = told or Path(known.get(VARIABLE) or USUAL_PLACE)
    try:
        found = _File.model_validate_json(file.read_bytes())
    except OSError:
        raise Misuse(
            "context_missing",
            f"There is no context at {file}; start a stack with `make run` or name one with"
            f" --context or {VARIABLE}.",
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise Misuse("context_broken", f"{file}: {where}: {first['msg']}.") from None
    return _rooted(file.absolute(), found)


def _rooted(file: Path, found: _File) -> Context:
    """Files that the context names without a folder lie beside it."""
    here = file.parent
    nats, storage = found.nats, found.storage
    if nats is not None:
        seeds = {user: here / seed for user, seed in nats.seeds.items()}
        nats = nats.model_copy(update={"seeds": seeds})
    if storage is not None:
        files = {name: here / getattr(storage, name) for name in KEY_FILES}
        storage = storage.model_copy(update=files)
    return Context(
        file=file,
        services=found.services,
        issuer=found.issuer,
        nats=nats,
        accounts=None if found.accounts is None else here / found.accounts,
        storage=storage,
        vkey=None if found.vkey is None else here / found.vkey,
    )
