// An executor in the style of the standard library: classes, a binary journal, OnTradeTransaction.
#include <Desk\Journal.mqh>

input ulong  InpMagic = 990099;      // Magic
input string InpQueue = "queue.csv"; // Queue
input int    InpSeconds = 1;         // Period

class CExecutor
  {
private:
   ulong             m_magic;
   CJournal          m_journal;
   ulong             m_offset;
public:
                     CExecutor(void) : m_magic(0), m_offset(0) {}
   void              Magic(const ulong magic) { m_magic = magic; }
   bool              Start(const string name);
   void              Poll(const string queue);
   bool              Take(const string line);
   int               Count(void) const { return m_journal.Count(); }
  };

bool CExecutor::Start(const string name)
  {
   return(m_journal.Open(name));
  }

void CExecutor::Poll(const string queue)
  {
   int handle = FileOpen(queue, FILE_READ | FILE_BIN | FILE_SHARE_READ | FILE_SHARE_WRITE);
   if(handle == INVALID_HANDLE)
      return;
   ulong size = FileSize(handle);
   uchar bytes[];
   if(size > m_offset)
     {
      FileSeek(handle, (long)m_offset, SEEK_SET);
      FileReadArray(handle, bytes);
     }
   FileClose(handle);
   string text = CharArrayToString(bytes, 0, WHOLE_ARRAY, CP_UTF8);
   string lines[];
   int    count = StringSplit(text, '\n', lines);
   for(int i = 0; i < count - 1; i++)
     {
      Take(lines[i]);
      m_offset += StringLen(lines[i]) + 1;
     }
  }

bool CExecutor::Take(const string line)
  {
   string f[];
   if(StringSplit(line, ';', f) < 5)
      return(false);
   MqlTradeRequest request = {};
   MqlTradeResult  result = {};
   request.action = TRADE_ACTION_DEAL;
   request.magic = m_magic;
   request.symbol = f[1];
   request.volume = StringToDouble(f[3]);
   request.type = (f[2] == "SELL") ? ORDER_TYPE_SELL : ORDER_TYPE_BUY;
   request.price = (request.type == ORDER_TYPE_BUY) ? SymbolInfoDouble(f[1], SYMBOL_ASK) : SymbolInfoDouble(f[1], SYMBOL_BID);
   request.sl = StringToDouble(f[4]);
   request.deviation = 20;
   request.type_filling = ORDER_FILLING_FOK;
   request.comment = "q" + f[0];
   bool sent = OrderSend(request, result);
   m_journal.Write(StringFormat("%s %d %I64u", f[0], (int)result.retcode, result.deal));
   PrintFormat("%s: %s, retcode %u", f[0], sent ? "sent" : "refused", result.retcode);
   return(sent);
  }

CExecutor g_executor;
int       g_deals = 0;

int OnInit()
  {
   g_executor.Magic(InpMagic);
   if(!g_executor.Start("journal.bin"))
      return(INIT_FAILED);
   EventSetTimer(InpSeconds);
   return(INIT_SUCCEEDED);
  }

void OnTimer()
  {
   g_executor.Poll(InpQueue);
  }

void OnTradeTransaction(const MqlTradeTransaction &trans, const MqlTradeRequest &request, const MqlTradeResult &result)
  {
   if(trans.type == TRADE_TRANSACTION_DEAL_ADD)
      g_deals++;
  }

void OnDeinit(const int reason)
  {
   EventKillTimer();
   Print("deals seen: ", g_deals, ", entries: ", g_executor.Count());
  }
