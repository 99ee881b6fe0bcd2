"""Examples of how results are signed, doubted and told on paper, and who receives what they win."""

from shared.events.awards import (
    COMPETITION,
    DocumentIssued,
    DoubtDecided,
    DoubtFiled,
    DoubtLapsed,
    MinutesSigned,
    ObjectionLapsed,
    PublicTestOpened,
    Recipient,
    RecipientsNamed,
)
from tests.contract.examples import base
from tests.contract.examples.base import Example, on

KEY = "kia-2026"
DOUBT = {"doubt_id": "9d2c7b51-0f3e-5a4d-8c6b-1e2f3a4b5c6d", "innovation_id": base.INNOVATION}
DOCUMENT = "b0a1c2d3-e4f5-5061-9273-8495a6b7c8d9"
TEAM = (
    Recipient(recipient_id="warga-noor-hidayah", kind="person", taxed_as="person", parts=2),
    Recipient(recipient_id="warga-rusmini", kind="person", taxed_as="payroll"),
)
FACTS = (
    MinutesSigned(
        by=base.COMMITTEE,
        at=on(8, 11, 3),
        competition_id=KEY,
        version=1,
        ranking_digest=base.DECREE,
        function="Ketua",
        by_agency=base.OFFICE,
    ),
    PublicTestOpened(
        by=base.COMMITTEE,
        at=on(8, 12, 2),
        competition_id=KEY,
        version=1,
        closes_at=on(8, 19, 16),
    ),
    DoubtFiled.model_validate(
        {
            **DOUBT,
            "by": "public",
            "at": on(8, 14),
            "competition_id": KEY,
            "statement_digest": base.EDITION,
            "evidence": (base.PHOTO, base.LINK),
            "links": 1,
        }
    ),
    DoubtDecided.model_validate(
        {
            **DOUBT,
            "by": base.APPROVER,
            "at": on(8, 20),
            "competition_id": KEY,
            "upheld": False,
            "reason": "Gagasan serupa, tetapi sasaran dan caranya berbeda.",
            "by_agency": base.OFFICE,
        }
    ),
    DoubtLapsed(
        by="system:awards",
        at=on(9, 3),
        competition_id=KEY,
        doubt_id="2f6a8c0e-1b3d-5f7a-9c2e-4b6d8f0a1c3e",
        innovation_id=base.SECOND,
    ),
    ObjectionLapsed(
        by="system:awards",
        at=on(9, 3, 1, 5),
        competition_id=KEY,
        objection_id="sanggah-002",
        innovation_id=base.SECOND,
        because="unanswered",
    ),
    RecipientsNamed(
        by=base.HEAD,
        at=on(9, 15),
        competition_id=KEY,
        innovation_id=base.INNOVATION,
        recipients=TEAM,
        by_agency=base.PATH[-1],
    ),
    DocumentIssued(
        by=base.COMMITTEE,
        at=on(9, 21, 2),
        competition_id=KEY,
        document_id=DOCUMENT,
        kind="certificate",
        media_type="application/pdf",
        version=2,
        about=base.INNOVATION,
        sha256=base.PHOTO,
        size=48_213,
        content_digest=base.LINK,
        template=f"certificate.pdf@{base.DECREE}",
        verify_url=f"https://inovasi.kalselprov.go.id/verify/{DOCUMENT}",
        has_names=False,
    ),
)
EXAMPLES = tuple(Example(COMPETITION, KEY, version, fact) for version, fact in enumerate(FACTS, 14))
