// Guard.mqh: every reason not to open. Each check gives an empty text or "CODE: the numbers".
#ifndef SIGNALOS_GUARD_MQH
#define SIGNALOS_GUARD_MQH

#include <SignalOS\AppLink.mqh>
#include <SignalOS\Trade.mqh>

#define MONEY_DUST 0.0000001  // what binary numbers add to an amount, not a tolerance

string g_account = "";       // login@server of the bound account, server as in the folder's name
long   g_withdrawn = 0;      // opens of this session up to this id are withdrawn
long   g_withdrawn_session = 0;
ulong  g_open_times[];       // monotonic times of the opens of the last minute

string CheckOwner(const Command &command) {
   if(command.account != g_account)
      return "WRONG_ACCOUNT: row for " + command.account + ", this is " + g_account;
   if(command.magic != g_set.magic)
      return "WRONG_MAGIC: row for " + (string)command.magic + ", this is " + (string)g_set.magic;
   return "";
}

string CheckSession(const Command &command) {
   if(command.session != g_app.session || !g_app.known)
      ReadApp();
   if(!g_app.known || command.session != g_app.session)
      return "STALE_SESSION: row of session " + (string)command.session + ", app.json says " + (string)g_app.session;
   return "";
}

string CheckApp(const Command &command) {
   if(!IsAppAlive())
      return "APP_LOST: " + AppText();
   if(g_withdrawn_session == command.session && command.cmd_id <= g_withdrawn)
      return "WITHDRAWN: opens up to " + (string)g_withdrawn + " were withdrawn";
   return "";
}

string HaltText() {
   return "HALTED: stop " + (string)g_halt.stop_id + " " + LevelName(g_halt.level) + " by " + g_halt.source;
}

string CheckPermission() {
   if(!IsConnected())
      return "PERMISSION: the terminal is not connected to the broker";
   if(TerminalInfoInteger(TERMINAL_TRADE_ALLOWED) == 0)
      return "PERMISSION: Algo Trading is off in the terminal";
   if(MQLInfoInteger(MQL_TRADE_ALLOWED) == 0)
      return "PERMISSION: Algo Trading is not allowed in the inputs of the Expert Advisor";
   if(AccountInfoInteger(ACCOUNT_TRADE_EXPERT) == 0 || AccountInfoInteger(ACCOUNT_TRADE_ALLOWED) == 0)
      return "PERMISSION: the broker does not allow this account to be traded by an Expert Advisor";
   return "";
}

bool IsHedging() {
   return AccountInfoInteger(ACCOUNT_MARGIN_MODE) == ACCOUNT_MARGIN_MODE_RETAIL_HEDGING;
}

// What today's deals (the server's day) and the open positions have lost, costs included.
double LossToday() {
   long   server = (long)TimeGMT() + ServerOffset();
   long   midnight = server - server % DAY_SECONDS;
   double result = AccountInfoDouble(ACCOUNT_PROFIT);
   if(!HistorySelect((datetime)midnight, (datetime)(server + DAY_SECONDS)))
      return 0.0;
   for(int i = HistoryDealsTotal() - 1; i >= 0; i--) {
      ulong deal = HistoryDealGetTicket(i);
      if(deal != 0 && IsTradeDeal(deal))
         result += HistoryDealGetDouble(deal, DEAL_PROFIT) + HistoryDealGetDouble(deal, DEAL_COMMISSION) +
                   HistoryDealGetDouble(deal, DEAL_SWAP) + HistoryDealGetDouble(deal, DEAL_FEE);
   }
   return -result;
}

bool IsDailyLossReached() {
   return g_set.max_daily_loss > 0.0 && LossToday() >= g_set.max_daily_loss;
}

int OpensInLastMinute() {
   int   count = 0;
   ulong now = Monotonic();
   for(int i = 0; i < ArraySize(g_open_times); i++) {
      if(now - g_open_times[i] < 60000) {
         g_open_times[count] = g_open_times[i];
         count++;
      }
   }
   ArrayResize(g_open_times, count, 64);
   return count;
}

void NoteOpenTime() {
   int count = OpensInLastMinute();
   ArrayResize(g_open_times, count + 1, 64);
   g_open_times[count] = Monotonic();
}

string CheckNetting() {
   return (IsHedging() || g_set.allow_netting) ? "" : "NETTING: a netting account, and the input does not allow one";
}

string CheckLimits(const Command &command) {
   if(g_set.max_lots > 0.0 && command.lots > g_set.max_lots + 0.00000001)
      return "LIMIT_LOTS: " + PlainNumber(command.lots, 8) + " lots, allowed " + PlainNumber(g_set.max_lots, 8);
   if(g_set.max_positions > 0 && CountInScope() >= g_set.max_positions)
      return "LIMIT_POSITIONS: " + (string)CountInScope() + " positions and orders, allowed " + (string)g_set.max_positions;
   if(IsDailyLossReached())
      return "LIMIT_DAILY_LOSS: lost " + DoubleToString(LossToday(), 2) + " today, allowed " + DoubleToString(g_set.max_daily_loss, 2);
   if(g_set.max_per_minute > 0 && OpensInLastMinute() >= g_set.max_per_minute)
      return "LIMIT_RATE: " + (string)OpensInLastMinute() + " opens in a minute, allowed " + (string)g_set.max_per_minute;
   return "";
}

