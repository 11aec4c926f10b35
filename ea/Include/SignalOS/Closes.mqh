// Closes.mqh: CLOSE, CLOSE_ALL, CLOSE_TICKET, CLOSE_PARTIAL and CANCEL: looked up first, then sent.
#ifndef SIGNALOS_CLOSES_MQH
#define SIGNALOS_CLOSES_MQH

#include <SignalOS\Opens.mqh>

#define CLOSE_ROUNDS 20

// What closing one position came to.
struct Closing {
   string status;   // FILLED, REJECTED or UNKNOWN; REFUSED = kept back, see sent
   uint   retcode;
   string text;
   Fill   fill;
   Sent   sent;
};

void RowLimits(const Command &command, SendLimits &limits) {
   limits.open = false;
   limits.expires_ms = command.expires_ms;
   limits.worst_price = 0.0;
}

// Not there: closed by whomever. Without a connection the terminal's list proves nothing.
void CallGone(const ulong ticket, const Command &command, const uint retcode, Closing &closing) {
   if(!IsConnected()) {
      closing.status = "REJECTED";
      closing.retcode = TRADE_RETCODE_CONNECTION;
      closing.text = "no connection: whether position " + (string)ticket + " is open is not known";
      return;
   }
   closing.status = "FILLED";
   closing.retcode = retcode;
   bool told = ClosingFill(ticket, command.comment, closing.fill);
   closing.text = "position " + (string)ticket + (told ? " is closed" : " is not open, no deal of the last day");
   closing.fill.position = ticket;
}

// Close one position whole, in as many orders as its volume and partial fills ask for.
void CloseOne(const Command &command, const ulong ticket, Closing &closing) {
   SendLimits limits;
   uint       last = TRADE_RETCODE_POSITION_CLOSED;
   RowLimits(command, limits);
   ZeroMemory(closing);
   for(int round = 0; round < CLOSE_ROUNDS; round++) {
      Held held;
      Sent sent;
      ZeroMemory(held);
      if(!FindPosition(ticket, held)) {
         CallGone(ticket, command, last, closing);
         return;
      }
      SendClose(held, held.volume, g_set.deviation, command.comment, limits, sent);
      last = sent.retcode;
      closing.retcode = sent.retcode;
      closing.text = SentText(sent);
      closing.sent = sent;
      closing.fill.position = held.ticket;
      if(sent.refused == "" && (sent.outcome == OUTCOME_DONE || sent.retcode == TRADE_RETCODE_POSITION_CLOSED)) {
         Held left;
         ZeroMemory(left);
         closing.status = "UNKNOWN";
         if(!FindPosition(ticket, left) || left.volume < held.volume)
            continue;
         return;
      }
      closing.status = (sent.refused != "") ? "REFUSED" : (sent.outcome == OUTCOME_UNKNOWN ? "UNKNOWN" : "REJECTED");
      return;
   }
}

void AnswerClosing(const Command &command, const Closing &closing) {
   if(closing.status == "REFUSED")
      AnswerRefused(command, closing.sent, "");
   else if(closing.status == "UNKNOWN")
      AnswerUnknown(command, closing.text, closing.retcode, closing.fill);
   else
      Answer(command, closing.status, closing.text, closing.retcode, closing.fill);
}

void ExecuteCloseTicket(const Command &command) {
   Closing closing;
   CloseOne(command, command.ticket, closing);
   AnswerClosing(command, closing);
}

bool IsMeant(const Command &command, const Held &held) {
   bool ours = (command.action == ACTION_CLOSE ? held.magic == command.magic : InScope(held.magic));
   return ours && (command.symbol == "" || command.symbol == held.symbol);
}

// One receipt for several positions: the least certain one decides.
void AnswerTogether(const Command &command, const int done, const int all, Closing &last_done, Closing &worst) {
   string text = (string)done + " of " + (string)all + " positions closed";
   if(done == all) {
      last_done.text = text;
      AnswerClosing(command, last_done);
      return;
   }
   worst.text = text + "; " + worst.text;
   if(done > 0) {
      worst.fill = last_done.fill;
      if(worst.status != "UNKNOWN")
         worst.status = "PARTIAL";
   }
   AnswerClosing(command, worst);
}

