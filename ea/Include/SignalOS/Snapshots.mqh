// Snapshots.mqh: JSON files that replace each other: written on change, at most five times a second, at least once.
#ifndef SIGNALOS_SNAPSHOTS_MQH
#define SIGNALOS_SNAPSHOTS_MQH

#include <SignalOS\Files.mqh>
#include <SignalOS\Json.mqh>
#include <SignalOS\Market.mqh>
#include <SignalOS\Names.mqh>

#define SNAPSHOT_LEAST_MS 200
#define SNAPSHOT_MOST_MS 1000

struct Snapshot {
   string name;
   string body;        // as written last
   ulong  written_at;  // monotonic, 0 = never
};

Snapshot g_account_file;
Snapshot g_positions_file;
Snapshot g_orders_file;
long     g_seq = 0;    // of all snapshots together; begins with the clock, so that a restart goes on upwards

void NameSnapshot(Snapshot &snapshot, const string name) {
   snapshot.name = name;
   snapshot.body = "";
   snapshot.written_at = 0;
}

void StartSnapshots() {
   g_seq = (long)MathMax(UtcMs(), g_seq);
   NameSnapshot(g_account_file, "account.json");
   NameSnapshot(g_positions_file, "positions.json");
   NameSnapshot(g_orders_file, "orders.json");
}

bool IsWriteAllowed(const Snapshot &snapshot) {
   return snapshot.written_at == 0 || Monotonic() - snapshot.written_at >= SNAPSHOT_LEAST_MS;
}

// Write a body between seq and end, if it changed or is old.
void WriteSnapshot(Snapshot &snapshot, const string body) {
   bool old = (snapshot.written_at == 0 || Monotonic() - snapshot.written_at >= SNAPSHOT_MOST_MS);
   if(!old && body == snapshot.body)
      return;
   string seq = (string)(g_seq + 1);
   if(!ReplaceText(snapshot.name, "{" + JsonPair("seq", seq) + "," + body + "," + JsonPair("end", seq) + "}\n"))
      return;
   g_seq++;
   snapshot.body = body;
   snapshot.written_at = (ulong)MathMax(Monotonic(), (ulong)1);
}

string JsonNumber(const double value, const int digits) {
   return "\"" + PlainNumber(value, digits) + "\"";
}

string JsonTicket(const long ticket) {
   return "\"" + (string)ticket + "\"";
}

string AccountMoney(const string key, const ENUM_ACCOUNT_INFO_DOUBLE property) {
   int digits = (int)AccountInfoInteger(ACCOUNT_CURRENCY_DIGITS);
   return JsonPair(key, "\"" + DoubleToString(AccountInfoDouble(property), digits) + "\"");
}

string AccountBody() {
   string level = AccountInfoDouble(ACCOUNT_MARGIN) > 0.0 ? DoubleToString(AccountInfoDouble(ACCOUNT_MARGIN_LEVEL), 2) : "";
   return JsonPair("login", (string)AccountInfoInteger(ACCOUNT_LOGIN)) + "," +
          JsonPair("server", JsonText(AccountInfoString(ACCOUNT_SERVER))) + "," +
          JsonPair("company", JsonText(AccountInfoString(ACCOUNT_COMPANY))) + "," +
          JsonPair("currency", JsonText(AccountInfoString(ACCOUNT_CURRENCY))) + "," +
          JsonPair("currency_digits", (string)AccountInfoInteger(ACCOUNT_CURRENCY_DIGITS)) + "," +
          JsonPair("leverage", (string)AccountInfoInteger(ACCOUNT_LEVERAGE)) + "," +
          JsonPair("margin_mode", JsonText(MarginModeName(AccountInfoInteger(ACCOUNT_MARGIN_MODE)))) + "," +
          JsonPair("trade_mode", JsonText(AccountModeName(AccountInfoInteger(ACCOUNT_TRADE_MODE)))) + "," +
          AccountMoney("balance", ACCOUNT_BALANCE) + "," + AccountMoney("equity", ACCOUNT_EQUITY) + "," +
          AccountMoney("profit", ACCOUNT_PROFIT) + "," + AccountMoney("margin", ACCOUNT_MARGIN) + "," +
          AccountMoney("margin_free", ACCOUNT_MARGIN_FREE) + "," + JsonPair("margin_level", JsonText(level)) + "," +
          JsonPair("stop_out", JsonNumber(AccountInfoDouble(ACCOUNT_MARGIN_SO_SO), 2)) + "," +
          JsonPair("trade_allowed", JsonBool(AccountInfoInteger(ACCOUNT_TRADE_ALLOWED) != 0)) + "," +
          JsonPair("trade_expert", JsonBool(AccountInfoInteger(ACCOUNT_TRADE_EXPERT) != 0)) + "," +
          JsonPair("utc_ms", (string)UtcMs());
}

