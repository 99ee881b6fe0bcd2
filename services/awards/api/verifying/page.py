"""The page on which anybody verifies a document: Indonesian, without scripts, nothing fetched."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import Final, Literal

from services.awards.api.verifying.finding import FactShown, LogShown, Verification
from shared.papers import grouped
from shared.wita import long_moment

FOLDER: Final = Path(__file__).parent
STYLE: Final = FOLDER.joinpath("page.css").read_text(encoding="utf-8")
PAGE: Final = Template(FOLDER.joinpath("page.html").read_text(encoding="utf-8"))
STYLE_DIGEST: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
FACTS: Final[Mapping[str, str]] = {
    "DocumentIssued": "Dokumen diterbitkan",
    "ResultsDrafted": "Hasil penilaian disusun",
    "ResultsDetermined": "Hasil ditetapkan",
    "ResultsPublished": "Hasil diumumkan",
    "MoneyAllocated": "Uang dialokasikan",
}
ALTERED: Final = (
    "Tidak cocok: berkas ini bukan dokumen yang diterbitkan, atau sudah diubah sesudahnya."
)
RECORDED: Final = (
    "Dokumen ini tercatat. Cocokkan sidik isi dengan yang tercetak pada kaki dokumen Anda, atau"
    " unggah berkasnya di bawah."
)
Mood = Literal["yes", "no", ""]


PROOF: Final = "unduh bukti"
NO_PROOF: Final = "belum"


def about(found: Verification, megabytes: int) -> str:
    """What is known of a document whose code was scanned; the file itself is not seen yet."""
    word = word_of(RECORDED, "")
    heading = f"{found.title}, {found.competition}"
    return whole(heading, word + _standing(found) + _told(found, ".."), megabytes, "../verify")


def genuine(found: Verification, megabytes: int) -> str:
    word = word_of(f"Asli: {found.title}, {found.competition}, diterbitkan {found.issued}.", "yes")
    return whole(
        "Berkas ini asli", word + _standing(found) + _told(found, "."), megabytes, "verify"
    )


def altered(sha256: str, megabytes: int) -> str:
    rows = table([("Sidik berkas Anda", f"<code>{escape(sha256)}</code>")])
    return whole("Berkas ini tidak cocok", word_of(ALTERED, "no") + rows, megabytes, "verify")


def unknown(megabytes: int) -> str:
    body = word_of("Tidak ada dokumen dengan nomor ini.", "no") + (
        "<p>Periksa apakah alamat tersalin lengkap dari dokumen, atau unggah berkasnya di bawah."
        " Dokumen yang baru diterbitkan dapat memerlukan beberapa detik sampai muncul di sini.</p>"
    )
    return whole("Dokumen tidak ditemukan", body, megabytes, "../verify")


def refused(sentence: str, megabytes: int) -> str:
    body = word_of(sentence, "no")
    return whole("Berkas tidak dapat diperiksa", body, megabytes, "verify")


def whole(heading: str, body: str, megabytes: int, action: str) -> str:
    return PAGE.substitute(
        title=escape(f"{heading} - pemeriksaan keaslian"),
        heading=escape(heading),
        style=STYLE,
        body=body,
        megabytes=megabytes,
        action=action,
    )


def word_of(sentence: str, mood: Mood) -> str:
    return f'<p class="word {mood}" role="status">{escape(sentence)}</p>'


def _standing(found: Verification) -> str:
    return f"<p><strong>{escape(found.standing)}</strong></p>"


def _told(found: Verification, top: str) -> str:
    """`top` is where the routes begin, from the page that shows this."""
    rows = [
        ("Jenis", escape(found.title)),
        ("Lomba", escape(f"{found.competition} ({found.competition_id})")),
        ("Musim penilaian", escape(found.season_id)),
        ("Versi hasil", str(found.results_version)),
        ("Diterbitkan", escape(found.issued)),
        ("Nomor dokumen", f"<code>{escape(found.document_id)}</code>"),
        ("Ukuran berkas", f"{grouped(found.size)} bita"),
        ("Sidik berkas (SHA-256)", f"<code>{found.sha256}</code>"),
        ("Sidik isi (SHA-256)", f"<code>{found.content_digest}</code>"),
        ("Templat", f"<code>{escape(found.template)}</code>"),
    ]
    return table(rows) + evidence(found.facts, found.log, f"{top}/documents/{found.document_id}")


def evidence(facts: Iterable[FactShown], log: LogShown | None, where: str) -> str:
    """The facts that something rests on; their proofs lie under `where`."""
    more = "" if log is None else "<th>Bukti log</th>"
    head = f"<tr><th>Fakta</th><th>Nomor</th><th>Urutan</th><th>Waktu</th>{more}</tr>"
    rows = "".join(_fact(each, _proof(log, each, where)) for each in facts)
    return (
        "<h2>Bukti dalam riwayat</h2>"
        f'<div class="wide"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'
        + _log(log)
    )


def _log(log: LogShown | None) -> str:
    if log is None:
        return ""
    root = "" if log.root is None else f" Akar log: <code>{log.root}</code>."
    return (
        f"<p>{escape(log.sentence)}{root} Bukti (<code>.tlog-proof</code>) dapat disimpan dan"
        " diperiksa siapa pun tanpa server ini.</p>"
    )


def _proof(log: LogShown | None, fact: FactShown, where: str) -> str:
    if log is None:
        return ""
    if log.size is None or fact.sequence > log.size:
        return f"<td>{NO_PROOF}</td>"
    return f'<td><a href="{escape(where)}/proofs/{fact.sequence}" download>{PROOF}</a></td>'


def table(rows: Iterable[tuple[str, str]]) -> str:
    cells = (
        f'<tr><th scope="row">{escape(name)}</th><td>{shown}</td></tr>' for name, shown in rows
    )
    return f"<table><tbody>{''.join(cells)}</tbody></table>"


def _fact(fact: FactShown, proof: str) -> str:
    return (
        f"<tr><td>{FACTS[fact.fact]}</td><td><code>{escape(fact.event_id)}</code></td>"
        f"<td>{fact.sequence}</td><td>{escape(long_moment(fact.at))}</td>{proof}</tr>"
    )
