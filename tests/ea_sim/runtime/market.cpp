// market.cpp: account, symbols, positions, orders and history, asked of the host and kept while nothing changes.
#include "link.hpp"
#include <cstdlib>
#include <functional>
#include <map>
#include <set>

static const char RECORD = '\x1e', FIELD = '\x1c';
typedef std::vector<Fields> Table;

static Table table(const std::string &text) {
   Table rows;
   if(text.empty()) return rows;
   for(const std::string &row : split(text, RECORD)) rows.push_back(split(row, FIELD));
   return rows;
}

[[noreturn]] static void lacks(const char *what, const char *name) {
   mql_critical((std::string(what) + ": " + name + " is lacking in this runtime").c_str());
}

// ---- what is kept ------------------------------------------------------------------------------
static bool have_state, have_quotes;
static Fields account, permissions;
static Table positions, orders;
static std::map<std::string, Fields> quotes;
static std::map<std::string, Fields> specs;
static std::vector<std::string> watched;
static bool have_specs;
static std::map<std::pair<long, long>, Table> deals_since, old_orders_since;
static std::map<std::string, double> margins;

void forget_picture() {
   have_state = have_quotes = false;
   deals_since.clear();
   old_orders_since.clear();
   margins.clear();
}

static void need_state() {
   if(have_state) return;
   Fields a = ask({"state"});
   account = split(a[1], FIELD);
   permissions = split(a[2], FIELD);
   positions = table(a[3]);
   orders = table(a[4]);
   have_state = true;
}
static void need_specs() {
   if(have_specs) return;
   specs.clear();
   watched.clear();
   for(Fields &row : table(ask({"specs"})[1])) {
      watched.push_back(row[0]);
      specs[row[0]] = row;
   }
   have_specs = true;
}
static void need_quotes() {
   if(have_quotes) return;
   quotes.clear();
   for(Fields &row : table(ask({"quotes"})[1])) quotes[row[0]] = row;
   have_quotes = true;
}

// ---- clock and environment ---------------------------------------------------------------------
static long gmt, server_offset, last_tick;
static ulong tick_count;
static int deinit_reason;
static std::map<std::string, double> globals;

void set_clock(const Fields &f, size_t from) {
   if(f.size() < from + 4) return;
   gmt = as_long(f[from]);
   tick_count = as_ulong(f[from + 1]);
   server_offset = as_long(f[from + 2]);
   last_tick = as_long(f[from + 3]);
}
#ifdef MQL_PERMISSIVE
static void live_clock() { set_clock(ask({"clock"}), 1); }
#else
static void live_clock() {}
#endif
int GetLastError() { return mql_last_error; }
void ResetLastError() { mql_last_error = 0; }
bool IsStopped() { return mql_stopped; }
void Sleep(int ms) { set_clock(ask({"sleep", number((long)ms)}), 1); forget_picture(); }
ulong GetTickCount64() { live_clock(); return tick_count; }
uint GetTickCount() { return (uint)GetTickCount64(); }
ulong GetMicrosecondCount() { return GetTickCount64() * 1000; }
int UninitializeReason() { return deinit_reason; }
void note_deinit(int reason) { deinit_reason = reason; }
datetime TimeGMT() { live_clock(); return gmt; }
datetime TimeLocal() { return TimeGMT(); }
int TimeGMTOffset() { return 0; }
datetime TimeCurrent() { live_clock(); return last_tick; }
datetime TimeTradeServer() { live_clock(); return gmt + server_offset; }
bool EventSetTimer(int seconds) { return ok(ask({"timer", number(1000L * seconds)})); }
bool EventSetMillisecondTimer(int ms) { return ok(ask({"timer", number((long)ms)})); }
void EventKillTimer() { ask({"timer", "0"}); }
void ExpertRemove() { ask({"remove"}); mql_stopped = true; }
bool SendNotification(const string) { return false; }
string Symbol() { need_specs(); return watched.empty() ? string() : mql_from_utf8(watched[0]); }
int Digits() { return (int)SymbolInfoInteger(Symbol(), SYMBOL_DIGITS); }
double Point() { return SymbolInfoDouble(Symbol(), SYMBOL_POINT); }
long ChartID() { return 132000000000000001L; }
bool GlobalVariableCheck(const string name) { return globals.count(mql_utf8(name)) > 0; }
double GlobalVariableGet(const string name) { auto i = globals.find(mql_utf8(name)); return i == globals.end() ? 0.0 : i->second; }
datetime GlobalVariableSet(const string name, double v) { globals[mql_utf8(name)] = v; return TimeGMT(); }
bool GlobalVariableDel(const string name) { return globals.erase(mql_utf8(name)) > 0; }
bool GlobalVariableTemp(const string name) { return globals.emplace(mql_utf8(name), 0.0).second; }
void GlobalVariablesFlush() {}

