"""Balance and equity of every account over time, those of earlier sessions before those of now."""

from collections.abc import Mapping, Sequence

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.values import Account

MOST_POINTS = 200_000

# Seconds since 1970, balance, equity; floats, as they only become pixels.
Point = tuple[float, float, float]


class EquityBook:
    """One point a second at most: a later one of the same second takes its place."""

    def __init__(self) -> None:
        self._points: dict[Account, list[Point]] = {}

    def load(self, points: Mapping[Account, Sequence[Point]]) -> None:
        """What earlier sessions have left; only what is older than what is known already."""
        for account, past in points.items():
            known = self._points.get(account, [])
            older = [point for point in past if not known or point[0] < known[0][0]]
            self._points[account] = [*older, *known][-MOST_POINTS:]

    def take(self, state: AccountState, at: float) -> Point | None:
        """None for figures that are none."""
        if not (state.balance.is_finite() and state.equity.is_finite()):
            return None
        point = (float(int(at)), float(state.balance), float(state.equity))
        points = self._points.setdefault(state.account, [])
        if points and point[0] <= points[-1][0]:
            points.pop()
        points.append(point)
        if len(points) > MOST_POINTS:
            del points[: MOST_POINTS // 10]
        return point

    def points(self, account: Account) -> Sequence[Point]:
        return self._points.get(account, ())
