"""Where a stack is and how to enter it: the file that `make run` leaves for the command line."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deploy.cli.failures import Misuse

VARIABLE = "INDA_CONTEXT"
USUAL_PLACE = Path(".inda/context.json")


class Nats(BaseModel):
    """`seeds` names the file of each user's NKey seed that this person may read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    urls: tuple[str, ...]
    replicas: int = 1
    seeds: dict[str, Path] = Field(default_factory=dict)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    services: dict[str, str]
    issuer: str = ""
    nats: Nats | None = None
    accounts: Path | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """`services` are base addresses by name; `nats` is None where only HTTP is reachable."""

    file: Path
    services: Mapping[str, str]
    issuer: str
    nats: Nats | None = None
    accounts: Path | None = None

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
    nats, accounts = found.nats, found.accounts
    if nats is not None:
        seeds = {user: here / seed for user, seed in nats.seeds.items()}
        nats = nats.model_copy(update={"seeds": seeds})
    return Context(
        file, found.services, found.issuer, nats, None if accounts is None else here / accounts
    )
