"""How Portuguese channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "pt",
    words={
        C.BUY: """
            comprar, compra, comprem, compre, ordem de compra, comprado, compramos, posição
            comprada, operação de compra, em compra, entrada comprada""",
        C.SELL: """
            vender, venda, vendam, vende, ordem de venda, vendido, vendemos, posição vendida,
            operação de venda, vendendo, em venda, entrada vendida, vendo, vendemos agora""",
        C.BUYING: "comprando",
        C.SELLING: "vendendo",
        C.BUYS: "compras",
        C.SELLS: "vendas",
        C.BOUGHT: "comprei, compraram, venderam, entrei",
        C.NOW: """
            agora, já, agora mesmo, a mercado, preço de mercado, preço atual, imediato,
            imediatamente, imediata, execução imediata, no mercado, ao preço atual, ao mercado""",
        C.LIMIT: "limite, ordem limite, limitada",
        C.ENTRY: """
            entrada, entradas, preço de entrada, ponto de entrada, zona de entrada, entrar,
            preço, região, faixa, entre, região de entrada, faixa de entrada, área de entrada,
            zona""",
        C.SL: """
            perda máxima, stop de perda, limite de perda, parar perda, perda, proteção, limitar
            perdas, stopar em, stop em, limite da perda, stop loss em""",
        C.TP: """
            alvo, alvos, realizar lucro, realização de lucro, tomada de lucro, objetivo,
            objetivos, lucro alvo, realização, take, primeiro alvo, segundo alvo, terceiro
            alvo, metas, realizar lucros, toma de lucro, obter lucro, saída, alvo final, take
            em, tp final""",
        C.TP_OPEN: """
            deixar correr, sem tp, sem alvo, deixa correr, alvo aberto, deixar aberto""",
        C.OPEN: "aberto, aberta, manter, segurar",
        C.AT: "em, na, no, perto de, em torno de",
        C.FROM: "de, a partir de",
        C.TO: "até, para, ao",
        C.ABOVE: "acima de, acima, rompendo",
        C.BELOW: "abaixo de, abaixo",
        C.AND: "e",
        C.OR: "ou",
        C.PIPS: "pontos, ponto",
        C.LEVERAGE: "alavancagem",
        C.LOT: "lote, lotes, dias, horas, minutos, membros, reais",
        C.META: "capital, depósito, conta de, mínimo, máximo, tamanho, saldo, banca",
        C.RISK: "risco, risco por operação, arriscar",
        C.REWARD: "risco retorno, risco/retorno",
        C.CONFIDENCE: "confiança, probabilidade, assertividade",
        C.KEY: """
            sinal, sinais, par, operação, operações, ordem, ordens, ordem pendente, direção,
            ativo, ação, tipo, posição, posições, novo sinal, nova operação, pendente,
            instrumento, tipo de ordem""",
        C.CLOSE: """
            fechar, fechem, feche, fecha, fechamos, sair, saiam, encerrar, encerrem, encerre,
            zerar, zerem, liquidar, saímos, saindo, zera, zeramos tudo, zerem tudo, zere,
            encerra, fecham, fechando, encerramos, saia, sai""",
        C.CANCEL: """
            cancelar, cancelem, cancele, cancela, excluir, excluam, apagar, apaguem, remover,
            removam, deletar, anular""",
        C.CANCELLED: "cancelada, cancelado, anulada, removida",
        C.MOVE: """
            mover, movam, mova, move, colocar, coloquem, coloque, coloca, ajustar, ajustem,
            ajuste, subir, subam, suba, baixar, alterar, alterem, altere, mudar, mudem, mude,
            atualizar, atualizem, atualize, passar, passem, passe, levar, levem, leve,
            correção, trazer, tragam, puxar, puxem, puxa, ponham, sobe, desce, joga, jogar,
            joguem, arrasta, arrastem, botem, bota, coloca o, protege, tragam o""",
        C.MOVED: "movido, atualizado, alterado, ajustado, atualizada, atualizados",
        C.NEW: "novo, nova, novos",
        C.TAKE: """
            garantir, garantam, embolsar, realizem, realizar, realize, protejam, proteger,
            realizamos, realiza, embolsa, bota no bolso, embolsem, garanta, garante""",
        C.PARTIAL: "parcial, parciais, uma parte, parte",
        C.REDUCE: """
            realizar parcial, realizem parcial, realize parcial, parcial agora, fechar parcial,
            fechem parcial, tirar parcial, reduzir, reduzam, parcial aqui, fechar parcialmente,
            fazer parcial, façam parcial""",
        C.HALF: "metade, a metade, meia",
        C.THIRD: "um terço, dois terços",
        C.QUARTER: "um quarto",
        C.ALL: "tudo, todas, todos, toda",
        C.REST: "resto, o resto, restante, deixar, deixem, deixe",
        C.BREAKEVEN: """
            zero a zero, 0x0, no zero, para entrada, na entrada, para a entrada, ponto de
            entrada agora, ao ponto de entrada, no preço de entrada, para o preço de entrada,
            sem risco, livre de risco, risco zero, pra entrada, no ponto de entrada, para o
            ponto de entrada, para o zero, empate, no 0x0, pro zero a zero, pro zero, no
            breakeven, pro preço de entrada, pro ponto de entrada""",
        C.THE: "os, as, nossa, nosso, sua, seu, esta, este, essa, esse, minha, meu",
        C.RESULT: """
            atingido, atingida, atingidos, batido, bateu, batemos, alcançado, alcançada,
            fechada, fechado, no lucro, em lucro, rodando, garantidos, parabéns, ativada,
            executada, pegou, foi pago, stopado, acertou, no verde, voando, feita, feito,
            realizada, realizado, zeramos""",
        C.GAIN: """
            lucro, lucros, ganhamos, ganho, ganhos, prejuízo, perdemos, resultado, resultados,
            positivo, gain, loss""",
        C.PAST: """
            ontem, semana passada, mês passado, resumo, histórico, relatório, fizemos, essa
            semana, esta semana, resultado da semana, resultados de hoje, balanço""",
        C.NOT: """
            não, nunca, nao, evitem, evite, evitar, não comprar, não vender, fora do mercado,
            ainda não""",
        C.IF: """
            somente se, apenas se, só se, quando, caso, desde que, assim que, esperar
            confirmação, aguardar confirmação, confirmação, romper, se romper, a menos que, até
            que""",
        C.AFTER: "após, depois de, depois do, antes de, antes do",
        C.READY: """
            preparem-se, preparem, prepare-se, preparados, atentos, em breve, aguardem,
            aguardar, aguardando, esperando, procurando, talvez, possível, fiquem atentos, de
            olho, logo mais, buscando, poderia, vamos""",
        C.ASK: """
            quem, qual, como, quando entrar, por que, alguém, posso, devo, onde, quanto, vocês,
            será que, podemos""",
        C.PROMO: """
            entre no grupo, canal, assine, assinatura, grátis, promoção, desconto, depósito
            mínimo, cadastre, contato, chama, oferta, grupo, bônus, acerto, mensal, sala vip,
            vagas""",
        C.VIEW: """
            suporte, resistência, tendência, alta, baixa, análise, pressão, compradores,
            vendedores, negociado, parece, perspectiva, notícias, rompimento, correção técnica""",
        C.LESSON: """
            exemplo, por exemplo, iniciantes, aula, curso, aprenda, imagine, suponha""",
        C.ME: "estou",
        C.MACHINE: "instruções, regras anteriores, ignore, ignorar, sistema",
        C.WITHDRAW: """
            ignorem, erro, me enganei, não entrem, não entrar, esqueçam, não é válido""",
        C.CANDLE: "vela, candle, fechamento, fechamento do candle",
        C.INVITE: "copiem, sigam, sigam-me, me sigam, copiem-me, copie, copiem a operação",
        C.RETOLD: """
            do arquivo, arquivo, melhor trade, nosso melhor trade, melhor operação, melhor sinal,
            lembram, lembram-se, operação do mês, trade do mês""",
        C.FILLER: """
            do, da, dos, das, por, favor, por favor, com, um, uma, é, bom dia, olá, pessoal, galera,
            equipe, gestão de risco, gerenciem, aqui, boa, rápido, atenção, operar, usem, abrir,
            que, somente hoje, válido hoje, amigos, traders, seu risco, copia aí""",
        C.STOP_ORDER: "no stop, ordem stop",
    },
    shared={C.THE: "a, o", C.IF: "se", C.BOUGHT: "vendi", C.ME: "eu", C.TP: "meta"},
    names={
        "XAUUSD": "ouro",
        "XAGUSD": "prata",
        "USOIL": "petróleo",
        "EURUSD": "euro dólar",
        "GBPUSD": "libra dólar",
        "NATGAS": "gás natural",
    },
    currencies={
        "EUR": "euro",
        "GBP": "libra",
        "AUD": "dólar australiano",
        "NZD": "dólar neozelandês",
        "USD": "dólar",
        "CAD": "dólar canadense",
        "CHF": "franco, franco suíço",
        "JPY": "iene",
        "BRL": "real",
    },
)
