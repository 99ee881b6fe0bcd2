"""Examples of who opened which document."""

from shared.events import awards, submission, verification
from tests.contract.examples import base
from tests.contract.examples.base import Example, on

EXAMPLES = (
    Example(
        submission.ACCESS,
        base.DECREE,
        2,
        submission.EvidenceOpened(
            by=base.HEAD,
            at=on(7, 3, 2),
            sha256=base.DECREE,
            about=base.INNOVATION,
            how="link",
            agency=base.PATH[-1],
            roles=("skpd_head",),
        ),
    ),
    Example(
        verification.ACCESS,
        base.DECREE,
        7,
        verification.EvidenceOpened(
            by=base.VERIFIER,
            at=on(9, 2, 3),
            sha256=base.DECREE,
            about=base.INNOVATION,
            how="picture",
            agency="tapin-bappelitbang",
            roles=("quality_controller", "verifier"),
        ),
    ),
    Example(
        awards.ACCESS,
        base.PHOTO,
        1,
        awards.EvidenceOpened(
            by=base.COMMITTEE,
            at=on(11, 12, 6),
            sha256=base.PHOTO,
            about=base.SECOND,
            how="link",
            agency=None,
            roles=("committee",),
        ),
    ),
)
