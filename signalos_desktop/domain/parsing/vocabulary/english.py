"""How English-speaking channels write; also the short forms every other language borrows."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.english_talk import TALK
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "en",
    words={
        C.BUY: """
            buy, byu, buu, long, bought in now, go long, going long, buy it, bullish entry, buy
            again, rebuy, re buy, buy order, buy trade, buy signal, buy position, buy setup, b
            u y, hit the buy, hit buy, smash buy, smash the buy, buy signal confirmed, buy
            confirmed, long confirmed, long signal confirmed, i'm going long, i am going long,
            we're going long, going in long, buy the dip at, buy the dip now, buy dip at, buy
            the dip around, buy dips at, let's buy, lets buy, we buy""",
        C.SELL: """
            sell, sel, seel, slel, short, go short, going short, sell it, bearish entry, sell
            again, resell, re sell, sell order, sell trade, sell signal, sell position, sell
            setup, s e l l, hit the sell, hit sell, smash sell, smash the sell, sell signal
            confirmed, sell confirmed, short confirmed, short signal confirmed, i'm going
            short, i am going short, we're going short, going in short, sell the rally at, sell
            the rip at, sell the rally now, sell rallies at, let's sell, lets sell, we sell""",
        C.BUYING: "buying, longing",
        C.SELLING: "selling, shorting",
        C.BUYS: "buys, longs",
        C.SELLS: "sells, shorts",
        C.BOUGHT: """
            bought, sold, have bought, have sold, shorted, longed, entered, i entered, we
            entered, we are in, i am in, im in, i'm in, we're in, took a long, took a short,
            got in""",
        C.NOW: """
            now, cmp, instant, instantly, instant execution, immediately, immediate, asap, at
            cmp, market order, market execution, market price, at market, by market, on market,
            at market price, current price, at current price, current market price, current
            market, at current market price, right now, right away, straight away, at the
            market, from market, market now, mkt, now now, here now, from here, active now,
            enter now, entry now, execute now, at open market, spot price, market entry, from
            current price, from cmp, @ market, @market, now at, now from, live price, at live
            price, at current levels, from current levels, current level, nw, nowww, current
            levels now, at best, best price, at current, on the spot, @cmp, @ cmp, ctm, at this
            price, this price, here and now""",
        C.MARKET: "market",
        C.LIMIT: "limit, limits, limt, limit order, lmt",
        C.STOP: "stop, stopp",
        C.STOP_ORDER: "stop order, stop entry, entry stop, stop pending, breakout order",
        C.ENTRY: """
            entry, entries, enter, entry price, entry point, entry zone, entry level, entry
            area, entry range, entry targets, entry target, entry levels, entry prices,
            entryprice, open price, openprice, entry at, zone, area, price, range, between, in
            between, open at, price range, price zone, ep, e p, ent, entry points, entrypoint,
            average entry, limit price, order price, trigger price, trigger, activation price,
            priceopen, price open, level, levels, in the zone, in zone, re entry, reentry,
            price level, entry order, open rate, entry 0, supply zone, demand zone,
            second entry, third entry, dca, layer,
            layers, tranche, averaging, add at, enter at, rate, opening price, entery, enrty,
            strike, e1, e2, e3, e4, e5, l1, l2, l3, l4, l5, px, buy price, sell price""",
        C.SL: """
            sl, s l, stop loss, stoploss, stop lose, stop loos, stop los, stop lost, stop
            losses, protective stop, invalidation, stop target, stop targets, stoplose, hard
            stop, initial stop, stop level, stop loss level, sl level, stop price,
            stoplossprice, stop out level, sl price, invalidation level, invalid below, invalid
            above, invalidated below, invalidated above, stoploss price, stops, stls, stl, slp,
            protect at, protect below, protect above, protect, cut loss, cut loss at, cutloss,
            max loss, cut below, cut above, safety stop, invalidated at, stpo loss, stoplos,
            stop lss, stp loss, sotp loss, stp, risk to, risking to, cut at, cut losses at, cut
            loss below, cut loss above, exit loss, loss exit, exit stop, exit at loss, exit on
            loss, loss at, stop exit, stop-out, stop out, stop out at, stopout""",
        C.TP: """
            tp, t p, tps, take profit, take profits, takeprofit, takeprofits, take proft, take
            profits at, take profit target, take profit targets, target, targets, tgt, tgts,
            trgt, target price, tg, t1, t2, t3, t4, t5, t6, targetprice, profit target, profit
            targets, targets are, sell target, sell targets, buy target, buy targets, take
            profit level, take profit levels, take profit at, objective, objectives, tp level,
            price target, price targets, exit target, exit targets, goal, goals, final target,
            first target, second target, third target, last target, next target, tp target, tp
            targets, take pro, tkp, short target, long target, profit at, aim, aiming for, tpp,
            tpz, tarjet, cover at, take at, mid target, main target, take profit price,
            tageret, targt, traget, targer, targhet, aiming, aiming at, aim for, i'll take
            profit at, i will take profit at, we take profit at, we'll take profit at, will
            take profit at, i take profit at, taking profit at, take profits around, take
            profit around, exit profit, profit exit, exit win, exit at profit, exit with
            profit, exit tp""",
        C.TP_OPEN: """
            let it run, let run, no tp, runner, run it, no take profit, no target, leave
            running, tp open, open tp, open target, open targets, without tp, runners, moonbag,
            let the rest run, trail the rest, target open, no fixed tp, no fixed target, leave
            the rest running, rest running, keep the rest running, rest open, leave the rest
            open, leave the rest, leave rest running, let rest run, no tp yet, no target yet,
            no tps yet""",
        C.OPEN: """
            open, opened, hold, holding, hodl, running open, swing, trailing, trail, moon,
            infinity""",
        C.AT: """
            at, @, near, around, arround, approx, approximately, about, circa, ard""",
        C.FROM: "from, starting from",
        C.TO: """
            to, a, till, until, upto, up to, into, -&gt, thru, through, down to, all the way
            to, through to, and up to, and down to, upto max""",
        C.ABOVE: """
            above, over, on break of, on the break of, on breakout of, break of, breakout of,
            past""",
        C.BELOW: "below, under, beneath, on breakdown of",
        C.AND: "and, &, plus, then, also, n",
        C.OR: "or",
        C.PIPS: """
            pips, pip, points, point, pts, pt, ticks, tick, pipses, pipis, piips, pip's, p,
            pippos, pipettes, pps""",
        C.PERCENT: "%, percent, pct, per cent, percentage",
        C.LEVERAGE: """
            leverage, lev, levg, leveraged, cross, isolated, margin, leverage cross, laverage""",
        C.TIMES: "x",
        C.LOT: """
            lot, lots, micro lot, mini lot, contracts, days, hours, hrs, minutes, mins, day,
            hour, month, months, year, years, weeks, people, members, slots, winners, spots,
            bp, bps, units, bucks, traders, clients, times, steps, ms, per day, a day, per
            week, subscribers, seconds, sec, candles, setups""",
        C.META: """
            lotsize, lot size, lots size, volume, qty, quantity, size, balance, capital,
            equity, account, deposit, budget, min balance, amount, vol, per 100, per 1000,
            magic, deviation, slippage, id, license, timestamp, expires, expiry, expiration,
            duration, score, rating, code, interval, bar, winrate, win rate, ratio, spread,
            atr, rsi, macd, adx, ema, sma, ma, cci, ref, uid, account id, user id, message id,
            msg id, signal id, order id, ticket, version, last price, cost, fee, min, max,
            minimum, maximum, close price, high, low, valid for, valid until, valid till,
            expires at, magic number, comment, dated, previous close, support, resistance,
            pivot, account size, position size, order size, max positions, trail start,
            trailing step, trailing stop, step, r1, r2, r3, s1, s2, s3, vix, dxy, stopsize,
            exp, ts, hold
            time, holding time, holding period, close time, closing time, market close, market
            closes, market closing""",
        C.RISK: """
            risk, riskpercent, risk percent, risk per trade, risk management, risking, max
            risk, rsk, use""",
        C.REWARD: """
            rr, r r, risk reward, risk to reward, rrr, reward, risk reward ratio, r, rr ratio,
            r:r, risk:reward, risk/reward, risk/reward ratio""",
        C.CONFIDENCE: """
            confidence, tcs, confidence level, confidence score, probability, conf, certainty,
            trust score""",
        C.TIMEFRAME: """
            m1, m3, m5, m10, m15, m30, h1, h2, h4, h6, h8, h12, d1, w1, mn1, 1m, 3m, 5m, 15m,
            30m, 45m, 1h, 2h, 3h, 4h, 6h, 12h, 1d, 1w, 5min, 15min, 30min, 1min, 1hr, 4hr, 1
            hour, 4 hours, 15 min, 30 min, 5 min, 1 min, timeframe, time frame, tf, gmt, utc,
            est, am, pm, london, new york, ny, asia, today, daily, weekly, monthly, intraday,
            scalp, scalping, swing trade, session, tonight, time, date""",
        C.KEY: """
            signal, signals, trade, trades, order, orders, position, positions, setup, idea,
            symbol, pair, pairs, asset, instrument, ticker, currency, direction, side, type,
            action, bias, trade type, order type, ordertype, ordertypes, signal type, currency
            pair, coin, coin name, token, market type, strategy, pending, pending order, pending
            orders, pending setup, trade idea, new trade, new signal, new signals, operation,
            position type, posicion, cmd, command, op, trade alert, alert, signal alert, new
            alert, trading signal, trading pair, part, order 1, number, num, event, option, trade
            side, trade direction, number of, product, contract, sym, dir, tkr, signal confirmed,
            confirmed signal, setup confirmed, parts, pieces, slices, clips, bs, b/s, way, trade
            ticket, trade call, call out, next, next up, next one, new one, here is today's,
            here's today's, today's, todays, today's trade, today's signal, fresh one, new entry,
            current one, current trade idea, this one now""",
        C.CLOSE: """
            close, exit, close out, get out, getout, flatten, liquidate, cut, close it, clos,
            closee, exit from, close down, kill, unwind, bail out, close trade, we are closing,
            we're closing, im closing, i'm closing, i am closing, now closing, closing all our,
            take profit now, take profits now, take profit here, take profits here, take your
            profit now, take your profits now, everyone out, everyone out of, all out of, step
            out of, jump out, get out now, everybody out of, out of all, let's get out, out at
            market, out at current price, out at cmp""",
        C.CANCEL: """
            cancel, delete, remove, cancle, void, scrap, abort, cancell, revoke, disregard,
            withdraw, pull the, pull all, pull my, pull our, pull your, pull orders, pull
            pendings, kill the pending, kill the order, kill the limit, kill orders, nuke the
            pending, scratch the, drop the pending, drop the limit, pull that, yank the, ignore
            and delete, ignore and cancel, ignore and remove, drop the, drop that pending, drop
            all pending""",
        C.CANCELLED: """
            cancelled, canceled, deleted, removed, invalidated, no longer valid, not valid
            anymore, not valid any more, is invalid, no more valid, invalid now, voided""",
        C.MOVE: """
            move, set, put, change, adjust, shift, update, modify, bring, raise, lower,
            tighten, place, correction, corrected, correct, edit, amend, drag, pull up, bring
            down, make, widen, extend, take your, keep, switch, secure with, lock, reset, mv,
            edited, revise, trail your, relocate, go, going, roll, pull the stop, pull the sl,
            pull sl, pull stop, pull stops, pull your stop, pull your sl, pull the tp""",
        C.MOVED: """
            moved, goes, goes to, updated, changed, adjusted, shifted, modified, revised,
            trailed, raised, lowered, extended, set to""",
        C.NEW: "new",
        C.TAKE: """
            book, secure, bank, take, take off, grab, lock in, collect, cash out, shave, cash
            in, peel off""",
        C.PARTIAL: """
            partial, partials, partial profit, partial profits, some profit, some profits, some
            off, partially, a part, some lots, a portion, portion, part of it, part of""",
        C.REDUCE: """
            scale out, reduce, trim, lighten, partially close, partial close, close partially,
            close partial, close some, close part, take half off, take half off the table, half
            off the table, partial exit, take some off, book partial, half off, halve, halve it,
            halve the position, halve your position, cut in half, book partials, book some, close
            a part, take some, take partial, take partials, close partials, take some profit, take
            some profits, take partial profit, take partial profits, book partial profit, book
            partial profits, secure partial, secure partials, secure some, bank some, bank
            partials""",
        C.HALF: "half, halves, one half, half of it, half lot, half position",
        C.THIRD: "a third, one third, third of, two thirds, 2 thirds",
        C.QUARTER: "a quarter, one quarter, quarter of, three quarters, 3 quarters",
        C.ALL: """
            all, everything, every, both, entire, whole, full, all of, fully, the lot, each""",
        C.REST: """
            rest, remaining, remainder, the rest, hold the rest, keep the rest, others, left,
            leave""",
        C.BREAKEVEN: """
            be, b e, breakeven, break even, bep, brakeven, brake even, risk free, riskfree,
            entry price now, cost price, zero risk, bee, b/e, break-even, to entry, to the
            entry, at entry, on entry, to our entry, to your entry, to my entry, at your entry,
            to entry point, to entry price, to entry level, at entry price, at entry point, to
            open price, to opening price, at the entry, entry level now, free trade, free ride,
            no risk, breakevn, breakeaven, brek even, at cost, to cost, risk-free""",
        C.THE: """
            the, your, our, my, this, that, these, those, existing, previous, old, last,
            current, earlier, any""",
        C.RESULT: """
            hit, hits, hitted, reached, smashed, running, secured, banked, booked, closed,
            achieved, completed, in profit, stopped out, stopped, triggered, activated, filled,
            congratulations, congrats, congratz, nailed, collected, caught, floating, took
            profit, hit tp, hit sl, taken, tagged, exploded, flying, on fire, delivered, and
            counting, in the money, cleared, crushed, destroyed, destroyed it, played out, as
            predicted, as called, as expected, as i said, touched, cashed, in the bag, bagged,
            in green, in the green, still running, still holding, active trade, blown, broke
            even, closed at, was hit, got hit, just hit, pips up, up pips, profitable,
            printing, printed, in drawdown, in profits, executed, opened at, from our entry,
            from entry, going well, rocking, stopped at, out at, closing at, exited, exit at,
            exited at, took out, played perfectly, in loss, in minus, in plus, nice move, what
            a move, modified by, by server, by broker, deal done, was executed, accepted, order
            accepted, order modified, position modified, placed for execution, has been placed,
            pnl, p l, p/l, p&l, roi, unrealized, unrealised, realized, realised, order filled,
            rejected, declined, not enough money, no money""",
        C.GAIN: """
            profit, profits, won, win, wins, winner, loss, losses, lost, gained, gains, made,
            done, complete, up, boom, locked, earned, worked, working, paid, paid out,
            finished, ended, well done, perfectly, so far, already, result, results, success,
            successful, called, winning, killed, gain""",
        C.PAST: """
            yesterday, yesterday's, last week, last month, was, were, had, history, recap,
            summary, report, weekly report, trade history, statement, last night, days ago,
            earlier today, has been, previously, journal, review, closed trades, closed
            positions, this week we, this month we, statistics, stats, overview, total pips,
            net pips, if you had, could have, would have, should have, missed, proof, results
            of, monthly report, daily report, ago, results today, today's results, todays
            results, results for, says, said, according to, say, last trade, last trades, our
            last trade, previous trade, previous trades, recent trade, recent trades, past
            trades, back in, trade of the week, trade of the month, trade of the year, trade of
            last week, trade of last month, trade of last year""",
        C.NOT: """
            not, don't, dont, do not, never, avoid, no trade, no trades, no entry, stay out,
            stay away, instead of, no longer, cannot, can't, cant, isn't, isnt, doesn't, no
            buy, no sell, no buys, no sells, skip, refrain, won't, wont, stop buying, stop
            selling, no more, no need, without entry, not yet, no new, no signal, no signals,
            no setup, no position, we skip, we skip this,
            we skip this one, we are skipping, we're skipping, i skip, i skip this, skipping,
            skipping this, skipping this one, we pass on, passing on, sitting out, sit this out,
            sitting this one out, sit this one out, we leave out, leave this one out""",
        C.IF: """
            if, only if, unless, in case, once, when, whenever, should price, as soon as,
            provided, if price, wait for, wait until, after confirmation, on confirmation,
            conditional, confirmation, confirm, confirms, confirmed, otherwise, depending,
            depends, assuming, only when, only after, upon, subject to, if and only if, waiting
            for, on close above, on close below, closes above, closes below, close above, close
            below, candle close, candle closes, wait till, body close, daily close, on retest,
            on a retest, after retest, breaks, break and retest, until price, as long as,
            while, provided that, so long as, valid if, valid only, only valid, valid above,
            valid below, valid while, only above, only below, if only""",
        C.AFTER: "after, before, once tp, when tp, if tp",
        C.READY: """
            get ready, ready, prepare, preparing, looking to, looking for, soon, upcoming,
            watch for, watchlist, watch list, watching, wait, might, may, maybe, could, would,
            planning, considering, keep an eye, thinking, thinking of, expecting, potential,
            possibly, possible, stay tuned, coming, be prepared, about to, going to, gonna,
            want to, wanting, wants, i like, interested, eyeing, prefer, hoping, plan to, plans
            to, alert soon, in a few minutes, in few minutes, shortly, standby, stand by, will,
            next signal, on my radar, radar, i'd like, i will, we will, i'll, we'll, likes to,
            like to, let's see, lets see, monitor, monitoring, tend to, tends to, try to,
            loading, awaiting, daily bias, weekly bias, intraday bias, bias remains, my plan,
            plan for, for tomorrow, game plan, trading plan, tomorrow's plan, outlook,
            forecast, scenario, scenarios, projection, later, to follow, follows, will follow,
            will be updated, tba, tbd, to be announced""",
        C.CANDLE: """
            candle, h1 close, h4 close, m15 close, body, closing basis, close basis, closing,
            mental, mental sl, on close, daily candle, candlestick""",
        **TALK,
    },
    currencies={
        "EUR": "euro",
        "GBP": "pound, sterling",
        "AUD": "aussie, australian dollar",
        "NZD": "kiwi, new zealand dollar",
        "USD": "dollar, us dollar",
        "CAD": "canadian dollar, loonie, cad",
        "CHF": "franc, swiss franc, swissy",
        "JPY": "yen",
    },
    typos="""
        target, targets, profit, profits, entry, limit, stoploss, takeprofit, breakeven,
        cancel, partial, position, confidence, leverage, market""",
    shared={
        C.MOVE: "trail",
    },
)
