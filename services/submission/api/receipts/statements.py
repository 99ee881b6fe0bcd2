"""A receipt in words, for who reads it on paper: Indonesian and English. Pure."""

from datetime import datetime

from shared.events.submission import InnovationSubmitted, SubmissionCompleted
from shared.http import Answer
from shared.wita import WITA


class Statement(Answer):
    """The same in Indonesian and in English."""

    id: str
    en: str


TRAINING = Statement(
    id="LATIHAN, bukan pengajuan resmi. ", en="LATIHAN: training, not a real submission. "
)
REHEARSAL = Statement(
    id="UJI COBA, belum ada yang diajukan. ", en="Dry run, nothing was handed in. "
)
NOTHING = Statement(id="", en="")
SUBMITTED = Statement(
    id="Pada {at} perangkat daerah {agency} mengajukan inovasi “{title}” untuk musim {season}"
    " (putaran {round}) dengan {claims} klaim dan {items} bukti. {arrived}{place}",
    en="On {at} the agency {agency} handed in the innovation “{title}” for season {season}"
    " (round {round}) with {claims} claims and {items} pieces of evidence. {arrived}{place}",
)
ALL_IN = Statement(
    id="Semua bukti sudah diterima utuh menurut SHA-256 dalam daftar.",
    en="All evidence had been taken in whole, by the SHA-256 in the manifest.",
)
SOME_IN = Statement(
    id="{taken} bukti sudah diterima utuh menurut SHA-256 dalam daftar; {waiting} masih dalam"
    " pengiriman dan harus tiba paling lambat {until}.",
    en="{taken} had been taken in whole, by the SHA-256 in the manifest; {waiting} were on their"
    " way and had to arrive by {until}.",
)
RECORDED = Statement(
    id=" Tercatat dalam riwayat pada urutan {sequence}.",
    en=" It is recorded in the history at sequence {sequence}.",
)
COMPLETED = Statement(
    id="Pada {at} pengajuan inovasi “{title}” oleh perangkat daerah {agency} untuk musim {season}"
    " (putaran {round}) menjadi lengkap: {items} bukti diterima. {missing}",
    en="On {at} the submission of the innovation “{title}” by the agency {agency} for season"
    " {season} (round {round}) became complete: {items} pieces of evidence were taken in."
    " {missing}",
)
NONE_MISSING = Statement(id="Tidak ada yang kurang.", en="Nothing is missing.")
MISSING = Statement(
    id="Tidak termasuk, karena ditolak atau tidak pernah tiba: {names}.",
    en="Not part of it, because they were refused or never came: {names}.",
)


def handed_in(fact: InnovationSubmitted, sequence: int | None) -> Statement:
    """Without a sequence it is that of a rehearsal."""
    waiting = sum(not item.accepted for item in fact.manifest)
    arrived = ALL_IN
    if fact.complete_by is not None:
        taken = len(fact.manifest) - waiting
        arrived = _filled(SOME_IN, taken=taken, waiting=waiting, until=in_wita(fact.complete_by))
    told = _filled(
        SUBMITTED,
        at=in_wita(fact.at),
        agency=fact.agency_id,
        title=fact.profile.title,
        season=fact.season_id,
        round=fact.round,
        claims=len(fact.claims),
        items=len(fact.manifest),
        arrived=arrived,
        place=NOTHING if sequence is None else _filled(RECORDED, sequence=sequence),
    )
    return _joined(
        TRAINING if fact.training else NOTHING, REHEARSAL if sequence is None else NOTHING, told
    )


def made_complete(fact: SubmissionCompleted, missing: tuple[str, ...]) -> Statement:
    """`missing` are names."""
    told = _filled(
        COMPLETED,
        at=in_wita(fact.at),
        title=fact.profile.title,
        agency=fact.agency_id,
        season=fact.season_id,
        round=fact.round,
        items=len(fact.manifest),
        missing=_filled(MISSING, names=", ".join(missing)) if missing else NONE_MISSING,
    )
    return _joined(TRAINING if fact.training else NOTHING, told)


def in_wita(moment: datetime) -> str:
    """To the second, as people in the province read it: `2026-08-31 23:59:03 WITA`."""
    return f"{moment.astimezone(WITA):%Y-%m-%d %H:%M:%S} WITA"


def _filled(told: Statement, **values: str | int | Statement) -> Statement:
    return Statement(id=_text(told.id, "id", values), en=_text(told.en, "en", values))


def _text(told: str, language: str, values: dict[str, str | int | Statement]) -> str:
    words = {
        name: getattr(value, language) if isinstance(value, Statement) else value
        for name, value in values.items()
    }
    return told.format_map(words)


def _joined(*told: Statement) -> Statement:
    return Statement(id="".join(t.id for t in told), en="".join(t.en for t in told))