void ExecuteCloseMany(const Command &command) {
   Held    list[];
   Closing one, last_done, worst;
   int     all = 0;
   int     done = 0;
   double  volume = 0.0;
   ZeroMemory(last_done);
   ZeroMemory(worst);
   int count = ListPositions(list);
   for(int i = 0; i < count; i++) {
      if(!IsMeant(command, list[i]))
         continue;
      all++;
      CloseOne(command, list[i].ticket, one);
      if(one.status == "FILLED") {
         done++;
         volume += one.fill.volume;
         last_done = one;
         last_done.fill.volume = volume;
      } else if(worst.status != "UNKNOWN") {
         worst = one;
      }
   }
   if(all == 0)
      AnswerPlain(command, "FILLED", "0 positions to close", TRADE_RETCODE_POSITION_CLOSED);
   else
      AnswerTogether(command, done, all, last_done, worst);
}

string CheckPartial(const Command &command, Held &held) {
   if(!FindPosition(command.ticket, held))
      return "NO_POSITION: position " + (string)command.ticket + " is not open";
   bool whole_steps = SameNumber(RoundVolume(held.symbol, command.lots), command.lots);
   if(!whole_steps || command.lots > held.volume - 0.00000001)
      return "VOLUME: " + PlainNumber(command.lots, 8) + " of " + PlainNumber(held.volume, 8) + " lots, steps of " +
             PlainNumber(VolumeStep(held.symbol), 8);
   return "";
}

// Not idempotent: announced like an open, never sent twice.
void ExecuteClosePartial(const Command &command) {
   if(EndsExpired(command))
      return;
   Held held;
   ZeroMemory(held);
   string reason = CheckPartial(command, held);
   if(reason == "") reason = AnnounceIntent(command);
   if(reason != "") {
      Deny(command, reason);
      return;
   }
   SendLimits limits;
   Sent       sent;
   Fill       fill;
   RowLimits(command, limits);
   SendClose(held, command.lots, g_set.deviation, command.comment, limits, sent);
   NoFill(fill);
   fill.position = held.ticket;
   if(sent.refused != "")
      AnswerRefused(command, sent, "");
   else if(sent.outcome == OUTCOME_UNKNOWN)
      AnswerUnknown(command, SentText(sent), sent.retcode, fill);
   else if(sent.outcome == OUTCOME_DONE)
      AnswerExecuted(command, sent);
   else
      Answer(command, "REJECTED", SentText(sent), sent.retcode, fill);
}

void AnswerOrderGone(const Command &command, const uint retcode) {
   Fill fill;
   if(!IsConnected()) {
      AnswerPlain(command, "REJECTED", "no connection: whether the order rests is not known", TRADE_RETCODE_CONNECTION);
      return;
   }
   string text = "order " + (string)command.ticket + " is gone";
   if(FillOfOrder(command.ticket, fill))
      text += ": it was filled, position " + (string)fill.position;
   fill.order = command.ticket;
   Answer(command, "FILLED", text, retcode, fill);
}

void ExecuteCancel(const Command &command) {
   Resting    resting;
   SendLimits limits;
   Sent       sent;
   Fill       fill;
   ZeroMemory(resting);
   RowLimits(command, limits);
   if(!FindOrder(command.ticket, resting)) {
      AnswerOrderGone(command, TRADE_RETCODE_POSITION_CLOSED);
      return;
   }
   SendRemove(command.ticket, limits, sent);
   NoFill(fill);
   fill.order = command.ticket;
   if(sent.refused != "")
      AnswerRefused(command, sent, "");
   else if(sent.outcome != OUTCOME_UNKNOWN && !FindOrder(command.ticket, resting))
      AnswerOrderGone(command, sent.retcode);
   else if(sent.outcome == OUTCOME_REJECTED)
      Answer(command, "REJECTED", SentText(sent), sent.retcode, fill);
   else
      AnswerUnknown(command, SentText(sent), sent.retcode, fill);
}

#endif
