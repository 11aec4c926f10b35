// Costs.mqh: commission of a symbol as the last closed position paid it; MQL5 itself does not tell it.
#ifndef SIGNALOS_COSTS_MQH
#define SIGNALOS_COSTS_MQH

#include <SignalOS\Market.mqh>

#define COST_DAYS 30

struct Cost {
   string symbol;
   long   position;
   double money;
   double lots_in;
   double lots_out;
};

int FindCost(const Cost &list[], const string symbol) {
   for(int i = ArraySize(list) - 1; i >= 0; i--) {
      if(list[i].symbol == symbol)
         return i;
   }
   return -1;
}

void AddDealToCost(const ulong deal, Cost &cost) {
   long   entry = HistoryDealGetInteger(deal, DEAL_ENTRY);
   double lots = HistoryDealGetDouble(deal, DEAL_VOLUME);
   cost.money -= HistoryDealGetDouble(deal, DEAL_COMMISSION) + HistoryDealGetDouble(deal, DEAL_FEE);
   if(entry == DEAL_ENTRY_IN)
      cost.lots_in += lots;
   else if(entry == DEAL_ENTRY_OUT)
      cost.lots_out += lots;
}

// Of each symbol the position that was closed last.
void ReadCosts(Cost &list[]) {
   ArrayResize(list, 0, 32);
   if(!SelectHistory(UtcMs() - COST_DAYS * (long)DAY_SECONDS * 1000))
      return;
   for(int i = HistoryDealsTotal() - 1; i >= 0; i--) {
      ulong  deal = HistoryDealGetTicket(i);
      string symbol = deal != 0 ? HistoryDealGetString(deal, DEAL_SYMBOL) : "";
      if(symbol == "")
         continue;
      long position = HistoryDealGetInteger(deal, DEAL_POSITION_ID);
      int  at = FindCost(list, symbol);
      if(at < 0 && HistoryDealGetInteger(deal, DEAL_ENTRY) == DEAL_ENTRY_OUT) {
         at = ArraySize(list);
         ArrayResize(list, at + 1, 32);
         ZeroMemory(list[at]);
         list[at].symbol = symbol;
         list[at].position = position;
      }
      if(at >= 0 && list[at].position == position)
         AddDealToCost(deal, list[at]);
   }
}

// Per lot and side, "" = unknown: only a position whose entry and exit are both known tells it, and
// one that cost nothing may be charged in another way.
string CommissionText(const Cost &list[], const string symbol) {
   int at = FindCost(list, symbol);
   if(at < 0 || list[at].money <= 0.0 || list[at].lots_in <= 0.0 || MathAbs(list[at].lots_in - list[at].lots_out) > 0.00000001)
      return "";
   return PlainNumber(list[at].money / (list[at].lots_in + list[at].lots_out), 8);
}

#endif
