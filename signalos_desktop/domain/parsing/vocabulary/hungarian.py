"""How Hungarian channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "hu",
    words={
        C.BUY: """
            vétel, vétele, vételi, veszünk, vegyünk, vegyetek, vásárlás, vételi megbízás,
            vételi pozíció, vételi jelzés, megveszem, veszem, vásárolj, vásároljatok,
            hosszú pozíció, longolunk, longolom""",
        C.SELL: """
            eladás, eladása, eladási, eladunk, adjuk, adjatok el, adj el, eladni, eladom,
            eladási megbízás, eladási pozíció, eladási jelzés, rövid pozíció, shortolunk,
            shortolom""",
        C.BOUGHT: "vettünk, vettem, eladtunk, eladtam, beszálltunk, beszálltam",
        C.NOW: """
            most, azonnal, piaci áron, piaci ár, aktuális áron, azonnali, mostani áron,
            jelenlegi áron""",
        C.LIMIT: "limites, limit megbízás, limitáras",
        C.ENTRY: """
            belépő, belépés, belépési ár, beszálló, beszállási ár, belépési pont, belépési zóna,
            zóna, árfolyam, áron, nyitóár, sáv""",
        C.SL: "stopár, veszteségkorlát, veszteség limit, stoploss szint",
        C.TP: "cél, célár, célárak, célok, profitcél, célszint, első cél, második cél",
        C.OPEN: "nyitott, tartjuk",
        C.AT: "körül, környékén",
        C.ABOVE: "felett, fölött",
        C.BELOW: "alatt",
        C.AND: "és, valamint",
        C.OR: "vagy",
        C.PIPS: "pipet, pont, pontot",
        C.LEVERAGE: "tőkeáttétel",
        C.RISK: "kockázat",
        C.KEY: """
            jelzés, jel, pozíció, pozíciót, pozíciók, pozíciókat, megbízás, megbízást, ügylet,
            irány, devizapár, függő megbízás, függő megbízást""",
        C.CLOSE: """
            zárd, zárjuk, zárjátok, zárni, zárjatok, zárás, lezárni, zárjuk le, szálljunk ki,
            szálljatok ki, kiszállás""",
        C.CANCEL: "töröld, töröljük, töröljétek, törölni, törlés, vonjátok vissza",
        C.CANCELLED: "törölve, érvénytelen",
        C.MOVE: """
            húzni, húzzuk, húzzátok, húzd, tegyük, tegyétek, tedd, állítsuk, állítsátok,
            állítsd, módosítsuk, módosítsátok, módosítás, mozgassuk, vigyük, emeljük""",
        C.MOVED: "módosítva, áthelyezve, frissítve",
        C.NEW: "új",
        C.PARTIAL: "részben, egy részét, részleges",
        C.REDUCE: "részleges zárás, részzárás, részben zárjuk, csökkentsük",
        C.HALF: "fele, felét, a felét",
        C.ALL: "összes, az összes, mindet, mindent, minden",
        C.REST: "maradék, a többi, többit",
        C.BREAKEVEN: """
            belépőre, a belépőre, beszállóra, belépési árra, nullára, nullszaldóra, nullszaldó,
            kockázatmentes""",
        C.RESULT: """
            elérte, elértük, teljesült, megvolt, zártuk, zártam, lezárva, zárva, kiütötte,
            kiütve, gratulálok, gratulálunk, pluszban, nyereségben, aktiválódott, elérve""",
        C.GAIN: "nyereség, profitot, veszteség, eredmény, hozott, nyertünk, veszítettünk",
        C.PAST: "tegnap, múlt héten, heti összefoglaló, összesítés, statisztika, ezen a héten",
        C.NOT: "ne, nem, ne vegyetek, ne adjatok el, ne lépjetek be, nincs",
        C.IF: "amennyiben, amint, amikor, csak ha, megerősítés, ha áttöri",
        C.AFTER: "után, előtt, miután",
        C.READY: "készüljetek, várjunk, várunk, várjatok, talán, hamarosan, lehetséges, figyeljük",
        C.ASK: "mikor, miért, hogyan, valaki, szerintetek",
        C.PROMO: "csatlakozz, csatlakozzatok, ingyenes, előfizetés, kedvezmény, csoport",
        C.VIEW: "ellenállás, támasz, elemzés, hírek, vevők, eladók",
        C.LESSON: "példa, például, kezdőknek",
        C.ME: "én, nekem",
        C.WITHDRAW: "tévedés, hibás jel, hiba",
        C.FILLER: "kérlek, kérem, figyelem, sziasztok, srácok",
    },
    names={
        "XAUUSD": "arany, aranyat, aranyra, aranyban",
        "XAGUSD": "ezüst, ezüstöt",
        "USOIL": "olaj, olajat, kőolaj",
    },
    currencies={
        "EUR": "euró",
        "GBP": "font",
        "USD": "dollár",
        "JPY": "jen",
    },
)
