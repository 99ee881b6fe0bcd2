"""Papers that say something on each of their pages, as letters do."""

from fpdf import FPDF


def paper(*pages: str) -> bytes:
    """A PDF with this on its pages, broken into lines."""
    document = FPDF(format="A4")
    for text in pages:
        document.add_page()
        document.set_font("helvetica", size=11)
        document.multi_cell(0, 6, text)
    return bytes(document.output())


HEAD = """PEMERINTAH KABUPATEN HULU SUNGAI SELATAN
KEPUTUSAN BUPATI
NOMOR : 188.45 / 12 / KUM / 2025
TENTANG
PENETAPAN INOVASI POSYANDU DIGITAL

Menindaklanjuti surat Nomor 005/77/DINKES/2025 tanggal 14 Februari 2025"""
BODY = (
    "Menetapkan pelaksanaan inovasi di seluruh puskesmas dan desa dengan kader sebagai pelaksana"
    " yang mencatat hasil penimbangan pada hari itu juga, bidan memeriksa catatan tersebut,"
    " sedangkan dinas melihat hasilnya pada layar yang sama tanpa laporan tambahan dari desa."
    " Pembiayaan dibebankan pada anggaran dinas kesehatan tahun berjalan dan hasilnya dilaporkan"
    " setiap triwulan kepada bupati melalui sekretaris daerah sebagai bahan evaluasi bersama."
)
SIGNED = "Ditetapkan di Kandangan pada tanggal 3 Maret 2025, BUPATI HULU SUNGAI SELATAN"
LETTER_PAGES = (HEAD, BODY, SIGNED)
