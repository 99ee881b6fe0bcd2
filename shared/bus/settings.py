"""The stream, its consumers, and who may say what. Pure."""

from typing import Any

from shared.history.names import CHECKPOINT_SUBJECT, CHECKPOINTS, STREAM, SUBJECTS

SERVICES = ("submission", "verification", "scoring", "awards", "audit")

_HEARS: dict[str, tuple[str, ...]] = {
    "submission-views": (
        "submission.season",
        "submission.agency",
        "submission.innovation",
        "submission.replication",
    ),
    "submission-reactions": ("verification.dossier",),
    "verification-views": (
        "verification.dossier",
        "verification.verifier",
        "verification.quality",
        "submission.agency",
    ),
    "verification-reactions": ("submission.innovation", "awards.competition"),
    "verification-notices": ("verification.dossier",),
    "scoring-views": ("scoring.scorecard", "scoring.region", "scoring.panel"),
    "scoring-reactions": ("verification.dossier", "scoring.scorecard", "awards.competition"),
    "awards-views": (
        "awards.competition",
        "awards.fund",
        "awards.tax",
        "scoring.scorecard",
        "submission.agency",
    ),
    "awards-reactions": ("scoring.scorecard", "scoring.panel", "awards.competition"),
}


DURABLES = tuple(_HEARS)


def durables(service: str) -> tuple[str, ...]:
    """The durable consumers of a service: for its read models, its reactions, its notices."""
    return tuple(name for name in _HEARS if name.startswith(f"{service}-"))


def hears(durable: str) -> tuple[str, ...]:
    """The aggregates, as `service.name`, whose facts a consumer is given; () if there is none."""
    return _HEARS.get(durable, ())


def subjects_may_publish(service: str) -> tuple[str, ...]:
    """The facts a service may say; the auditor says none, only checkpoints of the log."""
    return () if service == "audit" else (f"inda.v1.{service}.*.*",)


LARGEST_MESSAGE = 1_000_000
"""Bytes, below the 1 MiB that servers let through: a round with its entries is one fact."""


def stream_settings(replicas: int) -> dict[str, Any]:
    """The stream of all facts."""
    return {
        **_kept_for_ever(replicas),
        "name": STREAM,
        "subjects": [SUBJECTS],
        "max_msg_size": LARGEST_MESSAGE,
        "duplicate_window": 120_000_000_000,
        "allow_atomic": True,
    }


LARGEST_CHECKPOINT = 16_384
"""Bytes: three short lines under a signature of each key; cosignatures are kept elsewhere."""


def checkpoints_settings(replicas: int) -> dict[str, Any]:
    """The stream in which one signer of the log wins."""
    return {
        **_kept_for_ever(replicas),
        "name": CHECKPOINTS,
        "subjects": [CHECKPOINT_SUBJECT],
        "max_msg_size": LARGEST_CHECKPOINT,
    }


def _kept_for_ever(replicas: int) -> dict[str, Any]:
    """Nothing expires, nothing is deleted, a full disk refuses (design section 3)."""
    return {
        "storage": "file",
        "retention": "limits",
        "discard": "new",
        "max_msgs": -1,
        "max_msgs_per_subject": -1,
        "max_bytes": -1,
        "max_age": 0,
        "num_replicas": replicas,
        "deny_delete": True,
        "deny_purge": True,
        "allow_direct": True,
        "allow_rollup_hdrs": False,
        "allow_msg_ttl": False,
    }


def consumer_settings(durable: str, replicas: int) -> dict[str, Any]:
    return {
        "durable_name": durable,
        "filter_subjects": [f"inda.v1.{label}.*" for label in _HEARS[durable]],
        "ack_policy": "explicit",
        "deliver_policy": "all",
        "replay_policy": "instant",
        "ack_wait": _ack_wait_seconds(durable) * 1_000_000_000,
        "max_deliver": -1,
        "max_ack_pending": 2_000,
        "max_waiting": 128,
        "num_replicas": replicas,
    }


def _ack_wait_seconds(durable: str) -> int:
    """What a killed process had fetched comes again after this. A reaction may wait for a leader
    to be elected; a read model is written at once, and people wait for it.
    """
    return 10 if durable.endswith("-views") else 30
