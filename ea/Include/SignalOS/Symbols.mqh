// Symbols.mqh: symbols.json (what does not change) and quotes.json (what does) of the Market Watch.
#ifndef SIGNALOS_SYMBOLS_MQH
#define SIGNALOS_SYMBOLS_MQH

#include <SignalOS\Clock.mqh>
#include <SignalOS\Control.mqh>
#include <SignalOS\Costs.mqh>
#include <SignalOS\Snapshots.mqh>

#define SYMBOLS_MS 3600000

Snapshot g_symbols_file;
Snapshot g_quotes_file;
ulong    g_symbols_written_at = 0;

void StartSymbols() {
   NameSnapshot(g_symbols_file, "symbols.json");
   NameSnapshot(g_quotes_file, "quotes.json");
   g_symbols_written_at = 0;
}

string JsonNumberPair(const string key, const double value) {
   return JsonPair(key, JsonNumber(value, 10));
}

string SymbolNumber(const string symbol, const string key, const ENUM_SYMBOL_INFO_DOUBLE property) {
   return JsonNumberPair(key, SymbolInfoDouble(symbol, property));
}

string SymbolWhole(const string symbol, const string key, const ENUM_SYMBOL_INFO_INTEGER property) {
   return JsonPair(key, (string)SymbolInfoInteger(symbol, property));
}

string SymbolWord(const string symbol, const string key, const ENUM_SYMBOL_INFO_STRING property) {
   return JsonPair(key, JsonText(SymbolInfoString(symbol, property)));
}

void AddIfSet(string &list[], const long flags, const long flag, const string name) {
   if((flags & flag) != 0)
      AddText(list, JsonText(name));
}

string FillingList(const string symbol) {
   string list[];
   long   flags = SymbolInfoInteger(symbol, SYMBOL_FILLING_MODE);
   AddIfSet(list, flags, SYMBOL_FILLING_FOK, "FOK");
   AddIfSet(list, flags, SYMBOL_FILLING_IOC, "IOC");
   AddIfSet(list, flags, SYMBOL_FILLING_BOC, "BOC");
   if(SymbolInfoInteger(symbol, SYMBOL_TRADE_EXEMODE) != SYMBOL_TRADE_EXECUTION_MARKET)
      AddText(list, JsonText("RETURN"));
   return JsonList(list);
}

string OrderModeList(const string symbol) {
   string list[];
   long   flags = SymbolInfoInteger(symbol, SYMBOL_ORDER_MODE);
   AddIfSet(list, flags, SYMBOL_ORDER_MARKET, "MARKET");
   AddIfSet(list, flags, SYMBOL_ORDER_LIMIT, "LIMIT");
   AddIfSet(list, flags, SYMBOL_ORDER_STOP, "STOP");
   AddIfSet(list, flags, SYMBOL_ORDER_SL, "SL");
   AddIfSet(list, flags, SYMBOL_ORDER_TP, "TP");
   return JsonList(list);
}

string ExpirationList(const string symbol) {
   string list[];
   long   flags = SymbolInfoInteger(symbol, SYMBOL_EXPIRATION_MODE);
   AddIfSet(list, flags, SYMBOL_EXPIRATION_GTC, "GTC");
   AddIfSet(list, flags, SYMBOL_EXPIRATION_DAY, "DAY");
   AddIfSet(list, flags, SYMBOL_EXPIRATION_SPECIFIED, "SPECIFIED");
   AddIfSet(list, flags, SYMBOL_EXPIRATION_SPECIFIED_DAY, "SPECIFIED_DAY");
   return JsonList(list);
}

string DaySessions(const string symbol, const ENUM_DAY_OF_WEEK day) {
   string   list[];
   datetime from = 0;
   datetime to = 0;
   for(uint i = 0; i < 20 && SymbolInfoSessionTrade(symbol, day, i, from, to); i++) {
      long start = (long)from / 60;
      long end = (long)to / 60;
      AddText(list, "[" + (string)start + "," + (string)(end == 0 ? 1440 : end) + "]");
   }
   return JsonList(list);
}

string SessionsList(const string symbol) {
   string days[];
   for(int day = 0; day < 7; day++)
      AddText(days, DaySessions(symbol, (ENUM_DAY_OF_WEEK)day));
   return JsonList(days);
}

double MarginOfLot(const string symbol, const double price) {
   double margin = 0.0;
   if(price <= 0.0 || !OrderCalcMargin(ORDER_TYPE_BUY, symbol, 1.0, price, margin))
      return 0.0;
   return margin;
}

string PricePart(const MqlTick &tick) {
   return JsonPair("bid", JsonNumber(tick.bid, 8)) + "," + JsonPair("ask", JsonNumber(tick.ask, 8)) + "," +
          JsonPair("tick_ms", (string)(tick.time_msc > 0 ? ServerToUtcMs(tick.time_msc) : 0));
}

