"""Papers that are tables, as workbooks: numbers stand there as numbers. Pure."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from shared.papers import Table, as_png

Content = Mapping[str, Any]
SHEET_NAME: Final = 31
FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
MONEY: Final = ("Bruto (Rp)", "Pajak (Rp)", "Neto (Rp)")


def tables_of(kind: str, told: Content, seal: Content) -> list[Table]:
    """The sheets of a paper; the last says how to prove that it is genuine."""
    return [*TABLES[kind](told), _seal(seal)]


def _minutes(told: Content) -> list[Table]:
    return [
        Table("Keterangan", ("Perihal", "Isi"), [*told["facts"], ["", told["opening"]]]),
        *(_ranking(number, each) for number, each in enumerate(told["categories"], 1)),
        Table("Musyawarah", ("Kategori", "Urutan", "Alasan", "Waktu"), told["votes"]),
        Table("Diskualifikasi", ("Inovasi", "Dasar", "Alasan", "Waktu"), told["disqualified"]),
        Table("Sanggahan", ("Tentang", "Hasil", "Alasan", "Waktu"), told["objections"]),
        Table("Uji publik", ("Tentang", "Hasil", "Alasan", "Waktu"), told["doubts"]),
        Table("Tanda tangan", ("Sebagai", "Nomor orang", "Waktu"), told["signatures"]),
    ]


def _ranking(number: int, category: Content) -> Table:
    rows = [
        [
            place["rank"],
            place["title"],
            place["innovation"],
            place["agency"],
            *map(_number, place["scores"]),
            _number(place["final"]),
            place["tie_break"],
        ]
        for place in category["places"]
    ]
    columns = ("Peringkat", "Inovasi", "Nomor", "Perangkat daerah")
    return Table(
        named(number, category["name"]),
        (*columns, *category["columns"], "Nilai akhir", "Pembeda"),
        rows,
    )


def _number(points: str) -> Decimal | None:
    return None if points == "-" else Decimal(points.replace(",", "."))


def _annex(told: Content) -> list[Table]:
    decree = told["decree"]
    head = [["Nomor", decree["number"]], ["Tanggal", decree["date"]], *told["facts"]]
    columns = ("Peringkat", "Sebutan", "Inovasi", "Nomor", "Perangkat daerah")
    won = [
        Table(
            named(number, category["name"]),
            (*columns, "Uang pembinaan (Rp)", "Bentuk lain"),
            [
                [
                    *(place[name] for name in ("rank", "label", "title", "innovation", "agency")),
                    place["rupiah"],
                    place["in_kind"],
                ]
                for place in category["places"]
            ],
        )
        for number, category in enumerate(told["categories"], 1)
    ]
    sums = [
        [each[name] for name in ("fund", "account", "year", "rupiah", "words")]
        for each in told["totals"]
    ]
    columns = ("Sumber dana", "Kode rekening", "Tahun anggaran", "Jumlah (Rp)", "Terbilang")
    return [Table("Keterangan", ("Perihal", "Isi"), head), *won, Table("Jumlah", columns, sums)]


def _payments(told: Content) -> list[Table]:
    funds = [_fund(number, each) for number, each in enumerate(told["funds"], 1)]
    sums = told["sums"]
    total = [[*sums["rupiah"], sums["words"], sums["net_words"]]]
    columns = (*MONEY, "Terbilang bruto", "Terbilang neto")
    return [
        Table("Keterangan", ("Perihal", "Isi"), told["facts"]),
        *funds,
        Table("Jumlah seluruhnya", columns, total),
    ]


def _fund(number: int, fund: Content) -> Table:
    rows: list[Sequence[Any]] = [
        [
            row["number"],
            row["recipient"],
            row["innovation"],
            row["category"],
            f"{row['label']} {row['in_kind']}".strip(),
            *row["rupiah"],
            fund["account"],
            row["state"],
            row["reference"],
            row["allocation"],
        ]
        for row in fund["rows"]
    ]
    sums = fund["sums"]
    rows.append([None, "Jumlah", None, None, None, *sums["rupiah"], None, sums["words"]])
    columns = ("No.", "Penerima", "Inovasi", "Kategori", "Atas", *MONEY)
    return Table(
        named(number, fund["name"]),
        (*columns, "Kode rekening", "Keadaan", "SP2D", "Nomor alokasi"),
        rows,
    )


def _evidence(told: Content) -> list[Table]:
    indicator = told["indicator"]
    head = [
        ["Musim penilaian", told["season"]],
        ["Indikator", f"{indicator['name']} (instrumen {indicator['edition']})"],
        *([f"Parameter {number}", text] for number, text in enumerate(indicator["parameters"], 1)),
        ["Yang dapat didukung", told["supports"]],
        ["Keputusan", told["decision"]],
    ]
    money = [
        [each[name] for name in ("innovation", "label", "decree", "rupiah", "state", "sp2d")]
        + [", ".join(each["ids"])]
        for each in told["money"]
    ]
    total = told["total"]
    return [
        Table("Keterangan", ("Perihal", "Isi"), head),
        Table("Lomba", ("Lomba", "Nomor SK", "Tanggal", "Nomor fakta"), told["competitions"]),
        Table("Piagam", ("Inovasi", "Lomba", "Dokumen", "Nomor fakta"), told["certificates"]),
        Table(
            "Insentif",
            ("Inovasi", "Atas", "SK", "Jumlah (Rp)", "Keadaan", "SP2D", "Nomor fakta"),
            [*money, ["Jumlah", None, None, total["rupiah"], total["words"]]],
        ),
        Table("Pengendalian", ("Lomba", "Langkah", "Rincian", "Nomor fakta"), told["control"]),
    ]


def _seal(seal: Content) -> Table:
    rows = [
        ["Nomor dokumen", seal["document_id"]],
        ["Periksa keaslian di", seal["verify_url"]],
        ["Sidik isi (SHA-256)", seal["content_digest"]],
        ["", "Pindai untuk memeriksa keaslian"],
    ]
    return Table("Keaslian", ("Perihal", "Isi"), rows, as_png(seal["verify_url"]))


def named(number: int, name: str) -> str:
    """A sheet's name: unlike all others, and without what a workbook refuses in one."""
    return f"{number}. {name.translate(FORBIDDEN)}"[:SHEET_NAME].rstrip()


TABLES: Final[Mapping[str, Callable[[Content], list[Table]]]] = {
    "minutes": _minutes,
    "decree_annex": _annex,
    "payment_list": _payments,
    "spd_12_evidence": _evidence,
}
