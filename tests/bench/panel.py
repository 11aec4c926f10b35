"""The panel: charts, tables, stalls under quotes, first paint, memory; on the offscreen raster."""

import statistics

from tests.bench.figures import Conditions, Figure, percentile, spread

FRAME_MS, TABLE_MS, STALL_MS, PAINT_MS = 16.0, 100.0, 50.0, 400.0


def measure(conditions: Conditions) -> list[Figure]:
    return [*_charts(conditions), *_tables(conditions), *_stall(conditions), *_start(conditions)]


def _charts(conditions: Conditions) -> list[Figure]:
    from tests.bench.ui_charts import POINTS, bench_frame

    frames = bench_frame(conditions.times(POINTS, 10_000), conditions.times(60, 5))
    append = frames.pop("append, all in view")
    how = "median frame of 1200x600, 1,000,000 points, painting included: "
    pans = ", ".join(f"{name} {figure} ms" for name, figure in frames.items())
    return [
        Figure("chart_append_ms", append, "ms", f"{how}append with all in view", FRAME_MS),
        Figure("chart_pan_ms", max(frames.values()), "ms", f"{how}worst of {pans}", FRAME_MS),
    ]


def _tables(conditions: Conditions) -> list[Figure]:
    from tests.bench.ui_tables import ROWS, bench_history

    found = bench_history(conditions.times(ROWS, 2_000))
    sorts = {name: figure for name, figure in found.items() if name.startswith("sort")}
    filters = {name: figure for name, figure in found.items() if name.startswith("filter")}
    how = "100,000 rows, median of 7, painting included, worst of "
    return [
        Figure("table_sort_ms", max(sorts.values()), "ms", how + ", ".join(sorts), TABLE_MS),
        Figure("table_filter_ms", max(filters.values()), "ms", how + ", ".join(filters), TABLE_MS),
    ]


def _stall(conditions: Conditions) -> list[Figure]:
    from tests.bench.ui_stall import bench_stall

    late, memory = bench_stall(conditions.times(20, 2))
    how = "lateness of a 5 ms timer, 50 symbols x 10 quotes a second, 50 positions, whole window: "
    return [
        Figure(
            "panel_stall_p99_ms", percentile(late, 99), "ms", how + spread(late, "ms"), STALL_MS
        ),
        Figure("panel_peak_mib", memory, "MiB", "peak RSS of this process after all of the above"),
    ]


def _start(conditions: Conditions) -> list[Figure]:
    from tests.bench.ui_start import time_start

    times = [time_start(conditions.folder / "start") for _ in range(conditions.times(9, 2))]
    first, panel = ([pair[which] for pair in times] for which in (0, 1))
    how = "from process start, warm, median; "
    return [
        Figure(
            "panel_first_paint_ms",
            statistics.median(first),
            "ms",
            f"{how}first window (the start window): {spread(first, 'ms')}",
            PAINT_MS,
        ),
        Figure(
            "panel_shown_ms",
            statistics.median(panel),
            "ms",
            f"{how}the panel itself, without engine, charts and tables: {spread(panel, 'ms')}",
        ),
    ]
