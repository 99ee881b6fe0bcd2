"""The sentences about files, rows and cells of an import, in both languages."""

from collections.abc import Mapping

from services.submission.api.clocks import Tongue


def _both(indonesian: str, english: str) -> Mapping[Tongue, str]:
    return {"id": indonesian, "en": english}


OF_FILES: Mapping[str, Mapping[Tongue, str]] = {
    "file_empty": _both("Berkasnya kosong.", "The file is empty."),
    "file_missing": _both(
        "Tidak ada berkas di dalam formulir: kirim satu berkas.",
        "There is no file in the form: send one file.",
    ),
    "not_a_sheet": _both(
        "Ini bukan lembar kerja, melainkan {found}. Kirim XLSX atau CSV.",
        "This is no sheet but {found}. Send XLSX or CSV.",
    ),
    "old_excel": _both(
        "Ini berkas Excel lama (.xls) atau terkunci kata sandi. Simpan sebagai .xlsx tanpa kata"
        " sandi.",
        "This is an old Excel file (.xls) or one with a password. Save it as .xlsx without one.",
    ),
    "macros": _both(
        "Buku kerja ini berisi makro. Simpan sebagai .xlsx biasa.",
        "This workbook has macros. Save it as a plain .xlsx.",
    ),
    "archive_broken": _both(
        "Berkas XLSX ini rusak atau terpotong ({reason}). Simpan ulang lalu kirim lagi.",
        "This XLSX file is broken or cut off ({reason}). Save it again and send it once more.",
    ),
    "archive_too_large": _both(
        "Isi berkas XLSX ini terlalu besar bila dibuka ({reason}).",
        "What this XLSX file holds is too large once unpacked ({reason}).",
    ),
    "workbook_broken": _both(
        "Buku kerja ini tidak dapat dibaca ({reason}). Simpan ulang sebagai .xlsx.",
        "This workbook cannot be read ({reason}). Save it again as .xlsx.",
    ),
    "sheet_ambiguous": _both(
        "Ada beberapa lembar yang berisi ({sheets}). Beri nama {expected} pada lembar yang"
        " dimaksud.",
        "Several sheets hold something ({sheets}). Name the one that is meant {expected}.",
    ),
    "formula": _both(
        "Sel {cell} berisi rumus. Tempel nilainya saja (Tempel Khusus, Nilai).",
        "Cell {cell} holds a formula. Paste its value only (Paste Special, Values).",
    ),
    "merged_cells": _both(
        "Sel {range} digabung. Pisahkan sel itu: setiap baris harus utuh.",
        "The cells {range} are merged. Split them: each row must stand by itself.",
    ),
    "csv_not_utf8": _both(
        "Berkas CSV ini tidak dalam UTF-8. Simpan sebagai “CSV UTF-8”.",
        "This CSV file is not in UTF-8. Save it as “CSV UTF-8”.",
    ),
    "csv_broken": _both(
        "CSV ini tidak dapat dibaca mulai baris {row}: {reason}.",
        "This CSV cannot be read from row {row} on: {reason}.",
    ),
    "row_too_long": _both(
        "Baris {row} punya lebih banyak sel daripada judul kolom.",
        "Row {row} has more cells than there are column names.",
    ),
    "columns_unknown": _both(
        "Kolom ini tidak dikenal: {columns}. Pakai templat.",
        "These columns are not known: {columns}. Use the template.",
    ),
    "columns_doubled": _both(
        "Kolom ini muncul lebih dari sekali: {columns}.",
        "These columns appear more than once: {columns}.",
    ),
    "columns_missing": _both(
        "Kolom ini wajib ada: {columns}.", "These columns must be there: {columns}."
    ),
    "too_many_columns": _both(
        "Lembar ini punya terlalu banyak kolom; paling banyak {allowed}.",
        "This sheet has too many columns; at most {allowed}.",
    ),
    "too_many_rows": _both(
        "Lembar ini punya lebih dari {allowed} baris. Bagi menjadi beberapa berkas.",
        "This sheet has more than {allowed} rows. Split it into several files.",
    ),
    "no_rows": _both(
        "Tidak ada baris di bawah judul kolom.", "There is no row below the column names."
    ),
    "batch_too_large": _both(
        "Berkas ini menghasilkan {facts} catatan, padahal yang dapat disimpan sekaligus hanya"
        " {allowed}. Pakai mode row_by_row, atau bagi berkasnya.",
        "This file makes {facts} facts, and only {allowed} can be stored as one. Use the mode"
        " row_by_row, or split the file.",
    ),
    "media_type_unknown": _both(
        "Kirim XLSX, CSV, atau formulir multipart dengan satu berkas.",
        "Send XLSX, CSV, or a multipart form with one file.",
    ),
}

