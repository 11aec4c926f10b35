// Market.mqh: what is open at the broker, and what the history says of an order. Read only.
#ifndef SIGNALOS_MARKET_MQH
#define SIGNALOS_MARKET_MQH

#include <SignalOS\Clock.mqh>
#include <SignalOS\Settings.mqh>

#define DAY_SECONDS 86400

struct Held {
   ulong  ticket;
   ulong  identifier;
   string symbol;
   bool   buy;
   double volume;
   double price_open;
   double sl;
   double tp;
   long   magic;
   string comment;
};

struct Resting {
   ulong           ticket;
   string          symbol;
   ENUM_ORDER_TYPE type;
   double          volume;
   double          price;
   double          sl;
   double          tp;
   long            magic;
   string          comment;
};

// What was executed for an order, all its deals together.
struct Fill {
   ulong  order;
   ulong  deal;
   ulong  position;
   double volume;
   double price;
};

long   g_login = 0;   // the account that this instance is bound to
string g_server = "";

bool IsOurAccount() {
   return AccountInfoInteger(ACCOUNT_LOGIN) == g_login && AccountInfoString(ACCOUNT_SERVER) == g_server;
}

ENUM_STOP_SCOPE g_scope = SCOPE_MAGIC;   // in force: the input's, or wider where the app asks for it

bool InScope(const long magic) {
   return g_scope == SCOPE_ACCOUNT || magic == g_set.magic;
}

bool IsConnected() {
   return TerminalInfoInteger(TERMINAL_CONNECTED) != 0;
}

int DigitsOf(const string symbol) {
   return symbol == "" ? 0 : (int)SymbolInfoInteger(symbol, SYMBOL_DIGITS);
}

double PointOf(const string symbol) {
   return SymbolInfoDouble(symbol, SYMBOL_POINT);
}

double AskOf(const string symbol) {
   return SymbolInfoDouble(symbol, SYMBOL_ASK);
}

double BidOf(const string symbol) {
   return SymbolInfoDouble(symbol, SYMBOL_BID);
}

bool SameNumber(const double a, const double b) {
   return MathAbs(a - b) < 0.00000001;
}

void TakeSelectedPosition(Held &held) {
   held.ticket = (ulong)PositionGetInteger(POSITION_TICKET);
   held.identifier = (ulong)PositionGetInteger(POSITION_IDENTIFIER);
   held.symbol = PositionGetString(POSITION_SYMBOL);
   held.buy = (PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY);
   held.volume = PositionGetDouble(POSITION_VOLUME);
   held.price_open = PositionGetDouble(POSITION_PRICE_OPEN);
   held.sl = PositionGetDouble(POSITION_SL);
   held.tp = PositionGetDouble(POSITION_TP);
   held.magic = PositionGetInteger(POSITION_MAGIC);
   held.comment = PositionGetString(POSITION_COMMENT);
}

void TakeSelectedOrder(Resting &resting) {
   resting.ticket = (ulong)OrderGetInteger(ORDER_TICKET);
   resting.symbol = OrderGetString(ORDER_SYMBOL);
   resting.type = (ENUM_ORDER_TYPE)OrderGetInteger(ORDER_TYPE);
   resting.volume = OrderGetDouble(ORDER_VOLUME_CURRENT);
   resting.price = OrderGetDouble(ORDER_PRICE_OPEN);
   resting.sl = OrderGetDouble(ORDER_SL);
   resting.tp = OrderGetDouble(ORDER_TP);
   resting.magic = OrderGetInteger(ORDER_MAGIC);
   resting.comment = OrderGetString(ORDER_COMMENT);
}

int ListPositions(Held &list[]) {
   ArrayResize(list, 0, 32);
   int total = PositionsTotal();
   for(int i = 0; i < total; i++) {
      if(PositionGetTicket(i) == 0)
         continue;
      int n = ArraySize(list);
      ArrayResize(list, n + 1, 32);
      TakeSelectedPosition(list[n]);
   }
   return ArraySize(list);
}

int ListOrders(Resting &list[]) {
   ArrayResize(list, 0, 32);
   int total = OrdersTotal();
   for(int i = 0; i < total; i++) {
      if(OrderGetTicket(i) == 0)
         continue;
      int n = ArraySize(list);
      ArrayResize(list, n + 1, 32);
      TakeSelectedOrder(list[n]);
   }
   return ArraySize(list);
}

