// SelfTest.mqh: what the Expert Advisor takes for granted of MQL5, check by check, for the script SignalOSSelfTest.
#ifndef SIGNALOS_SELFTEST_MQH
#define SIGNALOS_SELFTEST_MQH

#include <SignalOS\Crc.mqh>
#include <SignalOS\Market.mqh>
#include <SignalOS\Snapshots.mqh>

#define FOLDER "SignalOS\\selftest"

string g_results[];
int    g_failed = 0;

void Report(const string name, const bool passed, const string text) {
   AddText(g_results, "{" + JsonPair("name", JsonText(name)) + "," + JsonPair("passed", JsonBool(passed)) + "," +
                      JsonPair("text", JsonText(text)) + "}");
   Print(passed ? "ok    " : "FAILED ", name, ": ", text);
   if(!passed)
      g_failed++;
}

void CheckText() {
   PrepareCrc();
   Report("crc", CrcOfText("123456789") == "cbf43926", CrcOfText("123456789"));
   Report("plain number", PlainNumber(1.25, 8) == "1.25" && PlainNumber(100.0, 8) == "100" && PlainNumber(-0.0, 2) == "0",
          PlainNumber(1.25, 8) + " " + PlainNumber(100.0, 8) + " " + PlainNumber(-0.0, 2));
   Report("format", StringFormat("%08x %I64d %I64u", (uint)255, (long)-5, (ulong)7) == "000000ff -5 7",
          StringFormat("%08x %I64d %I64u", (uint)255, (long)-5, (ulong)7));
   string columns[];
   int count = SplitColumns("a,,\"b,c\",d", columns);
   Report("columns", count == 4 && columns[2] == "b,c" && columns[1] == "", (string)count);
   Report("long to text", (string)9007199254740993 == "9007199254740993", (string)9007199254740993);
}

void CheckAppend() {
   g_folder = FOLDER;
   if(FileIsExist(InFolder("rows.csv")))
      FileDelete(InFolder("rows.csv"));
   bool first = AppendRow("rows.csv", "header", "one");
   bool second = AppendRow("rows.csv", "header", "two");
   Line lines[];
   long offset = 0;
   ReadLines("rows.csv", offset, lines);
   bool right = first && second && ArraySize(lines) == 3 && lines[2].text == "two" && offset == 15;
   Report("append and read back", right, (string)ArraySize(lines) + " lines, " + (string)offset + " bytes");
   int torn = FileOpen(InFolder("rows.csv"), FILE_READ | FILE_WRITE | FILE_BIN | FILE_SHARE_READ);
   FileSeek(torn, 0, SEEK_END);
   WriteText(torn, "tor");
   FileClose(torn);
   AppendRow("rows.csv", "header", "three");
   offset = 0;
   ReadLines("rows.csv", offset, lines);
   Report("torn row is closed", ArraySize(lines) == 5 && lines[3].text == "tor!" && lines[4].text == "three",
          ArraySize(lines) > 3 ? lines[3].text : "missing");
}

void CheckMoves() {
   bool first = ReplaceText("moved.json", "first");
   bool second = ReplaceText("moved.json", "second one");
   Report("replace by a move", first && second && FileGetInteger(InFolder("moved.json"), FILE_SIZE) == 10,
          "error " + (string)GetLastError());
   Report("temporary file is gone", !FileIsExist(InFolder("moved.json.tmp")), "moved.json.tmp");
   long modified = FileGetInteger(InFolder("moved.json"), FILE_MODIFY_DATE);
   Report("modification time is UTC", MathAbs(modified - (long)TimeGMT()) < 120, (string)(modified - (long)TimeGMT()) + " s apart");
}

void CheckSharing() {
   string path = InFolder("lock.bin");
   int first = FileOpen(path, FILE_WRITE | FILE_BIN);
   int second = FileOpen(path, FILE_WRITE | FILE_BIN);
   Report("an exclusive file is opened once", first != INVALID_HANDLE && second == INVALID_HANDLE, "error " + (string)GetLastError());
   if(second != INVALID_HANDLE)
      FileClose(second);
   FileClose(first);
   int writer = FileOpen(path, FILE_READ | FILE_WRITE | FILE_BIN | FILE_SHARE_READ | FILE_SHARE_WRITE);
   int reader = FileOpen(path, FILE_READ | FILE_BIN | FILE_SHARE_READ | FILE_SHARE_WRITE);
   Report("a shared file is opened twice", writer != INVALID_HANDLE && reader != INVALID_HANDLE, "error " + (string)GetLastError());
   FileClose(reader);
   FileClose(writer);
   string name = "";
   long search = FileFindFirst(InFolder("*.bin"), name);
   Report("files are listed by name alone", search != INVALID_HANDLE && name == "lock.bin", name);
   FileFindClose(search);
}

void CheckClocks() {
   long off = (long)TimeTradeServer() - (long)TimeGMT();
   Report("server clock", MathAbs(off - ServerOffset()) < 60, (string)ServerOffset() + " s ahead of UTC, read " + (string)off);
   ulong before = GetTickCount64();
   Sleep(50);
   Report("monotonic clock", GetTickCount64() >= before + 40, (string)(GetTickCount64() - before) + " ms in 50");
}

void CheckSymbol() {
   string symbol = SymbolName(0, true);
   double profit = 0.0;
   double margin = 0.0;
   double price = AskOf(symbol);
   bool known = OrderCalcProfit(ORDER_TYPE_BUY, symbol, 1.0, price, price * 0.99, profit) && profit < 0.0;
   Report("loss of a lot", known, symbol + " " + DoubleToString(profit, 2) + " for one percent");
   known = OrderCalcMargin(ORDER_TYPE_BUY, symbol, 1.0, price, margin) && margin > 0.0;
   Report("margin of a lot", known, DoubleToString(margin, 2));
   Report("filling modes", true, (string)SymbolInfoInteger(symbol, SYMBOL_FILLING_MODE) + ", execution " +
          (string)SymbolInfoInteger(symbol, SYMBOL_TRADE_EXEMODE));
}

#endif