OF_CELLS: Mapping[str, Mapping[Tongue, str]] = {
    "cell_missing": _both("Wajib diisi.", "This must be filled in."),
    "cell_broken": _both("Sel ini berisi galat {value}.", "This cell holds the error {value}."),
    "text_expected": _both("Isi dengan teks.", "Fill in text."),
    "text_too_long": _both(
        "Teks paling panjang {allowed} karakter; ini {length}.",
        "The text may have {allowed} characters at most; this has {length}.",
    ),
    "text_unreadable": _both(
        "Teks ini berisi karakter yang tidak dapat ditampilkan.",
        "The text holds a character that cannot be shown.",
    ),
    "date_unreadable": _both(
        "{value} bukan tanggal. Tulis 2024-05-01 atau 01/05/2024.",
        "{value} is not a date. Write 2024-05-01 or 01/05/2024.",
    ),
    "date_unknown": _both("Tanggal {value} tidak ada.", "There is no date {value}."),
    "date_with_time": _both("Isi tanggal tanpa jam.", "Fill in a date without a time."),
    "number_unreadable": _both(
        "{value} bukan angka yang benar.", "{value} is not a proper number."
    ),
    "number_out_of_range": _both(
        "Angka ini di luar batas ({limit}).", "This number is out of range ({limit})."
    ),
    "level_unknown": _both("Level adalah 0, 1, 2 atau 3.", "A level is 0, 1, 2 or 3."),
    "choice_unknown": _both(
        "{value} tidak ada dalam daftar. Pilihan: {allowed}.",
        "{value} is not in the list. Choices: {allowed}.",
    ),
    "right_unreadable": _both(
        "Tulis HAKI sebagai jenis|nomor|tanggal, satu per baris; {value} tidak demikian.",
        "Write a right as kind|number|date, one a line; {value} is not.",
    ),
    "too_many": _both("Paling banyak {allowed} isian.", "At most {allowed} of them."),
    "value_invalid": _both("Isian ini tidak sah: {said}.", "This is not valid: {said}."),
    "code_unreadable": _both(
        "{value} bukan kode: pakai huruf kecil, angka dan tanda hubung.",
        "{value} is no code: use small letters, digits and hyphens.",
    ),
    "level_missing": _both(
        "Isi juga levelnya di kolom {level}.", "Fill in its level in column {level} too."
    ),
}

