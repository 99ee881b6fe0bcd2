"""The compose file as its engine would read it: anchors merged, variables filled in."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
COMPOSE_FILE = ROOT / "docker-compose.yml"
DEVELOPMENT = ROOT / "deploy" / "compose" / "development.env"
PRODUCTION: Mapping[str, str] = {
    "INDA_ISSUER": "https://sso.example.go.id",
    "INDA_JWKS_URL": "https://sso.example.go.id/keys",
}
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")

Services = dict[str, dict[str, Any]]


def development() -> dict[str, str]:
    lines = DEVELOPMENT.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def services(environment: Mapping[str, str] = PRODUCTION) -> Services:
    return filled(yaml.safe_load(COMPOSE_FILE.read_text()), environment)["services"]


def filled(node: Any, environment: Mapping[str, str]) -> Any:
    match node:
        case dict():
            return {key: filled(value, environment) for key, value in node.items()}
        case list():
            return [filled(value, environment) for value in node]
        case str():
            return VARIABLE.sub(lambda found: _value(found, environment), node)
        case _:
            return node


def _value(found: re.Match[str], environment: Mapping[str, str]) -> str:
    told = environment.get(found["name"])
    if told:
        return told
    if found["kind"] == "?":
        raise KeyError(f"{found['name']}: {found['rest']}")
    return found["rest"] or ""
