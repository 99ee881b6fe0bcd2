"""Texts of a sample profile in Indonesian, marked as such and built from what is published. Pure.

A design narrative has the six parts that profile forms ask for (domain, section 4): legal basis,
problem, strategic issue, method of renewal, novelty, way of working.
"""

from dataclasses import dataclass

from deploy.sample.chance import pick

MARK = "[CONTOH]"


@dataclass(frozen=True, slots=True)
class About:
    """What the texts speak of. `summary` is the published sentence."""

    name: str
    meaning: str
    agency: str
    region: str
    affair: str
    summary: str
    is_digital: bool


def design_narrative(about: About) -> str:
    """Six parts, at least 300 words."""
    parts = (
        ("Dasar hukum", LEGAL_BASES),
        ("Permasalahan", PROBLEMS),
        ("Isu strategis", ISSUES),
        ("Metode pembaruan", DIGITAL_METHODS if about.is_digital else MANUAL_METHODS),
        ("Keunggulan dan kebaruan", NOVELTIES),
        ("Cara kerja", DIGITAL_STEPS if about.is_digital else MANUAL_STEPS),
    )
    opening = (
        f"{MARK} Rancang bangun ini disusun sebagai contoh untuk {_called(about)} dari "
        f"{about.agency}, {about.region}; hanya ringkasan berikut yang berasal dari sumber "
        f"terbuka: {about.summary} Uraian selebihnya hanya teks contoh untuk uji sistem dan tidak "
        "menggambarkan keadaan yang sebenarnya."
    )
    told = (f"{title}. {_said(options, title, about)}" for title, options in parts)
    return "\n\n".join((opening, *told))


def purpose(about: About) -> str:
    return f"{MARK} {_said(PURPOSES, 'purpose', about)}"


def benefit(about: About) -> str:
    return f"{MARK} {_said(BENEFITS, 'benefit', about)}"


def result(about: About) -> str:
    return f"{MARK} {_said(RESULTS, 'result', about)}"


def development_note(about: About) -> str:
    return f"{MARK} {_said(DEVELOPMENTS, 'development', about)}"


def _called(about: About) -> str:
    return f"{about.name} ({about.meaning})" if about.meaning else about.name


def _said(options: tuple[str, ...], part: str, about: About) -> str:
    return pick(options, about.name, part).format(
        name=about.name, agency=about.agency, region=about.region, affair=about.affair
    )


