# Lo que dice la agencia además de sus políticas: los archivos de su paquete que se pueden cambiar en el escritorio.
pack-to = Lo demás que dice la agencia: guion de llamadas, mensajes, horarios, motivos y documentos, oficinas, feriados, cuánto se guardan los registros
pack-title = Lo que dice la agencia
pack-intro = Estos textos hacen de este escritorio el de la agencia. Una versión nueva se redacta, se revisa junto con todo lo demás, se propone y otra persona la aprueba. Rige desde su día.
pack-back = Todos los textos
pack-file-callflow = Guion de llamadas: qué oyen y qué pueden hacer quienes llaman
pack-file-prompts = Mensajes de la línea ({ $which })
pack-file-calls = Llamadas de ejemplo: { $which }
pack-file-line = Horario de la línea, reglas de llamadas y visitas
pack-file-reasons = Motivos, preguntas y documentos
pack-file-offices = Horarios y lugares de las oficinas
pack-file-office-list = Oficinas: dónde están, con qué plan, hasta cuándo la gente elige su propia hora
pack-file-holidays = Feriados
pack-file-retention = Cuánto tiempo se guardan los registros
pack-kept = Cuánto tiempo se guardarían los registros
pack-kept-about = Lo vencido se borra en la siguiente pasada diaria y no vuelve. Lo que está bajo retención legal no se cuenta y se queda.
pack-kept-caption = Clases de registros, y cuántos vencen hasta el final del { $day }
pack-kept-days-before = Días que se guardan ahora
pack-kept-days-after = Días con este texto
pack-kept-due-before = Vencen como está ahora
pack-kept-due-after = Vencen con este texto
pack-kept-not-counted = no se cuentan
pack-own = del paquete de la agencia
pack-own-in-force = vigente
pack-own-past = de antes de que se cambiara algo aquí
pack-imported-offices = Se importó una lista de oficinas. Sus filas rigen en lugar de las de aquí.
pack-imported-holidays = Se importó una tabla de feriados. Las reglas que trae rigen en lugar de este texto; los días sueltos se suman.
pack-begin = Empezar un borrador
pack-begin-named = Empezar un borrador: { $file }
pack-whole = El texto completo
pack-sound = Sin errores, tampoco en los otros textos y políticas que se apoyan en este.
pack-difference = Qué cambia respecto de lo que regiría sin esta versión
pack-difference-none = Nada.
pack-difference-count = { $n ->
    [one] Una línea es distinta.
   *[other] { $n } líneas son distintas.
}
pack-name-hint = Letras, cifras, puntos y guiones.
pack-text-about = El archivo { $path } completo, como estaría en el paquete de la agencia. Se guarda con sus errores; se muestran en la página siguiente.
pack-text = Texto
pack-calls = Llamadas de ejemplo
pack-calls-good = { $n ->
    [0] No hay ninguna llamada de ejemplo.
    [one] La llamada de ejemplo sale como se espera.
   *[other] Las { $n } llamadas de ejemplo salen como se espera.
}
pack-calls-otherwise = { $n ->
    [one] Una llamada de ejemplo sale de otro modo. ¿Es lo que quiere? Entonces cambie también el ejemplo.
   *[other] { $n } llamadas de ejemplo salen de otro modo. ¿Es lo que quiere? Entonces cambie también los ejemplos.
}
pack-places = Lugares en las oficinas
pack-places-none = Ninguna oficina puede atender a más ni a menos personas en { $days } días.
pack-places-caption = A cuántas personas pueden atender las oficinas en { $days } días, desde { $day }. Lo que ya está reservado se mantiene.
pack-col-office = Oficina
pack-col-before = Antes
pack-col-after = Con esta versión
pack-days = Días que cambian
pack-days-none = Ningún día cambia en los próximos años.
pack-days-closed = Cerrados, y antes abiertos
pack-days-opened = Abiertos, y antes cerrados
pack-reasons = Motivos que cambian
pack-reasons-none = Ningún motivo cambia.
pack-reasons-keep = Quien ya pidió conserva lo que se le dijo. Un motivo que se quita se sigue conociendo para esas consultas; ya nadie puede elegirlo.
pack-reasons-live = { $n ->
    [0] ninguna consulta abierta
    [one] una consulta abierta
   *[other] { $n } consultas abiertas
}
pack-file-notices = Redacción propia de los mensajes a las personas ({ $which })
pack-messages = Mensajes que cambian
pack-messages-none = Ningún mensaje cambia.
pack-messages-count = { $n ->
    [one] Un mensaje cambia. Se muestra como lo recibiría una persona inventada.
   *[other] { $n } mensajes cambian. Se muestran como los recibiría una persona inventada.
}
pack-messages-own = La redacción del programa, mensaje por mensaje
