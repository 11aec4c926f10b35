"""The colours by meaning, dark and light, with the colour-blind and the red-up variants; no Qt."""

from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Palette:
    """One colour (#RRGGBB) for each meaning; band_alpha is the drawdown band's, 0 to 255.

    profit and loss colour money, ok and bad states: a refusal stays red where gains are red too.
    """

    dark: bool
    bg: str
    panel: str
    raised: str
    hover: str
    selected: str
    line: str
    line2: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_bg: str
    buy: str
    buy_fill: str
    buy_bg: str
    sell: str
    sell_fill: str
    sell_bg: str
    profit: str
    profit_bg: str
    loss: str
    loss_bg: str
    ok: str
    ok_bg: str
    bad: str
    bad_bg: str
    amber: str
    amber_bg: str
    amber_line: str
    amber_fill: str
    stale: str
    stale_bg: str
    stop: str
    stop_hover: str
    stop_line: str
    stop_band: str
    primary: str
    primary_text: str
    up: str
    down: str
    grid: str
    equity: str
    balance: str
    band_alpha: int
    white: str = "#FFFFFF"

    def __getitem__(self, token: str) -> str:
        """The colour of a token's name; AttributeError if there is none."""
        return str(getattr(self, token))


class Tone(StrEnum):
    """A meaning that colours a chip, an icon or a row."""

    PLAIN = "plain"
    ACCENT = "accent"
    BUY = "buy"
    SELL = "sell"
    PROFIT = "profit"
    LOSS = "loss"
    OK = "ok"
    BAD = "bad"
    AMBER = "amber"
    STALE = "stale"

    @property
    def text(self) -> str:
        """Token of the text colour."""
        return _TONES[self][0]

    @property
    def tint(self) -> str:
        """Token of the ground colour."""
        return _TONES[self][1]


_TONES = {
    Tone.PLAIN: ("text2", "raised"),
    Tone.ACCENT: ("accent", "accent_bg"),
    Tone.BUY: ("buy", "buy_bg"),
    Tone.SELL: ("sell", "sell_bg"),
    Tone.PROFIT: ("profit", "profit_bg"),
    Tone.LOSS: ("loss", "loss_bg"),
    Tone.OK: ("ok", "ok_bg"),
    Tone.BAD: ("bad", "bad_bg"),
    Tone.AMBER: ("amber", "amber_bg"),
    Tone.STALE: ("stale", "stale_bg"),
}

DARK = Palette(
    dark=True,
    bg="#0D1015",
    panel="#151A21",
    raised="#1B222B",
    hover="#222A35",
    selected="#232A3A",
    line="#262E39",
    line2="#3A4554",
    text="#E8EDF4",
    text2="#B0BAC8",
    text3="#8A96A7",
    accent="#A99DFF",
    accent_bg="#28264A",
    buy="#62A6FF",
    buy_fill="#1D66DC",
    buy_bg="#16263F",
    sell="#FF8078",
    sell_fill="#C9342D",
    sell_bg="#3A1C1E",
    profit="#45CB8E",
    profit_bg="#12301F",
    loss="#FF8078",
    loss_bg="#3A1C1E",
    ok="#45CB8E",
    ok_bg="#12301F",
    bad="#FF8078",
    bad_bg="#3A1C1E",
    amber="#F2B84B",
    amber_bg="#33290F",
    amber_line="#7A5D1F",
    amber_fill="#E0A63A",
    stale="#8A96A7",
    stale_bg="#222A34",
    stop="#9E211B",
    stop_hover="#D53128",
    stop_line="#CE5048",
    stop_band="#4A1513",
    primary="#E8EDF4",
    primary_text="#12161C",
    up="#2FA673",
    down="#D9574F",
    grid="#1D242D",
    equity="#C9D3E0",
    balance="#6F7D90",
    band_alpha=48,
)

LIGHT = Palette(
    dark=False,
    bg="#E9EDF2",
    panel="#FFFFFF",
    raised="#F4F6F9",
    hover="#EDF1F6",
    selected="#EEEDFA",
    line="#DCE2E9",
    line2="#B4BFCC",
    text="#121923",
    text2="#445062",
    text3="#5D697A",
    accent="#5546C9",
    accent_bg="#E9E6FC",
    buy="#1558C4",
    buy_fill="#1B62D6",
    buy_bg="#E4EEFD",
    sell="#BC2620",
    sell_fill="#C32B24",
    sell_bg="#FCE8E6",
    profit="#0A7346",
    profit_bg="#E0F4EA",
    loss="#BC2620",
    loss_bg="#FCE8E6",
    ok="#0A7346",
    ok_bg="#E0F4EA",
    bad="#BC2620",
    bad_bg="#FCE8E6",
    amber="#855400",
    amber_bg="#FFF3D6",
    amber_line="#DDB052",
    amber_fill="#D9971A",
    stale="#5D697A",
    stale_bg="#E9EDF2",
    stop="#B4241D",
    stop_hover="#9A1C16",
    stop_line="#8E1B16",
    stop_band="#FCE5E3",
    primary="#1B2430",
    primary_text="#FFFFFF",
    up="#14875A",
    down="#C8413A",
    grid="#EDF0F4",
    equity="#2A3543",
    balance="#8A96A7",
    band_alpha=34,
)


def choose_palette(*, dark: bool, colour_blind: bool = False, red_up: bool = False) -> Palette:
    """The colours for these wishes; red_up swaps profit with loss, everything else stays."""
    palette = DARK if dark else LIGHT
    if colour_blind:
        palette = _colour_blind(palette)
    if red_up:
        palette = replace(
            palette,
            profit=palette.loss,
            profit_bg=palette.loss_bg,
            loss=palette.profit,
            loss_bg=palette.profit_bg,
            up=palette.down,
            down=palette.up,
        )
    return palette


def mix(first: str, second: str, part: float) -> str:
    """The colour `part` (0 to 1) of the way from the first to the second."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    red, green, blue = (round(a + (b - a) * part) for a, b in pairs)
    return f"#{red:02X}{green:02X}{blue:02X}"


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours as WCAG 2 defines it, from 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _colour_blind(palette: Palette) -> Palette:
    if palette.dark:
        return replace(
            palette,
            profit="#6CC3F2",
            profit_bg="#12293A",
            loss="#F29A5C",
            loss_bg="#38240F",
            ok="#6CC3F2",
            ok_bg="#12293A",
            bad="#F29A5C",
            bad_bg="#38240F",
            sell="#F29A5C",
            sell_fill="#B0500A",
            sell_bg="#38240F",
            up="#4AA8DC",
            down="#D9772F",
        )
    return replace(
        palette,
        profit="#0A5A94",
        profit_bg="#E0EFF9",
        loss="#9A4300",
        loss_bg="#FBEBDD",
        ok="#0A5A94",
        ok_bg="#E0EFF9",
        bad="#9A4300",
        bad_bg="#FBEBDD",
        sell="#9A4300",
        sell_fill="#A84B06",
        sell_bg="#FBEBDD",
        up="#1E78B4",
        down="#C1621C",
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [_linear(channel / 255) for channel in _channels(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
