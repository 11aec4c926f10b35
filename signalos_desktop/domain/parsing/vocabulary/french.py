"""How French channels write."""

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.vocabulary.language import Language

LANGUAGE = Language(
    "fr",
    words={
        C.BUY: """
            achat, acheter, achetez, achète, achetons, à l'achat, ordre d'achat, position
            acheteuse, on achète, position longue, signal d'achat, position d'achat, on longe,
            longer, acheteur, j'achète, on rentre long, on rentre à l'achat, on part long, on
            passe long, prenez un long, entrée longue, entrez long, on se place acheteur, se
            place acheteur, on se positionne acheteur, on se positionne à l'achat, placez-vous
            acheteur, je passe acheteur, je suis acheteur, je me place acheteur, je me
            positionne acheteur, passer acheteur, passez acheteur, je rentre long, je vais long""",
        C.SELL: """
            vente, vendre, vendez, vends, vendons, à la vente, ordre de vente, position
            vendeuse, on vend, position courte, vend, signal de vente, position de vente,
            shorte, shorter, shortez, shortons, on shorte, vente à découvert, à découvert, je
            vends, je shorte, on rentre short, on part short, on passe short, prenez un short,
            entrée courte, entrez short, je vend, on rentre à la vente, on se place vendeur, se
            place vendeur, on se positionne vendeur, on se positionne à la vente, placez-vous
            vendeur, je passe vendeur, je suis vendeur, je me place vendeur, je me positionne
            vendeur, passer vendeur, passez vendeur, je rentre short, je vais short""",
        C.BUYING: "achetant",
        C.SELLING: "vendant",
        C.BUYS: "achats, longs",
        C.SELLS: "ventes",
        C.BOUGHT: """
            acheté, vendu, j'ai acheté, j'ai vendu, achetée, vendue, nous avons acheté, nous
            avons vendu""",
        C.NOW: """
            maintenant, tout de suite, immédiat, immédiatement, au marché, prix du marché, au
            prix du marché, prix actuel, au prix actuel, direct, immédiate, ordre au marché,
            sur le marché, dès maintenant, à cours actuel, cours actuel, prix présent, de
            suite, illico, direct maintenant""",
        C.LIMIT: "limite, ordre limite, à cours limité, ordre à cours limité",
        C.ENTRY: """
            entrée, entrées, prix d'entrée, point d'entrée, zone d'entrée, entrer, prix, niveau
            d'entrée, zone, entre, cours d'entrée, entrez, fourchette, entrée à, cours""",
        C.SL: """
            stop perte, perte max, perte maximale, perte maximum, stop-perte, arrêt des pertes,
            arrêt de perte, limite de perte, coupe perte, protection, arrêt, sortie perte,
            perte visée, invalidation, coupure, arrêt perte""",
        C.TP: """
            objectif, objectifs, prise de profit, prise de profits, prise de bénéfice, prise de
            bénéfices, prendre profit, cible, cibles, premier objectif, deuxième objectif,
            profit cible, prendre les profits, prise de gain, prise de gains, prendre les
            bénéfices, sortie, obj, objectif de profit, gain visé, gains visés, profit visé,
            objectif de gain, prise de bénef, sortie profit, bénéfice visé""",
        C.TP_OPEN: """
            laisser courir, laissez courir, sans tp, sans objectif, objectif ouvert, laisser
            ouvert""",
        C.OPEN: "ouvert, ouverte, garder, conserver",
        C.AT: "à, autour de, vers, près de",
        C.FROM: "de, depuis, à partir de",
        C.TO: "jusqu'à, jusqu'au, au",
        C.ABOVE: "au-dessus de, au dessus de, au-dessus, dépassement de, supérieur à",
        C.BELOW: "en dessous de, au-dessous de, sous, en-dessous de, inférieur à",
        C.AND: "et, puis",
        C.OR: "ou",
        C.PIPS: "points",
        C.LEVERAGE: "levier, effet de levier",
        C.LOT: "lot, lots, jours, heures, membres, euros, minutes",
        C.META: "capital, dépôt, compte de, taille, solde, volume",
        C.RISK: "risque, risque par trade, risquer, risquez, risque de",
        C.REWARD: "risque rendement, ratio risque, risque récompense",
        C.CONFIDENCE: "confiance, probabilité, fiabilité",
        C.KEY: """
            signal, paire, actif, sens, direction, ordre, ordres, trade, position, positions,
            nouveau signal, nouveau trade, ordre en attente, en attente, instrument, opération,
            transaction, transactions, symbole, type d'ordre""",
        C.CLOSE: """
            fermer, fermez, ferme, fermons, clôturer, clôturez, clôture, clôturons, sortir,
            sortez, coupez, couper, soldez, on ferme, on clôture, on sort, on coupe, sortons,
            coupons, coupe, sors, solde""",
        C.CANCEL: """
            annuler, annulez, annule, annulons, supprimer, supprimez, supprime, retirer,
            retirez, effacez, on annule, on supprime, efface, retire""",
        C.CANCELLED: "annulé, annulée, supprimé, annulés, invalide",
        C.MOVE: """
            déplacer, déplacez, déplace, mettre, mettez, mets, ajuster, ajustez, modifier,
            modifiez, remonter, remontez, remonte, monter, montez, descendre, descendez,
            placer, placez, place, changer, changez, passer, passez, ramener, ramenez,
            correction, on met, on déplace, on monte, on remonte, on place, on passe, sécuriser
            le stop, abaissez, relever, relevez, mettons, ramène, descends, monte, ajuste,
            modifie, passe, change""",
        C.MOVED: "déplacé, modifié, mis à jour, ajusté, changé, remonté, mise à jour",
        C.NEW: "nouveau, nouvel, nouveaux, nouvelle, nouvelles",
        C.TAKE: """
            prenez, prendre, sécurisez, sécuriser, encaisser, encaissez, on prend, on sécurise,
            on encaisse, encaissons, prends, sécurise, encaisse""",
        C.PARTIAL: """
            partiel, partiels, partielle, partiellement, une partie, des partiels""",
        C.REDUCE: """
            prendre partiel, alléger, allégez, réduire, réduisez, fermer partiellement, fermez
            partiellement, prenez des partiels, prise partielle, clôturez partiellement,
            prendre des partiels, fermez une partie, clôturez une partie""",
        C.HALF: "la moitié, moitié, la moitie, demi",
        C.THIRD: "un tiers, tiers, deux tiers, les deux tiers",
        C.QUARTER: "un quart",
        C.ALL: "tout, tous, toutes, toute",
        C.REST: "reste, le reste, laissez, laisser, gardez le reste, restant",
        C.BREAKEVEN: """
            à l'entrée, au point d'entrée, au prix d'entrée, seuil de rentabilité, point mort,
            sans risque, à be, au be, sur le prix d'entrée, sur l'entrée, point d'entrée
            maintenant, à zéro, risque zéro, au niveau d'entrée, au seuil de rentabilité, au
            point mort, prix de revient""",
        C.THE: "le, la, les, notre, votre, nos, vos, ce, cette, ces, mon, ma",
        C.RESULT: """
            touché, touchée, touchés, atteint, atteinte, atteints, fermé, fermée, clôturé,
            clôturée, en profit, en gain, en cours de, sécurisés, encaissés, validé, validée,
            félicitations, bravo, déclenché, activé, exécuté, gagnés, empochés, dans le vert,
            en bénéfice, stoppé, réussi, en positif, pris, en cours""",
        C.GAIN: """
            profit, profits, gagné, gains, gain, bénéfice, bénéfices, perdu, pertes, résultat,
            résultats""",
        C.PAST: """
            hier, semaine dernière, mois dernier, bilan, récapitulatif, historique, rapport,
            cette semaine, ce mois, résultats de, résultats du, statistiques, la semaine""",
        C.NOT: """
            ne, pas, jamais, évitez, éviter, aucun trade, pas de trade, n'achetez, n'achetez
            pas, ne pas, ne vendez pas, n'entrez pas, pas encore, aucune position, restez à
            l'écart, pas d'achat, pas de vente""",
        C.IF: """
            si, seulement si, uniquement si, quand, lorsque, dès que, une fois, en cas de, à
            condition, confirmation, attendre la confirmation, sauf si, casse, si le prix,
            jusqu'à ce que""",
        C.AFTER: "après, avant",
        C.READY: """
            préparez-vous, préparez, prêts, prêt, soyez prêts, bientôt, attendre, attendez,
            attente, surveiller, surveillez, on attend, possible, peut-être, éventuel, cherche,
            cherchons, tenez-vous prêts, guetter, envisage, pourrait, nous allons, on va, dans
            quelques minutes, on surveille, on regarde""",
        C.ASK: """
            qui, quel, quelle, comment, pourquoi, quelqu'un, puis-je, dois-je, faut-il, où,
            combien, est-ce, peut-on, on peut, pensez-vous, qu'est-ce""",
        C.PROMO: """
            rejoignez, canal, abonnez, abonnement, gratuit vip, promotion, réduction, dépôt
            minimum, inscrivez, contactez, lien, offre, groupe, bonus, réussite, par mois, taux
            de réussite, places""",
        C.VIEW: """
            support, résistance, tendance, haussier, haussière, baissier, baissière, analyse,
            pression, acheteurs, vendeurs, évolue, semble, perspective, actualités, cassure,
            rebond, cote""",
        C.LESSON: """
            exemple, par exemple, débutants, leçon, formation, imaginez, supposons, cours de
            trading, cours gratuit, cours en ligne, petit cours""",
        C.ME: "je, j'ai, moi",
        C.MACHINE: "instructions, règles précédentes, ignore les, ignorez les, système",
        C.WITHDRAW: "ignorez, erreur, oubliez, ne prenez pas, non valide",
        C.CANDLE: "bougie, clôture de bougie, clôture h1, clôture h4, bougies",
        C.INVITE: """
            suivez-moi, suivez, copiez, suivez moi, copiez-moi, copiez moi, à copier, copiez ce
            trade, faites comme moi""",
        C.RETOLD: """
            des archives, archive, archives, meilleur trade, le meilleur trade, notre meilleur
            trade, meilleur signal, notre meilleur signal, vous vous souvenez, souvenez-vous,
            rappelez-vous, trade du mois, trade de l'année, trade de la semaine, souvenir""",
        C.FILLER: """
            un, une, des, du, svp, s'il vous plaît, pour, avec, est, bonjour, salut, équipe, les
            gars, la famille, gestion du risque, gérez, ici, bonne, rapide, attention, tradez,
            utilisez, ouvrir, ouvrez, que, valable aujourd'hui, amis, traders, votre risque, bon,
            petit, lot faible, de l'argent, gagner de l'argent, de l'argent facile""",
    },
    shared_names={
        "XAUUSD": "or",
        "XAGUSD": "argent",
    },
    names={
        "XAUUSD": "l'or, d'or, once d'or, de l'or, xau or",
        "XAGUSD": "l'argent métal, argent métal, l'argent",
        "USOIL": "pétrole, le pétrole, pétrole wti, brut",
        "EURUSD": "euro dollar",
        "GBPUSD": "livre dollar, câble",
        "NATGAS": "gaz naturel",
    },
    currencies={
        "EUR": "euro",
        "GBP": "livre, livre sterling",
        "AUD": "dollar australien",
        "NZD": "dollar néo zélandais",
        "USD": "dollar, dollar us",
        "CAD": "dollar canadien",
        "CHF": "franc, franc suisse",
        "JPY": "yen",
    },
)
