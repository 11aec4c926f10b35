"""How Serbian, Croatian, Bosnian and Slovene channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "sr",
    words={
        C.BUY: """
            kupi, kupite, kupujem, kupujemo, kupovina, kupnja, kupiti, kupujte, kupovni nalog,
            nakup, kupimo, kupuj, otvaramo long, ulazimo long, idemo long, куповина, купујемо,
            купи""",
        C.SELL: """
            prodaj, prodajte, prodajem, prodajemo, prodaja, prodati, prodajni nalog, prodamo,
            otvaramo short, ulazimo short, idemo short, продаја, продајемо, продај""",
        C.BOUGHT: "kupili smo, prodali smo, kupio sam, prodao sam, ušli smo, ušao sam",
        C.NOW: """
            sada, odmah, po tržišnoj ceni, po tržišnoj cijeni, tržišna cena, tržišna cijena,
            trenutna cena, trenutna cijena, takoj, zdaj, сада""",
        C.LIMIT: "limit nalog, limitirani nalog",
        C.STOP_ORDER: "stop nalog",
        C.ENTRY: """
            ulaz, ulazna cena, ulazna cijena, ulazak, cena, cijena, ulazna zona, vstop, улаз""",
        C.SL: "stop gubitka, zaustavi gubitak",
        C.TP: "cilj, ciljevi, meta, mete, ciljna cena, prvi cilj, drugi cilj, циљ",
        C.AT: "oko, kod, okoli",
        C.ABOVE: "iznad, nad",
        C.BELOW: "ispod",
        C.AND: "te",
        C.OR: "ili, ali",
        C.PIPS: "pipova, pipsa, poena",
        C.KEY: """
            nalog, nalozi, naloge, pozicija, pozicije, poziciju, trgovina, trgovine, trejd,
            smer, smjer, par valuta, valutni par, signali""",
        C.CLOSE: """
            zatvorite, zatvaramo, zatvori, zatvoriti, zatvorimo, izlazimo, izađite, zaprite,
            затворите""",
        C.CANCEL: """
            otkažite, otkazujemo, otkaži, obrišite, obriši, brišemo, poništite, poništi,
            prekličite""",
        C.CANCELLED: "otkazan, otkazano, poništen, nevažeći",
        C.MOVE: """
            pomerite, pomeramo, pomeri, pomaknite, pomičemo, pomakni, prebacite, prebacujemo,
            stavite, stavljamo, stavi, podesite, podignite, premaknite, промените""",
        C.NEW: "novi, nova, novo",
        C.PARTIAL: "delimično, djelomično, deo, dio",
        C.HALF: "polovinu, polovina, pola, polovico",
        C.ALL: "sve, svi, sva, sav",
        C.REST: "ostatak, preostalo",
        C.BREAKEVEN: """
            na ulaz, na ulaznu cenu, na ulaznu cijenu, na nulu, bez rizika, na vstop, на улаз""",
        C.RESULT: """
            pogođen, pogođena, dostignut, dostigao, zatvoreno, zatvorena, čestitamo, čestitke,
            ispunjen, aktiviran, u profitu, u plusu""",
        C.GAIN: "dobit, gubitak, zaradili, rezultat",
        C.PAST: "juče, jučer, prošle nedelje, prošli tjedan, rezime, pregled",
        C.NOT: "ne kupujte, ne prodajte, ne ulazite, nemojte",
        C.IF: "ako, samo ako, ukoliko, kada, čim, potvrda",
        C.AFTER: "nakon, posle, pre, prije",
        C.READY: "pripremite se, čekamo, čekajte, možda, uskoro, pratimo",
        C.ASK: "zašto, kako, da li",
        C.PROMO: "pridružite se, besplatno, pretplata, popust, grupa",
        C.VIEW: "otpor, podrška, analiza, vesti, vijesti",
        C.LESSON: "primer, primjer, na primer",
        C.WITHDRAW: "greška, greškom, pogrešan signal",
        C.FILLER: "molim, pažnja, ljudi, za",
    },
    names={
        "XAUUSD": "zlato, zlata, zlatu, злато",
        "XAGUSD": "srebro, srebra",
        "USOIL": "nafta, naftu, sirova nafta",
    },
    currencies={
        "EUR": "evro",
        "GBP": "funta",
        "USD": "dolar",
        "JPY": "jen",
    },
)
