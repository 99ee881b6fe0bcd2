"""Codes and names of units: one code for a unit however a source writes its name. Pure."""

import re
import unicodedata

REGIONS = {
    "Provinsi Kalimantan Selatan": "kalsel",
    "Kabupaten Banjar": "banjar",
    "Kabupaten Hulu Sungai Selatan": "hss",
    "Kabupaten Tabalong": "tabalong",
    "Kabupaten Balangan": "balangan",
    "Kabupaten Barito Kuala": "batola",
    "Kabupaten Hulu Sungai Utara": "hsu",
    "Kabupaten Hulu Sungai Tengah": "hst",
    "Kabupaten Tanah Bumbu": "tanbu",
    "Kabupaten Tanah Laut": "tala",
    "Kabupaten Tapin": "tapin",
    "Kota Banjarmasin": "banjarmasin",
    "Kota Banjarbaru": "banjarbaru",
}
PREFIXES = {
    "Puskesmas ": "pkm-",
    "Kecamatan ": "kec-",
    "Kelurahan ": "kel-",
    "Desa ": "desa-",
    "Bagian ": "bag-",
}
# A unit that two published lists write differently.
SAME_UNIT = {
    "RSUD Brigjend H. Hasan Basry": "RSUD Brigjend H. Hasan Basry Kandangan",
    "RSJ Sambang Lihum": "Rumah Sakit Jiwa Sambang Lihum",
}
OFFICE_OF_BRANCH = re.compile(r"^(?:UPTD?|Kantor) (?=Puskesmas|Kecamatan)")
POPULATION_OFFICE = (
    "Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan dan Perlindungan Anak"
)
TAILS = {
    POPULATION_OFFICE: "dppkbpppa",
    "Badan Kepegawaian Daerah": "bkd",
    "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia": "bkpsdm",
    "Badan Kesatuan Bangsa dan Politik": "kesbangpol",
    "Badan Penanggulangan Bencana Daerah": "bpbd",
    "Badan Pendapatan Daerah": "bapenda",
    "Badan Pengelolaan Keuangan dan Aset Daerah": "bpkad",
    "Badan Pengelolaan Keuangan dan Pendapatan Daerah": "bakeuda",
    "Badan Pengembangan Sumber Daya Manusia Daerah": "bpsdmd",
    "Badan Perencanaan Pembangunan Daerah": "bappeda",
    "Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah": "bappelitbangda",
    "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah": "bapperida",
    "Badan Riset dan Inovasi Daerah": "brida",
    "Balai Pengujian dan Sertifikasi Mutu Barang (Dinas Perdagangan)": "bpsmb",
    "BLUD RSUD Datu Kandang Haji": "rsud-datu-kandang-haji",
    "Dinas Energi dan Sumber Daya Mineral": "desdm",
    "Dinas KB, Pemberdayaan Masyarakat, Perempuan dan Perlindungan Anak": "dkbpmppa",
    "Dinas Kehutanan": "dishut",
    "Dinas Kelautan dan Perikanan": "dislautkan",
    "Dinas Kepemudaan dan Olahraga": "dispora",
    "Dinas Kependudukan dan Pencatatan Sipil": "disdukcapil",
    "Dinas Kesehatan": "dinkes",
    "Dinas Ketahanan Pangan": "dkp",
    "Dinas Kominfo SP": "diskominfo-sp",
    "Dinas Komunikasi dan Informatika": "diskominfo",
    "Dinas Komunikasi Informatika dan Persandian": "diskominfo",
    "Dinas Koperasi, Usaha Kecil, dan Menengah": "diskop",
    "Dinas Lingkungan Hidup": "dlh",
    "Dinas Pariwisata": "dispar",
    "Dinas Pekerjaan Umum dan Penataan Ruang": "dpupr",
    "Dinas Pekerjaan Umum dan Tata Ruang": "dputr",
    "Dinas Pekerjaan Umum, Penataan Ruang, Perumahan Rakyat dan Kawasan Permukiman": "dpuprperkim",
    "Dinas Pemberdayaan Masyarakat dan Desa": "dpmd",
    "Dinas Pemberdayaan Perempuan dan Perlindungan Anak": "dpppa",
    "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana": "dpppakb",
    "Dinas Pemuda Olahraga dan Pariwisata": "disporapar",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu": "dpmptsp",
    "Dinas Penanaman Modal dan PTSP": "dpmptsp",
    "Dinas Pendidikan dan Kebudayaan": "disdikbud",
    "Dinas Pendidikan": "disdik",
    "Dinas Perdagangan": "disdag",
    "Dinas Perhubungan": "dishub",
    "Dinas Perikanan": "diskan",
    "Dinas Perindustrian": "disperin",
    "Dinas Perkebunan dan Peternakan": "disbunnak",
    "Dinas Perpustakaan dan Kearsipan": "dispersip",
    "Dinas Pertanian dan Ketahanan Pangan": "dptkp",
    "Dinas Pertanian Tanaman Pangan dan Hortikultura": "distan-tph",
    "Dinas Pertanian": "distan",
    "Dinas Perumahan Rakyat dan Kawasan Permukiman": "disperkim",
    "Dinas Perumahan Rakyat, Kawasan Pemukiman dan Lingkungan Hidup": "disperkimlh",
    "Dinas PMPTSP": "dpmptsp",
    "Dinas PPKBPM": "dppkbpm",
    "Dinas PUPR": "dpupr",
    "Dinas Sosial": "dinsos",
    "Dinas Tenaga Kerja dan Transmigrasi": "disnakertrans",
    "Dinas Tenaga Kerja, Koperasi Usaha Kecil dan Perindustrian": "disnakerkop",
    "Inspektorat Daerah": "inspektorat",
    "MAN 1 Hulu Sungai Tengah": "man-1",
    "Peserta desa/teknologi tepat guna": "peserta-ttg",
    "RSUD Brigjend H. Hasan Basry Kandangan": "rsud-hasan-basry",
    "RSUD Daha Sejahtera": "rsud-daha-sejahtera",
    "RSUD H. Badaruddin Kasim": "rsud-badaruddin-kasim",
    "Rumah Sakit Daerah Ulin Banjarmasin": "rsud-ulin",
    "Rumah Sakit dr. H. Moch. Ansari Saleh": "rsud-ansari-saleh",
    "Rumah Sakit Gigi dan Mulut Gusti Hasan Aman": "rsgm-gusti-hasan-aman",
    "Rumah Sakit Jiwa Sambang Lihum": "rsj-sambang-lihum",
    "Satuan Polisi Pamong Praja dan Pemadam Kebakaran": "satpolpp-damkar",
    "Satuan Polisi Pamong Praja": "satpolpp",
    "Sekretariat Daerah (Asisten Bidang Pemerintahan)": "setda",
    "Sekretariat Daerah": "setda",
    "Sekretariat DPRD": "setwan",
}


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, at most 60 characters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-")


def unit_name(published: str) -> str:
    """The name that stands for a unit: without UPT, UPTD or Kantor before it."""
    name = OFFICE_OF_BRANCH.sub("", published)
    return SAME_UNIT.get(name, name)


def unit_code(region: str, name: str) -> str:
    """`hss-dinkes`, `banjar-pkm-gambut`; `name` as `unit_name` gives it."""
    for prefix, tail in PREFIXES.items():
        if name.startswith(prefix):
            return f"{REGIONS[region]}-{tail}{slug(name.removeprefix(prefix))}"
    return f"{REGIONS[region]}-{TAILS.get(name, slug(name))}"
