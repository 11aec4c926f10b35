// Trade.mqh: what executors call of the terminal's trade class, by its documented behaviour; not its source.
#ifndef EA_SIM_TRADE_MQH
#define EA_SIM_TRADE_MQH

class CTrade
  {
private:
   ulong                   m_magic;
   ulong                   m_deviation;
   ENUM_ORDER_TYPE_FILLING m_filling;
   bool                    m_chosen;
   MqlTradeRequest         m_request;
   MqlTradeResult          m_result;

   void              Begin(const ENUM_TRADE_REQUEST_ACTIONS action);
   bool              Send(void);
   ENUM_ORDER_TYPE_FILLING FillingOf(const string symbol) const;
   bool              Deal(const ENUM_ORDER_TYPE type, const double volume, const string symbol, const double price,
                          const double sl, const double tp, const string comment);
   bool              Pending(const ENUM_ORDER_TYPE type, const double volume, const double price, const string symbol,
                             const double sl, const double tp, const ENUM_ORDER_TYPE_TIME time, const datetime expiration,
                             const string comment);
   bool              CloseSelected(const double volume, const ulong deviation);

public:
                     CTrade(void);
   void              SetExpertMagicNumber(const ulong magic) { m_magic = magic; }
   void              SetDeviationInPoints(const ulong deviation) { m_deviation = deviation; }
   void              SetTypeFilling(const ENUM_ORDER_TYPE_FILLING filling) { m_filling = filling; m_chosen = true; }
   bool              SetTypeFillingBySymbol(const string symbol);
   void              SetAsyncMode(const bool mode) {}
   void              SetMarginMode(void) {}
   void              LogLevel(const int level) {}

   bool              Buy(const double volume, const string symbol = NULL, double price = 0.0, const double sl = 0.0,
                         const double tp = 0.0, const string comment = "")
     { return Deal(ORDER_TYPE_BUY, volume, symbol, price, sl, tp, comment); }
   bool              Sell(const double volume, const string symbol = NULL, double price = 0.0, const double sl = 0.0,
                          const double tp = 0.0, const string comment = "")
     { return Deal(ORDER_TYPE_SELL, volume, symbol, price, sl, tp, comment); }
   bool              PositionOpen(const string symbol, const ENUM_ORDER_TYPE type, const double volume, const double price,
                                  const double sl, const double tp, const string comment = "")
     { return Deal(type, volume, symbol, price, sl, tp, comment); }
   bool              BuyLimit(const double volume, const double price, const string symbol = NULL, const double sl = 0.0,
                              const double tp = 0.0, const ENUM_ORDER_TYPE_TIME time = ORDER_TIME_GTC,
                              const datetime expiration = 0, const string comment = "")
     { return Pending(ORDER_TYPE_BUY_LIMIT, volume, price, symbol, sl, tp, time, expiration, comment); }
   bool              SellLimit(const double volume, const double price, const string symbol = NULL, const double sl = 0.0,
                               const double tp = 0.0, const ENUM_ORDER_TYPE_TIME time = ORDER_TIME_GTC,
                               const datetime expiration = 0, const string comment = "")
     { return Pending(ORDER_TYPE_SELL_LIMIT, volume, price, symbol, sl, tp, time, expiration, comment); }
   bool              BuyStop(const double volume, const double price, const string symbol = NULL, const double sl = 0.0,
                             const double tp = 0.0, const ENUM_ORDER_TYPE_TIME time = ORDER_TIME_GTC,
                             const datetime expiration = 0, const string comment = "")
     { return Pending(ORDER_TYPE_BUY_STOP, volume, price, symbol, sl, tp, time, expiration, comment); }
   bool              SellStop(const double volume, const double price, const string symbol = NULL, const double sl = 0.0,
                              const double tp = 0.0, const ENUM_ORDER_TYPE_TIME time = ORDER_TIME_GTC,
                              const datetime expiration = 0, const string comment = "")
     { return Pending(ORDER_TYPE_SELL_STOP, volume, price, symbol, sl, tp, time, expiration, comment); }
   bool              PositionClose(const ulong ticket, const ulong deviation = ULONG_MAX);
   bool              PositionClose(const string symbol, const ulong deviation = ULONG_MAX);
   bool              PositionClosePartial(const ulong ticket, const double volume, const ulong deviation = ULONG_MAX);
   bool              PositionModify(const ulong ticket, const double sl, const double tp);
   bool              OrderDelete(const ulong ticket);

   uint              ResultRetcode(void) const { return m_result.retcode; }
   string            ResultRetcodeDescription(void) const { return m_result.comment; }
   string            ResultComment(void) const { return m_result.comment; }
   ulong             ResultDeal(void) const { return m_result.deal; }
   ulong             ResultOrder(void) const { return m_result.order; }
   double            ResultVolume(void) const { return m_result.volume; }
   double            ResultPrice(void) const { return m_result.price; }
   ulong             RequestMagic(void) const { return m_magic; }
  };

