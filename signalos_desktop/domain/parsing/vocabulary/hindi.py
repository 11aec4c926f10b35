"""How Hindi and Urdu channels write, mostly in Latin letters."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "hi",
    words={
        C.BUY: """
            kharido, khareedo, kharid lo, khareed lo, buy karo, buy kro, buy karein, buy kare,
            khareeden, kharidein, khariden, खरीदें, खरीदो, खरीद, buy kijiye, khareed, kharid,
            buy kar lo, buy krlo, خریدیں, خریدو, buy karen, long karo, kharide, buy kar le,
            खरीदिए, ख़रीदें, लॉन्ग, बाय करें, बाय, बाय करो, खरीदारी, खरीदे""",
        C.SELL: """
            becho, bech do, sell karo, sell kro, sell karein, sell kare, bechen, bechein,
            बेचें, बेचो, बेच, sell kijiye, bech, sell kar do, bechna hai, فروخت, بیچیں, بیچو,
            sell karen, short karo, beche, sell kar lo, sell krlo, sell kar le, बेचे, बेचिए,
            शॉर्ट, सेल करें, सेल, सेल करो, बिकवाली""",
        C.BOUGHT: """
            kharida, becha, le liya, liya tha, kharid liya, bech diya, buy kiya, sell kiya, buy
            kiya tha, sell kiya tha""",
        C.NOW: """
            abhi, turant, market price par, abhi ke price, अभी, current price par, cmp par,
            ابھی, foran, abhi abhi, market rate, abi, market pe, tabhi, तुरंत, मार्केट भाव,
            मौजूदा भाव""",
        C.ENTRY: """
            entry lo, daam, bhav, entry karo, entry le, kimat, भाव, entry price par, एंट्री,
            प्रवेश, कीमत, दाम""",
        C.SL: """
            nuksan, stop loss lagao, sl lagao, stop lagao, स्टॉप लॉस, स्टॉपलॉस, stop loss
            rakho, sl rakho, sl rakhe, stoploss lagaye, एसएल, स्टॉप, नुकसान सीमा""",
        C.TP: """
            lakshya, लक्ष्य, टारगेट, munafa, target rakho, target rakhe, ٹارگٹ, tgt rakho,
            टीपी, लक्ष्य एक, टार्गेट, मुनाफा लक्ष्य""",
        C.TP_OPEN: "chalne do, target open rakho, run karne do",
        C.OPEN: "khula, rakho, hold karo",
        C.AT: "pe, ke paas, ke aas paas, पर, ke kareeb, k pas",
        C.FROM: "se, से",
        C.TO: "tak, ko, तक",
        C.ABOVE: "ke upar, upar, ke uper, ऊपर",
        C.BELOW: "ke neeche, niche, neeche, नीचे, ke niche",
        C.AND: "aur, और, phir",
        C.OR: "ya phir, या",
        C.PIPS: "ank, pips ka, points ka, पिप्स, पिप, अंक",
        C.LOT: "din, ghante, log, lot ka, logo",
        C.META: "paisa, poonji",
        C.KEY: "saude, sauda, trade lo, position lo",
        C.CLOSE: """
            band karo, band kro, band kar do, band kardo, close karo, close kro, close kar do,
            nikal jao, exit karo, exit kro, niklo, बंद करो, बंद करें, band karein, close
            karein, close kar lo, close kardo, exit kar lo, kaat do, book karo puri, بند کریں,
            close kare, band kare, क्लोज करें, क्लोज करो, बंद कर दो, निकल जाओ""",
        C.CANCEL: """
            cancel karo, cancel kro, cancel kar do, hatao, hata do, radd karo, delete karo,
            delete kar do, cancel karein, hata lo, रद्द करें, कैंसल करें, कैंसिल करें, रद्द
            करो, हटाएं, हटा दें""",
        C.CANCELLED: "cancel ho gaya, radd",
        C.MOVE: """
            le aao, lao, le aaye, shift karo, move karo, kar do, kar lo, kro, kardo, karein,
            badlo, badal do, lagao, rakho sl, le jao, karo, kar dein, krlo, modify karo, set
            karo, change karo, update karo, trail karo, rakhlo, लाएं, लाओ, करें, ले आएं, ले
            जाएं, ले आओ, सेट करें, करो, कर दो, लगाओ, शिफ्ट करें, मूव करें""",
        C.NEW: "naya, nayi, naye",
        C.TAKE: """
            profit book karo, book karo, book kro, nikal lo, book kar lo, secure karo, book
            kare, profit book kare, प्रॉफिट बुक करो, प्रॉफिट बुक करें, मुनाफा बुक करें, मुनाफा
            वसूलें, बुक करें, बुक करो""",
        C.PARTIAL: "thoda, kuch hissa, thoda profit, kuch",
        C.REDUCE: """
            thoda book karo, partial book karo, partial profit book karo, thoda profit book
            karo, partial profit book kare""",
        C.HALF: """
            aadha, adha, aadhi, adhi, आधा, half position, aadhi position, aadha lot""",
        C.ALL: "sab, sabhi, saari, sare, sari, सभी, pura, puri, saare",
        C.REST: "baki, baaki, bacha hua, baki hold karo, baki ko",
        C.BREAKEVEN: """
            entry pe, cost pe, cost to cost, entry par, ke entry pe, entry price pe, buy price
            pe, cost par, ctc, entry pe le aao, risk free karo, be pe, breakeven pe, एंट्री पर,
            ब्रेकईवन""",
        C.THE: "ye, yeh, is, apni, apna, hamari, woh, iss",
        C.RESULT: """
            lag gaya, lag gya, mil gaya, mil gya, ho gaya, ho gya, chal raha, hit ho gaya, hit
            ho gya, pahunch gaya, badhai, mubarak, aa gaya, aagya, profit me, profit mein, chal
            rahi, cut gaya, kat gaya, kama liye, kamaye, done ho gaya, हिट, लगा, मिल गया, पूरा
            हुआ, बधाई, प्रॉफिट में""",
        C.GAIN: """
            fayda, faida, nuksaan hua, kamai, munafa hua, ghata, kamaya, मुनाफा हुआ, फायदा,
            नुकसान हुआ, प्रॉफिट""",
        C.PAST: """
            pichle, pichle hafte, kal ka, tha, the kal, result aaj ka, kal humne, hafte
            ka, kal, hisaab, beeta""",
        C.NOT: """
            mat, nahi, nahin, na karo, mat karo, mat kharido, mat becho, abhi nahi, nhi, मत,
            नहीं, mt, na lena, door raho""",
        C.IF: """
            agar, jab, yadi, tabhi jab, confirm hone par, अगर, jab tak, confirmation ke baad,
            breakout par, todta hai, اگر, jaise hi, tod de""",
        C.AFTER: "ke baad, ke bad, se pehle, baad",
        C.READY: """
            taiyar, tayyar, taiyar raho, ready raho, thodi der, intezar, intezaar, dekhte,
            shayad, aane wala, nazar rakho, socho, wait karo, ruko, tayar, der me, jald,
            karenge, lenge, milega""",
        C.ASK: """
            kya, kaun, kaise, kyun, kab, kitna, kitne, kaun kaun, koi, kahan, le sakte, karna
            chahiye, क्या, lena chahiye, kis, kisne, kya kare""",
        C.PROMO: """
            judo, jude, group join, muft, shamil, sampark, join karo, join kare, number pe,
            paid group""",
        C.VIEW: "bazar, samarthan, trend lag, mandi, teji, girawat",
        C.LESSON: "udaharan, jaise ki, seekho, maan lo",
        C.ME: "mai, main, maine, mera, mujhe, hum, humne, mene",
        C.WITHDRAW: "galti, galat, ignore karo, mat lo, mat lena, galti se",
        C.FILLER: """
            bhai, bhaiyo, doston, dosto, kripya, ji, hai, hain, ka, ki, ke, me, mein, par,
            karna, aaj, aaj ka, jaldi, dhyan, chota lot, lo, le lo, lelo, sabhi log, yaar, plz,
            zara, lot kam, को, का, की, के, है, भाई""",
        C.LIMIT: "लिमिट",
    },
    shared={C.PAST: "thi"},
    names={
        "XAUUSD": "sona, सोना, sone, سونا, गोल्ड, सोने, gold me, gold mein",
        "XAGUSD": "chandi, चांदी, chaandi, सिल्वर",
        "USOIL": "kaccha tel, कच्चा तेल, crude tel",
        "BTCUSD": "बिटकॉइन",
        "NAS100": "नैस्डैक",
    },
    currencies={
        "EUR": "यूरो",
        "GBP": "पाउंड",
        "USD": "डॉलर",
        "JPY": "येन",
    },
)
