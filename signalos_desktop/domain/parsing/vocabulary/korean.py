"""How Korean channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "ko",
    words={
        C.BUY: "매수, 롱, 매수 진입",
        C.SELL: "매도, 숏, 매도 진입",
        C.NOW: "지금, 시장가, 현재가, 즉시",
        C.LIMIT: "지정가, 리밋",
        C.ENTRY: "진입, 진입가, 가격, 구간",
        C.SL: "손절, 손절가, 스탑, 스탑로스, 스톱",
        C.TP: "익절, 목표가, 목표, 익절가, 타겟",
        C.PIPS: "핍, 포인트",
        C.LEVERAGE: "레버리지, 배율",
        C.KEY: "시그널, 신호, 종목, 방향, 포지션, 거래, 주문",
        C.CLOSE: "청산, 종료, 정리, 청산하세요",
        C.CANCEL: "취소, 삭제, 취소하세요",
        C.MOVE: "이동, 변경, 수정, 옮기세요",
        C.HALF: "절반, 반",
        C.ALL: "전부, 모두, 전체",
        C.BREAKEVEN: "본절, 본전, 본절로, 진입가로",
        C.RESULT: "도달, 달성, 수익중, 손절됨, 익절 완료, 청산됨",
        C.NOT: "안, 하지, 금지, 마세요",
        C.IF: "만약, 경우, 돌파시, 이탈시",
        C.READY: "준비, 대기, 예정, 관망",
    },
    names={
        "XAUUSD": "골드, 금",
        "BTCUSD": "비트코인, 비트",
        "ETHUSD": "이더리움",
        "USOIL": "원유",
        "NAS100": "나스닥",
    },
)
