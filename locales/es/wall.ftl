# El tablero: pocas palabras que se leen desde lejos, y lo que hay detrás de cada cifra.
wall-nav = Tablero
wall-title = La sala ahora
wall-back = Volver al tablero
wall-tile-waiting = Esperan
wall-tile-longest = Espera más larga
wall-tile-estimate = Espera que se dice
wall-tile-right = Dicho bien hoy
wall-tile-due = Llamadas en una hora
wall-tile-overdue = Llamadas tarde
wall-tile-kept = Cumplido hoy
wall-tile-operators = De turno
wall-is-waiting = Todas las personas que pidieron un operador y aún no han hablado con uno, en la línea o a la espera de una llamada.
wall-is-longest = El tiempo desde que pidió ayuda quien más espera. Nunca empieza de nuevo, tampoco si se cortó la llamada.
wall-is-estimate = Lo que oiría quien pidiera un operador ahora, en minutos: lo más largo de las colas y los idiomas en que hay gente. Ninguno si nadie espera, si nadie de turno puede atender o si hay muy pocas llamadas para calcular.
wall-is-due = Llamadas prometidas que vencen dentro de una hora, cuántos oficiales hay de turno para hacerlas y cuántos prevén los turnos. En rojo cuando los presentes no pueden hacerlas todas.
wall-is-overdue = Llamadas prometidas cuyo horario, o cuyo próximo intento, pasó sin llamada. En rojo hasta que alguien llame.
wall-is-operators = Todas las personas de turno en la línea, y cuántas están listas para la próxima llamada.
wall-away =
    { $n ->
        [0] nadie a quien llamar
        [one] 1 a quien llamar
       *[other] { $n } a quienes llamar
    }
wall-rings-outside = se conecta con { $to }
wall-band = { $least } a { $most } min
wall-queue-closed = Cerrada por su horario: { $who }. { $opens }
wall-queue-opens = Abre { $moment }.
wall-queue-never = No vuelve a abrir.
wall-n = de { $n }
wall-officers =
    { $n ->
        [0] ningún oficial de turno
        [one] 1 oficial de turno
       *[other] { $n } oficiales de turno
    }
wall-planned = { $officers }, { $planned } según los turnos
wall-free =
    { $n ->
        [0] nadie listo
        [one] 1 listo
       *[other] { $n } listos
    }
wall-line =
    { $most ->
        [0] Nadie esperó en las últimas dos horas
       *[other] En espera en las últimas dos horas, { $most } como máximo
    }
wall-line-table = La línea en números
wall-as-of = A las { $time }
wall-nothing = No hay nada detrás de esta cifra ahora.
wall-rows = { $shown } de { $all }
wall-queue = Cola
wall-operator = Operador
wall-telephones = Los teléfonos ahora
wall-telephones-caption = Todos cuyo navegador es un teléfono
wall-person = Persona
wall-told = Se dijo
wall-came = Fue
wall-status-off = Fuera de turno
wall-status-not-ready = No listo
wall-takes-only = atiende solo { $what }
wall-status-ready = Listo
wall-status-ringing = Suena
wall-status-talking = En llamada
wall-status-wrap-up = Anotando
wall-came-kept = Cumplida
wall-came-missed-by-us = No se llamó a tiempo
wall-came-missed-by-person = Se llamó, no contestó
wall-came-failed = Falló nuestra línea
wall-came-given-back = Devuelta por la persona
wall-came-open = Sin terminar
wall-came-served = Atendida
wall-came-left = Se fue sin ser atendida
wall-came-no-show = No vino
wall-came-canceled-by-office = Cancelada por la oficina
wall-left =
    { $n ->
        [one] 1 que dejó un oficial ausente; { $else }
       *[other] { $n } que dejaron oficiales ausentes; { $else }
    }
wall-call-left = El oficial no estaba y nadie pudo tomarla
wall-move-title = Pasar personas a otra fila
wall-move-about = Marque a quién quiere pasar. Cada persona conserva el lugar de cuando pidió por primera vez. No se les avisa.
wall-move-col = Pasar
wall-move-one = Pasar a la persona número { $n } de esta lista
wall-move-to = A qué fila
wall-move-why = Motivo
wall-move = Pasar
wall-move-fault-nobody = Marque al menos a una persona.
wall-move-fault-queue = Elija una fila.
wall-move-fault-why = Elija el motivo.
wall-moved =
    { $n ->
        [one] Se pasó a 1 persona.
       *[other] Se pasó a { $n } personas.
    }
wall-not-moved =
    { $n ->
        [one] A 1 persona no se la pasó: ya habló con alguien, la están llamando o ya espera en esa fila.
       *[other] A { $n } personas no se las pasó: ya hablaron con alguien, las están llamando o ya esperan en esa fila.
    }
wall-ways = Tableros
wall-by-queue = Por fila
wall-by-lang = Por idioma
wall-part-queue = Fila
wall-part-lang = Idioma
