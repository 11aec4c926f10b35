"""How Filipino channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "fil",
    words={
        C.BUY: "bili, bumili, bilhin, mag buy, bili na, buy na, buy tayo, bili tayo",
        C.SELL: "benta, ibenta, magbenta, mag sell, benta na, sell na, sell tayo, benta tayo",
        C.BOUGHT: "bumili kami, binili, nabenta, ibinenta, pumasok kami",
        C.NOW: "ngayon, agad, ngayon na, sa market, kasalukuyang presyo",
        C.ENTRY: "pasok, presyo",
        C.TP: "puntirya",
        C.KEY: "posisyon",
        C.CLOSE: "isara, isara na, close na, labas na, mag close",
        C.CANCEL: "kanselahin, burahin, i cancel, tanggalin",
        C.MOVE: "ilipat, i move, itaas, ibaba",
        C.HALF: "kalahati, ang kalahati",
        C.ALL: "lahat",
        C.REST: "natitira",
        C.BREAKEVEN: "sa entry",
        C.RESULT: "tinamaan, naabot, tumama, panalo, congrats sa",
        C.GAIN: "kita, talo",
        C.PAST: "kahapon, noong nakaraang linggo",
        C.NOT: "huwag, wag, hindi",
        C.IF: "kung, kapag, pag nag",
        C.READY: "humanda, maghanda, hintayin, antayin, baka, abangan",
        C.ASK: "bakit, paano, kailan, sino",
        C.PROMO: "sumali, libre",
        C.LESSON: "halimbawa",
        C.FILLER: "na, ng, ang, po, tayo, mga, natin",
    },
    names={"XAUUSD": "ginto"},
)
