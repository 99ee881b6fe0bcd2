"""The claim on a dossier that this person holds here, and what becomes of it."""

from collections.abc import Generator
from contextlib import contextmanager

from deploy.cli.client import Api, Document
from deploy.cli.failures import Failure, Misuse
from deploy.cli.login import person_of
from deploy.cli.session import Session
from deploy.cli.verification.overtaken import both_shown, texts_of

ENDED = ("lease_lost", "dossier_verified", "dossier_rejected", "dossier_withdrawn")


def leased(session: Session, api: Api, dossier_id: str) -> Document:
    """Claims the dossier. Refused with 412 if it changed since it was last shown."""
    answer = api.post(f"/dossiers/{dossier_id}/lease", if_match=None)
    if not session.is_dry_run:
        session.drawer.keep_lease(dossier_id, answer["token"])
    return answer


def taken(session: Session, api: Api, dossier_id: str) -> str:
    """The token of the claim; claims the dossier first where that was not done yet."""
    token = session.drawer.lease(dossier_id)
    if token is not None:
        return token
    if session.is_dry_run:
        raise Misuse("dossier_not_claimed", "A dry run claims nothing; claim the dossier first.")
    return leased(session, api, dossier_id)["token"]


def held(session: Session, dossier_id: str) -> str:
    """The token of the claim. Raises `Misuse` where there is none here."""
    token = session.drawer.lease(dossier_id)
    if token is None:
        raise Misuse(
            "dossier_not_claimed",
            f"You have not claimed this dossier here; `inda dossier claim {dossier_id}` does it.",
        )
    return token


def given_back(session: Session, dossier_id: str, command: str, body: Document) -> Document:
    """A command that only the holder gives and that ends the claim."""
    token = held(session, dossier_id)
    with watched(session, dossier_id):
        written = session.api("verification").post(
            f"/dossiers/{dossier_id}/{command}", {"token": token, **body}
        )
    if not session.is_dry_run:
        session.drawer.forget_lease(dossier_id)
    return written


@contextmanager
def watched(session: Session, dossier_id: str) -> Generator[None]:
    """A claim that has ended is forgotten here too, and what was typed is shown, not lost."""
    try:
        with both_shown(session):
            yield
    except Failure as failure:
        if _is_over(failure, person_of(session)):
            session.drawer.forget_lease(dossier_id)
        raise


def _is_over(failure: Failure, person: str) -> bool:
    """Whether the refusal says that somebody else, or nobody, holds the dossier now."""
    _, current = texts_of(failure)
    return failure.code in ENDED or current.get("lease_holder", person) != person