string PositionJson() {
   int digits = (int)AccountInfoInteger(ACCOUNT_CURRENCY_DIGITS);
   bool buy = (PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY);
   return "{" + JsonPair("ticket", JsonTicket(PositionGetInteger(POSITION_TICKET))) + "," +
          JsonPair("identifier", JsonTicket(PositionGetInteger(POSITION_IDENTIFIER))) + "," +
          JsonPair("symbol", JsonText(PositionGetString(POSITION_SYMBOL))) + "," +
          JsonPair("type", buy ? "\"BUY\"" : "\"SELL\"") + "," +
          JsonPair("volume", JsonNumber(PositionGetDouble(POSITION_VOLUME), 8)) + "," +
          JsonPair("price_open", JsonNumber(PositionGetDouble(POSITION_PRICE_OPEN), 8)) + "," +
          JsonPair("sl", JsonNumber(PositionGetDouble(POSITION_SL), 8)) + "," +
          JsonPair("tp", JsonNumber(PositionGetDouble(POSITION_TP), 8)) + "," +
          JsonPair("price_current", JsonNumber(PositionGetDouble(POSITION_PRICE_CURRENT), 8)) + "," +
          JsonPair("swap", JsonNumber(PositionGetDouble(POSITION_SWAP), digits)) + "," +
          JsonPair("profit", JsonNumber(PositionGetDouble(POSITION_PROFIT), digits)) + "," +
          JsonPair("magic", (string)PositionGetInteger(POSITION_MAGIC)) + "," +
          JsonPair("comment", JsonText(PositionGetString(POSITION_COMMENT))) + "," +
          JsonPair("time_msc", (string)ServerToUtcMs(PositionGetInteger(POSITION_TIME_MSC))) + "}";
}

string OrderJson() {
   long expiration = OrderGetInteger(ORDER_TIME_EXPIRATION);
   return "{" + JsonPair("ticket", JsonTicket(OrderGetInteger(ORDER_TICKET))) + "," +
          JsonPair("symbol", JsonText(OrderGetString(ORDER_SYMBOL))) + "," +
          JsonPair("type", JsonText(OrderTypeName(OrderGetInteger(ORDER_TYPE)))) + "," +
          JsonPair("state", JsonText(OrderStateName(OrderGetInteger(ORDER_STATE)))) + "," +
          JsonPair("volume", JsonNumber(OrderGetDouble(ORDER_VOLUME_CURRENT), 8)) + "," +
          JsonPair("price", JsonNumber(OrderGetDouble(ORDER_PRICE_OPEN), 8)) + "," +
          JsonPair("sl", JsonNumber(OrderGetDouble(ORDER_SL), 8)) + "," +
          JsonPair("tp", JsonNumber(OrderGetDouble(ORDER_TP), 8)) + "," +
          JsonPair("expiration_ms", (string)(expiration > 0 ? ServerToUtcMs(expiration * 1000) : 0)) + "," +
          JsonPair("magic", (string)OrderGetInteger(ORDER_MAGIC)) + "," +
          JsonPair("comment", JsonText(OrderGetString(ORDER_COMMENT))) + "," +
          JsonPair("time_msc", (string)ServerToUtcMs(OrderGetInteger(ORDER_TIME_SETUP_MSC))) + "}";
}

string PositionsBody() {
   string items[];
   for(int i = 0; i < PositionsTotal(); i++) {
      if(PositionGetTicket(i) != 0)
         AddText(items, PositionJson());
   }
   return JsonPair("positions", JsonList(items));
}

string OrdersBody() {
   string items[];
   for(int i = 0; i < OrdersTotal(); i++) {
      if(OrderGetTicket(i) != 0)
         AddText(items, OrderJson());
   }
   return JsonPair("orders", JsonList(items));
}

void WriteAccountSnapshots() {
   if(IsWriteAllowed(g_account_file))
      WriteSnapshot(g_account_file, AccountBody());
   if(IsWriteAllowed(g_positions_file))
      WriteSnapshot(g_positions_file, PositionsBody());
   if(IsWriteAllowed(g_orders_file))
      WriteSnapshot(g_orders_file, OrdersBody());
}

#endif
