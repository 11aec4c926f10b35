// How the stock executor opens and closes: whatever is not DONE is sent again.
void Open(int id, string symbol, ENUM_ORDER_TYPE type, double lot, double sl, double tp, string comment)
{
   MqlTradeRequest request;
   MqlTradeResult  result;
   ZeroMemory(request);
   ZeroMemory(result);
   request.action    = TRADE_ACTION_DEAL;
   request.symbol    = symbol;
   request.volume    = lot;
   request.type      = type;
   request.price     = SymbolInfoDouble(symbol, type == ORDER_TYPE_BUY ? SYMBOL_ASK : SYMBOL_BID);
   request.sl        = sl;
   request.tp        = tp;
   request.deviation = 10;
   request.magic     = MagicNumber;
   request.comment   = comment;
   // every answer but DONE is taken for a wrong filling mode
   request.type_filling = ORDER_FILLING_FOK;
   OrderSend(request, result);
   if(result.retcode != TRADE_RETCODE_DONE)
   {
      request.type_filling = ORDER_FILLING_IOC;
      OrderSend(request, result);
   }
   if(result.retcode != TRADE_RETCODE_DONE)
   {
      request.type_filling = ORDER_FILLING_RETURN;
      OrderSend(request, result);
   }
   if(result.retcode == TRADE_RETCODE_DONE)
      Receipt(id, "FILLED", (int)result.order, (int)result.retcode, result.price, "Request completed");
   else
      Receipt(id, "REJECTED", 0, (int)result.retcode, 0.0, "Retcode: " + result.retcode + " - " + result.comment);
}

void CloseAll(int id, string symbol)
{
   int closed = 0, found = 0;
   for(int i = PositionsTotal() - 1; i >= 0; i--)
   {
      ulong ticket = PositionGetTicket(i);
      if(PositionGetString(POSITION_SYMBOL) != symbol || PositionGetInteger(POSITION_MAGIC) != MagicNumber)
         continue;
      found++;
      MqlTradeRequest request;
      MqlTradeResult  result;
      ZeroMemory(request);
      ZeroMemory(result);
      bool buy = PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY;
      request.action       = TRADE_ACTION_DEAL;
      request.position     = ticket;
      request.symbol       = symbol;
      request.volume       = PositionGetDouble(POSITION_VOLUME);
      request.type         = buy ? ORDER_TYPE_SELL : ORDER_TYPE_BUY;
      request.price        = SymbolInfoDouble(symbol, buy ? SYMBOL_BID : SYMBOL_ASK);
      request.deviation    = 10;
      request.magic        = MagicNumber;
      request.comment      = "Close by EA";
      request.type_filling = ORDER_FILLING_FOK;
      OrderSend(request, result);
      if(result.retcode != TRADE_RETCODE_DONE)
      {
         request.type_filling = ORDER_FILLING_IOC;
         OrderSend(request, result);
      }
      if(result.retcode == TRADE_RETCODE_DONE)
         closed++;
   }
   if(found == 0)
      Receipt(id, "ERROR", 0, 0, 0.0, "No positions to close");
   else
      Receipt(id, "FILLED", 0, TRADE_RETCODE_DONE, 0.0, "Closed " + closed + " position(s)");
}
