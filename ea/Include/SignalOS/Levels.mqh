// Levels.mqh: MODIFY and BREAKEVEN. Repeated looks are harmless, so there is no intent.
#ifndef SIGNALOS_LEVELS_MQH
#define SIGNALOS_LEVELS_MQH

#include <SignalOS\Closes.mqh>

void AnswerLevels(const Command &command, const Sent &sent, const Fill &fill) {
   if(sent.refused != "")
      AnswerRefused(command, sent, "");
   else if(sent.outcome == OUTCOME_UNKNOWN)
      AnswerUnknown(command, SentText(sent), sent.retcode, fill);
   else if(sent.outcome == OUTCOME_DONE || sent.retcode == TRADE_RETCODE_NO_CHANGES)
      Answer(command, "FILLED", SentText(sent), sent.retcode, fill);
   else
      Answer(command, "REJECTED", SentText(sent), sent.retcode, fill);
}

void SetLevels(const Command &command, const Held &held, const double sl, const double tp) {
   MqlTradeRequest request;
   SendLimits      limits;
   Sent            sent;
   Fill            fill;
   ZeroMemory(request);
   request.action = TRADE_ACTION_SLTP;
   request.magic = (ulong)g_set.magic;
   request.symbol = held.symbol;
   request.position = held.ticket;
   request.sl = sl;
   request.tp = tp;
   RowLimits(command, limits);
   SendRequest(request, limits, sent);
   NoFill(fill);
   fill.position = held.ticket;
   AnswerLevels(command, sent, fill);
}

string CheckRemoval(const double sl, const double before) {
   if(sl <= 0.0 && before > 0.0 && g_set.sl_required)
      return "SL_REQUIRED: the S/L " + PlainNumber(before, 8) + " would be removed";
   return "";
}

void ModifyOrder(const Command &command, const Resting &resting) {
   MqlTradeRequest request;
   SendLimits      limits;
   Sent            sent;
   Fill            fill;
   LookAtFlags();
   double sl = command.has_sl ? command.sl : resting.sl;
   string reason = IsHalted() ? HaltText() : CheckRemoval(sl, resting.sl);
   if(reason != "") {
      Deny(command, reason);
      return;
   }
   ZeroMemory(request);
   request.action = TRADE_ACTION_MODIFY;
   request.magic = (ulong)g_set.magic;
   request.order = resting.ticket;
   request.symbol = resting.symbol;
   request.type = resting.type;
   request.volume = resting.volume;
   request.price = command.has_price ? command.price : resting.price;
   request.sl = sl;
   request.tp = command.has_tp ? command.tp : resting.tp;
   request.type_time = (ENUM_ORDER_TYPE_TIME)OrderGetInteger(ORDER_TYPE_TIME);
   request.expiration = (datetime)OrderGetInteger(ORDER_TIME_EXPIRATION);
   RowLimits(command, limits);
   SendRequest(request, limits, sent);
   NoFill(fill);
   fill.order = resting.ticket;
   AnswerLevels(command, sent, fill);
}

void ExecuteModify(const Command &command) {
   Held    held;
   Resting resting;
   ZeroMemory(held);
   ZeroMemory(resting);
   if(EndsExpired(command))
      return;
   if(FindPosition(command.ticket, held)) {
      double sl = command.has_sl ? command.sl : held.sl;
      string reason = CheckRemoval(sl, held.sl);
      if(reason != "")
         Deny(command, reason);
      else
         SetLevels(command, held, sl, command.has_tp ? command.tp : held.tp);
      return;
   }
   if(FindOrder(command.ticket, resting))
      ModifyOrder(command, resting);
   else
      Deny(command, "NO_POSITION: " + (string)command.ticket + " is neither a position nor a resting order");
}

void ExecuteBreakeven(const Command &command) {
   Held held;
   ZeroMemory(held);
   if(EndsExpired(command))
      return;
   if(!FindPosition(command.ticket, held)) {
      Deny(command, "NO_POSITION: position " + (string)command.ticket + " is not open");
      return;
   }
   double level = command.has_price ? command.price : held.price_open;
   double price = held.buy ? BidOf(held.symbol) : AskOf(held.symbol);
   bool   there = held.sl > 0.0 && (held.buy ? held.sl >= level - 0.00000001 : held.sl <= level + 0.00000001);
   if(there) {
      Fill fill;
      NoFill(fill);
      fill.position = held.ticket;
      Answer(command, "FILLED", "the S/L " + PlainNumber(held.sl, 8) + " is there or better already", TRADE_RETCODE_NO_CHANGES, fill);
      return;
   }
   bool passed = held.buy ? price > level + 0.00000001 : price < level - 0.00000001;
   if(passed)
      SetLevels(command, held, level, held.tp);
   else
      Deny(command, "NOT_IN_PROFIT: price " + PlainNumber(price, 8) + " has not passed " + PlainNumber(level, 8));
}

#endif
