"""The runtime does what MQL5's documentation says, and refuses what would unload a program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ea_sim.build import BuildError, Program, build
from tests.ea_sim.conftest import MakeWorld, need_compiler
from tests.ea_sim.executors import EaExecutor
from tests.ea_sim.host import CriticalError
from tests.ea_sim.mq5pp import SourceError, translate

SAYS = {
    "DoubleToString(1.1, 8)": "1.10000000",
    "DoubleToString(12345.6789, 2)": "12345.68",
    "DoubleToString(-0.000012, -3)": "-1.200e-05",
    'StringSubstr("abcdef", 2)': "cdef",
    'StringSubstr("abcdef", 2, 2)': "cd",
    '(string)StringFind("abcabc", "c", 3)': "5",
    '(string)StringFind("abc", "x")': "-1",
    "(string)(1 == 1)": "true",
    "(string)D'2026.01.02 03:04'": "2026.01.02 03:04:00",
    'TimeToString(StringToTime("2026-03-04 05:06:07"), TIME_SECONDS)': "05:06:07",
    '(string)(long)StringToTime("rubbish")': "0",
    "IntegerToString(7, 3, '0')": "007",
    "EnumToString(ORDER_TYPE_SELL_STOP)": "ORDER_TYPE_SELL_STOP",
    'StringFormat("%05d|%.2f|%s|%I64u", 42, 1.005, "x", (ulong)7)': "00042|1.00|x|7",
    "(string)StringGetCharacter(\"A\", 0)": "65",
    "DoubleToString(NormalizeDouble(1.23456, 3), 5)": "1.23500",
    "(string)(int)MathMax(3, 5)": "5",
    '(string)StringToInteger("12abc")': "12",
}  # fmt: skip

FILES = """
void OnStart() {
   int h = FileOpen("a.csv", FILE_WRITE | FILE_CSV | FILE_ANSI, ',');
   FileWrite(h, 1, "two", 3.5);
   FileWrite(h, "x,y");
   FileClose(h);
   h = FileOpen("a.csv", FILE_READ | FILE_CSV | FILE_ANSI, ',');
   while(!FileIsEnding(h)) {
      string field = FileReadString(h);
      Print(field, FileIsLineEnding(h) ? "|" : "");
   }
   FileClose(h);
   h = FileOpen("wide.txt", FILE_WRITE | FILE_TXT);
   FileWriteString(h, "a\\nb");
   FileClose(h);
   h = FileOpen("wide.txt", FILE_READ | FILE_TXT);
   string first = FileReadString(h);
   Print(first, FileReadString(h), (string)FileSize(h));
   FileClose(h);
   int none = FileOpen("none.txt", FILE_READ | FILE_BIN);
   Print((string)none, " ", (string)GetLastError());
   int one = FileOpen("b.bin", FILE_WRITE | FILE_BIN);
   int two = FileOpen("b.bin", FILE_READ | FILE_BIN | FILE_SHARE_READ);
   Print((string)(one > 0), (string)two);
   FileClose(one);
   Print((string)FileMove("b.bin", 0, "a.csv", 0));
   Print((string)FileMove("b.bin", 0, "a.csv", FILE_REWRITE));
   Print((string)FileIsExist("b.bin"), (string)FileOpen("..\\\\up.txt", FILE_WRITE | FILE_BIN));
}
"""
FILES_SAY = [
    "1", "two", "3.5|", "x", "y|", "ab" + str(2 + 2 * 4), "-1 5004", "true-1", "false", "true",
    "false-1",
]  # fmt: skip

UNLOADED = {
    "int a[3]; a[3] = 1;": "array out of range",
    "string s = \"ab\"; Print((string)s[2]);": "string index",
    'Print(StringFormat("%d", (long)1));': "width",
    'Print(StringFormat("%s", 1));': "text wanted",
    'Print(StringFormat("%d"));': "too few",
}  # fmt: skip

NOT_COMPILED = {
    'void OnStart() { string s = "a" + 1; }': "no match",
    "void OnStart() { int i = 3000000000; Print(i); }": "conversion",
    "void OnStart() { long l = 5; int i = l; Print(i); }": "conversion",
    "void OnStart() { Later(); } void Later() { }": "not declared",
    "void OnStart() { int unused = 1; }": "unused",
    "input int InpX = 1; void OnStart() { InpX = 2; }": "read-only",
    "void OnStart() { int x = 1; if(x == 1) { int x = 2; Print(x); } }": "shadow",
}


def run_script(make_world: MakeWorld, path: Path, source: str) -> list[str]:
    need_compiler()
    path.write_text(source, "ascii")
    world = make_world(program=Program(path))
    assert isinstance(world.executor, EaExecutor)
    host = world.executor.load({})
    host.event("start")
    return host.log


def test_functions_say_what_the_documentation_says(make_world: MakeWorld, tmp_path: Path) -> None:
    body = " ".join(f"Print({call});" for call in SAYS)
    log = run_script(make_world, tmp_path / "says.mq5", f"void OnStart() {{ {body} }}")
    assert dict(zip(SAYS, log, strict=True)) == SAYS


def test_files_behave_as_in_a_terminal(make_world: MakeWorld, tmp_path: Path) -> None:
    assert run_script(make_world, tmp_path / "files.mq5", FILES) == FILES_SAY


@pytest.mark.parametrize("body", UNLOADED)
def test_what_unloads_a_program_ends_it(make_world: MakeWorld, tmp_path: Path, body: str) -> None:
    with pytest.raises(CriticalError, match=UNLOADED[body]):
        run_script(make_world, tmp_path / "bad.mq5", f"void OnStart() {{ {body} }}")


@pytest.mark.parametrize("source", NOT_COMPILED)
def test_what_metaeditor_warns_of_is_not_compiled(tmp_path: Path, source: str) -> None:
    need_compiler()
    path = tmp_path / "program.mq5"
    path.write_text(source, "ascii")
    with pytest.raises(BuildError, match=NOT_COMPILED[source]):
        build(Program(path))


@pytest.mark.parametrize(
    ("source", "lacking"),
    [("#import \"user32.dll\"\n", "#import"), ("#include <Trade\\Trade.mqh>\n", "Trade.mqh")],
    ids=["import", "include"],
)  # fmt: skip
def test_what_is_lacking_is_named(tmp_path: Path, source: str, lacking: str) -> None:
    path = tmp_path / "program.mq5"
    path.write_text(source, "ascii")
    with pytest.raises(SourceError, match=lacking):
        translate(path, [])


def test_messages_of_the_compiler_name_the_source(tmp_path: Path) -> None:
    need_compiler()
    path = tmp_path / "program.mq5"
    path.write_text("void OnStart() {\n   int a[];\n\n   nonsense();\n}\n", "ascii")
    for permissive in (False, True):
        with pytest.raises(BuildError, match=r"program\.mq5:4:"):
            build(Program(path, permissive=permissive))
