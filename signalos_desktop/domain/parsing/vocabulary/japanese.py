"""How Japanese channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "ja",
    words={
        C.BUY: "買い, ロング, 買いエントリー, 買い注文, 購入",
        C.SELL: "売り, ショート, 売りエントリー, 売り注文, 売却",
        C.NOW: "成行, 今すぐ, 現在価格, 成り行き",
        C.LIMIT: "指値, 指し値",
        C.STOP_ORDER: "逆指値",
        C.ENTRY: "エントリー, 価格, ゾーン, エントリー価格",
        C.SL: "損切り, ストップロス, ストップ, 損切",
        C.TP: """
            利確, 利食い, ターゲット, 目標, 利益確定, テイクプロフィット""",
        C.PIPS: "ポイント, ピップス",
        C.LEVERAGE: "レバレッジ",
        C.KEY: "シグナル, 通貨ペア, 方向, 注文, ポジション, 取引",
        C.CLOSE: "決済, クローズ, 手仕舞い",
        C.CANCEL: "キャンセル, 取消",
        C.MOVE: "移動, 変更, 引き上げ",
        C.HALF: "半分",
        C.ALL: "すべて, 全て, 全決済",
        C.BREAKEVEN: "建値, 損益分岐, 同値, 建値に",
        C.RESULT: "到達, ヒット, 決済済み, 利確済み",
        C.NOT: "ない, しない",
        C.IF: "場合, たら, なら",
        C.READY: "待ち, 準備, 予定",
        C.FILLER: """
            で, に, を, は, の, から, です, ます, が, と,
            お願いします""",
    },
    names={
        "XAUUSD": "ゴールド, 金",
        "USDJPY": "ドル円",
        "EURUSD": "ユーロドル",
        "GBPUSD": "ポンドドル",
        "GBPJPY": "ポンド円",
        "EURJPY": "ユーロ円",
        "BTCUSD": "ビットコイン",
        "JP225": "日経平均",
        "USOIL": "原油",
        "XAGUSD": "シルバー",
    },
)