LEGAL_BASES = (
    "Inovasi {name} berpijak pada Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah, "
    "yang memberi ruang bagi pembaruan penyelenggaraan pemerintahan, serta Peraturan Pemerintah "
    "Nomor 38 Tahun 2017 tentang Inovasi Daerah. Pada tingkat daerah, {agency} menetapkannya "
    "dengan keputusan yang menyebut nama inovasi, pelaksana, dan tahun penerapannya pada urusan "
    "{affair}.",
    "Penyelenggaraan {name} merujuk pada Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi "
    "Daerah dan Permendagri Nomor 104 Tahun 2018 tentang penilaian inovasi daerah. Pemerintah "
    "{region} menguatkannya melalui keputusan kepala daerah yang memuat daftar inovasi, sehingga "
    "{agency} memiliki dasar yang jelas untuk mengelola urusan {affair} dengan cara baru.",
    "Bab tentang inovasi daerah dalam Undang-Undang Nomor 23 Tahun 2014 dan kriteria pada "
    "Peraturan Pemerintah Nomor 38 Tahun 2017 menjadi pijakan {name}. {agency} menurunkannya ke "
    "dalam keputusan pembentukan tim pelaksana, prosedur kerja, dan dokumen perencanaan tahunan "
    "agar pembaruan pada urusan {affair} di {region} berlangsung tertib.",
)
PROBLEMS = (
    "Sebelum {name} berjalan, layanan pada urusan {affair} di {region} masih bergantung pada "
    "kedatangan langsung, berkas yang berulang, dan catatan yang tersebar di beberapa meja. "
    "Warga menunggu tanpa kepastian waktu, sementara petugas {agency} kesulitan mengetahui siapa "
    "yang belum terlayani dan mengapa sebuah permohonan berhenti.",
    "Masalah yang dihadapi {agency} adalah jangkauan: sasaran urusan {affair} tersebar dan "
    "sebagian tinggal jauh dari pusat layanan di {region}. Data sasaran tidak selalu mutakhir, "
    "tindak lanjut sering terlambat, dan hasil kegiatan sulit dibuktikan karena dokumentasi "
    "dikerjakan belakangan oleh orang yang berbeda.",
    "Pengamatan awal pelaksana menunjukkan tiga hal: informasi tentang urusan {affair} kurang "
    "dikenal masyarakat {region}, pekerjaan antarbagian berjalan sendiri-sendiri, dan keluhan "
    "tidak tercatat dengan baik. Akibatnya {agency} memperbaiki akibat yang sama berulang kali "
    "tanpa pernah menyentuh penyebabnya.",
)
ISSUES = (
    "Isu strategis yang dijawab adalah mutu pelayanan publik dan pemerataan akses di {region}. "
    "Perencanaan daerah menuntut agar urusan {affair} memberi dampak yang terukur, bukan sekadar "
    "menyerap anggaran, sehingga setiap kegiatan perlu sasaran, tolok ukur, dan bukti yang dapat "
    "diperiksa kembali oleh siapa pun.",
    "Pada tingkat daerah, {region} menghadapi tuntutan efisiensi dan keterbukaan. Urusan {affair} "
    "termasuk yang paling dekat dengan warga, karena itu keterlambatan kecil segera terasa. "
    "Inovasi ini menautkan kebutuhan tersebut dengan prioritas pembangunan daerah dan dengan "
    "janji kinerja {agency}.",
    "Perubahan kebutuhan masyarakat lebih cepat daripada perubahan prosedur. Tanpa pembaruan, "
    "kesenjangan layanan antarwilayah di {region} akan melebar. Karena itu {agency} menempatkan "
    "urusan {affair} sebagai isu yang harus dijawab dengan kolaborasi, data bersama, dan cara "
    "kerja yang sederhana.",
)
DIGITAL_METHODS = (
    "Pembaruan dilakukan dengan memindahkan pencatatan ke sistem daring yang dapat dibuka melalui "
    "telepon genggam. Satu data dipakai bersama oleh seluruh petugas {agency}, formulir "
    "disederhanakan, dan setiap tahap meninggalkan jejak waktu. Uji coba terbatas dilakukan lebih "
    "dahulu, lalu masukan pengguna dipakai untuk memperbaiki alur sebelum diterapkan penuh.",
    "Metodenya adalah digitalisasi bertahap: memetakan alur lama, menghapus langkah yang tidak "
    "bernilai, kemudian menyediakan kanal daring untuk permohonan, pemantauan, dan umpan balik. "
    "Petugas {agency} dilatih lebih dahulu, pendampingan tersedia bagi warga yang belum terbiasa, "
    "dan pelaporan disusun otomatis dari catatan yang sama.",
)
MANUAL_METHODS = (
    "Pembaruan dilakukan dengan mengubah cara hadirnya layanan: petugas mendatangi sasaran, jadwal "
    "disusun bersama warga, dan peran setiap pihak ditulis dalam kesepakatan. {agency} memakai "
    "lembar kerja yang seragam sehingga hasil kunjungan dapat dibandingkan, lalu uji coba terbatas "
    "dievaluasi sebelum kegiatan diperluas.",
    "Metodenya adalah gerakan bersama yang tidak bergantung pada peralatan mahal. Kader, tokoh "
    "masyarakat, dan petugas {agency} berbagi tugas, memakai bahan yang tersedia setempat, serta "
    "mencatat hasil pada buku kendali. Setiap bulan catatan itu dibahas bersama untuk menentukan "
    "perbaikan pada putaran berikutnya.",
)
NOVELTIES = (
    "Keunggulan {name} terletak pada kesederhanaannya: dapat dijalankan dengan sumber daya yang "
    "ada, mudah dijelaskan, dan dapat ditiru daerah lain tanpa perubahan besar. Kebaruannya adalah "
    "penggabungan layanan, pendampingan, dan umpan balik dalam satu alur, sehingga {agency} tidak "
    "lagi menunggu warga datang dengan masalah yang sudah besar.",
    "Dibandingkan cara sebelumnya, {name} menawarkan kepastian waktu, penanggung jawab yang jelas, "
    "dan bukti yang terkumpul sejak awal. Unsur barunya bagi {region} adalah keterlibatan beberapa "
    "pihak sekaligus pada urusan {affair}, dengan pembagian peran yang tertulis dan ukuran hasil "
    "yang disepakati bersama.",
    "Hal yang baru dari {name} bukan alatnya, melainkan cara memakai yang sudah ada: satu pintu "
    "masuk, satu catatan, dan satu tindak lanjut. Keunggulan ini membuat biaya tetap rendah, hasil "
    "mudah diperiksa, dan pengetahuan tidak hilang ketika petugas {agency} berganti tugas.",
)
DIGITAL_STEPS = (
    "Pengguna mengisi permohonan secara daring, sistem memberi nomor, dan petugas memeriksa "
    "kelengkapan pada hari yang sama. Bila berkas kurang, pemberitahuan dikirim dengan alasan yang "
    "jelas. Setelah selesai, hasil dapat diunduh atau diantar, pengguna memberi penilaian, dan "
    "rekap bulanan dibahas pimpinan {agency} sebagai dasar perbaikan.",
    "Alurnya terdiri atas pendaftaran, pemeriksaan, pelayanan, dan evaluasi. Setiap tahap tercatat "
    "waktunya pada sistem, sehingga keterlambatan segera terlihat. Petugas {agency} "
    "menindaklanjuti dari dasbor yang sama, pengaduan dijawab melalui kanal yang tersedia, dan "
    "data ringkas disajikan kepada pimpinan {region} setiap triwulan.",
)
MANUAL_STEPS = (
    "Pelaksana menyusun daftar sasaran, menetapkan jadwal, lalu melakukan kunjungan atau pertemuan "
    "sesuai pembagian tugas. Hasilnya ditulis pada lembar kendali dan ditandatangani penerima "
    "manfaat. Kendala dilaporkan kepada koordinator di {agency}, ditindaklanjuti dalam satu "
    "minggu, dan direkap setiap bulan untuk bahan evaluasi bersama.",
    "Kegiatan dimulai dengan musyawarah singkat, dilanjutkan pelaksanaan di lapangan oleh tim "
    "kecil, kemudian pencatatan hasil dan dokumentasi. Koordinator {agency} memeriksa kelengkapan "
    "catatan, mencocokkannya dengan daftar sasaran, dan menyampaikan ringkasan kepada para mitra "
    "di {region} agar putaran berikutnya lebih baik.",
)
PURPOSES = (
    "Mempercepat dan mendekatkan layanan urusan {affair} bagi warga {region} melalui {name}.",
    "Menyediakan cara kerja yang lebih sederhana dan terukur bagi {agency} pada urusan {affair}.",
    "Mengurangi kesenjangan layanan urusan {affair} di {region} dengan cara yang mudah ditiru.",
)
BENEFITS = (
    "Warga memperoleh kepastian waktu, sedangkan {agency} memiliki catatan yang lengkap.",
    "Biaya dan waktu yang dikeluarkan masyarakat {region} berkurang, dan keluhan tertangani.",
    "Kerja sama antarpihak di {region} menguat dan hasil {name} dapat dibuktikan.",
)
RESULTS = (
    "Cakupan layanan meningkat dan waktu penyelesaian menurun selama masa penerapan {name}.",
    "{agency} mencatat kenaikan jumlah penerima manfaat dan penurunan pengaduan yang berulang.",
    "Tersusun prosedur kerja, tim pelaksana, serta data hasil yang dipakai dalam perencanaan.",
)
DEVELOPMENTS = (
    "{name} dikembangkan dengan memperluas sasaran ke wilayah lain di {region} dan menambah kanal "
    "pengaduan; substansi serta cakupannya berbeda dari penerapan semula.",
    "Pengembangan {name} menambahkan pencatatan bersama lintas unit dan ukuran hasil yang baru, "
    "sehingga cakupan layanan {agency} lebih luas daripada saat pertama diterapkan.",
)
