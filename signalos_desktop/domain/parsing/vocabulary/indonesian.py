"""How Indonesian and Malay channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "id",
    words={
        C.BUY: """
            beli, belian, order beli, posisi beli, long posisi, entri beli, pembelian, sinyal
            beli, signal beli, belilah, pasang beli, ambil buy, masuk buy, gas buy, hajar buy,
            sikat buy, entri buy, open buy, op buy, posisi buy, beli je, masuk beli""",
        C.SELL: """
            jual, jualan, order jual, posisi jual, entri jual, penjualan, sinyal jual, signal
            jual, juallah, pasang jual, ambil sell, masuk sell, gas sell, hajar sell, sikat
            sell, entri sell, open sell, op sell, posisi sell, masuk jual""",
        C.BOUGHT: """
            sudah beli, sudah jual, membeli tadi, udah masuk, sudah masuk, telah beli, telah
            jual""",
        C.NOW: """
            sekarang, segera, harga pasar, harga sekarang, di harga sekarang, harga saat ini,
            langsung, sekarang juga, harga market, skrg, skrng, saat ini, harga semasa,
            eksekusi langsung, masuk sekarang, pada harga pasar""",
        C.LIMIT: "limit order, order limit",
        C.ENTRY: """
            masuk, harga masuk, titik masuk, zona masuk, harga, zona, area masuk, entri,
            antara, kawasan, harga entri, zona entri, harga buka, zon masuk, zon, posisi masuk,
            area beli, area jual, kisaran""",
        C.SL: """
            batas rugi, batas kerugian, stop rugi, cut loss, henti rugi, batas loss, hentian
            rugi, had rugi, hentikan kerugian, pembatas rugi""",
        C.TP: """
            ambil untung, ambil profit, target harga, sasaran, target profit, ambil keuntungan,
            tujuan, target untung, batas untung, target pertama, target kedua, sasaran untung""",
        C.TP_OPEN: """
            biarkan lari, tanpa tp, tahan saja, biarkan berjalan, tp terbuka, biar jalan,
            biarkan jalan""",
        C.OPEN: "terbuka, tahan, buka",
        C.AT: "di, dekat, sekitar, pada, dkt",
        C.FROM: "dari, mulai",
        C.TO: "ke, sampai, hingga, menjadi, jadi, kepada",
        C.ABOVE: "di atas, atas",
        C.BELOW: "di bawah, bawah",
        C.AND: "dan, lalu, kemudian, serta",
        C.OR: "atau",
        C.PIPS: "poin, pips, pip, mata",
        C.LEVERAGE: "leverage",
        C.LOT: "hari, jam, menit, anggota, orang, lot, minit, ahli",
        C.META: "modal, saldo, deposit, akun, ukuran lot, baki",
        C.RISK: "resiko, risiko, resiko per trade",
        C.CONFIDENCE: "keyakinan, probabilitas, tingkat keyakinan",
        C.KEY: """
            sinyal, isyarat, pasangan, posisi, order, pesanan, transaksi, arah, instrumen,
            sinyal baru, pasangan mata uang, order pending, aksi, tipe, jenis, jenis order,
            tertunda, posisi baru, dagangan""",
        C.CLOSE: """
            tutup, keluar, close sekarang, tutup posisi, kluar, tutuplah, closekan, tutup
            sekarang, semua ditutup, tutup semua posisi di""",
        C.CANCEL: """
            batalkan, batal, hapus, hapuskan, delete order, batalin, cancelkan, padam, padamkan""",
        C.CANCELLED: """
            dibatalkan, telah dibatalkan, tidak berlaku, sudah tidak valid, dihapus, tidak
            valid lagi""",
        C.MOVE: """
            pindah, pindahkan, geser, geserkan, pasang sl, ubah, ganti, naikkan, turunkan,
            atur, koreksi, perbarui, tukar, alih, alihkan, ralat, letak, taruh, set kan,
            revisi, gerakkan""",
        C.MOVED: "dipindahkan, diubah, digeser, diperbarui, diganti, dipindah",
        C.NEW: "baru, terbaru",
        C.TAKE: "amankan, kunci",
        C.PARTIAL: "sebagian, sebahagian",
        C.REDUCE: """
            amankan sebagian, tutup sebagian, ambil sebagian, close sebagian, tp sebagian,
            ambil partial, ambil profit sebagian, close partial dulu""",
        C.HALF: "setengah, separuh, separo, sebagian setengah, setengahnya",
        C.THIRD: "sepertiga",
        C.QUARTER: "seperempat",
        C.ALL: "semua, seluruh, semuanya, seluruhnya, kesemua",
        C.REST: "sisanya, sisa, biarkan sisanya, baki posisi, tahan sisanya",
        C.BREAKEVEN: """
            titik impas, ke entry, ke harga masuk, ke titik masuk, ke be, bebas risiko, impas,
            ke open price, ke harga entry, ke bep, ke harga open, pulang modal, balik modal,
            tanpa risiko, ke titik impas, ke entri""",
        C.THE: "ini, itu, tersebut, kita, kalian",
        C.RESULT: """
            kena, tercapai, tersentuh, ditutup, profit running, sudah kena, mantap, selamat,
            cuan, running profit, sedang profit, dalam profit, floating profit, tembus, sampai
            target, kena tp, kena sl, aktif, terisi, done profit, dah kena, sudah ditutup, tp1
            kena, masih profit, alhamdulillah""",
        C.GAIN: "untung, keuntungan, rugi, kerugian, hasil, menang, kalah, dapat",
        C.PAST: """
            kemarin, kemaren, minggu lalu, bulan lalu, rekap, ringkasan, laporan, riwayat,
            minggu ini, tadi, rekapan, semalam, bulan ini, statistik""",
        C.NOT: """
            jangan, tidak, bukan, belum, hindari, tanpa entry, tidak ada trade, no entry dulu,
            tak, tiada, gak, nggak, ga usah, elakkan, belum ada, jgn""",
        C.IF: """
            jika, kalau, bila, hanya jika, ketika, apabila, tunggu konfirmasi, konfirmasi, bila
            tembus, setelah konfirmasi, asalkan, kalo, hanya kalau, jika tembus, tunggu
            breakout, kecuali""",
        C.AFTER: "setelah, sesudah, sebelum, selepas",
        C.READY: """
            siap, siap-siap, bersiap, persiapan, segera hadir, tunggu, menunggu, sebentar lagi,
            akan, mungkin, pantau, mencari, cari posisi, nanti, bersedia, standby ya, rencana,
            berencana, potensi, perhatikan""",
        C.ASK: """
            siapa, apa, apakah, bagaimana, kenapa, bisa masuk, boleh, berapa, kapan, gimana,
            mengapa, bolehkah, adakah, bisakah, masih bisa, dimana, mana""",
        C.PROMO: """
            gabung, bergabung, kanal, daftar, gratis vip, promo, diskon, hubungi, grup,
            akurasi, per bulan, langganan, percuma, link, sertai, member baru, hub admin, kuota""",
        C.VIEW: """
            resisten, dukungan, tren, analisa, analisis, pembeli, penjual, berita, tekanan,
            bergerak, tertahan, terlihat, diperdagangkan, sentimen, koreksi harga""",
        C.LESSON: """
            contoh, misalnya, pemula, pelajaran, belajar, misal, edukasi, kelas""",
        C.ME: "saya, aku, gue, gw, sy",
        C.MACHINE: "instruksi, aturan sebelumnya, abaikan aturan, abaikan semua",
        C.WITHDRAW: "abaikan, salah, keliru, jangan masuk, jangan entry, salah kirim",
        C.CANDLE: "lilin, penutupan candle, candle tutup",
        C.INVITE: "silakan copy, ikuti saya, boleh ikut, silakan ikut, copy trade saya",
        C.RETOLD: "dari arsip, arsip, trade terbaik, sinyal terbaik, ingat ini, masih ingat",
        C.FILLER: """
            tolong, teman, teman-teman, guys, gan, bro, untuk, dengan, yang, adalah, selamat
            pagi, pagi, halo, sini, bagus, cepat, perhatian, gunakan, lot kecil, manajemen
            risiko, kelola risiko, hari ini, mohon, semoga, ya, yuk, ayo, kawan, om, min, money
            management, resiko tanggung sendiri""",
    },
    names={
        "XAUUSD": "emas, gold emas",
        "XAGUSD": "perak",
        "USOIL": "minyak, minyak mentah",
        "NATGAS": "gas alam",
        "EURUSD": "euro dolar",
        "GBPUSD": "pound dolar",
    },
    currencies={
        "EUR": "euro",
        "GBP": "pound, poundsterling",
        "AUD": "dolar australia",
        "USD": "dolar",
        "CAD": "dolar kanada",
        "CHF": "franc",
        "JPY": "yen",
    },
)