OF_ROWS: Mapping[str, Mapping[Tongue, str]] = {
    "row_doubled": _both(
        "Baris {other} sudah berisi hal yang sama.", "Row {other} already is about the same."
    ),
    "not_found": _both(
        "Tidak ada, atau bukan milik perangkat daerah Anda.",
        "There is none, or it is not your agency's.",
    ),
    "agency_differs": _both(
        "Inovasi ini milik perangkat daerah lain daripada yang ditulis.",
        "This innovation belongs to another agency than the one written here.",
    ),
    "season_differs": _both(
        "Inovasi ini dari musim {season}, bukan musim yang diimpor.",
        "This innovation is of season {season}, not of the one that is imported.",
    ),
    "title_taken": _both(
        "Perangkat daerah ini sudah punya inovasi berjudul sama dengan isi berbeda. Untuk"
        " mengubahnya, isi id_inovasi dengan {innovation}.",
        "This agency already has an innovation of the same title with other content. To change it,"
        " fill in {innovation} as id_inovasi.",
    ),
    "fixed_column": _both(
        "Ini tidak dapat diubah lewat impor; tercatat: {current}.",
        "This cannot be changed by an import; on record: {current}.",
    ),
    "parents_in_circle": _both(
        "Induknya melingkar: {circle}.", "Its parents run in a circle: {circle}."
    ),
    "parent_unknown": _both(
        "Tidak ada perangkat daerah induk {parent}.", "There is no parent agency {parent}."
    ),
    "parent_refused": _both(
        "Induknya {parent} ditolak di baris {other}.",
        "Its parent {parent} is refused in row {other}.",
    ),
    "parent_missing": _both(
        "Isi induknya: hanya provinsi, kabupaten dan kota yang boleh tanpa induk.",
        "Fill in its parent: only a province, regency or city has none.",
    ),
    "agency_closed": _both("Perangkat daerah ini sudah ditutup.", "This agency is closed."),
    "season_unknown": _both("Tidak ada musim {season}.", "There is no season {season}."),
    "season_closed": _both("Musim ini sudah ditutup.", "The season is closed."),
    "season_not_open": _both("Musim ini belum dibuka.", "The season has not begun."),
    "deadline_passed": _both("Tenggatnya sudah lewat.", "The deadline has passed."),
    "innovation_locked": _both(
        "Inovasi ini sudah diajukan, terverifikasi atau ditarik: tidak dapat diubah.",
        "This innovation is submitted, verified or withdrawn: it cannot be changed.",
    ),
    "innovation_developed": _both(
        "Inovasi ini sudah dikembangkan menjadi {successor_id} dan tidak dapat diubah lagi.",
        "This innovation goes on as {successor_id} and cannot change any more.",
    ),
    "profile_locked": _both(
        "Dalam perbaikan, profil tidak dibuka: hanya indikator yang dikembalikan.",
        "In this revision the profile is not open: only the indicators that were returned.",
    ),
    "field_not_reopened": _both(
        "Dalam perbaikan, isian profil ini tidak dibuka.",
        "In this revision this field of the profile is not open.",
    ),
    "indicator_not_reopened": _both(
        "Dalam perbaikan, indikator ini tidak dibuka.",
        "In this revision this indicator is not open.",
    ),
    "edition_differs": _both(
        "Inovasi ini disusun dengan instrumen edisi lain ({edition}).",
        "This innovation was drafted under another edition of the instrument ({edition}).",
    ),
    "indicator_unknown": _both(
        "Edisi ini tidak punya indikator {value}.", "The edition has no indicator {value}."
    ),
    "basis_missing": _both(
        "Isi dasar pengukurannya: {allowed}.", "Fill in the basis it is measured by: {allowed}."
    ),
    "subtype_missing": _both("Isi sub-jenisnya: {allowed}.", "Fill in its sub-type: {allowed}."),
    "change_project_not_asn": _both(
        "Hanya inovasi ASN yang berasal dari proyek perubahan.",
        "Only a civil servant's own innovation comes from a change project.",
    ),
    "choice_repeated": _both("Pilih masing-masing hanya sekali.", "Choose each only once."),
    "main_affair_related": _both(
        "Urusan utama tidak ditulis lagi sebagai urusan beririsan.",
        "The main affair is not one of the related affairs as well.",
    ),
    "coordinates_incomplete": _both(
        "Isi lintang dan bujur bersama-sama, atau kosongkan keduanya.",
        "Fill in latitude and longitude together, or neither.",
    ),
    "coordinate_out_of_range": _both(
        "Koordinat ini di luar batas.", "This coordinate is out of range."
    ),
    "date_out_of_range": _both(
        "Tanggal {value} di luar batas.", "The date {value} is out of range."
    ),
    "profile_too_long": _both(
        "Seluruh profil terlalu panjang: {bytes} bita, paling banyak {max_bytes}.",
        "The profile as a whole is too long: {bytes} bytes, at most {max_bytes}.",
    ),
    "fact_too_large": _both("Isi baris ini terlalu besar.", "What this row holds is too large."),
    "rule": _both("Ditolak oleh aturan {rule}: {said}", "Refused by the rule {rule}: {said}"),
}

OF_CODE: Mapping[str, Mapping[Tongue, str]] = {**OF_FILES, **OF_CELLS, **OF_ROWS}
