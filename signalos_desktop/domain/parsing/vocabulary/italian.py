"""How Italian channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "it",
    words={
        C.BUY: """
            comprare, compra, compriamo, comprate, acquisto, acquistare, acquista, acquistiamo,
            acquistate, ordine di acquisto, compro ora, entrata long, in acquisto, posizione
            long, rialzista entrata, compro, io compro, entriamo long, andiamo long, entrate
            long, vado long, long su, prendiamo long, ordine long, si compra""",
        C.SELL: """
            vendere, vendiamo, vendete, vendita, ordine di vendita, in vendita, posizione
            short, vende, shortiamo, shortare, shortate, vendo, entriamo short, andiamo short,
            entrate short, vado short, short su, shorta, si vende, vendi ora, vendi subito""",
        C.BUYING: "comprando, acquistando",
        C.SELLING: "vendendo",
        C.BUYS: "acquisti",
        C.SELLS: "vendite",
        C.BOUGHT: """
            comprato, venduto, acquistato, abbiamo comprato, abbiamo venduto, ho comprato, ho
            venduto""",
        C.NOW: """
            ora, adesso, subito, a mercato, al mercato, prezzo di mercato, prezzo attuale, al
            prezzo attuale, immediato, immediatamente, immediata, prezzo corrente, al prezzo di
            mercato""",
        C.LIMIT: "limite, ordine limite, ordine limit",
        C.ENTRY: """
            entrata, ingresso, ingressi, prezzo di entrata, prezzo di ingresso, prezzo
            d'ingresso, punto di ingresso, punto di entrata, zona di entrata, zona d'ingresso,
            zona di ingresso, entrare, entriamo, prezzo, zona, tra, area di ingresso, apertura,
            prezzo di apertura, livello di ingresso, fascia""",
        C.SL: """
            stop perdita, perdita massima, limite di perdita, stop di perdita, blocco perdite,
            protezione, perdita max, perdita massima a, limite perdita""",
        C.TP: """
            obiettivo, obiettivi, prendere profitto, presa di profitto, presa profitto, target
            di profitto, primo obiettivo, secondo obiettivo, terzo obiettivo, incasso, uscita,
            prese di profitto, ob, guadagno a, profitto a""",
        C.TP_OPEN: """
            lasciare correre, lascia correre, senza tp, senza obiettivo, obiettivo aperto,
            lasciar correre, lasciatelo correre""",
        C.OPEN: "aperto, aperta, mantenere, tenere",
        C.AT: "vicino a, intorno a, presso, circa",
        C.FROM: "da, dal, a partire da",
        C.TO: "fino a, al",
        C.ABOVE: "sopra, al di sopra di, oltre, superiore a",
        C.BELOW: "sotto, al di sotto di, inferiore a",
        C.AND: "e, poi",
        C.OR: "o, oppure",
        C.PIPS: "punti, punto",
        C.LEVERAGE: "leva, leva finanziaria",
        C.LOT: "lotto, lotti, giorni, ore, minuti, membri, euro",
        C.META: "capitale, deposito, conto da, dimensione, saldo, lottaggio",
        C.RISK: "rischio, rischio per trade, rischiare, rischiate",
        C.REWARD: "rischio rendimento, rischio/rendimento",
        C.CONFIDENCE: "fiducia, probabilità, affidabilità",
        C.KEY: """
            segnale, segnali, coppia, strumento, direzione, ordine, ordini, operazione,
            operazioni, posizione, posizioni, nuovo segnale, nuova operazione, ordine pendente,
            pendente, azione, tipo, simbolo, trade, tipo di ordine""",
        C.CLOSE: """
            chiudere, chiudete, chiudi, chiudiamo, uscire, uscite, usciamo, esci, liquidare,
            chiudo tutto, togli, chiudo""",
        C.CANCEL: """
            cancellare, cancellate, cancella, cancelliamo, annullare, annullate, annulla,
            annulliamo, eliminare, eliminate, elimina, rimuovere, rimuovete, rimuovi, togliere,
            togliete""",
        C.CANCELLED: "annullato, annullata, cancellato, cancellata, annullati",
        C.MOVE: """
            spostare, spostate, sposta, spostiamo, mettere, mettete, metti, mettiamo,
            impostare, impostate, imposta, portare, portate, porta, portiamo, modificare,
            modificate, modifica, alzare, alzate, alza, abbassare, abbassate, aggiornare,
            aggiornate, correzione, cambiare, cambiate, cambia, abbassa, aggiorna""",
        C.MOVED: """
            spostato, modificato, aggiornato, aggiornata, cambiato, aggiornati, portato""",
        C.NEW: "nuovo, nuova, nuovi",
        C.TAKE: """
            incassare, incassate, incassa, mettere al sicuro, assicurate, prendete, prendere,
            incassiamo, prendiamo, portare a casa, portiamo a casa, prendi, metti in tasca""",
        C.PARTIAL: "parziale, parziali, parzialmente, una parte",
        C.REDUCE: """
            prendere parziali, prendete parziali, prendi parziale, chiudere parziale, chiusura
            parziale, ridurre, riducete, parziale ora, prendiamo parziali, chiudere
            parzialmente, chiudete parzialmente, chiudete una parte""",
        C.HALF: "metà, la metà, meta posizione, mezza",
        C.THIRD: "un terzo, due terzi",
        C.QUARTER: "un quarto",
        C.ALL: "tutto, tutti, tutte, tutta",
        C.REST: "resto, il resto, restante, lasciate, lasciare, rimanente",
        C.BREAKEVEN: """
            pareggio, a pareggio, in pareggio, al prezzo di ingresso, all'ingresso, a ingresso,
            al punto di ingresso, all'entrata, senza rischio, rischio zero, al prezzo di
            entrata, a entrata, punto di pareggio, prezzo di ingresso ora, ad ingresso, in
            pari, a pari, al pari""",
        C.THE: """
            il, lo, la, gli, le, nostra, nostro, vostra, vostro, questo, questa, questi,
            queste, mio, mia""",
        C.RESULT: """
            raggiunto, raggiunta, raggiunti, colpito, preso, presi, toccato, chiuso, chiusa,
            chiusi, in profitto, in guadagno, in corso, complimenti, attivato, attivata,
            eseguito, incassati, centrato, in verde, in positivo, stoppato, portati a casa""",
        C.GAIN: """
            profitto, profitti, guadagno, guadagni, vinto, perso, perdite, perdita, risultato,
            risultati, guadagnato""",
        C.PAST: """
            ieri, settimana scorsa, mese scorso, riepilogo, storico, resoconto, questa
            settimana, risultati di, report settimanale, statistiche, scorsa settimana""",
        C.NOT: """
            non, mai, evitate, evitare, nessun trade, nessuna operazione, fuori dal mercato,
            non ancora, niente""",
        C.IF: """
            solo se, quando, nel caso, purché, a meno che, una volta, conferma, aspettare
            conferma, attendere conferma, appena, rompe, rottura di, a condizione, finché""",
        C.AFTER: "dopo, prima, dopo il, prima di, prima del, prima della",
        C.READY: """
            preparatevi, pronti, preparati, state pronti, presto, in arrivo, aspettare,
            aspettate, aspettiamo, attesa, attendere, attendete, tenete d'occhio, cerchiamo,
            possibile, forse, potrebbe, a breve, stiamo cercando, osservare, monitorare,
            valutando""",
        C.ASK: """
            chi, quale, come, perché, qualcuno, posso, devo, dove, quanto, dovrei, conviene,
            possiamo, cosa""",
        C.PROMO: """
            unisciti, canale, iscriviti, abbonamento, gratis vip, promozione, sconto, deposito
            minimo, registrati, contatta, offerta, gruppo, bonus, successo, al mese, posti,
            scrivimi, unitevi, iscrivetevi""",
        C.VIEW: """
            supporto, resistenza, trend, rialzista, ribassista, analisi, pressione, compratori,
            venditori, quota, sembra, prospettiva, notizie, rimbalzo, scambia""",
        C.LESSON: """
            esempio, per esempio, ad esempio, principianti, lezione, corso, immagina,
            supponiamo""",
        C.ME: "io, ho, sono",
        C.MACHINE: "istruzioni, regole precedenti, ignora, sistema",
        C.WITHDRAW: "ignorate, errore, non entrate, dimenticate, non valido",
        C.CANDLE: "candela, chiusura candela, candele, chiusura h1, chiusura h4",
        C.INVITE: """
            seguitemi, copiate, copiatemi, seguite, copiate pure, fate come me, copiate il trade""",
        C.RETOLD: """
            dall'archivio, archivio, miglior trade, il miglior trade, il nostro miglior trade,
            miglior segnale, vi ricordate, ricordate, trade del mese, trade dell'anno, trade della
            settimana""",
        C.FILLER: """
            di, del, della, dei, un, una, per, favore, per favore, con, è, buongiorno, ciao,
            ragazzi, team, famiglia, gestione del rischio, gestite, qui, buona, rapido, attenzione,
            usate, aprire, aprite, che, valido oggi, amici, traders, vostro rischio""",
        C.STOP_ORDER: "ordine stop",
    },
    shared={C.IF: "se", C.THE: "i", C.SELL: "vendi"},
    names={
        "XAUUSD": "oro, l'oro",
        "XAGUSD": "argento",
        "USOIL": "petrolio, greggio",
        "UKOIL": "petrolio brent",
        "EURUSD": "euro dollaro",
        "GBPUSD": "sterlina dollaro",
        "NATGAS": "gas naturale",
    },
    currencies={
        "EUR": "euro",
        "GBP": "sterlina",
        "AUD": "dollaro australiano",
        "NZD": "dollaro neozelandese",
        "USD": "dollaro",
        "CAD": "dollaro canadese",
        "CHF": "franco, franco svizzero",
        "JPY": "yen",
    },
)
