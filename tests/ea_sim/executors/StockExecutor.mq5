//+------------------------------------------------------------------+
//|                                               StockExecutor.mq5  |
//|  Protocol 1 as the public executor does it, its quirks included. |
//+------------------------------------------------------------------+
#property strict
#property version "1.00"

input int    MagicNumber          = 4400000;
input int    CheckIntervalSeconds = 2;
input int    MaxProcessedCommands = 10000;
input bool   EnableDebugLogs      = true;
input string CommandsFile         = "commands.csv";
input string ReceiptsFile         = "receipts.csv";

#include <Stock\Deals.mqh>

#define HEADER "cmd_id,timestamp,symbol,action,lot,sl,tp,magic,comment,ttl_sec"

int g_done[];
int g_next = 0;

int OnInit()
{
   ArrayResize(g_done, MaxProcessedCommands);
   ArrayInitialize(g_done, -1);
   g_next = 0;
   EventSetTimer(CheckIntervalSeconds);
   Log("started with magic " + MagicNumber);
   return(INIT_SUCCEEDED);
}

void OnDeinit(const int reason)
{
   EventKillTimer();
}

void OnTimer()
{
   ReadCommands();
}

void ReadCommands()
{
   int handle = FileOpen(CommandsFile, FILE_READ|FILE_CSV|FILE_ANSI, ',');
   if(handle == INVALID_HANDLE)
      return;
   string first = FileReadString(handle);
   if(first == HEADER || first == "cmd_id")
      Log("header skipped");
   else
      FileSeek(handle, 0, SEEK_SET);
   while(!FileIsEnding(handle))
   {
      // ten fields at a time, wherever the lines end
      int      id      = (int)StringToInteger(FileReadString(handle));
      string   stamp   = FileReadString(handle);
      string   symbol  = FileReadString(handle);
      string   action  = FileReadString(handle);
      double   lot     = StringToDouble(FileReadString(handle));
      double   sl      = StringToDouble(FileReadString(handle));
      double   tp      = StringToDouble(FileReadString(handle));
      int      magic   = (int)StringToInteger(FileReadString(handle));
      string   comment = FileReadString(handle);
      int      ttl     = (int)StringToInteger(FileReadString(handle));
      if(id <= 0 || IsDone(id))
         continue;
      int age = (int)(TimeCurrent() - StringToTime(stamp));
      if(ttl > 0 && age > ttl)
      {
         Receipt(id, "EXPIRED", 0, 0, 0.0, "Command expired (age: " + age + "s, TTL: " + ttl + "s)");
         Remember(id);
         continue;
      }
      if(magic != MagicNumber)
      {
         Receipt(id, "REJECTED", 0, 0, 0.0, "Magic number mismatch");
         Remember(id);
         continue;
      }
      Execute(id, symbol, action, lot, sl, tp, comment);
      Remember(id);
   }
   FileClose(handle);
}

bool IsDone(int id)
{
   for(int i = 0; i < MaxProcessedCommands; i++)
      if(g_done[i] == id)
         return(true);
   return(false);
}

void Remember(int id)
{
   g_done[g_next] = id;
   g_next = (g_next + 1) % MaxProcessedCommands;
}

void Execute(int id, string symbol, string action, double lot, double sl, double tp, string comment)
{
   if(!SymbolSelect(symbol, true))
   {
      Receipt(id, "ERROR", 0, 0, 0.0, "Symbol not found: " + symbol);
      return;
   }
   if(action == "BUY" || action == "SELL")
      Open(id, symbol, action == "BUY" ? ORDER_TYPE_BUY : ORDER_TYPE_SELL, lot, sl, tp, comment);
   else if(action == "CLOSE")
      CloseAll(id, symbol);
   else
      Receipt(id, "ERROR", 0, 0, 0.0, "Unknown action: " + action);
}

void Receipt(int id, string status, int ticket, int retcode, double price, string message)
{
   int handle = FileOpen(ReceiptsFile, FILE_WRITE|FILE_READ|FILE_CSV|FILE_ANSI, ',');
   if(handle == INVALID_HANDLE)
   {
      Print("cannot open ", ReceiptsFile, ", error ", GetLastError());
      return;
   }
   if(FileSize(handle) == 0)
      FileWrite(handle, "cmd_id", "status", "ticket", "retcode", "fill_price", "message");
   FileSeek(handle, 0, SEEK_END);
   FileWrite(handle, id, status, ticket, retcode, DoubleToString(price, 5), message);
   FileClose(handle);
}

void Log(string text)
{
   if(EnableDebugLogs)
      Print(text);
}
