// mql5.hpp: the functions of MQL5 that this runtime has; what is not here does not compile.
#pragma once
#include "types.hpp"
#include "mql5_enums.hpp"

#define INVALID_HANDLE (-1)
#define WHOLE_ARRAY (-1)
#define DBL_MAX 1.7976931348623158e+308
#define CHAR_MAX 127
#define CHAR_MIN (-128)
#define UCHAR_MAX 255
#define SHORT_MAX 32767
#define SHORT_MIN (-32768)
#define USHORT_MAX 65535
#define INT_MAX 2147483647
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX 4294967295u
#define LONG_MAX 9223372036854775807L
#define LONG_MIN (-LONG_MAX - 1)
#define ULONG_MAX 18446744073709551615ul
#define DBL_MIN 2.2250738585072014e-308
#define DBL_EPSILON 2.2204460492503131e-016
#define FLT_MAX 3.402823466e+38
#define EMPTY_VALUE DBL_MAX
// A pointer to what was deleted is not told from another one.
enum ENUM_POINTER_TYPE : int { POINTER_INVALID, POINTER_DYNAMIC, POINTER_AUTOMATIC };
template<typename T> ENUM_POINTER_TYPE CheckPointer(T *p) { return p ? POINTER_DYNAMIC : POINTER_INVALID; }
template<typename T> T *GetPointer(T &object) { return &object; }
enum mql_codepages : uint { CP_ACP = 0, CP_UTF7 = 65000, CP_UTF8 = 65001 };

struct MqlDateTime { int year, mon, day, hour, min, sec, day_of_week, day_of_year; };
struct MqlTick { datetime time; double bid, ask, last; ulong volume; long time_msc; uint flags; double volume_real; };
struct MqlTradeRequest {
   ENUM_TRADE_REQUEST_ACTIONS action; ulong magic, order; string symbol; double volume, price, stoplimit, sl, tp;
   ulong deviation; ENUM_ORDER_TYPE type; ENUM_ORDER_TYPE_FILLING type_filling; ENUM_ORDER_TYPE_TIME type_time;
   datetime expiration; string comment; ulong position, position_by;
};
struct MqlTradeResult {
   uint retcode; ulong deal, order; double volume, price, bid, ask; string comment; uint request_id; int retcode_external;
};
struct MqlTradeCheckResult {
   uint retcode; double balance, equity, profit, margin, margin_free, margin_level; string comment;
};
struct MqlTradeTransaction {
   ulong deal, order; string symbol; ENUM_TRADE_TRANSACTION_TYPE type; ENUM_ORDER_TYPE order_type;
   ENUM_ORDER_STATE order_state; ENUM_DEAL_TYPE deal_type; ENUM_ORDER_TYPE_TIME time_type; datetime time_expiration;
   double price, price_trigger, price_sl, price_tp, volume; ulong position, position_by;
};

// arrays
template <class T> int ArraySize(const mql_array<T> &a) { return a.size(); }
template <class T> int ArrayResize(mql_array<T> &a, int n, int reserve = 0) { return a.resize(n, reserve); }
template <class T> void ArrayFree(mql_array<T> &a) { a.resize(0, 0); }
template <class T, class V> int ArrayInitialize(mql_array<T> &a, V v) {
   for(int i = 0; i < a.size(); i++) a[i] = (T)v;
   return a.size();
}
template <class T> bool ArrayRemove(mql_array<T> &a, uint start, uint count = (uint)WHOLE_ARRAY) {
   if(a.fixed() || (int)start >= a.size()) return false;
   long room = a.size() - (long)start;
   a.cut((int)start, (long)count > room ? (int)room : (int)count);
   return true;
}
template <class T> int ArrayCopy(mql_array<T> &to, const mql_array<T> &from, int at = 0, int start = 0, int count = WHOLE_ARRAY) {
   int n = count < 0 ? from.size() - start : count;
   if(to.size() < at + n) to.resize(at + n, 0);
   for(int i = 0; i < n; i++) to[at + i] = from[start + i];
   return n;
}
template <class T> bool ArraySetAsSeries(mql_array<T> &a, bool on) { a.set_series(on); return true; }
template <class T> int ArrayRange(const mql_array<mql_array<T>> &a, int rank) { return rank == 0 ? a.size() : a[0].size(); }
template <class T> void ZeroMemory(T &x) { x = T(); }
template <class T> void ZeroMemory(mql_array<T> &a) { for(int i = 0; i < a.size(); i++) a[i] = T(); }

