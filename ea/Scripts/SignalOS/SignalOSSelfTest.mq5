// SignalOSSelfTest.mq5: checks on a real terminal what the Expert Advisor takes for granted of MQL5, and writes
// SignalOS\selftest.json. It trades only if the input allows it, and then only a far pending order on a demo account.
#property copyright "SignalOS Desktop, MIT licence"
#property version   "1.00"
#property script_show_inputs

#include <SignalOS\SelfTest.mqh>

input bool InpAllowPendingOrder = false;   // Demo account: place and delete a 0.01 order

// How much of a comment the broker keeps, on a pending order that cannot fill in the meantime.
void CheckComment() {
   if(!InpAllowPendingOrder || AccountInfoInteger(ACCOUNT_TRADE_MODE) != ACCOUNT_TRADE_MODE_DEMO)
      return;
   MqlTradeRequest request;
   MqlTradeResult  result;
   Resting         resting;
   ZeroMemory(request);
   ZeroMemory(result);
   ZeroMemory(resting);
   string symbol = SymbolName(0, true);
   request.action = TRADE_ACTION_PENDING;
   request.symbol = symbol;
   request.type = ORDER_TYPE_BUY_LIMIT;
   request.volume = SymbolInfoDouble(symbol, SYMBOL_VOLUME_MIN);
   request.price = NormalizeDouble(BidOf(symbol) * 0.9, DigitsOf(symbol));
   request.type_filling = ORDER_FILLING_RETURN;
   request.comment = "#2147483647 abcdefghijklmn";
   bool sent = OrderSend(request, result);
   bool found = sent && FindOrder(result.order, resting);
   Report("comment of 26 characters", found && resting.comment == request.comment, found ? resting.comment : "retcode " + (string)result.retcode);
   if(!found)
      return;
   ZeroMemory(request);
   request.action = TRADE_ACTION_REMOVE;
   request.order = resting.ticket;
   sent = OrderSend(request, result);
   Report("the test order is deleted", sent, "retcode " + (string)result.retcode);
}

void OnStart() {
   ArrayResize(g_results, 0);
   g_failed = 0;
   CheckText();
   CheckAppend();
   CheckMoves();
   CheckSharing();
   CheckClocks();
   CheckSymbol();
   CheckComment();
   g_folder = "SignalOS";
   string body = "{" + JsonPair("build", (string)TerminalInfoInteger(TERMINAL_BUILD)) + "," + JsonPair("utc_ms", (string)UtcMs()) + "," +
                 JsonPair("failed", (string)g_failed) + "," + JsonPair("checks", JsonList(g_results)) + "}\n";
   if(!ReplaceText("selftest.json", body))
      Print("selftest.json could not be written, error ", GetLastError());
   Print("SignalOSSelfTest: ", (string)g_failed, " failed, see MQL5\\Files\\SignalOS\\selftest.json");
}
