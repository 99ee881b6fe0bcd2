"""How to check a case file by hand: the text that lies in it, in Indonesian. Pure."""

from services.audit.cases.labels import KINDS
from services.audit.cases.telling import Case

TEXT = """\
BERKAS KASUS: {kind} {key}

Berkas ini berdiri sendiri: semua dapat diperiksa tanpa jaringan dan tanpa perangkat lunak kami.

ISI
  kasus.pdf                  ringkasan untuk dibaca
  isi.json                   daftar isi untuk mesin: urutan, checkpoint, aturan
  fakta.ndjson               satu fakta tiap baris, seperti tersimpan: urutan (sequence), subjek,
                             kepala (headers), isi (body)
  bukti/<urutan>.tlog-proof  bukti bahwa fakta itu ada di dalam log (C2SP tlog-proof)
  checkpoint                 kepala log yang ditandatangani (C2SP tlog-checkpoint, signed-note)
  vkey                       kunci publik menurut berkas ini
  aturan/                    instrumen dan tabel pajak yang disebut fakta, byte demi byte

JANGAN PERCAYA vkey DI SINI BEGITU SAJA. Ambillah kunci publik log dari sumber lain (pengumuman
resmi, surat, situs inspektorat) dan bandingkan. Siapa pun dapat membuat berkas dengan kuncinya
sendiri.

MEMERIKSA SEKALIGUS
  inda audit verify-case BERKAS.zip --vkey KUNCI-YANG-ANDA-PERCAYA

MEMERIKSA DENGAN TANGAN (sh, jq, base64, sha256sum)
Untuk fakta dengan urutan N:
  1. Sidik isi:
       jq -j 'select(.sequence == N) | .body' fakta.ndjson | sha256sum
  2. Sidik kepala (JSON kanonis, RFC 8785):
       jq -cjS 'select(.sequence == N) | .headers' fakta.ndjson | sha256sum
  3. Entri log untuk fakta itu ada di baris "extra" dari buktinya:
       sed -n 's/^extra //p' bukti/N.tlog-proof | base64 -d
     Di dalamnya "body" harus sama dengan langkah 1, "headers" dengan langkah 2, dan "sequence",
     "subject", "id" (ce-id) dan "time" (ce-time) dengan barisnya.
  4. Baris "index" dari bukti harus N - 1. Baris-baris sesudahnya adalah jalan Merkle (RFC 6962)
     dari entri sampai ke akar di dalam checkpoint. Sidik daun: SHA-256 atas byte 00 lalu entri;
     sidik simpul: SHA-256 atas byte 01, kiri, kanan. Pemeriksa tlog-proof mana pun dapat dipakai.
  5. Checkpoint di akhir bukti harus sama dengan file "checkpoint": baris pertama nama log, baris
     kedua banyaknya fakta, baris ketiga akar; tanda tangannya Ed25519.
Untuk aturan: sha256sum aturan/pajak/<tabel>.yaml harus sama dengan sidik tabel di kasus.pdf. Sidik
instrumen dihitung atas isinya sebagai JSON kanonis (RFC 8785).

YANG DIBUKTIKAN, DAN YANG TIDAK
Terbukti: tiap fakta di sini tercatat di dalam log pada urutannya, dan tidak berubah sejak
checkpoint itu. Tidak terbukti oleh berkas ini saja: bahwa tidak ada fakta lain tentang hal yang
sama. Versi fakta dari satu hal ("ce-aggregateversion") berurutan tanpa lompatan, sehingga yang
hilang dari tengah tampak; selebihnya bandingkan dengan arsip lengkap.
Fakta yang lebih baru daripada checkpoint belum punya bukti; kasus.pdf dan isi.json menyebutnya.
Nama orang tidak ada di dalam riwayat: orang disebut dengan nomornya.
"""


def readme_of(case: Case) -> bytes:
    return TEXT.format(kind=KINDS[case.kind], key=case.key).encode()