// numbers: the type of the result is the wider one
template <class A, class B> auto MathMax(A a, B b) -> decltype(a + b) { decltype(a + b) x = a, y = b; return x > y ? x : y; }
template <class A, class B> auto MathMin(A a, B b) -> decltype(a + b) { decltype(a + b) x = a, y = b; return x < y ? x : y; }
template <class T> T MathAbs(T v) { return v < 0 ? (T)-v : v; }
double MathRound(double v); double MathFloor(double v); double MathCeil(double v); double MathPow(double a, double b);
double MathSqrt(double v); double MathLog10(double v); double NormalizeDouble(double v, int digits); bool MathIsValidNumber(double v);
int MathRand(); void MathSrand(int seed);

// text
int StringLen(const string s); string StringSubstr(const string s, int from, int length = -1);
int StringFind(const string s, const string what, int from = 0); ushort StringGetCharacter(const string s, int at);
bool StringSetCharacter(string &s, int at, ushort c); int StringReplace(string &s, const string what, const string with);
string ShortToString(ushort c); string CharToString(uchar c); string ColorToString(color c); int StringSplit(const string s, ushort separator, mql_array<string> &out);
int StringTrimLeft(string &s); int StringTrimRight(string &s); bool StringToUpper(string &s); bool StringToLower(string &s);
int StringCompare(const string a, const string b, bool case_sensitive = true);
bool StringAdd(string &s, const string more); bool StringInit(string &s, int length = 0, ushort c = 0);
long StringToInteger(const string s); double StringToDouble(const string s); datetime StringToTime(const string s);
string DoubleToString(double v, int digits = 8); string IntegerToString(long v, int length = 0, ushort fill = ' ');
string TimeToString(datetime v, int mode = TIME_DATE | TIME_MINUTES);
datetime StructToTime(MqlDateTime &t); bool TimeToStruct(datetime v, MqlDateTime &t);
int StringToCharArray(const string s, mql_array<uchar> &a, int start = 0, int count = -1, uint cp = CP_ACP);
string CharArrayToString(const mql_array<uchar> &a, int start = 0, int count = -1, uint cp = CP_ACP);

// formatted output: an argument keeps its MQL5 type, so that a conversion that does not fit is a critical error
struct mql_arg {
   char k; long i; ulong u; double d; string s;
   mql_arg(bool v) : k('b'), i(v), u(v), d(0) {}
   mql_arg(int v) : k('i'), i(v), u((uint)v), d(0) {}
   mql_arg(uint v) : k('u'), i(v), u(v), d(0) {}
   mql_arg(ushort v) : mql_arg((uint)v) {}
   mql_arg(uchar v) : mql_arg((uint)v) {}
   mql_arg(short v) : mql_arg((int)v) {}
   mql_arg(long v) : k('l'), i(v), u((ulong)v), d(0) {}
   mql_arg(ulong v) : k('L'), i((long)v), u(v), d(0) {}
   mql_arg(double v) : k('d'), i(0), u(0), d(v) {}
   mql_arg(float v) : mql_arg((double)v) {}
   mql_arg(datetime v) : k('t'), i(v), u((ulong)(long)v), d(0) {}
   mql_arg(color v) : mql_arg((uint)v) {}
   mql_arg(mql_bool v) : mql_arg(v.v) {}
   mql_arg(const string &v) : k('s'), i(0), u(0), d(0), s(v) {}
   template <class E, class = decltype(mql_name(E()))> mql_arg(E e) : mql_arg((int)e) {}
};
string mql_format(const string &format, const std::vector<mql_arg> &args);
void mql_print(const std::vector<mql_arg> &args);
template <class... A> string StringFormat(const string f, const A &...a) { return mql_format(f, {mql_arg(a)...}); }
template <class... A> void PrintFormat(const string f, const A &...a) { mql_print({mql_arg(mql_format(f, {mql_arg(a)...}))}); }
template <class... A> void Print(const A &...a) { mql_print({mql_arg(a)...}); }
template <class... A> void Alert(const A &...a) { mql_print({mql_arg(a)...}); }
template <class... A> void Comment(const A &...a) { (void)std::vector<mql_arg>{mql_arg(a)...}; }
template <class... A> int StringConcatenate(string &out, const A &...a) {
   string parts[] = {string(a)...};
   out = string();
   for(const string &part : parts) out += part;
   return StringLen(out);
}
template <class E> string EnumToString(E e) { return mql_from_utf8(mql_name(e)); }

