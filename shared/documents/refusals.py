"""Why a file was refused and how to mend it, in the words of an operator. Pure."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
Params = Mapping[str, object]
Sentences = tuple[str, str]

MEGABYTE = 1024 * 1024
UNKNOWN: Sentences = (
    "Berkas ini tidak memenuhi aturan unggah. Periksa berkasnya, lalu unggah kembali.",
    "This file breaks a rule for uploads. Check the file, then upload it again.",
)
# Rule to Indonesian and English: which rule, then what to do. `{names}` are parameters.
SENTENCES: Mapping[str, Sentences] = {
    "malformed": (
        "Permintaan unggah tidak lengkap: {name} salah bentuk. Muat ulang halaman, lalu pilih"
        " berkasnya sekali lagi.",
        "The upload request is not well formed: {name}. Reload the page and choose the file"
        " once more.",
    ),
    "type_not_allowed": (
        "Jenis berkas {declared} tidak diterima sebagai bukti di sini. Pakai PDF untuk dokumen,"
        " JPG atau PNG untuk gambar, MP4 untuk video; dari Word atau Excel simpan sebagai PDF.",
        "Files of the type {declared} are not accepted as this evidence. Use PDF for documents,"
        " JPG or PNG for pictures, MP4 for video; from Word or Excel, save as PDF.",
    ),
    "too_large": (
        "Berkas terlalu besar: {size_bytes}, paling besar {max_bytes}. Kecilkan, misalnya pindai"
        " dengan 150 dpi atau pilih halaman yang perlu saja; untuk video, turunkan resolusinya"
        " atau sertakan tautan.",
        "The file is too large: {size_bytes}, at most {max_bytes}. Make it smaller: scan with"
        " 150 dpi or keep only the pages that matter; for a video, lower its resolution or give"
        " a link.",
    ),
    "empty": (
        "Berkas kosong (0 byte). Buka berkas aslinya, simpan kembali, lalu unggah.",
        "The file is empty (0 bytes). Open the original, save it again, then upload that.",
    ),
    "digest_mismatch": (
        "Isi yang sampai berbeda dari berkas yang dipilih: berkasnya berubah atau unggahan"
        " terganggu. Unggah kembali berkas yang sama, atau daftarkan berkas yang baru.",
        "What arrived is not the file that was chosen: it changed, or the upload was disturbed."
        " Upload the same file again, or declare the new one.",
    ),
    "size_mismatch": (
        "Ukuran yang sampai ({found} byte) berbeda dari berkas yang dipilih ({declared} byte)."
        " Unggah kembali berkas yang sama, atau daftarkan berkas yang baru.",
        "What arrived has {found} bytes, the file that was chosen {declared}. Upload the same"
        " file again, or declare the new one.",
    ),
    "type_mismatch": (
        "Isi berkas bukan {declared}, melainkan {found}. Mengganti akhiran nama tidak mengubah"
        " isinya: simpan atau ekspor dengan jenis yang benar, lalu unggah.",
        "The content is not {declared} but {found}. Another ending of the name does not change"
        " it: save or export the file as the right type, then upload that.",
    ),
    "unreadable": (
        "Berkas rusak atau tidak lengkap sehingga tidak dapat dibuka. Buka di komputer Anda; bila"
        " terbuka, simpan atau cetak ke PDF baru, bila tidak, pindai atau ambil kembali.",
        "The file is damaged or incomplete and cannot be opened. Try it on your computer: if it"
        " opens, save or print it to a new PDF; if not, scan or take it again.",
    ),
    "encrypted": (
        "PDF terkunci (kata sandi atau pembatasan). Buka dengan kata sandinya, cetak ke PDF baru"
        " tanpa kunci, lalu unggah.",
        "The PDF is locked by a password or restrictions. Open it, print it to a new PDF without"
        " a lock, then upload that.",
    ),
    "malware": (
        "Pemindai menemukan program jahat di berkas ini. Jangan bagikan; periksa komputer Anda,"
        " lalu buat dokumennya kembali dari sumber asli.",
        "The scanner found malware in this file. Do not pass it on; check your computer, then"
        " make the document anew from its source.",
    ),
    "no_pages": (
        "PDF tidak berisi halaman. Simpan atau pindai kembali dokumennya, lalu unggah.",
        "The PDF has no page. Save or scan the document again, then upload that.",
    ),
    "too_many_pages": (
        "PDF berisi {pages} halaman, paling banyak {max_pages}. Kirim halaman yang membuktikan"
        " saja: sampul, halaman yang menyebut inovasi, dan tanda tangan.",
        "The PDF has {pages} pages, at most {max_pages}. Send the pages that prove: the cover,"
        " those that name the innovation, and the signature.",
    ),
    "active_content": (
        "PDF berisi perintah otomatis ({found}) yang tidak diterima. Cetak ke PDF baru"
        " (Print > Save as PDF), lalu unggah hasilnya.",
        "The PDF holds an action that runs by itself ({found}), which is not accepted. Print it"
        " to a new PDF (Print > Save as PDF), then upload that.",
    ),
    "attached_files": (
        "PDF membawa berkas lain di dalamnya ({found}). Keluarkan lampirannya, cetak ke PDF baru,"
        " dan unggah lampirannya sebagai bukti tersendiri.",
        "The PDF carries other files inside ({found}). Take them out, print it to a new PDF, and"
        " upload what was attached as evidence of its own.",
    ),
    "rich_media": (
        "PDF berisi video, suara, atau objek 3D ({found}). Cetak ke PDF baru tanpa itu, dan"
        " unggah videonya tersendiri sebagai MP4.",
        "The PDF holds video, sound or 3D objects ({found}). Print it to a new PDF without them,"
        " and upload a video on its own as MP4.",
    ),
    "xfa_form": (
        "PDF adalah formulir isian dinamis (XFA) yang tidak tampil sama di semua komputer. Buka"
        " dengan Adobe Reader, cetak ke PDF baru, lalu unggah.",
        "The PDF is a dynamic form (XFA) that does not look the same everywhere. Open it in Adobe"
        " Reader, print it to a new PDF, then upload that.",
    ),
    "too_complex": (
        "Susunan PDF terlalu rumit untuk diperiksa. Cetak ke PDF baru, atau bagi menjadi beberapa"
        " berkas, lalu unggah.",
        "The PDF is built in too complex a way to be checked. Print it to a new PDF, or split"
        " it, then upload that.",
    ),
    "too_many_pixels": (
        "Gambar berukuran {pixels} piksel, paling banyak {max_pixels}. Perkecil gambarnya atau"
        " ambil tangkapan layarnya, lalu unggah.",
        "The picture has {pixels} pixels, at most {max_pixels}. Make it smaller or take a"
        " screenshot of it, then upload that.",
    ),
    "trailing_bytes": (
        "Sesudah akhir berkas masih ada data lain ({size_bytes}), misalnya video dari foto"
        " bergerak. Buka dan simpan kembali sebagai berkas baru, atau ambil tangkapan layarnya.",
        "Other data follows the end of the file ({size_bytes}), such as the video of a motion"
        " photo. Open it and save it as a new file, or take a screenshot.",
    ),
    "hidden_format": (
        "Di dalam berkas tersembunyi jenis berkas lain. Buka dan simpan kembali sebagai"
        " berkas baru, lalu unggah hasilnya.",
        "Another kind of file is hidden in this one. Open it and save it as a new file,"
        " then upload that.",
    ),
}


def explain(rule: str, params: Params, language: Language) -> str:
    """Which rule refused the file, and what to do now; a general sentence for an unknown rule.

    `params` are those of the refusal, as numbers or as they were recorded, in letters.
    """
    sentence = SENTENCES.get(rule, UNKNOWN)[LANGUAGES.index(language)]
    return sentence.format_map(_Shown(params, language))


class _Shown(dict[str, str]):
    """Parameters as people read them; a question mark for one that is not there."""

    def __init__(self, params: Params, language: Language) -> None:
        super().__init__({name: _shown(name, value, language) for name, value in params.items()})

    def __missing__(self, name: str) -> str:
        return "?"


def _shown(name: str, value: object, language: Language) -> str:
    text = str(value)
    if not text.isdecimal():
        return text[:100]
    if name.endswith("_bytes"):
        return _size(int(text), language)
    return _grouped(int(text), language)


def _size(size_bytes: int, language: Language) -> str:
    if size_bytes < MEGABYTE:
        return f"{_grouped(size_bytes, language)} byte{'s' if language == 'en' else ''}"
    # Up to a tenth, never down: a file just over the limit must not look as large as it.
    tenths = -(-size_bytes * 10 // MEGABYTE)
    point = "," if language == "id" else "."
    return f"{tenths // 10}{f'{point}{tenths % 10}' if tenths % 10 else ''} MB"


def _grouped(number: int, language: Language) -> str:
    return f"{number:,}".replace(",", ".") if language == "id" else f"{number:,}"
