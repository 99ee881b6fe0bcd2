"""Examples of late exceptions, successions and the register of replications."""

from datetime import date

from shared.events.submission import (
    AGENCY,
    REPLICATION,
    SEASON,
    AgencySucceeded,
    LateExceptionGranted,
    Letter,
    ReplicationLinked,
    ReplicationStated,
    ReplicationWithdrawn,
    statement_digest,
)
from tests.contract.examples import base
from tests.contract.examples.base import Example, on

REPLICATING = ("tapin", "tapin-dinkes")
REPLICATION_ID = f"{base.INNOVATION}_{REPLICATING[-1]}"
LETTER = Letter(
    number="440/118/DINKES-TPN/2026",
    signed_on=date(2026, 9, 14),
    subject="Pernyataan Replikasi Inovasi PADAT LANGSING",
)
STARTED_ON = date(2026, 9, 1)
CONTACT = "Bidang Kesehatan Masyarakat Dinas Kesehatan Kabupaten Tapin"

EXAMPLES = (
    Example(
        SEASON,
        "2026",
        3,
        LateExceptionGranted(
            by=base.ADMIN,
            at=on(7, 14, 9),
            season_id="2026",
            agency_id=base.PATH[-1],
            until=on(7, 21, 15, 59),
            reason="Banjir di Kecamatan Kandangan, 12 sampai 14 Juli 2026.",
        ),
    ),
    Example(
        AGENCY,
        base.OFFICE,
        2,
        AgencySucceeded(
            by=base.ADMIN,
            at=on(1, 5),
            agency_id=base.OFFICE,
            successors=("hss-bapperida", "hss-brida"),
            effective_on=date(2026, 1, 2),
            letter_number="Perbup 31 Tahun 2025",
            reason="Penataan perangkat daerah.",
        ),
    ),
    Example(
        REPLICATION,
        REPLICATION_ID,
        1,
        ReplicationStated(
            by="p-operator-tapin",
            at=on(9, 15),
            replication_id=REPLICATION_ID,
            innovation_id=base.INNOVATION,
            original_agency_path=base.PATH,
            original_region_id="hss",
            agency_id=REPLICATING[-1],
            agency_path=REPLICATING,
            region_id="tapin",
            letter=LETTER,
            started_on=STARTED_ON,
            contact_body=CONTACT,
            replica_id=None,
            statement_digest=statement_digest(
                base.INNOVATION, REPLICATING[-1], LETTER, STARTED_ON, CONTACT
            ),
        ),
    ),
    Example(
        REPLICATION,
        REPLICATION_ID,
        2,
        ReplicationLinked(
            by="p-operator-tapin",
            at=on(10, 2),
            replication_id=REPLICATION_ID,
            replica_id=base.SECOND,
        ),
    ),
    Example(
        REPLICATION,
        REPLICATION_ID,
        3,
        ReplicationWithdrawn(
            by="p-operator-tapin",
            at=on(10, 9),
            replication_id=REPLICATION_ID,
            reason="Anggaran tahun 2026 dialihkan.",
        ),
    ),
)
