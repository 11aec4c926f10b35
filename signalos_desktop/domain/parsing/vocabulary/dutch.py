"""How Dutch channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "nl",
    words={
        C.BUY: """
            kopen, koop, koopt, kooporder, koopsignaal, we kopen, long gaan, aankoop, koopje
            nu, ik koop, wij kopen, we gaan long, ik ga long, ga long, kopen we, inkopen""",
        C.SELL: """
            verkopen, verkoop, verkoopt, verkooporder, verkoopsignaal, we verkopen, short gaan,
            ik verkoop, wij verkopen, we gaan short, ik ga short, ga short, verkopen we""",
        C.BUYS: "aankopen",
        C.BOUGHT: "gekocht, verkocht, ingestapt",
        C.NOW: """
            nu, direct, meteen, marktprijs, tegen marktprijs, marktorder, huidige prijs, tegen
            huidige prijs, onmiddellijk, op de markt""",
        C.LIMIT: "limietorder, limiet, limietkoop",
        C.ENTRY: """
            instap, instapprijs, instapzone, instappunt, prijs, instapniveau, tussen, koopzone,
            instappen, zone, koers, ingang""",
        C.SL: "stopverlies, verlieslimiet, stop verlies, maximaal verlies",
        C.TP: """
            doel, doelen, koersdoel, winstdoel, winst nemen, winstneming, neem winst, eerste
            doel, tweede doel, winstdoelen, koersdoelen""",
        C.TP_OPEN: "laten lopen, laat lopen, geen tp, zonder tp, geen doel",
        C.OPEN: "open laten, aanhouden, vasthouden",
        C.AT: "op, bij, rond",
        C.FROM: "van, vanaf",
        C.TO: "naar, tot",
        C.ABOVE: "boven",
        C.BELOW: "onder",
        C.AND: "en",
        C.OR: "of",
        C.PIPS: "punten, pips",
        C.LEVERAGE: "hefboom",
        C.LOT: "dagen, uur, leden, minuten",
        C.META: "kapitaal, storting, inleg, grootte, saldo",
        C.RISK: "risico, risico per trade",
        C.CONFIDENCE: "vertrouwen, waarschijnlijkheid",
        C.KEY: """
            signaal, signalen, paar, order, richting, positie, posities, nieuw signaal,
            transactie, valutapaar, wachtende order, trade""",
        C.CLOSE: "sluiten, sluit, sluiten we, uitstappen, stap uit, eruit",
        C.CANCEL: "annuleren, annuleer, verwijderen, verwijder, schrappen, schrap",
        C.CANCELLED: "geannuleerd, verwijderd, vervallen, ongeldig",
        C.MOVE: """
            zet, zetten, verplaats, verplaatsen, verschuif, aanpassen, pas aan, wijzig,
            wijzigen, correctie, verhoog, verlaag, breng""",
        C.MOVED: "verplaatst, aangepast, gewijzigd, bijgewerkt",
        C.NEW: "nieuw, nieuwe",
        C.TAKE: "neem, pak, verzilver",
        C.PARTIAL: "gedeeltelijk, gedeeltelijke, deels, een deel, deelwinst",
        C.REDUCE: """
            gedeeltelijk sluiten, deels sluiten, neem gedeeltelijke winst, deelwinst nemen,
            neem deels winst, sluit gedeeltelijk, sluit deels""",
        C.HALF: "helft, de helft, halve positie",
        C.THIRD: "een derde",
        C.QUARTER: "een kwart",
        C.ALL: "alle, alles, allemaal",
        C.REST: "rest, de rest, laat",
        C.BREAKEVEN: """
            naar instap, op instap, naar entry, naar de instapprijs, op de instapprijs, naar
            instapprijs, risicovrij, quitte, break-even, naar instapniveau""",
        C.THE: "de, onze, jullie, deze, dit, jouw, mijn, je",
        C.RESULT: """
            geraakt, bereikt, gesloten, in winst, loopt, gefeliciteerd, uitgestopt,
            geactiveerd, gepakt, behaald, gevuld""",
        C.GAIN: """
            winst, winsten, verlies, verliezen, resultaat, resultaten, gewonnen""",
        C.PAST: """
            gisteren, vorige week, vorige maand, samenvatting, overzicht, weekrapport, deze
            week, terugblik, was, waren""",
        C.NOT: "niet, geen, nooit, vermijd, geen trade, nog niet",
        C.IF: """
            als, alleen als, wanneer, zodra, mits, tenzij, bevestiging, wacht op""",
        C.AFTER: "na, nadat, voor",
        C.READY: """
            maak je klaar, klaar, binnenkort, straks, wachten, wacht, misschien, mogelijk,
            mogelijke, houd in de gaten, zoeken, kijken naar, zo meteen, bijna""",
        C.ASK: """
            wie, wat, hoe, waarom, moet ik, kan ik, iemand, welke, waar, zal ik""",
        C.PROMO: """
            word lid, kanaal, abonneer, gratis, korting, aanmelden, aanbieding, groep, per
            maand, lid""",
        C.VIEW: """
            steun, weerstand, analyse, kopers, verkopers, noteert, nieuws, lijkt""",
        C.LESSON: "voorbeeld, bijvoorbeeld, beginners, les, cursus, stel",
        C.ME: "ik, mij",
        C.CANDLE: "kaars, slotkoers, candle",
        C.INVITE: "kopieer, kopieer mij, doe mee, doe maar mee, kopieer deze trade, volg mij",
        C.RETOLD: """
            uit het archief, archief, beste trade, onze beste trade, beste signaal, weet je nog,
            trade van de maand, trade van het jaar""",
        C.FILLER: """
            een, aub, alsjeblieft, met, is, goedemorgen, hallo, team, jongens, risicobeheer,
            hier, goed, snel, let op, gebruik, in, ook, vandaag geldig, gaan, we, jullie risico""",
    },
    shared={
        C.THE: "het",
    },
    names={
        "XAUUSD": "goud, goudprijs",
        "XAGUSD": "zilver",
        "USOIL": "olie, ruwe olie",
        "NATGAS": "aardgas",
    },
    currencies={
        "EUR": "euro",
        "GBP": "pond",
        "AUD": "australische dollar",
        "USD": "dollar",
        "CAD": "canadese dollar",
        "CHF": "frank, zwitserse frank",
        "JPY": "yen",
    },
)
