"""Scores the parser on a labelled file: python tests/score/score.py FILE [--errors N]."""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # runs as a plain script too

from signalos_desktop.domain.parsing import read, to_schema  # noqa: E402 - after the path
from tests.score.compare import Row, Verdict, judge  # noqa: E402 - after the path

Scored = tuple[Row, Row, Verdict]


def load(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def score(rows: Iterable[Row]) -> list[Scored]:
    """Each row with the parser's answer and the verdict on it."""
    out: list[Scored] = []
    for row in rows:
        reply_to = (row.get("context") or {}).get("reply_to")
        got = to_schema(read(row["text"], reply_to=reply_to), row["id"])
        out.append((row, got, judge(got, row["expect"])))
    return out


def rates(scored: list[Scored]) -> tuple[float, float, float]:
    """Shares: exact of all, false trades of rows that must not trade, missed of tradable rows."""
    verdicts = [verdict for _, _, verdict in scored]
    tradable = [v for v in verdicts if v.may_trade]
    return (
        _share(sum(v.exact for v in verdicts), len(verdicts)),
        _share(sum(v.false_trade for v in verdicts), len(verdicts) - len(tradable)),
        _share(sum(v.missed for v in verdicts), len(tradable)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def table(scored: list[Scored]) -> list[str]:
    """Rows, exact, false trades and missed trades by family."""
    families: dict[str, list[Scored]] = defaultdict(list)
    for item in scored:
        families[item[0]["family"]].append(item)
    lines = [f"{'family':18} {'rows':>5} {'exact %':>8} {'false trades':>13} {'missed':>7}"]
    for name, items in families.items():
        false = sum(v.false_trade for _, _, v in items)
        missed = sum(v.missed for _, _, v in items)
        lines.append(f"{name:18} {len(items):5} {100 * rates(items)[0]:8.1f} {false:13} {missed:7}")
    return lines


def confusion(scored: list[Scored]) -> list[str]:
    """What was wanted against what came, and which fields were wrong."""
    pairs = Counter((v.wanted, v.got) for _, _, v in scored if v.wanted != v.got)
    fields = Counter(name for _, _, v in scored for name in v.wrong)
    lines = [f"{wanted} read as {got}: {count}" for (wanted, got), count in pairs.most_common()]
    return lines + [f"wrong {name}: {count}" for name, count in fields.most_common()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", type=int, default=20, help="how many misread rows to print")
    arguments = parser.parse_args()
    scored = score(load(arguments.file))
    print("\n".join(table(scored)))
    print("\n".join(confusion(scored)) or "nothing confused")
    for row, got, verdict in [item for item in scored if not item[2].exact][: arguments.errors]:
        print(f"\n{row['id']} {', '.join(verdict.wrong)}: {row['text']!r}")
        print(f"  wanted {json.dumps(row['expect'])}\n  got    {json.dumps(got)}")
    exact, false_trade, missed = rates(scored)
    print(f"exact={exact:.4f} false_trade={false_trade:.4f} missed={missed:.4f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
