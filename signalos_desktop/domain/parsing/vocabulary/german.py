"""How German channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "de",
    words={
        C.BUY: """
            kauf, kaufen, kaufe, kauft, kauforder, kaufsignal, long gehen, wir kaufen,
            kaufposition, long position, long einstieg, kaufauftrag, gekauft wird, nachkaufen,
            kaufempfehlung, kaufchance, long rein, gehen long, long, kaufen wir, einkaufen, ich
            kaufe, ich gehe long, ich bin long ab, kauf jetzt, kaufeinstieg, wir gehen long,
            gehe long, geht long, kf, nachkauf, ich longe, longen""",
        C.SELL: """
            verkauf, verkaufen, verkaufe, verkaufsorder, verkaufssignal, short gehen, wir
            verkaufen, verkaufsposition, short position, short einstieg, leerverkauf,
            verkaufsauftrag, leerverkaufen, verkaufsempfehlung, shorten, shorte, wir shorten,
            gehen short, verkaufen wir, vk, vkf, ich verkaufe, ich gehe short,
            verkaufseinstieg, wir gehen short, gehe short, geht short, ich shorte, verkauft
            den, verkauft das""",
        C.BUYS: "käufe, longs",
        C.SELLS: "verkäufe",
        C.BOUGHT: """
            gekauft, verkauft, eingestiegen, habe gekauft, habe verkauft, wurde gekauft, wurde
            verkauft, haben gekauft, haben verkauft""",
        C.NOW: """
            jetzt, sofort, zum marktpreis, marktpreis, marktorder, aktueller preis, zum
            aktuellen preis, am markt, aktueller kurs, zum aktuellen kurs, marktkauf,
            sofortausführung, direkt, market ausführung, aktuellen preis, aktuell, zum markt,
            per sofort, ab sofort, direkt jetzt, gleich jetzt, ab jetzt, zum jetzigen kurs,
            jetziger kurs, zum kurs jetzt""",
        C.LIMIT: "limit order, limitorder, limitiert, limit-order",
        C.STOP_ORDER: "stoporder, stop-order",
        C.ENTRY: """
            einstieg, einstiege, einstiegspreis, einstiegskurs, einstiegszone, einstiegspunkt,
            einstiegsbereich, eingang, kurs, preis, zone, bereich, zwischen, einstieg bei,
            eröffnungskurs, einstiegsmarke, einstieg ab, eröffnung""",
        C.SL: """
            verlustbegrenzung, stoppverlust, stoppkurs, verluststopp, stop verlust, stopp loss,
            stopploss, stop-kurs, stopkurs, absicherung, stoppmarke, notstopp, verlust stop,
            abgesichert, abgesichert bei, abgesichert unter, abgesichert über, sicherung bei,
            stopp bei, verluststop, stop setzen bei, maximaler verlust, max verlust,
            verlustgrenze""",
        C.TP: """
            ziel, ziele, kursziel, kursziele, gewinnmitnahme, gewinnmitnahmen, gewinnziel,
            gewinnziele, zielmarke, zielkurs, zielzone, take-profit, erstes ziel, zweites ziel,
            drittes ziel, gewinn bei, zielpreis, gewinn mitnehmen, ziel eins, ziel zwei, ziel
            drei, gewinnmarke, gewinnstufe, gewinnmitnahme bei, zielbereich, gewinnmitnahme um,
            gewinn ab""",
        C.TP_OPEN: """
            laufen lassen, ohne tp, ohne ziel, kein tp, kein ziel, offenes ziel, offen lassen,
            weiterlaufen lassen""",
        C.OPEN: "offen, halten",
        C.AT: "bei, um, nahe, etwa, ca, rund um, circa",
        C.FROM: "von, ab",
        C.TO: "bis, auf, zu, zum, bis zu",
        C.ABOVE: "über, oberhalb, oberhalb von, bei ausbruch über, bei bruch von",
        C.BELOW: "unter, unterhalb, unterhalb von",
        C.AND: "und, sowie, danach",
        C.OR: "oder",
        C.PIPS: "punkte, punkten, pips, punkt",
        C.LEVERAGE: "hebel",
        C.LOT: "tage, stunden, mitglieder, minuten, euro, lot, uhr",
        C.META: """
            kapital, einzahlung, konto ab, größe, lotgröße, positionsgröße, guthaben, volumen,
            kontostand, gültig bis, gilt bis, läuft bis, verfall""",
        C.RISK: "risiko, risiko pro trade, riskieren, riskiert, max risiko",
        C.REWARD: "crv, chance risiko verhältnis, chance risiko, chance-risiko",
        C.CONFIDENCE: "konfidenz, wahrscheinlichkeit, vertrauen, zuversicht",
        C.KEY: """
            signal, signale, währungspaar, paar, instrument, richtung, order, orders, handel,
            position, positionen, neues signal, neuer trade, pending order, auftrag, aufträge,
            aktion, typ, symbol, art, basiswert, wert, trade, trades, handelssignal""",
        C.CLOSE: """
            schließen, schliesst, schließt, schließe, schließ, schliessen, aussteigen, steigt
            aus, raus aus, glattstellen, raus, beenden, dichtmachen, zumachen, schließen wir,
            wir schließen, glatt stellen, schliesse, verkauft alles, verkauft euer, nehmt raus,
            glatt, macht zu, mach zu, zumachen bitte, stellt glatt, ausstieg jetzt, macht
            dicht, rausgehen, geht raus, schließ ab, mach dicht, steig aus, geh raus, hol raus,
            schließ bitte""",
        C.CANCEL: """
            stornieren, storniert, löschen, lösche, löscht, streichen, streicht, annullieren,
            abbrechen, entfernen, entfernt, bitte löschen, zurückziehen, lösch, streich,
            storniere, nimm raus, entferne, lösch bitte""",
        C.CANCELLED: """
            gelöscht, gestrichen, ungültig, nicht mehr gültig, hinfällig, abgesagt""",
        C.MOVE: """
            setzen, setzt, setze, verschieben, verschiebt, verschiebe, ziehen, zieht, ziehe,
            nachziehen, nachgezogen wird, anpassen, passt, ändern, ändert, ändere,
            aktualisieren, korrektur, stellen, stellt, absichern, sichern auf, legen, legt,
            nachziehen auf, erhöhen, senken, anheben, setzen wir, hochziehen, hebt, hochsetzen,
            sichern, nachzieht, zurücksetzen, runtersetzen, hochstellen, rückt, schiebt,
            schieben, platziert, platzieren, packt, packen, holt, nehmt den, zieht nach, ziehe
            nach, zieh, setz, stell, verschieb, heb, senk""",
        C.MOVED: """
            verschoben, angepasst, geändert, aktualisiert, nachgezogen, gesetzt""",
        C.NEW: "neuer, neues, neue, neuen",
        C.TAKE: """
            sichern, sichert, mitnehmen, nehmt, nehmen, realisieren, nehmt mit, nimmt, nimm,
            sichere, realisiere, nimm mit""",
        C.PARTIAL: "teilweise, teilgewinn, einen teil, teil, teilposition",
        C.REDUCE: """
            teilgewinne mitnehmen, teilverkauf, teilgewinn mitnehmen, teilschließen, teilweise
            schließen, teilgewinne sichern, teilgewinn sichern, reduzieren, reduziert,
            teilschließung, teilgewinne, teilverkäufe, teilverkauf machen, verkleinern,
            verkleinert, position verkleinern, teil schließen, einen teil schließen, teil raus,
            einen teil raus""",
        C.HALF: "hälfte, die hälfte, halbe position, zur hälfte, halb, halbe",
        C.THIRD: "ein drittel, drittel, zwei drittel",
        C.QUARTER: "ein viertel, viertel, drei viertel",
        C.ALL: "alle, alles, sämtliche, komplett",
        C.REST: "rest, den rest, lasst, lassen, übrige",
        C.BREAKEVEN: """
            einstand, auf einstand, einstieg jetzt, auf einstieg, auf den einstieg, auf
            einstandskurs, einstandskurs, auf break even, risikofrei, auf null, breakeven, auf
            einstiegskurs, auf einstiegspreis, auf entry, kostendeckend, risikolos""",
        C.THE: """
            der, die, das, den, dem, unsere, unseren, euren, eure, dieser, diese, diesen, dein,
            deinen, euer, meine, unser""",
        C.RESULT: """
            erreicht, getroffen, geschlossen, im gewinn, im plus, läuft, laufen, gesichert,
            mitgenommen, glückwunsch, ausgestoppt, aktiviert, ausgelöst, ausgeführt,
            eingesackt, eingefahren, geknackt, im profit, abgeholt, vorne, abgearbeitet, im
            minus, ausgelaufen, gefüllt, glückwünsche""",
        C.GAIN: """
            gewinn, gewinne, profit, verlust, verluste, gewonnen, verloren, ergebnis,
            ergebnisse, gemacht, plus""",
        C.PAST: """
            gestern, letzte woche, letzten monat, zusammenfassung, rückblick, auswertung,
            wochenbericht, bilanz, diese woche, war, waren, hatten, historie, tagesergebnis,
            statistik, monatsergebnis""",
        C.NOT: """
            nicht, kein, keine, keinen, niemals, vermeiden, vermeidet, kein trade, nie, noch
            nicht, finger weg""",
        C.IF: """
            wenn, falls, nur wenn, sobald, sofern, bestätigung, wartet auf, warten auf
            bestätigung, nach bestätigung, bei bestätigung, erst wenn, vorausgesetzt, ausbruch,
            schlusskurs über, schlusskurs unter, sollte, sollten, wenn der kurs""",
        C.AFTER: "nach, nachdem, vor",
        C.READY: """
            bereit, macht euch bereit, vorbereiten, haltet euch bereit, gleich, bald, in kürze,
            warten, wartet, beobachten, beobachtung, suche, suchen, eventuell, vielleicht,
            möglicher, möglich, mögliche, demnächst, achtung gleich, würde, wir warten, könnte,
            im blick, auf der watchlist, watchlist, planen, plane, werden, bereitmachen""",
        C.ASK: """
            wer, was, wie, warum, wann, soll ich, kann ich, sollte ich, jemand, welche,
            welcher, wo, wieviel, lohnt, soll man, kann man, können wir, sollen wir, hat
            jemand, ist das""",
        C.PROMO: """
            tretet, kanal, abonnieren, abo, kostenlos vip, rabatt, mindesteinzahlung, anmelden,
            kontaktiert, angebot, gruppe, bonus, trefferquote, monatlich, pro monat,
            mitgliedschaft, jetzt beitreten, beitreten, link, plätze, werdet""",
        C.VIEW: """
            unterstützung, widerstand, trend, bullisch, bärisch, analyse, käufer, verkäufer,
            notiert, aussicht, nachrichten, verkaufsdruck, kaufdruck, sieht, druck, handelt,
            konsolidiert, ausblick, erholung""",
        C.LESSON: """
            beispiel, zum beispiel, anfänger, lektion, kurs für, lernen, angenommen, schulung,
            beispielsweise""",
        C.ME: "ich, mein, mir, hab, habe",
        C.MACHINE: "anweisungen, ignoriere, vorherige regeln, systembefehl",
        C.WITHDRAW: "ignoriert, fehler, irrtum, vergesst, nicht einsteigen, ungültiges",
        C.CANDLE: """
            kerze, kerzenschluss, schlusskurs, tagesschluss, stundenschluss, kerzen, h1
            schluss, h4 schluss, schluss""",
        C.INVITE: """
            bitte nachmachen, nachmachen, bitte kopieren, kopieren, mitmachen, macht nach, kopiert,
            wer mag, wer will, wer möchte, kopiert mich, macht mit, zum nachmachen, zum
            kopieren, nachhandeln, zum nachhandeln""",
        C.RETOLD: """
            aus dem archiv, archiv, bester trade, unser bester trade, bestes signal, unser bestes
            signal, erinnert ihr euch, erinnert euch, trade des monats, trade des jahres, trade der
            woche, rückblende, wisst ihr noch, größter gewinn, damals""",
        C.FILLER: """
            ein, eine, einen, bitte, mit, für, ist, sind, guten morgen, hallo, team, leute, freunde,
            risikomanagement, beachtet, hier, gute, schnell, achtung, nutzt, eröffnen, im, in, am,
            als, heute gültig, nur heute, auch, euer risiko, gültig, kleine, der trade, an, gerne,
            wir, es, jeder, jeweils, dafür, stattdessen, jungs, mädels, moin, servus, hinein, rein,
            zusammen, heute""",
        C.STOP: "stopp",
    },
    shared={C.NEW: "neu"},
    names={
        "XAUUSD": "goldpreis",
        "XAGUSD": "silber",
        "USOIL": "öl, rohöl, us öl, wti öl",
        "UKOIL": "brent öl",
        "NATGAS": "erdgas, gas",
        "EURUSD": "euro dollar, eurodollar",
        "GBPUSD": "pfund dollar",
        "GER40": "dax 40",
    },
    currencies={
        "EUR": "euro",
        "GBP": "pfund",
        "AUD": "australischer dollar, aussie",
        "NZD": "neuseeland dollar",
        "USD": "dollar, us dollar",
        "CAD": "kanadischer dollar, kanada dollar",
        "CHF": "franken, schweizer franken",
        "JPY": "yen",
    },
)
