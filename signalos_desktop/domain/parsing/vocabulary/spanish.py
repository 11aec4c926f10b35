"""How Spanish channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "es",
    words={
        C.BUY: """
            compra, comprar, compramos, compren, compre, en compra, orden de compra, posición
            de compra, largo, largos, entrar en largo, en largo, alcista entrada, comprad,
            abrir compra, entrada en compra, operación de compra, compremos, comprando ya,
            compro, nos vamos largos, entramos largo, entramos en largo, vamos largos, ponemos
            compra, abrimos largo, abrimos compra, metan compra, métanle compra, metemos
            compra, lanzar compra""",
        C.SELL: """
            venta, vender, vendemos, vendan, venda ahora, en venta, orden de venta, posición de
            venta, corto, cortos, entrar en corto, en corto, vended, abrir venta, entrada en
            venta, operación de venta, vendo ya, vendamos, vendo, nos vamos cortos, entramos
            corto, entramos en corto, vamos cortos, ponemos venta, abrimos corto, abrimos
            venta, metan venta, metemos venta, lanzar venta""",
        C.BUYING: "comprando",
        C.SELLING: "vendiendo",
        C.BUYS: "compras, las compras",
        C.SELLS: "ventas, las ventas",
        C.BOUGHT: """
            compré, compraron, vendieron, hemos comprado, hemos vendido, entramos en""",
        C.NOW: """
            ahora, ya mismo, ahora mismo, a mercado, al mercado, a precio de mercado, precio de
            mercado, precio actual, al precio actual, inmediata, inmediato, inmediatamente,
            ejecución inmediata, orden a mercado, de inmediato, en este momento, precio mercado""",
        C.LIMIT: "límite, limite, orden límite, pendiente límite, limitada",
        C.ENTRY: """
            entrada, entradas, precio de entrada, punto de entrada, zona de entrada, entrar,
            precio, zona, rango, entre, rango de entrada, zona de compra, área de entrada,
            entrar en, precio entrada, nivel de entrada""",
        C.SL: """
            pérdida máxima, parar pérdidas, stop de pérdida, stop de pérdidas, límite de
            pérdida, límite de pérdidas, pérdida, detener pérdidas, tope de pérdida, pérdidas
            máximas, corte de pérdidas, parada de pérdidas, detener pérdida, protección, pare
            de pérdidas, paro de pérdidas, pérdida en, corte de pérdida, freno de pérdidas, parar
            en""",
        C.TP: """
            toma de ganancias, tomar ganancias, toma de beneficios, tomar beneficios, toma de
            ganancia, objetivo, objetivos, metas, beneficio objetivo, recoger beneficios, toma
            ganancias, tomar ganancia, toma de beneficio, obj, recogida de beneficios, primer
            objetivo, segundo objetivo, tercer objetivo, ganancia objetivo, salida""",
        C.TP_OPEN: """
            dejar correr, sin tp, sin objetivo, déjalo correr, dejarlo correr, dejar abierto,
            sin toma de ganancias""",
        C.OPEN: "abierto, abierta, mantener",
        C.AT: "en, cerca de, alrededor de",
        C.FROM: "desde",
        C.TO: "hasta, al",
        C.ABOVE: """
            por encima de, encima de, arriba de, por arriba de, sobre, superior a""",
        C.BELOW: "por debajo de, debajo de, abajo de, bajo, inferior a",
        C.AND: "y, más",
        C.OR: "o",
        C.PIPS: "puntos, punto",
        C.LEVERAGE: "apalancamiento",
        C.LOT: """
            lote, lotes, días, horas, minutos, miembros, alumnos, señales diarias, euros,
            dólares""",
        C.META: """
            lotaje, capital, depósito, cuenta de, mínimo, máximo, tamaño, saldo""",
        C.RISK: "riesgo, riesgo por operación, arriesgar, riesgo del",
        C.REWARD: "riesgo beneficio, riesgo/beneficio, ratio",
        C.CONFIDENCE: "confianza, probabilidad",
        C.KEY: """
            señal, señales, par, operación, operaciones, orden, órdenes, orden pendiente,
            dirección, activo, instrumento, símbolo, acción, tipo, posición, posiciones, nueva
            señal, nueva operación, mercado, tipo de orden, trade""",
        C.CLOSE: """
            cerrar, cierren, cierra, cierre, cerramos, cerrad, salir, salgan, salimos,
            liquidar, cerrar ya, cerremos, salgamos, liquida, cerrá""",
        C.CANCEL: """
            cancelar, cancelen, cancela, cancelamos, eliminar, eliminen, elimina, borrar,
            borren, borra, anular, anulen, quitar, retirar, quita, anula""",
        C.CANCELLED: "cancelada, cancelado, anulada, anulado, eliminada, ya no es válida",
        C.MOVE: """
            mover, muevan, mueve, movemos, poner, pongan, pon, ponemos, ajustar, ajusten,
            ajusta, subir, suban, sube, bajar, bajen, colocar, coloquen, cambiar, cambien,
            cambia, modificar, modifiquen, modifica, actualizar, actualicen, pasar, pasen,
            pasa, llevar, lleven, lleva, corrección, trasladar, pasamos, subimos, bajamos,
            protejan, protegemos, coloquemos, pongamos, movamos, baja, coloca""",
        C.MOVED: """
            movido, actualizado, actualizada, cambiado, modificado, actualizados""",
        C.NEW: "nuevo, nueva, nuevos",
        C.TAKE: """
            asegurar, aseguren, asegura, cobrar, aseguramos, aseguremos, cobramos, cobren,
            recoger, recogemos, quiten, quitar, quitamos, retiren, retirar, saquen, toma, cobra""",
        C.PARTIAL: "parcial, parciales, una parte, parte",
        C.REDUCE: """
            tomar parciales, toma parciales, tomen parciales, tomar parcial, cerrar parcial,
            cerrar parciales, cierre parcial, reducir, reduzcan, cierra parcial, cierren
            parcial, cierren parciales, cerrar parcialmente, cierren parcialmente, toma de
            parciales, tomar ganancias parciales, tomen ganancias parciales""",
        C.HALF: "la mitad, mitad, medio lote",
        C.THIRD: "un tercio, tercio, dos tercios",
        C.QUARTER: "un cuarto",
        C.ALL: "todo, todos, todas, toda",
        C.REST: "resto, el resto, restante, dejar, dejen, deja",
        C.BREAKEVEN: """
            punto de entrada ya, a punto de entrada, al punto de entrada, a entrada, a la
            entrada, en entrada, en la entrada, punto de equilibrio, sin riesgo, libre de
            riesgo, precio de entrada ahora, a precio de entrada, al precio de entrada, en el
            punto de entrada, en punto de entrada, en el precio de entrada, riesgo cero""",
        C.THE: """
            el, la, los, las, nuestra, nuestro, su, tu, esta, este, estas, estos, mi""",
        C.RESULT: """
            alcanzado, alcanzada, alcanzados, tocado, tocó, golpeado, conseguido, logrado,
            completado, cerrada, cerrado, cerrada en ganancia, en ganancias, en beneficio, en
            profit, corriendo, ganados, asegurados, felicidades, felicitaciones, cerró,
            ejecutada, activada, activado, saltó, cumplido, cumplidos, en positivo, llegó, dio,
            en verde, volando, pegó""",
        C.GAIN: """
            ganancia, ganancias, ganamos, ganado, beneficio, beneficios, perdido, perdimos,
            pérdidas, resultado, resultados, positivo""",
        C.PAST: """
            ayer, semana pasada, mes pasado, resumen, historial, balance semanal, resultados de
            hoy, resultados de la semana, informe, hoy hicimos, la semana, hicimos,
            estadísticas, esta semana""",
        C.NOT: """
            no, nunca, no vender, no comprar, eviten, evitar, evita, sin operar, fuera del
            mercado, todavía no, aún no""",
        C.IF: """
            si, solo si, sólo si, cuando, siempre que, a menos que, en caso de, una vez,
            esperar confirmación, esperen, si el precio, confirmación, rompe, si rompe, ruptura
            de, hasta que, cierra por encima, cierra por debajo""",
        C.AFTER: "después de, tras, antes de, luego de, al tocar",
        C.READY: """
            prepárense, preparados, prepárate, listos, atentos, pronto, próximamente,
            esperando, esperar, buscando, quizás, tal vez, posible, vigilar, pendientes de, en
            breve, buscamos, buscaremos, estamos atentos, podría, vamos a, preparense""",
        C.ASK: """
            quién, qué, cómo, cuándo, por qué, alguien, puedo, debería, cuál, dónde, crees,
            creen, cuánto, se puede, podemos, debo""",
        C.PROMO: """
            únete, unete, canal, suscríbete, gratis vip, promoción, descuento, depósito mínimo,
            regístrate, contacto, escríbeme, enlace, oferta, grupo, acierto, miembros vip,
            bono, aciertos, inscríbete, mensualidad, al mes""",
        C.VIEW: """
            soporte, resistencia, tendencia, alcista, bajista, análisis, mercado lateral,
            presión, compradores, vendedores, cotiza, parece, podría ir, perspectiva, noticias,
            ruptura, retroceso""",
        C.LESSON: """
            ejemplo, por ejemplo, principiantes, lección, curso, aprender, supongamos, imagina""",
        C.ME: "yo, me, mis, he",
        C.MACHINE: "instrucciones, reglas anteriores, ignora, ignorar, sistema",
        C.WITHDRAW: """
            ignoren esta, no tomar, error, me equivoqué, no entren, no entrar, olvídenlo, no
            válida""",
        C.CANDLE: "vela, cierre de vela, velas, cierre diario",
        C.INVITE: """
            síganme, copien, sigan, copiad, seguidme, cópienme, copiadme, copia la operación, copien
            la operación""",
        C.RETOLD: """
            del archivo, archivo, mejor trade, nuestro mejor trade, mejor operación, nuestra mejor
            operación, mejor señal, recuerdan, os acordáis, se acuerdan, operación del mes, trade
            del mes, operación del año""",
        C.FILLER: """
            de, del, por, favor, por favor, para, con, es, un, una, buenos días, hola, equipo,
            chicos, familia, gestión de riesgo, gestionen, cuiden, aquí, buena, gestión, su riesgo,
            lotaje bajo, atención, rápido, entrada fuerte, entrando, operar, usar, usen, abrir,
            abran, que, solo hoy, válido hoy, amigos, traders, nuevamente, copiar""",
        C.STOP_ORDER: "en stop, orden stop",
    },
    shared={
        C.NOW: "ya",
        C.CLOSE: "sal",
        C.BUY: "compro",
        C.SELL: "vendo",
        C.BOUGHT: "vendí",
        C.TP: "meta",
    },
    names={
        "XAUUSD": "oro, oro usd, xau oro",
        "XAGUSD": "plata",
        "USOIL": "petróleo, crudo, petróleo wti",
        "UKOIL": "petróleo brent",
        "EURUSD": "euro dólar",
        "GBPUSD": "libra dólar",
        "USDJPY": "dólar yen",
        "NATGAS": "gas natural",
    },
    currencies={
        "EUR": "euro",
        "GBP": "libra, libra esterlina",
        "AUD": "dólar australiano",
        "NZD": "dólar neozelandés",
        "USD": "dólar",
        "CAD": "dólar canadiense",
        "CHF": "franco, franco suizo",
        "JPY": "yen",
        "MXN": "peso, peso mexicano",
    },
)