string NumbersPart(const string symbol) {
   return SymbolNumber(symbol, "point", SYMBOL_POINT) + "," + SymbolNumber(symbol, "tick_size", SYMBOL_TRADE_TICK_SIZE) + "," +
          SymbolNumber(symbol, "tick_value", SYMBOL_TRADE_TICK_VALUE) + "," +
          SymbolNumber(symbol, "tick_value_loss", SYMBOL_TRADE_TICK_VALUE_LOSS) + "," +
          SymbolNumber(symbol, "contract_size", SYMBOL_TRADE_CONTRACT_SIZE) + "," +
          JsonPair("calc_mode", JsonText(CalcModeName(SymbolInfoInteger(symbol, SYMBOL_TRADE_CALC_MODE))));
}

string VolumePart(const string symbol) {
   return SymbolWord(symbol, "currency_base", SYMBOL_CURRENCY_BASE) + "," +
          SymbolWord(symbol, "currency_profit", SYMBOL_CURRENCY_PROFIT) + "," +
          SymbolWord(symbol, "currency_margin", SYMBOL_CURRENCY_MARGIN) + "," +
          SymbolNumber(symbol, "volume_min", SYMBOL_VOLUME_MIN) + "," + SymbolNumber(symbol, "volume_max", SYMBOL_VOLUME_MAX) + "," +
          SymbolNumber(symbol, "volume_step", SYMBOL_VOLUME_STEP) + "," + SymbolNumber(symbol, "volume_limit", SYMBOL_VOLUME_LIMIT) + "," +
          SymbolWhole(symbol, "stops_level", SYMBOL_TRADE_STOPS_LEVEL) + "," + SymbolWhole(symbol, "freeze_level", SYMBOL_TRADE_FREEZE_LEVEL);
}

string ModesPart(const string symbol) {
   return JsonPair("filling", FillingList(symbol)) + "," +
          JsonPair("exemode", JsonText(ExecutionName(SymbolInfoInteger(symbol, SYMBOL_TRADE_EXEMODE)))) + "," +
          JsonPair("trade_mode", JsonText(TradeModeName(SymbolInfoInteger(symbol, SYMBOL_TRADE_MODE)))) + "," +
          JsonPair("order_mode", OrderModeList(symbol)) + "," + JsonPair("expiration_mode", ExpirationList(symbol)) + "," +
          SymbolWhole(symbol, "spread", SYMBOL_SPREAD) + "," + SymbolNumber(symbol, "swap_long", SYMBOL_SWAP_LONG) + "," +
          SymbolNumber(symbol, "swap_short", SYMBOL_SWAP_SHORT);
}

void TickOf(const string symbol, MqlTick &tick) {
   ZeroMemory(tick);
   SymbolInfoTick(symbol, tick);
}

string SymbolJson(const string symbol, const Cost &costs[]) {
   MqlTick tick;
   TickOf(symbol, tick);
   return "{" + JsonPair("name", JsonText(symbol)) + "," + SymbolWhole(symbol, "digits", SYMBOL_DIGITS) + "," + NumbersPart(symbol) + "," +
          VolumePart(symbol) + "," + ModesPart(symbol) + "," + JsonNumberPair("margin_1lot", MarginOfLot(symbol, tick.ask)) + "," +
          JsonPair("commission", JsonText(CommissionText(costs, symbol))) + "," + JsonPair("sessions", SessionsList(symbol)) + "," + PricePart(tick) + "}";
}

string QuoteJson(const string symbol) {
   MqlTick tick;
   TickOf(symbol, tick);
   return "{" + JsonPair("name", JsonText(symbol)) + "," + PricePart(tick) + "," +
          SymbolNumber(symbol, "tick_value", SYMBOL_TRADE_TICK_VALUE) + "," +
          SymbolNumber(symbol, "tick_value_loss", SYMBOL_TRADE_TICK_VALUE_LOSS) + "," +
          JsonNumberPair("margin_1lot", MarginOfLot(symbol, tick.ask)) + "}";
}

string SymbolsBody(const bool quotes_only) {
   string items[];
   Cost   costs[];
   if(!quotes_only)
      ReadCosts(costs);
   int total = SymbolsTotal(true);
   for(int i = 0; i < total; i++) {
      string symbol = SymbolName(i, true);
      if(IsSymbolText(symbol))
         AddText(items, quotes_only ? QuoteJson(symbol) : SymbolJson(symbol, costs));
   }
   return JsonPair(quotes_only ? "quotes" : "symbols", JsonList(items));
}

// At the start, hourly and when the app asks; the quotes as often as they change.
void WriteSymbolSnapshots() {
   bool old = (g_symbols_written_at == 0 || Monotonic() - g_symbols_written_at >= SYMBOLS_MS);
   if(g_symbols_due || old) {
      ulong before = g_symbols_file.written_at;
      g_symbols_file.written_at = 0;
      WriteSnapshot(g_symbols_file, SymbolsBody(false));
      if(g_symbols_file.written_at != 0) {
         g_symbols_due = false;
         g_symbols_written_at = (ulong)MathMax(Monotonic(), (ulong)1);
      } else {
         g_symbols_file.written_at = before;
      }
   }
   if(IsWriteAllowed(g_quotes_file))
      WriteSnapshot(g_quotes_file, SymbolsBody(true));
}

#endif