// By ticket, or by the identifier, which a swap's re-opening does not change.
bool FindPosition(const ulong ticket, Held &held) {
   if(PositionSelectByTicket(ticket)) {
      TakeSelectedPosition(held);
      return true;
   }
   Held list[];
   int  count = ListPositions(list);
   for(int i = 0; i < count; i++) {
      if(list[i].identifier == ticket) {
         held = list[i];
         return true;
      }
   }
   return false;
}

bool FindOrder(const ulong ticket, Resting &resting) {
   if(!OrderSelect(ticket))
      return false;
   TakeSelectedOrder(resting);
   return true;
}

// Positions and resting orders that a stop would reach.
int CountInScope() {
   Held    held[];
   Resting resting[];
   int     count = 0;
   ListPositions(held);
   ListOrders(resting);
   for(int i = 0; i < ArraySize(held); i++) {
      if(InScope(held[i].magic))
         count++;
   }
   for(int j = 0; j < ArraySize(resting); j++) {
      if(InScope(resting[j].magic))
         count++;
   }
   return count;
}

// Select history from some UTC time on; the day after now catches a server clock that runs ahead.
bool SelectHistory(const long from_utc_ms) {
   return HistorySelect(UtcMsToServer(from_utc_ms), UtcMsToServer(UtcMs()) + DAY_SECONDS);
}

void AddDealToFill(const ulong deal, Fill &fill) {
   double volume = HistoryDealGetDouble(deal, DEAL_VOLUME);
   double price = HistoryDealGetDouble(deal, DEAL_PRICE);
   double total = fill.volume + volume;
   if(total > 0.0)
      fill.price = (fill.price * fill.volume + price * volume) / total;
   fill.volume = total;
   fill.deal = deal;
   fill.order = (ulong)HistoryDealGetInteger(deal, DEAL_ORDER);
   fill.position = (ulong)HistoryDealGetInteger(deal, DEAL_POSITION_ID);
}

bool IsTradeDeal(const ulong deal) {
   long type = HistoryDealGetInteger(deal, DEAL_TYPE);
   return type == DEAL_TYPE_BUY || type == DEAL_TYPE_SELL;
}

// The deals of an order in the last hour and a day's margin; false = none is known yet.
bool FillOfOrder(const ulong order, Fill &fill) {
   ZeroMemory(fill);
   if(order == 0 || !SelectHistory(UtcMs() - 3600000))
      return false;
   int total = HistoryDealsTotal();
   for(int i = 0; i < total; i++) {
      ulong deal = HistoryDealGetTicket(i);
      if(deal != 0 && (ulong)HistoryDealGetInteger(deal, DEAL_ORDER) == order)
         AddDealToFill(deal, fill);
   }
   return fill.deal != 0;
}

// What closed a position: the deals with a command's tag, else the last deal that was not an entry.
bool ClosingFill(const ulong position, const string tag, Fill &fill) {
   ZeroMemory(fill);
   if(!HistorySelectByPosition((long)position))
      return false;
   ulong last = 0;
   int   total = HistoryDealsTotal();
   for(int i = 0; i < total; i++) {
      ulong deal = HistoryDealGetTicket(i);
      if(deal == 0 || HistoryDealGetInteger(deal, DEAL_ENTRY) == DEAL_ENTRY_IN)
         continue;
      last = deal;
      if(tag != "" && HistoryDealGetString(deal, DEAL_COMMENT) == tag)
         AddDealToFill(deal, fill);
   }
   if(last != 0 && fill.deal == 0)
      AddDealToFill(last, fill);
   return last != 0;
}

// What a position loses at its S/L in account currency; 0 without an S/L or where it cannot be computed.
double LossAtStop(const Held &held) {
   double profit = 0.0;
   if(held.sl <= 0.0)
      return 0.0;
   if(!OrderCalcProfit(held.buy ? ORDER_TYPE_BUY : ORDER_TYPE_SELL, held.symbol, held.volume, held.price_open, held.sl, profit))
      return 0.0;
   return -profit;
}

#endif