long TerminalInfoInteger(ENUM_TERMINAL_INFO_INTEGER p) {
   need_state();
   if(p == TERMINAL_CONNECTED) return as_long(permissions[0]);
   if(p == TERMINAL_TRADE_ALLOWED) return as_long(permissions[1]);
   if(p == TERMINAL_BUILD) return 5000;
   lacks("TerminalInfoInteger", mql_name(p));
}
string TerminalInfoString(ENUM_TERMINAL_INFO_STRING p) { return mql_from_utf8(ask({"terminal", mql_name(p)})[1]); }
long MQLInfoInteger(ENUM_MQL_INFO_INTEGER p) {
   if(p == MQL_TESTER || p == MQL_OPTIMIZATION || p == MQL_DEBUG) return 0;
   need_state();
   return as_long(permissions[2]);
}
string MQLInfoString(ENUM_MQL_INFO_STRING) { return string(u"program"); }
long AccountInfoInteger(ENUM_ACCOUNT_INFO_INTEGER p) {
   need_state();
   switch(p) {
      case ACCOUNT_LOGIN: return as_long(account[0]);
      case ACCOUNT_TRADE_MODE: return as_long(account[4]);
      case ACCOUNT_LEVERAGE: return as_long(account[5]);
      case ACCOUNT_MARGIN_MODE: return as_long(account[6]);
      case ACCOUNT_CURRENCY_DIGITS: return as_long(account[7]);
      case ACCOUNT_TRADE_EXPERT: return as_long(permissions[3]);
      case ACCOUNT_TRADE_ALLOWED: return as_long(permissions[4]);
   }
   lacks("AccountInfoInteger", mql_name(p));
}
double AccountInfoDouble(ENUM_ACCOUNT_INFO_DOUBLE p) { need_state(); return as_double(account[8 + (size_t)p]); }
string AccountInfoString(ENUM_ACCOUNT_INFO_STRING p) {
   need_state();
   if(p == ACCOUNT_SERVER) return mql_from_utf8(account[1]);
   if(p == ACCOUNT_COMPANY) return mql_from_utf8(account[2]);
   return p == ACCOUNT_CURRENCY ? mql_from_utf8(account[3]) : string(u"Account");
}

