"""What English-speaking channels write around their orders: advertising, views, tales, chat."""

from typing import Final

from signalos_desktop.domain.parsing.concepts import C

TALK: Final[dict[C, str]] = {
    C.RETOLD: """
        from the archive, archive, archives, throwback, flashback, remember this, remember
        this one, remember when, remember that, remember the, from our archive, classic
        call, best trade of, best trade, best call, best call ever, best signal ever, best
        call of, best signal of, best calls, best trades, biggest win, biggest winner,
        legendary trade, legendary call, hall of fame, greatest trade, greatest call, old
        but gold, best entry, best entries, blast from the past, famous call, signal of last
        week, signal of last month, signal of the month, signal of the year, call of the
        month, call of the year, still remember, do you remember, who remembers""",
    C.PROMO: """
        join, vip, subscribe, subscription, bonus, promo, discount, giveaway, channel,
        register, sign up, signup, dm, contact, whatsapp, telegram, free vip, copy trading,
        account management, minimum deposit, min deposit, link, referral, offer, limited,
        inbox, message me, premium, lifetime, membership, per month, broker, brokers,
        coupon, click, tap, group, follow us, admin, invest, investment, earn, promo code,
        use code, link in bio, prop firm, challenge account, investors, support us, our
        team, trial, accuracy, performance""",
    C.VIEW: """
        bullish, bearish, looks, looking, analysis, trend, trending, pressure, buyers,
        sellers, momentum, fib, fibonacci, breakout, structure, liquidity, sell off,
        selloff, sell-off, buy the dip, consolidating, rally, rallies, rallied,
        retracement, correction phase, historically, institutional, sentiment, retail,
        smart money, order block, pullback, trading around, trading at, trading near,
        jumps, falls, rises, climbs, slips, drops, yields, fed, cpi, nfp, fomc, inflation,
        headline, data, news, session high, session low, overbought, oversold, buy back,
        buy stops, sell stops, buy side liquidity, sell side liquidity, uptrend, downtrend,
        consolidation, resistances, supports, continues, remains, buying pressure, selling
        pressure, buy wall, sell wall, week ahead, long term, short term, long-term,
        short-term, long run, long time, no long, so long, close call, too close, close to,
        close eye, close watch, close friend, long weekend, long way, in short, short
        squeeze, long squeeze, short covering, short on time, before long, short break,
        shortly after, long candle, short video, long story, long story short, all day
        long, how long, sell the news, long wick, too long, too short, buy in, sell out,
        shortage, long live, short answer, short notice, long week, short week, buy side,
        sell side, buy-side, sell-side, analysts, analyst""",
    C.LESSON: """
        example, for example, examples, e g, for instance, beginners, beginner, lesson,
        lessons, tutorial, hypothetical, imagine, suppose, let's say, lets say, education,
        educational, how to, learn, explained, means, definition, quiz, homework, course,
        such as, format, template, sample, demo, demo signal, test signal, practice, signals
        like, rule of thumb, glossary, demonstration""",
    C.ME: """
        i, i'm, im, i've, ive, me, he, she, they, you, client, traders who, user, friend,
        student, students, goldman, goldman sachs, jp morgan, jpmorgan, citi, citibank,
        citigroup, bofa, bank of america, morgan stanley, ubs, hsbc, barclays, ing,
        deutsche bank, commerzbank, socgen, societe generale, nomura, rabobank, danske bank,
        wells fargo, my analyst, set ur own, set your own, use your own, put your own""",
    C.MACHINE: """
        system, ignore, ignore all, previous instructions, all instructions, instructions,
        prompt, assistant, override, as an ai, language model, chatgpt, gpt, parser,
        jailbreak, developer mode, admin mode, sudo, all previous, previous rules, rules,
        max lots, maximum lots, bypass, disable, without stop, settings, risk settings,
        autotrade, all in, full margin, api key, password, execute order, you must, you are
        now, enable, software, the bot, dear bot, hey bot, bot, desktop app, set risk, risk
        limit, risk limits, safety, set lot, confirm automatically, auto confirm, root,
        guardrails, role, function call, tool call""",
    C.WITHDRAW: """
        ignore this, ignore that, forget that, wrong chart, wrong channel,
        ignore my last, disregard this, scratch that, never mind, nevermind,
        sorry wrong, wrong signal, by mistake, mistake, typo, not valid, invalid, ignore
        above, ignore it, forget it, forget this, don't take this, do not take this, dont
        take this, don't enter, dont enter, do not enter, wait no, actually no, on second
        thought, expired, test only, do not trade this, don't trade this, do not follow,
        don't follow, skip this, hold off, false signal, not a signal, paper only, no no,
        just testing, only a test, this is a test, testing, not for trading, do not take,
        don't take, dont take, wrong entry, sorry, wrong levels, my bad, wrong price, wrong
        pair, not take, false alarm, posted by mistake, actually, i meant, meant to say""",
    C.FILLER: """
        is, are, an, of, in, on, for, with, it, its, here, please, pls, plz, guys, guy, team,
        family, fam, all traders, everyone, just, very, quick, fast, small, big, good, best,
        strong, risky, safe, high risk, low risk, lot size small please, proper, good morning,
        good luck, gl, let's go, lets go, go go go, trading, free, first, second, third, one, two,
        manage your risk, manage risk, use proper risk management, money management, not financial
        advice, nfa, dyor, only, valid, today only, confirmed entry, spot, futures, binance,
        binance futures, bybit, okx, usdt, usd, usdt.p, perp, perpetual, exchange, exchanges,
        regular, forex, crypto, metal, metals, index, indices, commodity, chart, tv, tradingview,
        hurry, final, execute, executing, opening, opportunity, again, more, add, trade with, as,
        per,
        alerts, hi, hello, hey, dear, attention, urgent, hot, breaking, we, we are, i am, re, bro,
        boss, day trade, live, reversal, call, vip signal, vip signals, premium signal, free
        signal, daily signal, trade of the day, signal of the day, signal of the session, setup of
        the day, london session, ny session, asian session, place a pending order, attempt, break,
        confirmation entry, lfg, wagmi, sir, sirs, ok, okay, yes, alright, carefully, small lot,
        small lots, light lots, low lot, low lots, small size, proper mm, mm, sl is must,
        strictly, respect your sl, don't overleverage, dont overleverage, do not overleverage,
        don't over leverage, do not over leverage, not advice, no financial advice, this is not
        financial advice, own risk, at your own risk, trade at your own risk, don't risk more
        than, do not risk more than, never risk more than, risk only, aggressive, conservative,
        standard, normal, medium, scalper, we go, we are going, ready go, get in, jump in, hop in,
        let's, lets, can, you can, taking, consider, recommended, recommend, i recommend, don't
        forget, dont forget, can be, should be, must be, may be, no sl yet, order placed by me,
        placed by me, for educational purposes, for educational purposes only, educational
        purposes only, educational purposes, for education only, for education purposes, only for
        educational purposes, for learning purposes, educational purpose, educational purpose
        only, best trade setup, best trade idea,
        educational content, educational content only, not investment advice""",
    C.INVITE: """
        copy it, copy this, copy my trade, copy me, copy this trade, follow me, join me,
        join in, follow this trade, copy please, copy now, please copy, copy my position,
        copy the trade, take this trade, take this one, do it with me, copy if you like,
        copy if you want, copy along, hop on with me, trade it with me, mirror it, mirror
        this, mirror me, you can copy, follow along""",
    C.ASK: """
        should i, should we, can i, can we, who, what, why, how, anyone, is it, is this,
        does, did, do you, are you, which, whose, where, any idea, please advise, guess,
        what's, whats, do we, shall i, shall we, has anyone, could someone, someone, would
        you, thoughts, opinion, opinions, may i, is there, have you, what if, how about,
        want signals, tired of, help""",
}
