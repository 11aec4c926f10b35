"""The two densities: every size in px that depends on the room there is; no Qt."""

from dataclasses import dataclass

ROOMY = (1600, 900)


@dataclass(frozen=True, slots=True)
class Density:
    """Sizes in px. body to headline are type sizes, the others heights, widths and paddings."""

    compact: bool
    headline: int
    symbol: int
    title: int
    key_figure: int
    emphasis: int
    body: int
    small: int
    caption: int
    strip: int
    account_line: int
    tab_bar: int
    panel_head: int
    row: int
    inbox_row: int
    ticket_row: int
    gate_row: int
    banner: int
    alarm_banner: int
    padding: int
    ticket_padding: int
    gutter: int
    input: int
    button: int
    fire: int
    rail: int
    gate_columns: int


COMFORTABLE = Density(
    compact=False,
    headline=28,
    symbol=20,
    title=20,
    key_figure=22,
    emphasis=14,
    body=13,
    small=12,
    caption=11,
    strip=60,
    account_line=36,
    tab_bar=36,
    panel_head=40,
    row=28,
    inbox_row=76,
    ticket_row=25,
    gate_row=23,
    banner=44,
    alarm_banner=64,
    padding=12,
    ticket_padding=16,
    gutter=4,
    input=28,
    button=32,
    fire=44,
    rail=48,
    gate_columns=2,
)

COMPACT = Density(
    compact=True,
    headline=22,
    symbol=17,
    title=17,
    key_figure=18,
    emphasis=13,
    body=12,
    small=12,
    caption=11,
    strip=56,
    account_line=28,
    tab_bar=28,
    panel_head=32,
    row=24,
    inbox_row=58,
    ticket_row=20,
    gate_row=19,
    banner=40,
    alarm_banner=44,
    padding=8,
    ticket_padding=8,
    gutter=4,
    input=24,
    button=28,
    fire=40,
    rail=40,
    gate_columns=3,
)


def choose_density(width: int, height: int) -> Density:
    """Comfortable from 1600x900 on, compact below in either direction."""
    return COMFORTABLE if width >= ROOMY[0] and height >= ROOMY[1] else COMPACT