CTrade::CTrade(void)
  {
   m_magic = 0;
   m_deviation = 10;
   m_filling = ORDER_FILLING_FOK;
   m_chosen = false;
   ZeroMemory(m_request);
   ZeroMemory(m_result);
  }

void CTrade::Begin(const ENUM_TRADE_REQUEST_ACTIONS action)
  {
   ZeroMemory(m_request);
   ZeroMemory(m_result);
   m_request.action = action;
   m_request.magic = m_magic;
   m_request.deviation = m_deviation;
  }

// True as documented: the request was accepted, which does not mean executed.
bool CTrade::Send(void)
  {
   return OrderSend(m_request, m_result);
  }

ENUM_ORDER_TYPE_FILLING CTrade::FillingOf(const string symbol) const
  {
   if(m_chosen)
      return m_filling;
   long modes = SymbolInfoInteger(symbol, SYMBOL_FILLING_MODE);
   if((modes & SYMBOL_FILLING_FOK) != 0)
      return ORDER_FILLING_FOK;
   return (modes & SYMBOL_FILLING_IOC) != 0 ? ORDER_FILLING_IOC : ORDER_FILLING_RETURN;
  }

bool CTrade::SetTypeFillingBySymbol(const string symbol)
  {
   m_chosen = false;
   SetTypeFilling(FillingOf(symbol));
   return true;
  }

bool CTrade::Deal(const ENUM_ORDER_TYPE type, const double volume, const string symbol, const double price, const double sl,
                  const double tp, const string comment)
  {
   string name = (symbol == NULL || symbol == "") ? _Symbol : symbol;
   Begin(TRADE_ACTION_DEAL);
   m_request.symbol = name;
   m_request.type = type;
   m_request.volume = volume;
   m_request.price = price > 0.0 ? price : SymbolInfoDouble(name, type == ORDER_TYPE_BUY ? SYMBOL_ASK : SYMBOL_BID);
   m_request.sl = sl;
   m_request.tp = tp;
   m_request.type_filling = FillingOf(name);
   m_request.comment = comment;
   return Send();
  }

bool CTrade::Pending(const ENUM_ORDER_TYPE type, const double volume, const double price, const string symbol, const double sl,
                     const double tp, const ENUM_ORDER_TYPE_TIME time, const datetime expiration, const string comment)
  {
   Begin(TRADE_ACTION_PENDING);
   m_request.symbol = (symbol == NULL || symbol == "") ? _Symbol : symbol;
   m_request.type = type;
   m_request.volume = volume;
   m_request.price = price;
   m_request.sl = sl;
   m_request.tp = tp;
   m_request.type_filling = ORDER_FILLING_RETURN;
   m_request.type_time = time;
   m_request.expiration = expiration;
   m_request.comment = comment;
   return Send();
  }

bool CTrade::CloseSelected(const double volume, const ulong deviation)
  {
   string symbol = PositionGetString(POSITION_SYMBOL);
   bool   bought = PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY;
   Begin(TRADE_ACTION_DEAL);
   m_request.position = (ulong)PositionGetInteger(POSITION_TICKET);
   m_request.magic = (ulong)PositionGetInteger(POSITION_MAGIC);
   m_request.symbol = symbol;
   m_request.type = bought ? ORDER_TYPE_SELL : ORDER_TYPE_BUY;
   m_request.volume = MathMin(volume, PositionGetDouble(POSITION_VOLUME));
   m_request.price = SymbolInfoDouble(symbol, bought ? SYMBOL_BID : SYMBOL_ASK);
   m_request.deviation = deviation == ULONG_MAX ? m_deviation : deviation;
   m_request.type_filling = FillingOf(symbol);
   return Send();
  }

bool CTrade::PositionClose(const ulong ticket, const ulong deviation)
  {
   return PositionSelectByTicket(ticket) && CloseSelected(PositionGetDouble(POSITION_VOLUME), deviation);
  }

bool CTrade::PositionClose(const string symbol, const ulong deviation)
  {
   return PositionSelect(symbol) && CloseSelected(PositionGetDouble(POSITION_VOLUME), deviation);
  }

bool CTrade::PositionClosePartial(const ulong ticket, const double volume, const ulong deviation)
  {
   return PositionSelectByTicket(ticket) && CloseSelected(volume, deviation);
  }

bool CTrade::PositionModify(const ulong ticket, const double sl, const double tp)
  {
   if(!PositionSelectByTicket(ticket))
      return false;
   Begin(TRADE_ACTION_SLTP);
   m_request.position = ticket;
   m_request.symbol = PositionGetString(POSITION_SYMBOL);
   m_request.magic = (ulong)PositionGetInteger(POSITION_MAGIC);
   m_request.sl = sl;
   m_request.tp = tp;
   return Send();
  }

bool CTrade::OrderDelete(const ulong ticket)
  {
   Begin(TRADE_ACTION_REMOVE);
   m_request.order = ticket;
   return Send();
  }

#endif
