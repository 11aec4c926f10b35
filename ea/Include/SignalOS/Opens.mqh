// Opens.mqh: BUY, SELL and pending orders: every check, then the intent, then the send.
#ifndef SIGNALOS_OPENS_MQH
#define SIGNALOS_OPENS_MQH

#include <SignalOS\Doubts.mqh>
#include <SignalOS\Guard.mqh>

#define OPEN_AHEAD_MS 62000

void FillRequest(const Command &command, MqlTradeRequest &request) {
   bool pending = IsPending(command.action);
   ZeroMemory(request);
   request.action = pending ? TRADE_ACTION_PENDING : TRADE_ACTION_DEAL;
   request.magic = (ulong)command.magic;
   request.symbol = command.symbol;
   request.volume = command.lots;
   request.price = command.price;
   request.sl = command.sl;
   request.tp = command.tp;
   request.deviation = (ulong)(pending ? 0 : command.deviation);
   request.type = OrderTypeOf(command.action);
   request.type_filling = ORDER_FILLING_RETURN;
   request.type_time = ORDER_TIME_GTC;
   request.comment = command.comment;
   if(pending && command.order_expiry_ms > 0) {
      request.type_time = ORDER_TIME_SPECIFIED;
      request.expiration = UtcMsToServer(command.order_expiry_ms);
   }
}

string CheckOrder(const Command &command, MqlTradeRequest &request, const SendLimits &limits) {
   if(!RefreshPrice(request, limits))
      return "CHECK: price " + PlainNumber(request.price, 8) + ", worst allowed " + PlainNumber(limits.worst_price, 8);
   MqlTradeCheckResult result;
   ZeroMemory(result);
   if(!IsPending(command.action)) {
      ENUM_ORDER_TYPE_FILLING modes[];
      FillingModes(command.symbol, modes);
      request.type_filling = modes[0];
   }
   if(OrderCheck(request, result))
      return "";
   if(result.retcode == TRADE_RETCODE_NO_MONEY)
      return "NO_MARGIN: " + (string)result.retcode + " " + result.comment;
   return "CHECK: " + (string)result.retcode + " " + result.comment;
}

// Everything before the expiry, in the order of the protocol.
string CheckBeforeExpiry(const Command &command) {
   if(command.expires_ms - UtcMs() > OPEN_AHEAD_MS)
      return "BAD_FIELD: expires_utc_ms " + (string)command.expires_ms + " is more than 60 s ahead of " + (string)UtcMs();
   string reason = CheckApp(command);
   if(reason == "") {
      LookAtFlags();
      if(IsHalted())
         reason = HaltText();
   }
   return reason;
}

string CheckAfterExpiry(const Command &command) {
   if(ArraySize(g_doubts) > 0)
      return "IN_DOUBT: command " + (string)g_doubts[0].command.cmd_id + " is not settled with the broker";
   string reason = CheckPermission();
   if(reason == "") reason = CheckNetting();
   if(reason == "") reason = CheckLimits(command);
   if(reason == "") reason = CheckSymbol(command);
   if(reason == "") reason = CheckVolume(command);
   if(reason == "") reason = CheckStopLoss(command);
   if(reason == "") reason = CheckSpread(command);
   return reason;
}

string CheckMoney(const Command &command, MqlTradeRequest &request, const SendLimits &limits) {
   string reason = CheckOrder(command, request, limits);
   if(reason == "") reason = CheckRisk(command);
   if(reason == "") reason = CheckMargin(command);
   return reason;
}

// A receipt that waits for the disk means that an intent could not be trusted to it either.
string AnnounceIntent(const Command &command) {
   if(ArraySize(g_receipts_waiting) > 0)
      return "DISK: receipts could not be written yet";
   return WriteIntent(command) ? "" : "DISK: the intent could not be written";
}

void WatchRisk(const Command &command, const Fill &fill) {
   double profit = 0.0;
   ENUM_ORDER_TYPE type = IsBuySide(command.action) ? ORDER_TYPE_BUY : ORDER_TYPE_SELL;
   if(command.sl <= 0.0 || !OrderCalcProfit(type, command.symbol, fill.volume, fill.price, command.sl, profit))
      return;
   if(-profit > command.max_loss + MONEY_DUST)
      TellEvent("RISK_OVERRUN", command.cmd_id, fill.position, "filled at " + PlainNumber(fill.price, 8) + ": loss at S/L " +
                DoubleToString(-profit, 2) + ", allowed " + DoubleToString(command.max_loss, 2));
}

// Executed: the receipt comes from the deals, from the reply where none is known yet.
void AnswerExecuted(const Command &command, const Sent &sent) {
   Fill fill;
   if(IsPending(command.action)) {
      NoFill(fill);
      fill.order = sent.order;
      fill.volume = command.lots;
      fill.price = command.price;
      Answer(command, "PLACED", SentText(sent), sent.retcode, fill);
      return;
   }
   bool known = FillOfOrder(sent.order, fill);
   if(!known && sent.retcode == TRADE_RETCODE_PLACED) {
      AnswerUnknown(command, SentText(sent) + ", no deal yet", sent.retcode, fill);
      return;
   }
   if(!known) {
      fill.order = sent.order;
      fill.deal = sent.deal;
      fill.volume = sent.volume > 0.0 ? sent.volume : command.lots;
      fill.price = sent.price;
   }
   WatchRisk(command, fill);
   Answer(command, IsFullVolume(fill.volume, command.lots) ? "FILLED" : "PARTIAL", SentText(sent), sent.retcode, fill);
}

void AnswerSent(const Command &command, const Sent &sent) {
   Fill none;
   NoFill(none);
   if(sent.refused != "")
      AnswerRefused(command, sent, HaltText());
   else if(sent.outcome == OUTCOME_DONE)
      AnswerExecuted(command, sent);
   else if(sent.outcome == OUTCOME_UNKNOWN)
      AnswerUnknown(command, SentText(sent), sent.retcode, none);
   else
      AnswerPlain(command, "REJECTED", SentText(sent), sent.retcode);
}

void ExecuteOpen(const Command &command) {
   string reason = CheckBeforeExpiry(command);
   if(reason != "") {
      Deny(command, reason);
      return;
   }
   if(EndsExpired(command))
      return;
   MqlTradeRequest request;
   SendLimits      limits;
   Sent            sent;
   reason = CheckAfterExpiry(command);
   limits.open = true;
   limits.expires_ms = command.expires_ms;
   limits.worst_price = IsPending(command.action) ? 0.0 : WorstPrice(command);
   FillRequest(command, request);
   if(reason == "") reason = CheckMoney(command, request, limits);
   if(reason == "") reason = AnnounceIntent(command);
   if(reason != "") {
      Deny(command, reason);
      return;
   }
   NoteOpenTime();
   SendRequest(request, limits, sent);
   AnswerSent(command, sent);
}

#endif
