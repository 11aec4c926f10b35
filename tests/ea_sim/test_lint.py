"""The source keeps to the safe subset, and the lint knows what leaves it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ea_sim.build import CACHE, EA, EXPERT, RUNTIME, Program, build
from tests.ea_sim.conftest import need_compiler
from tests.ea_sim.lint import lint

SOURCES = sorted(path for path in EA.rglob("*") if path.suffix in (".mq5", ".mqh"))
LONGEST_PROGRAM, LONGEST_INCLUDE = 150, 300

OUTSIDE = {
    "auto x = 1;": "auto",
    "void F() { int *p = NULL; }": "NULL",
    "void F(S &s) { s->x = 1; }": "arrow",
    "int &F(int &a) { return a; }": "return a reference",
    "void F(const string &s) { }": "by value",
    "struct S { int a; };\nvoid F(S s) { }": "error 293",
    "void F(int a[]) { }": "error 294",
    "struct S { int a; };\nS F() { S s; return s; }": "results that are structs",
    "struct S { int a = 1; };": "plain members only",
    "int G() { return 1; }\nint g_x = G();": "begins with a literal",
    "void F() { static int a = G(); }\nint G() { return 1; }": "begins with a literal",
    "void F() { int a[3][2]; }": "one dimension",
    "void F() { int a[], b[]; }": "one array",
    "int StringLen(const string s) { return 0; }": "error 271",
    "void F() { printf(1); }": "neither MQL5",
    "void F() { std::sort(1); }": "scope",
    "#pragma once": "directive",
    "#if 1\n#endif": "directive",
    "enum { A };": "needs a name",
    "void F() { int x = 1; G(&x); }\nvoid G(int x) { }": "address",
    "void F() { int &r = g_x; }": "reference variable",
    'string s = "\\x41";': "escape",
    "unsigned int u;": "unsigned",
    "template<typename T> void F(T a) { }": "template",
    'string s = "\u00e9";': "ASCII",
    f"int {'a' * 64};": "longer than 63",
    "color c = C'1,2,3';": "colour",
    "namespace N { }": "namespace",
    "float f;": "float",
}


def test_the_source_keeps_to_the_subset() -> None:
    assert [str(one) for one in lint(SOURCES)] == []


def test_files_are_short() -> None:
    long = {
        path.name: count
        for path in SOURCES
        if (count := len(path.read_text("ascii").splitlines()))
        > (
            LONGEST_PROGRAM
            if path.suffix == ".mq5" and "Experts" in path.parts
            else LONGEST_INCLUDE
        )
    }
    assert long == {}


@pytest.mark.parametrize("source", OUTSIDE, ids=range(len(OUTSIDE)))
def test_what_leaves_the_subset_is_named(source: str, tmp_path: Path) -> None:
    path = tmp_path / "program.mq5"
    path.write_text(source, "utf-8")
    assert any(OUTSIDE[source] in one.text for one in lint([path])), lint([path])


def test_whole_numbers_are_no_conditions() -> None:
    """MetaEditor warns of them, g++ does not; clang-tidy does where it is installed."""
    tidy = shutil.which("clang-tidy") or shutil.which("clang-tidy-14")
    if tidy is None:
        pytest.skip("no clang-tidy: apt-get install clang-tidy")
    need_compiler()
    source = CACHE / f"{build(Program(EXPERT)).name}.cpp"
    checks = "-checks=-*,readability-implicit-bool-conversion"
    done = subprocess.run(
        [tidy, checks, str(source), "--", "-std=c++17", f"-I{RUNTIME}", f"-I{CACHE}/include"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    findings = [line for line in done.stdout.splitlines() if "warning:" in line]
    assert findings == []
