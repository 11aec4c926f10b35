"""How Polish channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "pl",
    words={
        C.BUY: """
            kup, kupno, kupujemy, kupuj, kupić, kupujcie, zakup, pozycja długa, zlecenie kupna,
            długa, kupna, kupuję, kupcie, dokupujemy, na długo, zagrywamy long, gramy long,
            wchodzimy long, otwieramy long, long na""",
        C.SELL: """
            sprzedaj, sprzedaż, sprzedajemy, sprzedać, sprzedawaj, sprzedajcie, pozycja krótka,
            zlecenie sprzedaży, krótka, sprzedaży, sprzedaję, szort, sprzedawajcie, gramy
            short, gramy krótko, wchodzimy short, otwieramy short, zajmujemy krótką""",
        C.BUYS: "longi",
        C.SELLS: "shorty",
        C.BOUGHT: """
            kupiłem, kupiliśmy, sprzedałem, sprzedaliśmy, weszliśmy, wszedłem, kupione,
            sprzedane""",
        C.NOW: """
            teraz, natychmiast, po cenie rynkowej, cena rynkowa, aktualna cena, po aktualnej
            cenie, z rynku, od razu, zlecenie rynkowe, rynkowo, po bieżącej cenie, z ręki""",
        C.LIMIT: "zlecenie limit, limitem, limitu, zlecenie z limitem",
        C.ENTRY: """
            wejście, wejścia, cena wejścia, punkt wejścia, strefa wejścia, cena, strefa,
            zakres, pomiędzy, między, poziom wejścia, wchodzimy, cena otwarcia, strefa kupna,
            otwarcie""",
        C.SL: "stop strata, ochrona, obrona, maksymalna strata, zlecenie obronne",
        C.TP: """
            cel, cele, realizacja zysku, realizacja zysków, zysk na, cel 1, pierwszy cel, drugi
            cel, poziom docelowy, cena docelowa, realizuj zysk""",
        C.TP_OPEN: "bez tp, bez celu, niech rośnie, niech biegnie, pozwól rosnąć",
        C.OPEN: "otwarty, otwarte, trzymaj, trzymamy",
        C.AT: "po, około, w okolicy, koło, przy",
        C.FROM: "od, z",
        C.TO: "do, na",
        C.ABOVE: "powyżej, nad",
        C.BELOW: "poniżej, pod",
        C.AND: "i, oraz, potem",
        C.OR: "lub, albo",
        C.PIPS: "pipsów, pipsy, pipsa, punktów, punkty, pipsow",
        C.LEVERAGE: "dźwignia, lewar",
        C.LOT: "dni, godzin, minut, osób, członków, lota, lotów",
        C.META: "kapitał, depozyt, konto od, wielkość, saldo, wolumen",
        C.RISK: "ryzyko, ryzyko na transakcję, ryzykuj",
        C.CONFIDENCE: "pewność, prawdopodobieństwo",
        C.KEY: """
            sygnał, sygnały, para, para walutowa, instrument, kierunek, zlecenie, zlecenia,
            pozycja, pozycje, pozycję, nowy sygnał, transakcja, transakcje, transakcję, typ,
            zlecenie oczekujące, oczekujące, rodzaj, akcja""",
        C.CLOSE: """
            zamknij, zamykamy, zamknijcie, zamknąć, zamykaj, wychodzimy, wyjdź, wyjście z,
            zamykajcie, zamknijmy, domykamy, domknij, wychodzę, zamykam wszystko, uciekamy,
            ucinamy""",
        C.CANCEL: """
            anuluj, anulujemy, anulować, anulujcie, usuń, usuwamy, usunąć, skasuj, kasujemy,
            odwołaj, usuńcie, skasujcie, kasuj, kasujcie, wycofaj, wycofujemy, wycofajcie,
            zdejmij, zdejmijcie""",
        C.CANCELLED: """
            anulowany, anulowane, anulowana, usunięte, nieaktualne, nieaktualny, odwołany""",
        C.MOVE: """
            przesuń, przesuwamy, przesunąć, przesuńcie, ustaw, ustawiamy, ustawcie, ustawić,
            zmień, zmieniamy, zmieńcie, podnieś, podnosimy, obniż, korekta, poprawka, przenieś,
            przenosimy, zaktualizuj, dajemy, dajcie, przestaw, przestawcie, przesuwajcie,
            podciągnij, podciągamy, podciągnijcie, podnieście, obniżcie, zmieniać, przenieście,
            dajmy""",
        C.MOVED: """
            przesunięty, przesunięte, zmieniony, zaktualizowane, zaktualizowany, zmienione""",
        C.NEW: "nowy, nowe, nowa",
        C.TAKE: "realizujemy, zabezpiecz, zabezpieczamy, zgarnij, realizuj",
        C.PARTIAL: "częściowo, część, częściowy, częściowe, częściową",
        C.REDUCE: """
            częściowo zamknij, zamknij część, zamykamy część, częściowa realizacja, zredukuj,
            częściowe zamknięcie, zamknij częściowo""",
        C.HALF: "połowa, połowę, pół pozycji, pół, polowe",
        C.THIRD: "jedną trzecią",
        C.QUARTER: "ćwierć",
        C.ALL: "wszystko, wszystkie, całość, całą",
        C.REST: "resztę, reszta, zostaw, zostawiamy, pozostałe",
        C.BREAKEVEN: """
            na wejście, na zero, bez ryzyka, na poziom wejścia, na cenę wejścia, próg
            rentowności, na be, do ceny wejścia, do wejścia, do poziomu wejścia, na punkt
            wejścia""",
        C.THE: "tę, ten, ta, te, nasz, naszą, nasze, wasz, swój, obecną, tego",
        C.RESULT: """
            osiągnięty, osiągnięte, trafiony, trafione, zamknięta, zamknięte, zamknięty, w
            zysku, na plusie, zrealizowany, zrealizowane, zrealizowana, gratulacje, wybity,
            wybiło, aktywowane, aktywny, zaliczony, zaliczone, wpadł, siadł, siadło,
            aktywowany, zgarnięte""",
        C.GAIN: """
            zysk, zysku, zyski, strata, straty, wynik, wyniki, zarobiliśmy, plus, wygrana""",
        C.PAST: """
            wczoraj, w zeszłym tygodniu, ubiegły tydzień, podsumowanie, raport, historia,
            statystyki, w tym tygodniu, był, było, były, podsumowanie tygodnia""",
        C.NOT: "nie, brak, nigdy, unikaj, unikajcie, bez transakcji, jeszcze nie",
        C.IF: """
            jeśli, jeżeli, tylko jeśli, gdy, kiedy, pod warunkiem, potwierdzenie, po
            potwierdzeniu, jak tylko, wybicie, po wybiciu, o ile, dopóki""",
        C.AFTER: "po osiągnięciu, przed, po tp, po trafieniu",
        C.READY: """
            przygotujcie, przygotuj, szykujcie, bądźcie gotowi, gotowi, wkrótce, zaraz,
            czekamy, czekaj, obserwujemy, obserwuj, może, możliwy, możliwa, szukamy, niedługo,
            planujemy, potencjalny, rozważam, będziemy""",
        C.ASK: "kto, co, jak, dlaczego, czy, ktoś, gdzie, ile, który, czemu",
        C.PROMO: """
            dołącz, kanał, subskrybuj, za darmo, zniżka, rejestracja, napisz, oferta, grupa,
            bonus, skuteczność, miesięcznie, promocja, dołączcie""",
        C.VIEW: """
            wsparcie, opór, analiza, kupujący, sprzedający, notowania, wygląda, wiadomości,
            prognoza, odbicie, presja""",
        C.LESSON: "przykład, na przykład, początkujący, lekcja, kurs, załóżmy",
        C.ME: "ja, mój, mam, mi",
        C.CANDLE: "świeca, świecy, zamknięcie świecy",
        C.INVITE: "kopiujcie, kopiuj, powtórzcie, wchodźcie ze mną, skopiujcie",
        C.RETOLD: """
            z archiwum, archiwum, najlepszy trade, nasz najlepszy trade, najlepszy sygnał,
            pamiętacie, najlepsza transakcja""",
        C.FILLER: """
            proszę, dla, w, dzień dobry, cześć, zespół, ekipa, zarządzaj, ryzykiem, tutaj,
            dobra, szybko, uwaga, użyj, otwórz, otwieramy, ważne dzisiaj, to, się, jest, mały
            lot""",
    },
    names={
        "XAUUSD": "złot*, złocie, złota, złoto",
        "XAGUSD": "srebro, srebra",
        "USOIL": "ropa, ropa wti, ropę",
        "UKOIL": "ropa brent",
        "NATGAS": "gaz ziemny",
        "EURUSD": "euro dolar, eurodolar",
    },
    currencies={
        "EUR": "euro",
        "GBP": "funt",
        "AUD": "dolar australijski",
        "USD": "dolar",
        "CAD": "dolar kanadyjski",
        "CHF": "frank",
        "JPY": "jen",
        "PLN": "złoty",
    },
)