string CheckSymbol(const Command &command) {
   if(!SymbolSelect(command.symbol, true))
      return "SYMBOL: the broker has no symbol " + command.symbol;
   long mode = SymbolInfoInteger(command.symbol, SYMBOL_TRADE_MODE);
   bool buy = IsBuySide(command.action);
   if(mode == SYMBOL_TRADE_MODE_DISABLED || mode == SYMBOL_TRADE_MODE_CLOSEONLY ||
      (mode == SYMBOL_TRADE_MODE_LONGONLY && !buy) || (mode == SYMBOL_TRADE_MODE_SHORTONLY && buy))
      return "SYMBOL: the broker does not allow this for " + command.symbol + " now, trade mode " + (string)mode;
   if(AskOf(command.symbol) <= 0.0 || BidOf(command.symbol) <= 0.0)
      return "SYMBOL: no price for " + command.symbol + " yet";
   return "";
}

string CheckVolume(const Command &command) {
   double least = SymbolInfoDouble(command.symbol, SYMBOL_VOLUME_MIN);
   double most = SymbolInfoDouble(command.symbol, SYMBOL_VOLUME_MAX);
   double lots = command.lots;
   if(lots < least - 0.00000001 || lots > most + 0.00000001 || !SameNumber(RoundVolume(command.symbol, lots), lots))
      return "VOLUME: " + PlainNumber(lots, 8) + " lots, allowed " + PlainNumber(least, 8) + " to " +
             PlainNumber(most, 8) + " in steps of " + PlainNumber(VolumeStep(command.symbol), 8);
   return "";
}

// The worst price an open may be filled at: price and deviation, or the price of a pending order.
double WorstPrice(const Command &command) {
   if(IsPending(command.action))
      return command.price;
   double room = command.deviation * PointOf(command.symbol);
   return NormalizeDouble(IsBuySide(command.action) ? command.price + room : command.price - room, DigitsOf(command.symbol));
}

string CheckStopLoss(const Command &command) {
   if(command.sl <= 0.0)
      return g_set.sl_required ? "SL_REQUIRED: sl 0, the input demands one" : "";
   bool   buy = IsBuySide(command.action);
   double market = buy ? AskOf(command.symbol) : BidOf(command.symbol);
   double base = IsPending(command.action) ? command.price : market;
   double worst = WorstPrice(command);
   bool   right = buy ? (command.sl < base && command.sl < worst) : (command.sl > base && command.sl > worst);
   int    digits = DigitsOf(command.symbol);
   return right ? "" : "SL_WRONG_SIDE: " + command.verb + " at " + DoubleToString(base, digits) + ", sl " + DoubleToString(command.sl, digits);
}

string CheckSpread(const Command &command) {
   double point = PointOf(command.symbol);
   if(command.max_spread < 0 || point <= 0.0)
      return "";
   int spread = (int)MathFloor((AskOf(command.symbol) - BidOf(command.symbol)) / point + 0.001);
   return spread <= command.max_spread ? "" : "SPREAD: " + (string)spread + " points, allowed " + (string)command.max_spread;
}

// The loss at S/L from a price, account currency; false if it cannot be computed.
bool LossFrom(const Command &command, const double price, double &loss) {
   double profit = 0.0;
   ENUM_ORDER_TYPE type = IsBuySide(command.action) ? ORDER_TYPE_BUY : ORDER_TYPE_SELL;
   bool known = OrderCalcProfit(type, command.symbol, command.lots, price, command.sl, profit);
   loss = -profit;
   return known;
}

string CheckRisk(const Command &command) {
   double loss = 0.0;
   if(command.sl <= 0.0)
      return "";
   if(!LossFrom(command, WorstPrice(command), loss))
      return "RISK_EXCEEDED: the loss at S/L cannot be computed";
   if(loss > command.max_loss + MONEY_DUST)
      return "RISK_EXCEEDED: loss at S/L " + PlainNumber(loss, 4) + " from " + PlainNumber(WorstPrice(command), 8) +
             ", allowed " + PlainNumber(command.max_loss, 4);
   return "";
}

string CheckMargin(const Command &command) {
   double margin = 0.0;
   ENUM_ORDER_TYPE type = IsBuySide(command.action) ? ORDER_TYPE_BUY : ORDER_TYPE_SELL;
   if(!OrderCalcMargin(type, command.symbol, command.lots, WorstPrice(command), margin))
      return "NO_MARGIN: the margin cannot be computed";
   double available = AccountInfoDouble(ACCOUNT_MARGIN_FREE);
   return margin <= available ? "" : "NO_MARGIN: needs " + DoubleToString(margin, 2) + ", free " + DoubleToString(available, 2);
}

#endif
