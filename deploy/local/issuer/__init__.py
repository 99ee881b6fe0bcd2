"""A development issuer: an OIDC-like server of tokens for ready-made accounts. Never production."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs

from fastapi import FastAPI, HTTPException, Request
from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.local.issuer.accounts import (
    WRONG_PASSWORDS_FORGOTTEN,
    Account,
    Accounts,
    Refused,
    Resting,
    Throttle,
    authenticate,
    write_accounts,
)
from deploy.local.issuer.keys import (
    ALGORITHM,
    AUDIENCE,
    ISSUER,
    TOKEN_SECONDS,
    DevelopmentKeys,
    utc_now,
)

__all__ = ["Account", "DevelopmentKeys", "IssuerSettings", "create_app", "write_accounts"]

LARGEST_FORM_BYTES = 4096


class IssuerSettings(BaseSettings):
    """From the environment: `INDA_ISSUER_FOLDER` holds the key and `accounts.json`."""

    model_config = SettingsConfigDict(env_prefix="INDA_", frozen=True, extra="ignore")

    environment: Literal["development", "production"] = "development"
    issuer: str = ISSUER
    audience: str = AUDIENCE
    issuer_folder: Path


def create_app(
    settings: IssuerSettings | None = None, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    """The issuer; SystemExit with a sentence in production or without its folder."""
    told = settings or _settings()
    if told.environment == "production":
        raise SystemExit("The development issuer does not run in production.")
    keys = DevelopmentKeys(told.issuer_folder, issuer=told.issuer, audience=told.audience, now=now)
    accounts = Accounts(told.issuer_folder / "accounts.json")
    throttle = Throttle(now)
    app = FastAPI(title="Inda development issuer", docs_url=None, redoc_url=None)

    @app.get("/.well-known/openid-configuration")
    def configuration() -> dict[str, object]:
        return _configuration(told.issuer)

    @app.get("/jwks.json")
    def jwks() -> dict[str, object]:
        return keys.jwks()

    @app.post("/token")
    async def token(request: Request) -> dict[str, object]:
        username, password = await _credentials(request)
        account = _authenticated(accounts, throttle, username, password)
        return {
            "access_token": keys.token(
                sub=account.sub,
                roles=account.roles,
                agency=account.agency,
                agency_path=account.agency_path,
            ),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
        }

    @app.get("/health/live")
    def live() -> dict[str, str]:
        return {"status": "live"}

    return app


def _settings() -> IssuerSettings:
    try:
        return IssuerSettings()  # pyright: ignore[reportCallIssue]  # from the environment
    except ValidationError as error:
        names = ", ".join(f"INDA_{str(fault['loc'][0]).upper()}" for fault in error.errors())
        raise SystemExit(f"The development issuer needs these settings: {names}.") from None


def _configuration(issuer: str) -> dict[str, object]:
    return {
        "issuer": issuer,
        "jwks_uri": f"{issuer}/jwks.json",
        "token_endpoint": f"{issuer}/token",
        "grant_types_supported": ["password"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
    }


async def _credentials(request: Request) -> tuple[str, str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM_BYTES:
            raise HTTPException(413, "The form is too large.")
    try:
        form = parse_qs(body.decode(), max_num_fields=10)
        return form["username"][0], form["password"][0]
    except (ValueError, KeyError) as error:
        raise HTTPException(400, "Send a form with username and password.") from error


def _authenticated(accounts: Accounts, throttle: Throttle, username: str, password: str) -> Account:
    try:
        return authenticate(accounts, throttle, username, password)
    except Resting as error:
        wait = int(WRONG_PASSWORDS_FORGOTTEN.total_seconds())
        raise HTTPException(429, "Too many wrong passwords.", {"Retry-After": str(wait)}) from error
    except Refused as error:
        raise HTTPException(401, "The username or the password is wrong.") from error
