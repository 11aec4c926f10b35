"""How Czech and Slovak channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "cs",
    words={
        C.BUY: """
            nákup, koupit, kupujeme, koupíme, nakupujeme, kup, kúpiť, nákupní, nakupte, nakup,
            kupte, kupuju, kupuji, nákup za, jdeme long, kupujte, nakupovať, kupujem, nakupujem""",
        C.SELL: """
            prodej, prodat, prodáváme, prodejte, predaj, predávame, prodejní, prodáváme na,
            prodávám, jdeme short, predávam, predajte, prodejní pokyn""",
        C.BOUGHT: "koupili jsme, prodali jsme, nakoupili",
        C.NOW: "nyní, teď, za tržní cenu, okamžitě, tržní, ihned",
        C.ENTRY: "vstup, vstupní cena, cena, zóna, vstupní zóna",
        C.SL: "ztráta",
        C.TP: "cíl, cíle, ciel, ciele, cílová cena",
        C.AT: "kolem",
        C.ABOVE: "nad",
        C.BELOW: "pod",
        C.LEVERAGE: "páka",
        C.KEY: "signál, obchod, obchody, pozice, pozici, příkaz, objednávka",
        C.CLOSE: "zavřete, zavřít, zavíráme, uzavřete, uzavřít, zatvorte, ukončete",
        C.CANCEL: "zrušte, zrušit, rušíme, smažte, zrušte příkaz",
        C.MOVE: "posuňte, posunout, posouváme, přesuňte, nastavte, změňte",
        C.NEW: "nový, nová, nové",
        C.HALF: "polovinu, polovina, půlku",
        C.ALL: "všechny, vše, všechno",
        C.REST: "zbytek",
        C.BREAKEVEN: "na vstup, bez rizika",
        C.RESULT: "zasažen, dosažen, dosaženo, splněn, uzavřeno, gratulujeme",
        C.GAIN: "zisk, ztrátu",
        C.PAST: "včera, minulý týden, souhrn, přehled",
        C.NOT: "nekupujte, neprodávejte, nevstupujte, žádný",
        C.IF: "pokud, jestli, když, až",
        C.AFTER: "poté, předtím",
        C.READY: "připravte se, čekáme, možná, brzy, očekáváme",
        C.ASK: "kdo, proč, jak, kde, mám",
        C.PROMO: "připojte se, předplatné, sleva, zdarma, skupina",
        C.VIEW: "odpor, podpora, analýza, zprávy",
        C.LESSON: "příklad, například",
        C.WITHDRAW: "omyl, omylem, chyba",
        C.FILLER: "prosím, pozor, pro",
    },
    names={"XAUUSD": "zlato, zlata, zlatě", "XAGUSD": "stříbro", "USOIL": "ropa, ropu"},
    currencies={
        "EUR": "euro",
        "GBP": "libra",
        "USD": "dolar",
        "JPY": "jen",
    },
)
