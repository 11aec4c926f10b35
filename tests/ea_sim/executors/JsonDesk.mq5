// Orders as JSON lines in, receipts as JSON lines out; CTrade, pointers, a template, a static.
#property version   "2.10"
#property strict

#include <Trade\Trade.mqh>

#define NAME_OF(x) EnumToString(x)
#define MAX_TRIES  3

enum ENUM_DESK_MODE
  {
   DESK_LIVE = 0,  // Trade
   DESK_WATCH,     // Only look
  };

input group           "=== Desk ==="
input ulong           InpMagic   = 515151;          // Magic number
input ENUM_DESK_MODE  InpMode    = DESK_LIVE;       // Mode
input double          InpMaxLot  = 5.0;             // Largest lot
input string          InpIn      = "desk_in.jsonl"; // Orders
input string          InpOut     = "desk_out.jsonl";// Receipts
sinput int            InpEveryMs = 100;             // Period, ms
input color           InpShade   = clrTomato;       // Shade

struct SOrder
  {
   string            id;
   string            symbol;
   string            side;
   double            lot;
   double            sl;
                     SOrder(void) : id(""), symbol(""), side(""), lot(0.0), sl(0.0) {}
   bool              IsValid(void) const { return(id != "" && lot > 0.0 && lot <= InpMaxLot); }
  };

class CSink
  {
public:
   virtual          ~CSink(void) {}
   virtual void      Tell(const string line) = 0;
  };

class CFileSink : public CSink
  {
private:
   string            m_name;
public:
                     CFileSink(const string name) : m_name(name) {}
   virtual void      Tell(const string line) override
     {
      int handle = FileOpen(m_name, FILE_READ | FILE_WRITE | FILE_TXT | FILE_ANSI | FILE_SHARE_READ);
      if(handle == INVALID_HANDLE)
         return;
      FileSeek(handle, 0, SEEK_END);
      FileWrite(handle, line);
      FileClose(handle);
     }
  };

CTrade  g_trade;
CSink  *g_sink = NULL;
string  g_seen[];
int     g_grid[2][3] = {{1, 2, 3}, {4, 5, 6}};

template<typename T>
bool Contains(const T &list[], const T value)
  {
   for(int i = 0; i < ArraySize(list); i++)
      if(list[i] == value) return(true);
   return(false);
  }

string Field(const string json, const string key)
  {
   int from = StringFind(json, "\"" + key + "\":");
   if(from < 0)
      return("");
   from += StringLen(key) + 3;
   int quoted = (StringGetCharacter(json, from) == '"');
   int to = quoted ? StringFind(json, "\"", from + 1) : StringFind(json, ",", from);
   if(to < 0)
      to = StringFind(json, "}", from);
   return(StringSubstr(json, from + quoted, to - from - quoted));
  }

int OnInit()
  {
   g_trade.SetExpertMagicNumber(InpMagic);
   g_trade.SetDeviationInPoints(30);
   g_sink = new CFileSink(InpOut);
   EventSetMillisecondTimer(InpEveryMs);
   Print("desk ", NAME_OF(InpMode), " ", ColorToString(InpShade), " ", g_grid[1][2], " ", Sum(2, 3));
   return(INIT_SUCCEEDED);
  }

void OnDeinit(const int reason)
  {
   if(CheckPointer(g_sink) == POINTER_DYNAMIC)
      delete g_sink;
  }

double Sum(double a, double b = 1) { return(a + b); }

void OnTimer()
  {
   int handle = FileOpen(InpIn, FILE_READ | FILE_TXT | FILE_ANSI | FILE_SHARE_READ | FILE_SHARE_WRITE);
   if(handle == INVALID_HANDLE)
      return;
   while(!FileIsEnding(handle))
      Take(FileReadString(handle));
   FileClose(handle);
  }

void Take(string line)
  {
   SOrder order;
   order.id = Field(line, "id");
   if(order.id == "" || Contains(g_seen, order.id))
      return;
   int size = ArraySize(g_seen);
   ArrayResize(g_seen, size + 1);
   g_seen[size] = order.id;
   order.symbol = Field(line, "symbol");
   order.side = Field(line, "side");
   order.lot = (double)Field(line, "lot");
   order.sl = StringToDouble(Field(line, "sl"));
   bool done = order.IsValid() && InpMode == DESK_LIVE && Run(order);
   g_sink.Tell(StringFormat("{\"id\":\"%s\",\"ok\":%s,\"retcode\":%u,\"order\":%I64u,\"price\":%.5f}", order.id,
                            done ? "true" : "false", g_trade.ResultRetcode(), g_trade.ResultOrder(), g_trade.ResultPrice()));
  }

bool Run(const SOrder &order)
  {
   static int tries;
   tries = 0;
   do
     {
      bool sent = false;
      if(order.side == "buy")
         sent = g_trade.Buy(order.lot, order.symbol, 0.0, order.sl, 0.0, "j" + order.id);
      else if(order.side == "sell")
         sent = g_trade.Sell(order.lot, order.symbol, 0.0, order.sl, 0.0, "j" + order.id);
      else if(order.side == "flat")
         sent = g_trade.PositionClose(order.symbol);
      if(sent && g_trade.ResultRetcode() == TRADE_RETCODE_DONE) return(true);
      tries++;
     }
   while(tries < MAX_TRIES && g_trade.ResultRetcode() == TRADE_RETCODE_REQUOTE);
   return(false);
  }
