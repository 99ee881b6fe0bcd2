"""The findings in Indonesian, as operators and verifiers read them."""

from collections.abc import Mapping
from typing import Final

AT: Final = "Indikator {number} ({name}): "

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "season_closed": (
        "Musim pelaporan sudah ditutup.",
        "Hubungi admin pemda.",
    ),
    "deadline_passed": (
        "Batas waktu {deadline} sudah lewat.",
        "Hubungi admin pemda: batas waktu dapat diperpanjang atau diberi pengecualian.",
    ),
    "field_missing": (
        "Isian wajib masih kosong: {field}.",
        "Isi {field} pada profil inovasi.",
    ),
    "design_narrative_too_short": (
        "Rancang bangun baru {found} kata; sedikitnya {needed} kata diminta.",
        "Tambahkan {lacking} kata lagi: dasar hukum, permasalahan, isu strategis, metode "
        "pembaruan, kebaruan, dan cara kerja.",
    ),
    "dates_out_of_order": (
        "Urutan tanggal tidak benar: uji coba, lalu penerapan, lalu pengembangan.",
        "Periksa ketiga tanggal pada profil.",
    ),
    "outside_window": (
        "Penerapan maupun pengembangan tidak berada dalam {first_day} sampai {last_day}, masa "
        "yang dinilai tahun {year}.",
        "Inovasi lama hanya dinilai bila dikembangkan dalam masa itu: isi tanggal pengembangan "
        "dan jelaskan pembaruannya.",
    ),
    "development_note_missing": (
        "Inovasi ini dinilai karena pengembangannya, tetapi pengembangan itu belum dijelaskan.",
        "Isi penjelasan pengembangan: substansi baru atau cakupan yang lebih luas.",
    ),
    "lineage_full": (
        "Inovasi ini sudah dilaporkan {editions} kali; paling banyak dua kali.",
        "Laporkan inovasi lain.",
    ),
    "evidence_pending": (
        "Berkas {file} sudah didaftarkan tetapi belum selesai diterima.",
        "Selesaikan pengunggahan, atau tarik berkas itu.",
    ),
    "endorsement_missing": (
        "Kepala perangkat daerah belum mengesahkan isi yang sekarang.",
        "Mintalah kepala, atau pelaksana tugasnya, mengesahkan; perubahan sesudahnya "
        "membatalkan pengesahan.",
    ),
    "endorsement_lapsed": (
        "Isi berubah sesudah kepala perangkat daerah mengesahkannya.",
        "Mintalah pengesahan yang baru.",
    ),
    "claim_without_evidence": (
        AT + "level {level} diklaim tanpa satu pun bukti, sehingga bernilai 0.",
        "Unggah buktinya, atau turunkan klaim.",
    ),
    "claim_rests_on_pending": (
        AT + "level {level} bertumpu pada {files} berkas yang belum diterima.",
        "Selesaikan pengunggahan; klaim tanpa bukti yang diterima bernilai 0.",
    ),
    "mandatory_unclaimed": (
        AT + "indikator wajib ini belum diklaim.",
        "Pilih level dan unggah buktinya.",
    ),
    "basis_missing": (
        AT + "level {level} belum memilih dasar kemanfaatan, sehingga tidak dapat dinilai.",
        "Pilih satu dasar: {allowed}.",
    ),
    "subtype_missing": (
        AT + "level {level} belum memilih jenis layanan.",
        "Pilih salah satu: {allowed}.",
    ),
    "basis_without_document": (
        AT + "dasar {basis} ({unit}) dipilih, tetapi tidak ada dokumen yang menunjukkannya.",
        "Unggah salah satu dari: {kinds}.",
    ),
    "evidence_carries_less": (
        AT + "jenis bukti yang ada hanya menunjukkan level {carried}, sedangkan level {level} "
        "diklaim.",
        "Level {level} meminta: {asked}. Unggah bukti itu, atau klaim level {carried}.",
    ),
    "evidence_unclaimed": (
        AT + "ada bukti yang diterima, tetapi tidak ada level yang diklaim.",
        "Klaim level yang ditunjukkan bukti itu.",
    ),
    "nothing_claimed": (
        "Belum ada level yang diklaim, sehingga kematangan inovasi ini 0.",
        "Pilih level untuk indikator yang dapat dibuktikan; mulailah dari yang wajib.",
    ),
    "no_evidence": (
        "Belum ada bukti dukung sama sekali.",
        "Unggah bukti dukung untuk tiap indikator yang diklaim.",
    ),
    "letter_incomplete": (
        AT + "surat ini belum lengkap: {missing}.",
        "Isi nomor, tanggal, dan tentang sebagaimana tertulis pada surat.",
    ),
    "link_missing": (
        AT + "level {level} meminta pedoman yang dapat diakses daring, tetapi tidak ada tautannya.",
        "Tambahkan tautan publikasi pedoman.",
    ),
    "video_missing": (
        AT + "level {level} diklaim tanpa video atau tautan video.",
        "Unggah video MP4, atau tambahkan tautannya.",
    ),
    "video_too_long": (
        AT + "video berdurasi {seconds} detik; paling lama 5 menit.",
        "Pendekkan video sampai 300 detik atau kurang.",
    ),
    "thumbnail_missing": (
        AT + "gambar sampul video belum ada.",
        "Unggah gambar sampul dengan logo Kemendagri (JPG atau PNG).",
    ),
    "video_parts": (
        AT + "isi video tidak dapat diperiksa mesin. Level {level} meminta {needed} unsur atau "
        "lebih.",
        "Pastikan video menunjukkan: {parts}; juga logo Kemendagri.",
    ),
    "events_missing": (
        AT + "terlihat bukti untuk {shown} kegiatan, sedangkan level {level} meminta {needed}.",
        "Unggah satu set untuk tiap kegiatan: surat atau undangan, daftar hadir, dan sertifikat.",
    ),
    "certificate_missing": (
        AT + "belum ada sertifikat bimtek.",
        "Unggah sedikitnya satu sertifikat peserta.",
    ),
    "methods_missing": (
        AT + "ada {shown} tangkapan layar, sedangkan level {level} meminta {needed} metode.",
        "Unggah satu berkas terpisah untuk tiap metode: manual, hotline, media sosial, daring.",
    ),
    "replications_missing": (
        AT + "terlihat {shown} daerah yang mereplikasi, sedangkan level {level} meminta {needed} "
        "daerah berbeda.",
        "Tambahkan pernyataan dari daerah lain, atau turunkan klaim.",
    ),
    "years_missing": (
        AT + "level {level} meminta dokumen tahun {missing} yang belum terlihat; yang terlihat: "
        "{shown}.",
        "Unggah dokumen untuk tahun itu, atau turunkan klaim.",
    ),
    "years_unread": (
        AT + "dokumen tahun {missing} belum dapat dipastikan, karena ada berkas yang belum atau "
        "tidak dapat dibaca mesin.",
        "Pastikan halaman untuk tahun itu ada di dalam berkas.",
    ),
    "no_letter_in_years": (
        AT + "tidak ada surat dari tahun {first_year} sampai {last_year}.",
        "Unggah surat dari masa itu.",
    ),
    "letter_outside_years": (
        AT
        + "surat tahun {year} berada di luar {first_year} sampai {last_year} dan tidak dihitung.",
        "Tarik surat itu, atau ganti dengan yang lebih baru.",
    ),
    "decree_of_another_year": (
        AT + "SK bertahun {shown}, sedangkan inovasi diterapkan atau dikembangkan tahun {asked}.",
        "Unggah SK dari tahun penerapan, atau peraturan yang masih berlaku.",
    ),
    "regulation_too_new": (
        AT + "peraturan harus ditetapkan sebelum tahun penilaian {year}.",
        "Unggah peraturan yang sudah berlaku sebelum tahun itu, atau klaim dengan SK.",
    ),
    "innovation_not_named": (
        AT + "nama inovasi “{title}” tidak ditemukan dalam dokumen.",
        "Unggah halaman atau lampiran yang menyebut nama inovasi.",
    ),
    "naming_unread": (
        AT + "berkas {file} berupa pindaian yang tidak dapat dibaca mesin; nama inovasi di "
        "dalamnya tidak dapat diperiksa.",
        "Pastikan nama inovasi tertulis di dalamnya; bila ada, unggah versi yang teksnya terbaca.",
    ),
    "not_named_in_document": (
        "Berkas {file} tidak menyebut nama inovasi “{title}”.",
        "Periksa apakah ini berkas yang benar, atau lampirkan halaman yang menyebutnya.",
    ),
    "bylaw_alone": (
        AT + "Perda biasanya tidak memuat daftar inovasi.",
        "Sertakan Perkada atau SK turunannya yang memuat nama inovasi.",
    ),
    "photo_small": (
        "Gambar {file} kecil ({width} × {height} piksel), sehingga isinya sulit dilihat.",
        "Unggah gambar yang lebih besar, sedikitnya 640 × 480 piksel.",
    ),
    "few_pages": (
        "Berkas {file} hanya {pages} halaman; dokumen seperti ini biasanya {least} halaman atau "
        "lebih.",
        "Periksa apakah seluruh dokumen sudah terunggah.",
    ),
    "narrative_part_missing": (
        "Rancang bangun tampaknya belum memuat: {parts}.",
        "Tambahkan bagian itu bila memang belum ada.",
    ),
    "narrative_long": (
        "Rancang bangun {found} kata; sebagian formulir membatasi sampai {usual} kata.",
        "Ringkaskan bila perlu.",
    ),
    "stage_not_counted": (
        "Inovasi yang belum diterapkan dikumpulkan, tetapi tidak dihitung dalam indeks.",
        "Ubah tahapan bila inovasi sudah diterapkan.",
    ),
    "narrative_unchanged": (
        "Rancang bangun sama dengan edisi sebelumnya.",
        "Jelaskan apa yang baru atau lebih luas dari edisi sebelumnya.",
    ),
    "granted_less_before": (
        AT + "level {level} diklaim dengan bukti lama; dahulu hanya level {granted} yang "
        "diberikan.",
        "Tambahkan bukti baru, atau klaim level {granted}.",
    ),
    "carried_stale": (
        "Surat {letter} tanggal {signed_on} dibawa dari edisi sebelumnya dan berada di luar "
        "{first_year} sampai {last_year}.",
        "Ganti dengan surat yang baru.",
    ),
    "file_shared": (
        "Berkas {file} dipakai untuk indikator {numbers}. Itu boleh; verifikator menilainya untuk "
        "tiap indikator.",
        "Pastikan berkas memuat yang diminta oleh masing-masing indikator.",
    ),
    "file_elsewhere": (
        "Berkas {file} juga dipakai oleh {other}.",
        "Periksa apakah berkas ini memang untuk inovasi ini.",
    ),
    "near_copy_elsewhere": (
        "Isi berkas {file} hampir sama dengan berkas pada {other}.",
        "Periksa apakah berkas ini memang untuk inovasi ini.",
    ),
    "title_taken": (
        "Nama yang sama dipakai oleh {other}.",
        "Periksa apakah inovasi ini terdaftar dua kali.",
    ),
    "title_similar": (
        "Nama yang mirip dipakai oleh {other}.",
        "Periksa apakah keduanya inovasi yang sama.",
    ),
    "deadline_near": (
        "Batas waktu {deadline}: tinggal {hours} jam.",
        "Ajukan lebih awal; jaringan biasanya paling padat pada jam terakhir.",
    ),
    "files_may_finish": (
        "{files} berkas belum selesai diterima; setelah pengajuan masih dapat diselesaikan sampai "
        "{until}.",
        "Biarkan pengunggahan berjalan sampai selesai.",
    ),
}
