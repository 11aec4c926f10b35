// Answers.mqh: from what happened to the receipt that says so.
#ifndef SIGNALOS_ANSWERS_MQH
#define SIGNALOS_ANSWERS_MQH

#include <SignalOS\Commands.mqh>
#include <SignalOS\Market.mqh>
#include <SignalOS\Receipts.mqh>
#include <SignalOS\Trade.mqh>

void NoFill(Fill &fill) {
   ZeroMemory(fill);
}

void Answer(const Command &command, const string status, const string message, const uint retcode, const Fill &fill) {
   Receipt receipt;
   ZeroMemory(receipt);
   receipt.cmd_id = command.cmd_id;
   receipt.status = status;
   receipt.ticket = fill.order;
   receipt.retcode = retcode;
   receipt.price = fill.price;
   receipt.message = message;
   receipt.position = fill.position;
   receipt.volume = fill.volume;
   receipt.deal = fill.deal;
   receipt.session = command.session;
   WriteReceipt(receipt);
}

void AnswerPlain(const Command &command, const string status, const string message, const uint retcode) {
   Fill fill;
   NoFill(fill);
   Answer(command, status, message, retcode, fill);
}

void Deny(const Command &command, const string reason) {
   AnswerPlain(command, "DENIED", reason, 0);
}

void AnswerExpired(const Command &command, const uint retcode) {
   string text = "EXPIRED: at " + (string)command.expires_ms + ", TimeGMT is " + (string)UtcMs();
   AnswerPlain(command, "EXPIRED", text, retcode);
}

// The time of a row is over: its receipt is written.
bool EndsExpired(const Command &command) {
   if(!IsExpired(command.expires_ms))
      return false;
   AnswerExpired(command, 0);
   return true;
}

string SentText(const Sent &sent) {
   return (string)sent.retcode + " " + sent.text + " (" + (string)sent.attempts + " sent)";
}

bool IsFullVolume(const double done, const double asked) {
   return asked <= 0.0 || done > asked - 0.00000001;
}

// A request that was kept back after a first attempt, or before any: the reason decides the status.
void AnswerRefused(const Command &command, const Sent &sent, const string halt_text) {
   if(sent.refused == "EXPIRED")
      AnswerExpired(command, sent.retcode);
   else if(sent.refused == "HALTED")
      AnswerPlain(command, "DENIED", halt_text, sent.retcode);
   else if(sent.refused == "ACCOUNT")
      AnswerPlain(command, "DENIED", "WRONG_ACCOUNT: the terminal has changed to another account", sent.retcode);
   else if(sent.attempts == 0)
      Deny(command, "CHECK: the price has left the range that the row allows");
   else
      AnswerPlain(command, "REJECTED", SentText(sent) + ", then the price left the range that the row allows", sent.retcode);
}

#endif
