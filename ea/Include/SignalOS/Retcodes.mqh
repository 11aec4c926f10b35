// Retcodes.mqh: what a return code of the trade server means for the next step.
#ifndef SIGNALOS_RETCODES_MQH
#define SIGNALOS_RETCODES_MQH

#define ATTEMPTS_AT_MOST 3

enum ENUM_OUTCOME {
   OUTCOME_DONE = 0,      // executed or accepted
   OUTCOME_RETRY = 1,     // refused for its price: another attempt is allowed
   OUTCOME_FILLING = 2,   // refused for its filling mode: the next mode is allowed
   OUTCOME_UNKNOWN = 3,   // perhaps executed: never sent again
   OUTCOME_REJECTED = 4   // refused
};

ENUM_OUTCOME OutcomeOf(const uint retcode) {
   switch((int)retcode) {
      case TRADE_RETCODE_PLACED:
      case TRADE_RETCODE_DONE:
      case TRADE_RETCODE_DONE_PARTIAL:
         return OUTCOME_DONE;
      case TRADE_RETCODE_REQUOTE:
      case TRADE_RETCODE_PRICE_CHANGED:
      case TRADE_RETCODE_PRICE_OFF:
         return OUTCOME_RETRY;
      case TRADE_RETCODE_INVALID_FILL:
         return OUTCOME_FILLING;
      case 0:
      case TRADE_RETCODE_ERROR:
      case TRADE_RETCODE_TIMEOUT:
      case TRADE_RETCODE_LOCKED:
      case TRADE_RETCODE_CONNECTION:
         return OUTCOME_UNKNOWN;
   }
   return OUTCOME_REJECTED;
}

// Attempts in all that a code allows: 10021 (no prices) is tried once more only.
int AttemptsAllowed(const uint retcode) {
   return retcode == TRADE_RETCODE_PRICE_OFF ? 2 : ATTEMPTS_AT_MOST;
}

#endif