// ---- symbols -----------------------------------------------------------------------------------
static const Fields *spec_of(const string &s) {
   need_specs();
   auto i = specs.find(mql_utf8(s));
   if(i == specs.end()) { mql_last_error = 4301; return nullptr; }
   return &i->second;
}
static const Fields *quote_of(const string &s) {
   need_quotes();
   auto i = quotes.find(mql_utf8(s));
   return i == quotes.end() ? nullptr : &i->second;
}
int SymbolsTotal(bool) { need_specs(); return (int)watched.size(); }
string SymbolName(int at, bool) { need_specs(); return at < 0 || at >= (int)watched.size() ? string() : mql_from_utf8(watched[(size_t)at]); }
bool SymbolSelect(const string s, bool) {
   if(spec_of(s)) return true;
   if(!ok(ask({"select", mql_utf8(s)}))) return false;
   have_specs = have_quotes = false;
   return spec_of(s) != nullptr;
}
bool SymbolInfoTick(const string s, MqlTick &tick) {
   const Fields *q = quote_of(s);
   tick = MqlTick();
   if(!q) return false;
   tick.bid = as_double((*q)[1]);
   tick.ask = as_double((*q)[2]);
   tick.time_msc = as_long((*q)[3]);
   tick.time = datetime(tick.time_msc / 1000);
   return true;
}
long SymbolInfoInteger(const string s, ENUM_SYMBOL_INFO_INTEGER p) {
   const Fields *spec = spec_of(s);
   if(!spec) return 0;
   const Fields *q = p == SYMBOL_TIME || p == SYMBOL_TIME_MSC ? quote_of(s) : nullptr;
   switch(p) {
      case SYMBOL_TIME: return q ? as_long((*q)[3]) / 1000 : 0;
      case SYMBOL_TIME_MSC: return q ? as_long((*q)[3]) : 0;
      case SYMBOL_SELECT: case SYMBOL_VISIBLE: case SYMBOL_EXIST: return 1;
      default: return as_long((*spec)[4 + (size_t)p]);
   }
}
double SymbolInfoDouble(const string s, ENUM_SYMBOL_INFO_DOUBLE p) {
   const Fields *spec = spec_of(s);
   if(!spec) return 0.0;
   const Fields *q = quote_of(s);
   switch(p) {
      case SYMBOL_BID: case SYMBOL_LAST: return q ? as_double((*q)[1]) : 0.0;
      case SYMBOL_ASK: return q ? as_double((*q)[2]) : 0.0;
      case SYMBOL_TRADE_TICK_VALUE: case SYMBOL_TRADE_TICK_VALUE_PROFIT: return q ? as_double((*q)[4]) : as_double((*spec)[22]);
      case SYMBOL_TRADE_TICK_VALUE_LOSS: return q ? as_double((*q)[5]) : as_double((*spec)[23]);
      default: return as_double((*spec)[15 + (size_t)p]);
   }
}
string SymbolInfoString(const string s, ENUM_SYMBOL_INFO_STRING p) {
   const Fields *spec = spec_of(s);
   return !spec || p == SYMBOL_DESCRIPTION ? s : mql_from_utf8((*spec)[1 + (size_t)p]);
}
bool SymbolInfoInteger(const string s, ENUM_SYMBOL_INFO_INTEGER p, long &v) { v = SymbolInfoInteger(s, p); return spec_of(s) != nullptr; }
bool SymbolInfoDouble(const string s, ENUM_SYMBOL_INFO_DOUBLE p, double &v) { v = SymbolInfoDouble(s, p); return spec_of(s) != nullptr; }
bool SymbolInfoSessionTrade(const string s, ENUM_DAY_OF_WEEK day, uint index, datetime &from, datetime &to) {
   const Fields *spec = spec_of(s);
   if(!spec) return false;
   Fields days = split((*spec)[30], '|');
   Fields one = split(days[(size_t)day], ' ');
   if(days[(size_t)day].empty() || index >= one.size()) return false;
   Fields ends = split(one[index], '-');
   from = datetime(as_long(ends[0]) * 60);
   to = datetime(as_long(ends[1]) * 60);
   return true;
}

// ---- trading -----------------------------------------------------------------------------------
static Fields request(const char *verb, const MqlTradeRequest &q) {
   return {verb, number((long)q.action), number(q.magic), number(q.order), mql_utf8(q.symbol), number(q.volume), number(q.price),
           number(q.stoplimit), number(q.sl), number(q.tp), number(q.deviation), number((long)q.type), number((long)q.type_filling),
           number((long)q.type_time), number((long)q.expiration), mql_utf8(q.comment), number(q.position)};
}
bool OrderSend(MqlTradeRequest &q, MqlTradeResult &r) {
   before_effect("send:" + std::string(mql_name(q.action)).substr(13));
   Fields a = ask(request("send", q));
   after_effect();
   forget_picture();
   r = MqlTradeResult();
   if(a.size() < 12) return false;
   r.retcode = (uint)as_ulong(a[2]);
   r.deal = as_ulong(a[3]);
   r.order = as_ulong(a[4]);
   r.volume = as_double(a[5]);
   r.price = as_double(a[6]);
   r.comment = mql_from_utf8(a[7]);
   set_clock(a, 8);
   return a[1] == "1";
}
bool OrderCheck(MqlTradeRequest &q, MqlTradeCheckResult &r) {
   Fields a = ask(request("check", q));
   r = MqlTradeCheckResult();
   r.retcode = (uint)as_ulong(a[1]);
   r.comment = a.size() > 2 ? mql_from_utf8(a[2]) : string();
   return r.retcode == 0;
}
bool OrderCalcProfit(ENUM_ORDER_TYPE t, const string s, double volume, double open, double close, double &profit) {
   Fields a = ask({"profit", number((long)t), mql_utf8(s), number(volume), number(open), number(close)});
   profit = ok(a) ? as_double(a[1]) : 0.0;
   return ok(a);
}
bool OrderCalcMargin(ENUM_ORDER_TYPE t, const string s, double volume, double price, double &margin) {
   Fields q{"margin", number((long)t), mql_utf8(s), number(volume), number(price)};
   std::string key = q[1] + FIELD + q[2] + FIELD + q[3] + FIELD + q[4];
   auto known = margins.find(key);
   if(known == margins.end()) {
      Fields a = ask(q);
      if(!ok(a)) { margin = 0.0; return false; }
      known = margins.emplace(key, as_double(a[1])).first;
   }
   margin = known->second;
   return true;
}

