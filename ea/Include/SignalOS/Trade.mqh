// Trade.mqh: the one place that calls OrderSend: prices, filling modes, bounded attempts.
#ifndef SIGNALOS_TRADE_MQH
#define SIGNALOS_TRADE_MQH

#include <SignalOS\Commands.mqh>
#include <SignalOS\Latch.mqh>
#include <SignalOS\Market.mqh>
#include <SignalOS\Retcodes.mqh>

struct Sent {
   ENUM_OUTCOME outcome;
   uint         retcode;
   string       refused;  // why no further attempt was made: ACCOUNT, HALTED, EXPIRED or CHECK; empty = the server's word
   string       text;     // the server's comment
   ulong        order;
   ulong        deal;
   double       price;
   double       volume;
   int          attempts;
};

// Limits that hold for every attempt; an open looks at the stop, and each row at its expiry.
struct SendLimits {
   bool   open;
   long   expires_ms;   // -1 = never
   double worst_price;  // 0 = any
};

string g_phase = "IDLE";

void AddMode(ENUM_ORDER_TYPE_FILLING &modes[], const ENUM_ORDER_TYPE_FILLING mode) {
   int n = ArraySize(modes);
   ArrayResize(modes, n + 1, 4);
   modes[n] = mode;
}

// The filling modes of a deal in the order to try them; RETURN is not for market execution.
int FillingModes(const string symbol, ENUM_ORDER_TYPE_FILLING &modes[]) {
   long flags = SymbolInfoInteger(symbol, SYMBOL_FILLING_MODE);
   long exemode = SymbolInfoInteger(symbol, SYMBOL_TRADE_EXEMODE);
   bool market = (exemode == SYMBOL_TRADE_EXECUTION_MARKET);
   bool any = (exemode == SYMBOL_TRADE_EXECUTION_REQUEST || exemode == SYMBOL_TRADE_EXECUTION_INSTANT);
   ArrayResize(modes, 0, 4);
   if(any || (flags & SYMBOL_FILLING_FOK) != 0)
      AddMode(modes, ORDER_FILLING_FOK);
   if(any || (flags & SYMBOL_FILLING_IOC) != 0)
      AddMode(modes, ORDER_FILLING_IOC);
   if(!market)
      AddMode(modes, ORDER_FILLING_RETURN);
   if(ArraySize(modes) == 0)
      AddMode(modes, ORDER_FILLING_FOK);
   return ArraySize(modes);
}

bool IsBuyRequest(const MqlTradeRequest &request) {
   return request.type == ORDER_TYPE_BUY;
}

// A deal asks for the price of now; the deviation is what is left to the worst allowed price.
bool RefreshPrice(MqlTradeRequest &request, const SendLimits &limits) {
   if(request.action != TRADE_ACTION_DEAL)
      return true;
   bool   buy = IsBuyRequest(request);
   double point = PointOf(request.symbol);
   request.price = buy ? AskOf(request.symbol) : BidOf(request.symbol);
   if(limits.worst_price <= 0.0 || point <= 0.0)
      return true;
   double room = (buy ? limits.worst_price - request.price : request.price - limits.worst_price) / point;
   if(room < -0.001)
      return false;
   request.deviation = (ulong)MathFloor(room + 0.001);
   return true;
}

string WhyNoAttempt(MqlTradeRequest &request, const SendLimits &limits) {
   if(!IsOurAccount())
      return "ACCOUNT";
   if(limits.open) {
      LookAtFlags();
      if(IsHalted())
         return "HALTED";
   }
   if(limits.expires_ms >= 0 && IsExpired(limits.expires_ms))
      return "EXPIRED";
   if(!RefreshPrice(request, limits))
      return "CHECK";
   return "";
}

void SendOnce(MqlTradeRequest &request, Sent &sent) {
   MqlTradeResult result;
   ZeroMemory(result);
   g_phase = "SENDING";
   bool accepted = OrderSend(request, result);
   g_phase = "IDLE";
   sent.attempts++;
   sent.retcode = result.retcode;
   sent.text = result.comment;
   sent.order = result.order;
   sent.deal = result.deal;
   sent.price = result.price;
   sent.volume = result.volume;
   sent.outcome = OutcomeOf(result.retcode);
   if(sent.outcome == OUTCOME_DONE && !accepted)
      sent.outcome = OUTCOME_UNKNOWN;
}

// Send until the server's word is final: another attempt after a requote, the next filling mode after 10030.
void SendRequest(MqlTradeRequest &request, const SendLimits &limits, Sent &sent) {
   ENUM_ORDER_TYPE_FILLING modes[];
   ZeroMemory(sent);
   int  mode = 0;
   int  requotes = 0;
   bool chosen = (request.action == TRADE_ACTION_DEAL);
   int  count = chosen ? FillingModes(request.symbol, modes) : 1;
   request.type_filling = ORDER_FILLING_RETURN;
   while(true) {
      if(chosen)
         request.type_filling = modes[mode];
      sent.refused = WhyNoAttempt(request, limits);
      if(sent.refused != "")
         return;
      SendOnce(request, sent);
      if(sent.outcome == OUTCOME_RETRY) {
         requotes++;
         if(requotes < AttemptsAllowed(sent.retcode))
            continue;
      } else if(sent.outcome == OUTCOME_FILLING) {
         mode++;
         if(mode < count)
            continue;
      }
      break;
   }
   if(sent.outcome == OUTCOME_RETRY || sent.outcome == OUTCOME_FILLING)
      sent.outcome = OUTCOME_REJECTED;
}

double VolumeStep(const string symbol) {
   double step = SymbolInfoDouble(symbol, SYMBOL_VOLUME_STEP);
   return step > 0.0 ? step : 0.01;
}

double RoundVolume(const string symbol, const double volume) {
   double step = VolumeStep(symbol);
   return NormalizeDouble(MathRound(volume / step) * step, 8);
}

// Close a position or a part of it with one order; more than the symbol's largest volume waits for the next one.
void SendClose(const Held &held, const double volume, const int deviation, const string comment,
               const SendLimits &limits, Sent &sent) {
   MqlTradeRequest request;
   ZeroMemory(request);
   double largest = SymbolInfoDouble(held.symbol, SYMBOL_VOLUME_MAX);
   request.action = TRADE_ACTION_DEAL;
   request.magic = (ulong)g_set.magic;
   request.symbol = held.symbol;
   request.volume = RoundVolume(held.symbol, largest > 0.0 ? MathMin(volume, largest) : volume);
   request.type = held.buy ? ORDER_TYPE_SELL : ORDER_TYPE_BUY;
   request.position = held.ticket;
   request.deviation = (ulong)deviation;
   request.comment = comment;
   SendRequest(request, limits, sent);
}

void SendRemove(const ulong ticket, const SendLimits &limits, Sent &sent) {
   MqlTradeRequest request;
   ZeroMemory(request);
   request.action = TRADE_ACTION_REMOVE;
   request.order = ticket;
   SendRequest(request, limits, sent);
}

#endif
