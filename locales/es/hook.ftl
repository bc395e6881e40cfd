# Programas a los que se les dice lo que pasa.
hook-nav = Webhooks
hook-title = Webhooks
hook-intro = A estos programas se les dice lo que pasa aquí, en el orden en que pasó.
hook-none = A ningún programa se le dice lo que pasa. Quien administra el servidor los nombra en su configuración.
hook-caption = Hasta dónde va cada programa. El registro tiene ahora { $end ->
        [one] 1 entrada
       *[other] { $end } entradas
    }.
hook-col-name = Programa
hook-col-state = Cómo va
hook-col-after = Avisado hasta la entrada
hook-col-told = Último mensaje recibido
hook-col-again = Avisar de nuevo
hook-state-well = Bien
hook-state-behind = { $count ->
        [one] Falta mirar 1 entrada
       *[other] Falta mirar { $count } entradas
    }
hook-state-failing = No acepta el mensaje siguiente ({ $why }). Se intentó { $tries ->
        [one] una vez
       *[other] { $tries } veces
    } desde { $since }. Próximo intento: { $next }.
hook-state-stopped = Detenido el { $since } ({ $why }). No recibe más mensajes hasta que usted le avise de nuevo.
hook-why-unreachable = no se pudo llegar a nadie allí
hook-why-timeout = no respondió a tiempo
hook-why-status = respuesta { $status }
hook-never = Nunca
hook-after = Avisar de nuevo desde después de la entrada
hook-after-hint = 0 es desde el principio.
hook-after-bad = Escriba el número de una entrada: 0 o más, solo con dígitos.
hook-again = Avisar de nuevo
hook-again-named = Avisar de nuevo a { $name }
hook-did = Se le avisa de nuevo desde allí.