// files
int FileOpen(const string name, int flags, short delimiter = '\t', uint cp = CP_ACP); void FileClose(int h); void FileFlush(int h);
bool FileSeek(int h, long offset, ENUM_FILE_POSITION origin); ulong FileTell(int h); ulong FileSize(int h);
bool FileIsEnding(int h); bool FileIsLineEnding(int h); bool FileIsExist(const string name, int common = 0);
bool FileDelete(const string name, int common = 0); bool FileMove(const string from, int common, const string to, int mode);
bool FileCopy(const string from, int common, const string to, int mode); bool FolderCreate(const string name, int common = 0);
long FileFindFirst(const string filter, string &found, int common = 0); bool FileFindNext(long search, string &found); void FileFindClose(long search);
long FileGetInteger(const string name, ENUM_FILE_PROPERTY_INTEGER p, bool common = false); long FileGetInteger(int h, ENUM_FILE_PROPERTY_INTEGER p);
string FileReadString(int h, int length = -1); double FileReadNumber(int h); bool FileReadBool(int h); datetime FileReadDatetime(int h);
uint FileWriteString(int h, const string text, int length = -1); uint mql_file_write(int h, const std::vector<mql_arg> &fields);
template <class... A> uint FileWrite(int h, const A &...a) { return mql_file_write(h, {mql_arg(a)...}); }
uint FileReadArray(int h, mql_array<uchar> &a, int start = 0, int count = WHOLE_ARRAY);
uint FileWriteArray(int h, const mql_array<uchar> &a, int start = 0, int count = WHOLE_ARRAY);
template <class N> N mql_read_number(int h, int size) {
   mql_array<uchar> bytes;
   N v{};
   uint got = FileReadArray(h, bytes, 0, size);
   for(int i = 0; i < (int)got; i++) ((uchar *)&v)[i] = bytes[i];
   return v;
}
template <class N> uint mql_write_number(int h, N v, int size) {
   mql_array<uchar> bytes;
   bytes.resize(size, 0);
   for(int i = 0; i < size; i++) bytes[i] = ((uchar *)&v)[i];
   return FileWriteArray(h, bytes);
}
inline int FileReadInteger(int h, int size = 4) { return mql_read_number<int>(h, size); }
inline long FileReadLong(int h) { return mql_read_number<long>(h, 8); }
inline double FileReadDouble(int h) { return mql_read_number<double>(h, 8); }
inline uint FileWriteInteger(int h, int v, int size = 4) { return mql_write_number(h, v, size); }
inline uint FileWriteLong(int h, long v) { return mql_write_number(h, v, 8); }
inline uint FileWriteDouble(int h, double v) { return mql_write_number(h, v, 8); }

// the program and its terminal
int GetLastError(); void ResetLastError(); bool IsStopped(); void Sleep(int ms); ulong GetTickCount64(); uint GetTickCount(); ulong GetMicrosecondCount();
int UninitializeReason(); datetime TimeGMT(); datetime TimeCurrent(); datetime TimeTradeServer(); datetime TimeLocal(); int TimeGMTOffset();
bool EventSetTimer(int seconds); bool EventSetMillisecondTimer(int ms); void EventKillTimer(); void ExpertRemove();
long TerminalInfoInteger(ENUM_TERMINAL_INFO_INTEGER p); string TerminalInfoString(ENUM_TERMINAL_INFO_STRING p);
long MQLInfoInteger(ENUM_MQL_INFO_INTEGER p); string MQLInfoString(ENUM_MQL_INFO_STRING p);
long AccountInfoInteger(ENUM_ACCOUNT_INFO_INTEGER p); double AccountInfoDouble(ENUM_ACCOUNT_INFO_DOUBLE p); string AccountInfoString(ENUM_ACCOUNT_INFO_STRING p);
string Symbol(); int Digits(); double Point(); long ChartID(); bool SendNotification(const string text);
bool GlobalVariableCheck(const string name); double GlobalVariableGet(const string name); datetime GlobalVariableSet(const string name, double v);
bool GlobalVariableDel(const string name); bool GlobalVariableTemp(const string name); void GlobalVariablesFlush();

