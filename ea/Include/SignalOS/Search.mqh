// Search.mqh: what the broker knows of a command whose outcome is not known: by tag, else by circumstance.
#ifndef SIGNALOS_SEARCH_MQH
#define SIGNALOS_SEARCH_MQH

#include <SignalOS\Commands.mqh>
#include <SignalOS\Market.mqh>
#include <SignalOS\Receipts.mqh>

enum ENUM_FOUND {
   FOUND_NOTHING = 0,
   FOUND_FILL = 1,      // executed
   FOUND_RESTING = 2,   // a pending order that rests, or did until it was filled, deleted or expired
   FOUND_REFUSED = 3    // an order that the server refused or took back unfilled
};

struct Found {
   ENUM_FOUND kind;
   Fill       fill;
};

bool DirectionFits(const Command &command, const long deal_type) {
   bool buy = IsBuySide(command.action);
   if(command.action == ACTION_CLOSE_PARTIAL)
      return true;
   return deal_type == (buy ? DEAL_TYPE_BUY : DEAL_TYPE_SELL);
}

// The second evidence, for brokers that rewrite comments: an untagged deal that nothing else asked for.
bool DealFits(const Command &command, const ulong deal, const long from_utc_ms) {
   if(IsTagged(HistoryDealGetString(deal, DEAL_COMMENT)) || IsPending(command.action))
      return false;
   if(HistoryDealGetInteger(deal, DEAL_REASON) != DEAL_REASON_EXPERT)
      return false;
   if(ServerToUtcMs(HistoryDealGetInteger(deal, DEAL_TIME_MSC)) < from_utc_ms - 1000)
      return false;
   if(!SameNumber(HistoryDealGetDouble(deal, DEAL_VOLUME), command.lots))
      return false;
   if(command.action == ACTION_CLOSE_PARTIAL)
      return (ulong)HistoryDealGetInteger(deal, DEAL_POSITION_ID) == command.ticket &&
             HistoryDealGetInteger(deal, DEAL_ENTRY) != DEAL_ENTRY_IN;
   return HistoryDealGetString(deal, DEAL_SYMBOL) == command.symbol &&
          DirectionFits(command, HistoryDealGetInteger(deal, DEAL_TYPE));
}

bool IsDealOf(const Command &command, const ulong deal) {
   return IsTradeDeal(deal) && HistoryDealGetInteger(deal, DEAL_MAGIC) == command.magic &&
          HasTag(HistoryDealGetString(deal, DEAL_COMMENT), command.cmd_id);
}

// Deals of the selected history: all with the tag, or the one that fits.
void SearchDeals(const Command &command, const long from_utc_ms, const bool exact, Found &found) {
   ulong candidate = 0;
   int   candidates = 0;
   int   total = HistoryDealsTotal();
   for(int i = 0; i < total; i++) {
      ulong deal = HistoryDealGetTicket(i);
      if(deal == 0 || !IsTradeDeal(deal))
         continue;
      if(IsDealOf(command, deal)) {
         AddDealToFill(deal, found.fill);
         found.kind = FOUND_FILL;
      } else if(exact && HistoryDealGetInteger(deal, DEAL_MAGIC) == command.magic && DealFits(command, deal, from_utc_ms) &&
                !IsTicketTold((ulong)HistoryDealGetInteger(deal, DEAL_ORDER))) {
         candidate = deal;
         candidates++;
      }
   }
   if(found.kind != FOUND_NOTHING || candidates != 1)
      return;
   AddDealToFill(candidate, found.fill);
   found.kind = FOUND_FILL;
}

// Orders of the selected history with the tag.
void SearchOldOrders(const Command &command, Found &found) {
   for(int i = HistoryOrdersTotal() - 1; i >= 0; i--) {
      ulong order = HistoryOrderGetTicket(i);
      if(order == 0 || HistoryOrderGetInteger(order, ORDER_MAGIC) != command.magic)
         continue;
      if(!HasTag(HistoryOrderGetString(order, ORDER_COMMENT), command.cmd_id))
         continue;
      bool refused = (HistoryOrderGetInteger(order, ORDER_STATE) == ORDER_STATE_REJECTED);
      found.kind = (IsPending(command.action) && !refused) ? FOUND_RESTING : FOUND_REFUSED;
      found.fill.order = order;
      found.fill.volume = HistoryOrderGetDouble(order, ORDER_VOLUME_INITIAL);
      found.fill.price = HistoryOrderGetDouble(order, ORDER_PRICE_OPEN);
      return;
   }
}

void SearchOpenThings(const Command &command, Found &found) {
   Held    held[];
   Resting resting[];
   ListPositions(held);
   ListOrders(resting);
   for(int i = 0; i < ArraySize(resting); i++) {
      if(resting[i].magic != command.magic || !HasTag(resting[i].comment, command.cmd_id))
         continue;
      found.kind = FOUND_RESTING;
      found.fill.order = resting[i].ticket;
      found.fill.volume = resting[i].volume;
      found.fill.price = resting[i].price;
   }
   for(int j = 0; j < ArraySize(held); j++) {
      if(held[j].magic != command.magic || !HasTag(held[j].comment, command.cmd_id))
         continue;
      found.kind = FOUND_FILL;
      found.fill.order = held[j].identifier;
      found.fill.position = held[j].identifier;
      found.fill.volume = held[j].volume;
      found.fill.price = held[j].price_open;
   }
}

// Look for an open or a partial close at the broker. exact: also by symbol, type, volume and time.
void SearchCommand(const Command &command, const long from_utc_ms, const bool exact, Found &found) {
   ZeroMemory(found);
   long day_ago = UtcMs() - (long)DAY_SECONDS * 1000;
   if(!SelectHistory((long)MathMin(day_ago, from_utc_ms - 60000)))
      return;
   SearchDeals(command, from_utc_ms, exact, found);
   if(found.kind == FOUND_FILL && !IsPending(command.action))
      return;
   Found open;
   ZeroMemory(open);
   if(command.action != ACTION_CLOSE_PARTIAL)
      SearchOpenThings(command, open);
   if(open.kind == FOUND_NOTHING)
      SearchOldOrders(command, open);
   if(found.kind == FOUND_NOTHING || (IsPending(command.action) && open.kind == FOUND_RESTING))
      found = open;
}

#endif