// ---- positions and orders ----------------------------------------------------------------------
static Fields position, order;
int PositionsTotal() { need_state(); return (int)positions.size(); }
ulong PositionGetTicket(int at) {
   need_state();
   if(at < 0 || at >= (int)positions.size()) { mql_last_error = 4753; return 0; }
   position = positions[(size_t)at];
   return as_ulong(position[0]);
}
string PositionGetSymbol(int at) { return PositionGetTicket(at) ? mql_from_utf8(position[2]) : string(); }
static bool select_position(size_t column, const std::string &value) {
   need_state();
   for(const Fields &p : positions)
      if(p[column] == value) { position = p; return true; }
   mql_last_error = 4753;
   return false;
}
bool PositionSelect(const string s) { return select_position(2, mql_utf8(s)); }
bool PositionSelectByTicket(ulong t) { return select_position(0, number(t)); }
long PositionGetInteger(ENUM_POSITION_PROPERTY_INTEGER p) {
   switch(p) {
      case POSITION_TICKET: return as_long(position.at(0));
      case POSITION_IDENTIFIER: return as_long(position.at(1));
      case POSITION_TYPE: return as_long(position.at(3));
      case POSITION_MAGIC: return as_long(position.at(11));
      case POSITION_TIME: return as_long(position.at(13)) / 1000;
      case POSITION_TIME_MSC: return as_long(position.at(13));
   }
   return 0;
}
double PositionGetDouble(ENUM_POSITION_PROPERTY_DOUBLE p) { return as_double(position.at(4 + (size_t)p)); }
string PositionGetString(ENUM_POSITION_PROPERTY_STRING p) { return mql_from_utf8(position.at(p == POSITION_SYMBOL ? 2 : 12)); }

static long order_integer(const Fields &o, ENUM_ORDER_PROPERTY_INTEGER p) {
   switch(p) {
      case ORDER_TICKET: return as_long(o[0]);
      case ORDER_TYPE: return as_long(o[2]);
      case ORDER_STATE: return as_long(o[3]);
      case ORDER_MAGIC: return as_long(o[9]);
      case ORDER_TIME_SETUP: return as_long(o[11]) / 1000;
      case ORDER_TIME_SETUP_MSC: return as_long(o[11]);
      case ORDER_TIME_EXPIRATION: return as_long(o[12]);
      case ORDER_TYPE_TIME: return as_long(o[13]);
      case ORDER_TYPE_FILLING: return ORDER_FILLING_RETURN;
      case ORDER_TIME_DONE: return as_long(o[14]) / 1000;
      case ORDER_TIME_DONE_MSC: return as_long(o[14]);
      case ORDER_POSITION_ID: return as_long(o[15]);
   }
   return 0;
}
static double order_double(const Fields &o, ENUM_ORDER_PROPERTY_DOUBLE p) { return p > ORDER_TP ? 0.0 : as_double(o[4 + (size_t)p]); }
static string order_string(const Fields &o, ENUM_ORDER_PROPERTY_STRING p) { return mql_from_utf8(o[p == ORDER_SYMBOL ? 1 : 10]); }
int OrdersTotal() { need_state(); return (int)orders.size(); }
ulong OrderGetTicket(int at) {
   need_state();
   if(at < 0 || at >= (int)orders.size()) { mql_last_error = 4754; return 0; }
   order = orders[(size_t)at];
   return as_ulong(order[0]);
}
bool OrderSelect(ulong t) {
   need_state();
   for(const Fields &o : orders)
      if(as_ulong(o[0]) == t) { order = o; return true; }
   mql_last_error = 4754;
   return false;
}
long OrderGetInteger(ENUM_ORDER_PROPERTY_INTEGER p) { return order_integer(order, p); }
double OrderGetDouble(ENUM_ORDER_PROPERTY_DOUBLE p) { return order_double(order, p); }
string OrderGetString(ENUM_ORDER_PROPERTY_STRING p) { return order_string(order, p); }

