"""Every pair of text and ground that is used can be read, in every set of colours."""

import pytest

from signalos_desktop.ui.theme.density import COMFORTABLE, COMPACT, choose_density
from signalos_desktop.ui.theme.tokens import DARK, LIGHT, Tone, choose_palette, contrast, mix

READABLE = 4.5
SURFACES = ("bg", "panel", "raised", "hover", "selected")
TEXTS = (
    *("text", "text2", "text3", "accent", "buy", "sell"),
    *("profit", "loss", "ok", "bad", "amber", "stale"),
)
WITH_TINTS = {
    "accent_bg": ("text", "accent"),
    "amber_bg": ("text", "text2", "text3", "buy", "sell", "profit", "loss", "ok", "bad", "amber"),
    "loss_bg": ("text", "loss"),
    "bad_bg": ("text", "text2", "text3", "bad"),
    "ok_bg": ("text", "ok"),
    "profit_bg": ("text", "profit"),
    "buy_bg": ("text", "buy"),
    "sell_bg": ("text", "sell"),
    "stale_bg": ("stale",),
    "stop_band": ("text", "text2", "text3", "profit", "loss", "ok", "bad", "sell"),
}
WITH_FILLS = {
    "buy_fill": "white",
    "sell_fill": "white",
    "stop": "white",
    "stop_hover": "white",
    "primary": "primary_text",
    "text": "panel",
    "equity": "panel",
    "stale": "panel",
}
WISHES = [
    {"dark": dark, "colour_blind": blind, "red_up": red_up}
    for dark in (True, False)
    for blind in (True, False)
    for red_up in (True, False)
]


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_every_text_can_be_read(wish: dict[str, bool]) -> None:
    palette = choose_palette(**wish)
    pairs = [(text, ground) for ground in SURFACES for text in TEXTS]
    pairs += [(text, ground) for ground, texts in WITH_TINTS.items() for text in texts]
    pairs += [(text, ground) for ground, text in WITH_FILLS.items()]

    poor = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in pairs}

    assert {pair: ratio for pair, ratio in poor.items() if ratio < READABLE} == {}


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_every_tone_can_be_read_on_its_own_tint_and_on_the_panel(palette: object) -> None:
    colours = DARK if palette is DARK else LIGHT

    for tone in Tone:
        assert contrast(colours[tone.text], colours[tone.tint]) >= READABLE
        assert contrast(colours[tone.text], colours.panel) >= READABLE


@pytest.mark.parametrize(("palette", "part"), [(DARK, 110 / 255), (LIGHT, 90 / 255)])
def test_the_words_on_a_half_filled_hold_button_can_be_read(palette: object, part: float) -> None:
    colours = DARK if palette is DARK else LIGHT
    filled = mix(colours.amber_bg, colours.amber_line, part)

    assert contrast(colours.amber, filled) >= READABLE


def test_red_up_swaps_profit_and_loss_and_leaves_buy_and_sell() -> None:
    usual, swapped = choose_palette(dark=True), choose_palette(dark=True, red_up=True)

    assert (swapped.profit, swapped.loss) == (usual.loss, usual.profit)
    assert (swapped.profit_bg, swapped.loss_bg) == (usual.loss_bg, usual.profit_bg)
    assert (swapped.up, swapped.down) == (usual.down, usual.up)
    assert (swapped.buy, swapped.sell, swapped.stop) == (usual.buy, usual.sell, usual.stop)


@pytest.mark.parametrize("dark", [True, False])
def test_where_gains_are_red_refusals_and_alarms_are_red_too(dark: bool) -> None:
    usual, swapped = choose_palette(dark=dark), choose_palette(dark=dark, red_up=True)

    assert swapped[Tone.BAD.text] == usual.loss
    assert swapped[Tone.OK.text] == usual.profit


@pytest.mark.parametrize("dark", [True, False])
def test_the_colour_blind_set_leaves_the_stop_red(dark: bool) -> None:
    usual = choose_palette(dark=dark)
    blind = choose_palette(dark=dark, colour_blind=True)

    assert (blind.stop, blind.stop_hover, blind.buy) == (usual.stop, usual.stop_hover, usual.buy)
    assert len({usual.profit, usual.loss, blind.profit, blind.loss}) == 4


@pytest.mark.parametrize(
    ("size", "density"),
    [
        ((1920, 1080), COMFORTABLE),
        ((1600, 900), COMFORTABLE),
        ((1599, 900), COMPACT),
        ((1600, 899), COMPACT),
        ((1366, 690), COMPACT),
    ],
)
def test_the_density_follows_the_room(size: tuple[int, int], density: object) -> None:
    assert choose_density(*size) is density


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
