"""How Turkish channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "tr",
    words={
        C.BUY: """
            alış, alım, alıyoruz, alın, alınız, alım yapın, alış yapın, alış işlemi, alış emri,
            uzun pozisyon, alım emri, alım işlemi, alış sinyali, alım sinyali, alalım, long
            açın, long pozisyon, alis, alim, alış*, alım*, satın al, satın alın, satın
            alıyoruz, satın alma, satın alınız, satın alalım, alıyorum, long girelim, long
            girin, long girilir, longluyoruz, al emri, al sinyali, alıma, alımda, alışta, alın
            artık""",
        C.SELL: """
            satış, satım, satıyoruz, satış yapın, satış işlemi, satış emri, kısa pozisyon,
            satalım, satış sinyali, short açın, short pozisyon, satis, açığa satış, satış*,
            satım*, shortluyoruz, short giriyoruz, satın, satınız, satıyorum, sat emri, sat
            sinyali, short girin, short girelim, satışta, satımda, satışa""",
        C.BUYS: "alışlar, alımlar, alışları, alımları, alışı, alımı",
        C.SELLS: "satışlar, satımlar, satışları, satışı, satımı",
        C.BOUGHT: """
            aldık, sattık, aldım, sattım, girdik, alındı, satıldı, girmiştik, almıştık,
            satmıştık""",
        C.NOW: """
            şimdi, hemen, anlık, piyasadan, piyasa fiyatı, piyasa fiyatından, şu an, şu anki
            fiyat, güncel fiyat, piyasa emri, market emri, anlık fiyat, anlık fiyattan, mevcut
            fiyattan, mevcut fiyat, güncel fiyattan, şimdiki fiyat""",
        C.LIMIT: "limit emir, limit emri, limitli, limit alış, bekleyen limit",
        C.STOP_ORDER: "stop emir, stop emri",
        C.ENTRY: """
            giriş, girişler, giriş fiyatı, giriş noktası, giriş bölgesi, giriş seviyesi, fiyat,
            bölge, aralık, aralığı, arası, arasında, giriş aralığı, bölgesi, bölgesinden,
            seviyesi, seviyesinden, giriş yeri, alım bölgesi, satış bölgesi, açılış fiyatı,
            emir fiyatı""",
        C.SL: """
            zarar durdur, zarar kes, zararı durdur, zarar kesme, zarar durdurma, zarar-kes,
            stop seviyesi, stop noktası, zarar durdur seviyesi, stoploss seviyesi, zarar kes
            seviyesi, stopu, stopları, stoplar, stopunuzu, stoplarınızı, stoplarını, stopumuzu,
            stop loss u, sl yi, sl leri""",
        C.TP: """
            hedef, hedefler, kar al, kâr al, karı al, hedef fiyat, kar hedefi, hedefimiz, kar
            alma, kâr hedefi, kar realizasyonu, hedeflerimiz, birinci hedef, ikinci hedef, ilk
            hedef, kar al seviyesi, hedefi, hedefleri, hedefimizi, tp yi""",
        C.TP_OPEN: """
            açık bırakın, tp yok, hedef açık, hedefsiz, tp açık, serbest bırak, kar koşsun""",
        C.OPEN: "açık, tut, tutun, tutuyoruz",
        C.AT: "civarı, civarında, yakınında, yaklaşık, seviyelerinden",
        C.FROM: "itibaren",
        C.TO: "ile, kadar",
        C.ABOVE: "üzerinde, üstünde, üzeri, üstü, kırılırsa yukarı, yukarısı",
        C.BELOW: "altında, altı, altına, aşağısı",
        C.AND: "ve, sonra, ayrıca",
        C.OR: "veya, yahut",
        C.PIPS: "pip, puan, pips, nokta, piplik",
        C.LEVERAGE: "kaldıraç, kaldıraçlı",
        C.LOT: "lot, gün, saat, dakika, üye, lotluk, kişi, tl",
        C.META: """
            sermaye, bakiye, hesap, yatırım, miktar, lot miktarı, teminat, hacim, büyüklük,
            geçerlilik, kadar geçerli""",
        C.RISK: "risk, risk oranı, riski",
        C.REWARD: "risk ödül, risk/ödül, risk kazanç",
        C.CONFIDENCE: "güven, olasılık, güven oranı, ihtimal",
        C.KEY: """
            sinyal, sinyaller, parite, işlem, işlemler, işlemi, emir, emirler, emri, pozisyon,
            pozisyonlar, pozisyonu, yeni sinyal, yeni işlem, yön, yönü, bekleyen emir,
            bekleyen, tür, tip, enstrüman, sembol, varlık, işlem yönü, işlem türü, emir tipi,
            işlemleri, pozisyonları, işlemi*, pozisyon*, işlem*, emri*, emir*""",
        C.CLOSE: """
            kapat, kapatın, kapatalım, kapatıyoruz, çık, çıkın, çıkalım, kapatınız, çıkıyoruz,
            kapansın, kapatabiliriz, kapat*""",
        C.CANCEL: """
            iptal, iptal edin, iptal et, iptal ediyoruz, sil, silin, kaldır, kaldırın,
            siliyoruz, iptal edelim, siliniz, kaldıralım""",
        C.CANCELLED: "iptal edildi, iptal oldu, geçersiz, silindi",
        C.MOVE: """
            çek, çekin, çekelim, çekiyoruz, taşı, taşıyın, taşıyalım, taşıyoruz, güncelle,
            güncelleyin, değiştir, değiştirin, ayarla, ayarlayın, düzeltme, alın stopu,
            yükseltin, yükselt, getirin, koyun, düşürün, güncelliyoruz, değiştiriyoruz, yapın,
            çekiniz, alalım, alın stopları, çekebilirsiniz""",
        C.MOVED: "çekildi, taşındı, güncellendi, değiştirildi, değişti",
        C.NEW: "yeni",
        C.TAKE: "garantiye al, garantiye alın, realize edin, realize et, kârın, kardan",
        C.PARTIAL: "kısmi, kısmen, bir kısmı, bir kısmını",
        C.REDUCE: """
            kısmi kapat, kısmi kapatın, kısmi kar al, kısmi kar alın, kısmi alın, kısmi kâr
            alın, kısmi kapama, kısmi realize, bir kısmını kapat, bir kısmını kapatın, kısmi
            kapatalım""",
        C.HALF: "yarısı, yarısını, yarım, yarı, yarısını alın, yarısını alalım",
        C.THIRD: "üçte biri, üçte birini",
        C.QUARTER: "çeyreği, çeyreğini, dörtte biri, dörtte birini",
        C.ALL: "tüm, hepsi, hepsini, bütün, tümünü, tamamı, tamamını, tümü",
        C.REST: "kalanı, kalan, geri kalanı, kalanını, gerisi",
        C.BREAKEVEN: """
            başabaş, başa baş, girişe, giriş seviyesine, giriş fiyatına, giriş noktasına,
            maliyete, risksiz, maliyet, başabaşa, giriş yerine, girişe alın, girişe alalım, be
            ye, sıfıra, girişe çek, maliyetine""",
        C.THE: "bu, şu, mevcut, eski, önceki, bizim",
        C.RESULT: """
            geldi, ulaştı, vuruldu, görüldü, alındı kar, kapandı, karda, kârda, çalıştı, tuttu,
            aktif oldu, tetiklendi, gerçekleşti, tebrikler, stop olduk, kazandırdı, patladı,
            ulaşıldı, tamamlandı, oldu, kapattık, aktifleşti, stoplandı, hedefe ulaştı, artıda,
            vurdu, gördü, kârdayız, kardayız""",
        C.GAIN: """
            kar, kâr, zarar, kazanç, kazandık, kaybettik, sonuç, sonuçlar, kazandı, karla,
            kârla""",
        C.PAST: """
            dün, geçen hafta, geçen ay, özet, rapor, geçmiş, haftalık rapor, haftalık sonuç, bu
            hafta, bu ay, haftalık, idi, günlük özet, dünkü, istatistik""",
        C.NOT: """
            değil, yok, etmeyin, almayın, satmayın, girmeyin, yapmayın, sakın, kaçının, uzak
            durun, asla, işlem yok, kapatmayın, açmayın, henüz değil""",
        C.IF: """
            eğer, ise, olursa, kırarsa, kırılırsa, gelirse, koşuluyla, onay gelirse, teyit,
            onay bekleyin, sadece, kapanış yaparsa, kapanırsa, durumunda, geçerse, düşerse,
            çıkarsa, onay, şartıyla, inerse, üstünde kapanırsa, altında kapanırsa""",
        C.AFTER: "sonrası, ardından, gelince, önce, sonra tp, gelirse tp, olunca",
        C.READY: """
            hazır, hazırlanın, hazır olun, hazırlık, birazdan, yakında, bekleyin, bekliyoruz,
            bekleyelim, takip, takipte, izliyoruz, belki, olabilir, arıyoruz, düşünüyoruz,
            beklemede, az sonra, planlıyoruz, muhtemel, olası, gelecek, fırsatı kolluyoruz,
            bekleniyor, bekliyorum, düşünüyorum, beklemedeyiz""",
        C.ASK: """
            kim, ne, nasıl, neden, mı, mi, mu, mü, girebilir miyim, alayım mı, kaç, hangi,
            nerede, miyim, mıyım, misiniz, var mı, olur mu, muyuz, miyiz""",
        C.PROMO: """
            katılın, kanal, abone, ücretsiz, bonus, indirim, minimum yatırım, kayıt, iletişim,
            grup, başarı oranı, üyelik, aylık, link, kampanya, çekiliş, katıl, başarı""",
        C.VIEW: """
            destek, direnç, trend, analiz, alıcılar, satıcılar, görünüyor, haber, yükseliş,
            düşüş, baskı, seyrediyor, satış baskısı, alım fırsatı, beklenti, görünüm, işlem
            görüyor, satıcı, alıcı""",
        C.LESSON: "örnek, örneğin, ders, eğitim, mesela, yeni başlayanlar, diyelim",
        C.ME: "ben, benim, bana",
        C.MACHINE: "talimatlar, önceki kurallar, sistem komutu, yoksay",
        C.WITHDRAW: """
            dikkate almayın, yanlış, hata, boşverin, işleme girmeyin, yanlışlıkla""",
        C.CANDLE: "mum, kapanış, mum kapanışı, saatlik kapanış, günlük kapanış",
        C.INVITE: """
            kopyalayın, takip edin, katılın işleme, siz de girin, bizimle girin, beni kopyalayın""",
        C.RETOLD: """
            arşivden, arşiv, en iyi işlem, en iyi işlemimiz, en iyi sinyal, en iyi sinyalimiz,
            hatırladınız mı, hatırlıyor musunuz, ayın işlemi, yılın işlemi, haftanın işlemi""",
        C.FILLER: """
            lütfen, arkadaşlar, günaydın, merhaba, için, da, de, bir, fırsat, hızlı, dikkat, risk
            yönetimi, buradan, iyi, güçlü, açın, açıyoruz, kullanın, bugün, geçerli, işleme,
            giriyoruz, gir, girin, dostlar, kasa yönetimi, düşük lot, olarak""",
    },
    shared={C.BUY: "al", C.SELL: "sat"},
    names={
        "XAUUSD": "altın, ons, ons altın, altın ons, xau ons, altın*",
        "XAGUSD": "gümüş*",
        "USOIL": "ham petrol, petrol",
        "UKOIL": "brent petrol",
        "NATGAS": "doğalgaz, doğal gaz",
        "EURUSD": "euro dolar, eurodolar",
        "GBPUSD": "sterlin dolar, sterlin",
        "USDTRY": "dolar tl, usd tl",
    },
    currencies={
        "EUR": "euro, avro",
        "GBP": "sterlin, pound",
        "AUD": "avustralya doları",
        "USD": "dolar",
        "CAD": "kanada doları",
        "CHF": "frank, isviçre frangı",
        "JPY": "yen",
        "TRY": "lira, tl",
    },
    shared_names={
        "XAUUSD": "altında, altına",
    },
)