// ---- history: the selected list ------------------------------------------------------------------
// Orders are asked for only when the program looks at them.
typedef std::function<bool(const Fields &)> Fits;
typedef std::pair<long, long> Window;   // from, position (0 = any)
static Table deals, old_orders;
static Window order_window;
static Fits order_fits;
static bool orders_loaded;

static Table &since(std::map<Window, Table> &kept, const char *verb, Window window) {
   auto i = kept.find(window);
   if(i == kept.end()) i = kept.emplace(window, table(ask({verb, number(window.first), number(window.second)})[1])).first;
   return i->second;
}
static void select_rows(Window window, Fits deal_fits, Fits fits) {
   deals.clear();
   old_orders.clear();
   for(const Fields &d : since(deals_since, "deals", window)) if(deal_fits(d)) deals.push_back(d);
   order_window = window;
   order_fits = fits;
   orders_loaded = false;
}
static void need_old_orders() {
   if(orders_loaded || !order_fits) return;
   for(const Fields &o : since(old_orders_since, "old_orders", order_window)) if(order_fits(o)) old_orders.push_back(o);
   orders_loaded = true;
}
bool HistorySelect(datetime from, datetime to) {
   long end = to * 1000;
   select_rows({from, 0}, [end](const Fields &d) { return as_long(d[3]) <= end; }, [end](const Fields &o) { return as_long(o[14]) <= end; });
   return true;
}
bool HistorySelectByPosition(long id) {
   select_rows({0, id}, [](const Fields &) { return true; }, [](const Fields &) { return true; });
   return true;
}
bool HistoryDealSelect(ulong t) {
   std::string text = number(t);
   select_rows({0, 0}, [text](const Fields &d) { return d[0] == text; }, [](const Fields &) { return false; });
   return !deals.empty();
}
bool HistoryOrderSelect(ulong t) {
   std::string text = number(t);
   select_rows({0, 0}, [](const Fields &) { return false; }, [text](const Fields &o) { return o[0] == text; });
   need_old_orders();
   return !old_orders.empty();
}
int HistoryDealsTotal() { return (int)deals.size(); }
ulong HistoryDealGetTicket(int at) { return at < 0 || at >= (int)deals.size() ? 0 : as_ulong(deals[(size_t)at][0]); }
int HistoryOrdersTotal() { need_old_orders(); return (int)old_orders.size(); }
ulong HistoryOrderGetTicket(int at) { need_old_orders(); return at < 0 || at >= (int)old_orders.size() ? 0 : as_ulong(old_orders[(size_t)at][0]); }
static const Fields *row_of(const Table &rows, ulong t) {
   std::string text = number(t);
   for(const Fields &row : rows) if(row[0] == text) return &row;
   mql_last_error = 4755;
   return nullptr;
}
long HistoryDealGetInteger(ulong t, ENUM_DEAL_PROPERTY_INTEGER p) {
   const Fields *d = row_of(deals, t);
   if(!d) return 0;
   static const size_t column[] = {0, 1, 3, 3, 5, 6, 14, 7, 2};
   long v = as_long((*d)[column[p]]);
   return p == DEAL_TIME ? v / 1000 : v;
}
double HistoryDealGetDouble(ulong t, ENUM_DEAL_PROPERTY_DOUBLE p) {
   const Fields *d = row_of(deals, t);
   static const size_t column[] = {8, 9, 10, 11, 13, 12};
   return d ? as_double((*d)[column[p]]) : 0.0;
}
string HistoryDealGetString(ulong t, ENUM_DEAL_PROPERTY_STRING p) {
   const Fields *d = row_of(deals, t);
   return d ? mql_from_utf8((*d)[p == DEAL_SYMBOL ? 4 : 15]) : string();
}
long HistoryOrderGetInteger(ulong t, ENUM_ORDER_PROPERTY_INTEGER p) { const Fields *o = row_of(old_orders, t); return o ? order_integer(*o, p) : 0; }
double HistoryOrderGetDouble(ulong t, ENUM_ORDER_PROPERTY_DOUBLE p) { const Fields *o = row_of(old_orders, t); return o ? order_double(*o, p) : 0.0; }
string HistoryOrderGetString(ulong t, ENUM_ORDER_PROPERTY_STRING p) { const Fields *o = row_of(old_orders, t); return o ? order_string(*o, p) : string(); }