// symbols
int SymbolsTotal(bool selected); string SymbolName(int at, bool selected); bool SymbolSelect(const string s, bool on);
bool SymbolInfoTick(const string s, MqlTick &tick); long SymbolInfoInteger(const string s, ENUM_SYMBOL_INFO_INTEGER p);
double SymbolInfoDouble(const string s, ENUM_SYMBOL_INFO_DOUBLE p); string SymbolInfoString(const string s, ENUM_SYMBOL_INFO_STRING p);
bool SymbolInfoInteger(const string s, ENUM_SYMBOL_INFO_INTEGER p, long &v); bool SymbolInfoDouble(const string s, ENUM_SYMBOL_INFO_DOUBLE p, double &v);
bool SymbolInfoSessionTrade(const string s, ENUM_DAY_OF_WEEK day, uint index, datetime &from, datetime &to);

// trading
bool OrderSend(MqlTradeRequest &q, MqlTradeResult &r); bool OrderCheck(MqlTradeRequest &q, MqlTradeCheckResult &r);
bool OrderCalcProfit(ENUM_ORDER_TYPE t, const string s, double volume, double open, double close, double &profit);
bool OrderCalcMargin(ENUM_ORDER_TYPE t, const string s, double volume, double price, double &margin);
int PositionsTotal(); ulong PositionGetTicket(int at); string PositionGetSymbol(int at); bool PositionSelect(const string s); bool PositionSelectByTicket(ulong t);
long PositionGetInteger(ENUM_POSITION_PROPERTY_INTEGER p); double PositionGetDouble(ENUM_POSITION_PROPERTY_DOUBLE p); string PositionGetString(ENUM_POSITION_PROPERTY_STRING p);
int OrdersTotal(); ulong OrderGetTicket(int at); bool OrderSelect(ulong t);
long OrderGetInteger(ENUM_ORDER_PROPERTY_INTEGER p); double OrderGetDouble(ENUM_ORDER_PROPERTY_DOUBLE p); string OrderGetString(ENUM_ORDER_PROPERTY_STRING p);
bool HistorySelect(datetime from, datetime to); bool HistorySelectByPosition(long position); bool HistoryDealSelect(ulong t); bool HistoryOrderSelect(ulong t);
int HistoryDealsTotal(); ulong HistoryDealGetTicket(int at); int HistoryOrdersTotal(); ulong HistoryOrderGetTicket(int at);
long HistoryDealGetInteger(ulong t, ENUM_DEAL_PROPERTY_INTEGER p); double HistoryDealGetDouble(ulong t, ENUM_DEAL_PROPERTY_DOUBLE p); string HistoryDealGetString(ulong t, ENUM_DEAL_PROPERTY_STRING p);
long HistoryOrderGetInteger(ulong t, ENUM_ORDER_PROPERTY_INTEGER p); double HistoryOrderGetDouble(ulong t, ENUM_ORDER_PROPERTY_DOUBLE p); string HistoryOrderGetString(ulong t, ENUM_ORDER_PROPERTY_STRING p);

// inputs: registered under their names; the program sees them read only
struct mql_input {
   mql_input(const char *name, bool &v); mql_input(const char *name, int &v); mql_input(const char *name, uint &v);
   mql_input(const char *name, long &v); mql_input(const char *name, ulong &v); mql_input(const char *name, double &v);
   mql_input(const char *name, string &v); mql_input(const char *name, datetime &v); mql_input(const char *name, color &v);
   mql_input(const char *name, ushort &v); mql_input(const char *name, uchar &v);
   template <class E, class = decltype(mql_name(E()))> mql_input(const char *name, E &v) : mql_input(name, reinterpret_cast<int &>(v)) {}
};

// event handlers: one that the program has not is null
int OnInit() __attribute__((weak)); void OnDeinit(const int) __attribute__((weak)); void OnTick() __attribute__((weak));
void OnTimer() __attribute__((weak)); void OnTrade() __attribute__((weak)); void OnStart() __attribute__((weak));
void OnTradeTransaction(const MqlTradeTransaction &, const MqlTradeRequest &, const MqlTradeResult &) __attribute__((weak));
#if defined(MQL_PERMISSIVE) && defined(MQL_PROGRAM)
#undef NULL
#define NULL 0
#define __FUNCTION__ u"function"_S
#define _Symbol Symbol()
#define _Digits Digits()
#define _Point Point()
#define _Period PERIOD_H1
#define M_PI 3.14159265358979323846
#define fmax MathMax
#define fmin MathMin
#define extern static
#endif
