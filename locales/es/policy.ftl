# Las políticas: qué rige, qué está en borrador y cómo un borrador llega a regir.
policy-nav = Políticas
policy-title = Políticas
policy-intro = Tres tablas recomiendan; las personas deciden. Una versión nueva se redacta, se revisa, se propone y otra persona la aprueba. Rige desde su día.
policy-of-urgency = Urgencia: qué tan pronto
policy-of-need = Necesidad: qué requiere el asunto
policy-of-fit = Ajuste: qué oficina, qué hora
policy-version = { $policy }, versión { $version }
policy-draft-of = { $policy }, borrador que partió de la versión { $version }
policy-left-out = Una versión aprobada no se puede usar
policy-left-out-do = Ya no encaja con el paquete de la agencia o con esta edición del programa. Sigue rigiendo la más reciente que encaja. Empiece un borrador a partir de ella y apruebe una que encaje.
policy-past = { $n ->
    [one] Una versión anterior
   *[other] { $n } versiones anteriores
}
policy-standing-to-come = regirá desde { $day }
policy-standing-in-force = rige desde { $day }
policy-standing-past = rigió desde { $day }
policy-made-desk = hecha en el escritorio
policy-made-pack = del paquete de la agencia
policy-rows = { $n ->
    [one] una fila
   *[other] { $n } filas
}
policy-open = Borradores y propuestas
policy-stage-draft = borrador
policy-stage-proposed = espera aprobación
policy-line = Línea { $line }:
policy-whole = Toda la tabla:
policy-rows-caption = Filas, probadas desde arriba. Recomienda la primera cuya condición se cumple.
policy-col-row = Fila
policy-col-when = Si
policy-col-then = Entonces
policy-col-why = Lo que lee la persona
policy-col-cite = Norma y nota
policy-col-examples = Ejemplos
policy-otherwise = en los demás casos
policy-change = Qué lo cambiaría:
policy-staff = Solo para el personal:
policy-example-good = sale como se espera:
policy-example-bad = sale de otra forma:
policy-example-not-run = no se probó por errores en otra parte:
policy-examples-caption = Ejemplos: qué debe salir
policy-col-example = Ejemplo
policy-col-given = Datos
policy-col-expect = Fila esperada
policy-facts = { $n ->
    [one] Un dato que las filas pueden mirar
   *[other] { $n } datos que las filas pueden mirar
}
policy-fact-optional = puede no saberse
policy-difference = Qué cambia respecto a la versión { $version }
policy-difference-none = Nada que cuente. Los comentarios y los espacios no son diferencia.
policy-difference-count = { $n ->
    [one] Cambia una cosa.
   *[other] Cambian { $n } cosas.
}
policy-difference-of-row = Filas
policy-difference-of-schema = Datos y resultados
policy-difference-of-example = Ejemplos
policy-did-added = Nueva:
policy-did-removed = Quitada:
policy-did-changed = Cambiada:
policy-did-moved = Movida:
policy-field-when = Condición
policy-field-then = Resultado
policy-field-why = Lo que lee la persona
policy-field-change = Qué lo cambiaría
policy-field-staff = Nota para el personal
policy-field-cite = Norma
policy-field-given = Datos
policy-field-expect = Fila esperada
policy-field-declared = Declarado como
policy-word-gone = quitado:
policy-word-new = nuevo:
policy-revert = Empezar un borrador para volver a esta versión
policy-begin = Empezar un borrador con esta versión
policy-as-text = Como texto
policy-back = Todas las políticas
policy-edit-text = Editar como texto
policy-by-proposed = Propuesta por { $name }
policy-by-approved = Aprobada por { $name }
policy-by-withdrawn = Retirada por { $name }
policy-by-dropped = Descartada por { $name }
policy-starts-on = rige desde { $day }
policy-starts-now = rige en cuanto se apruebe
policy-stage-is-draft = Un borrador. No afecta a nadie.
policy-stage-is-proposed = Espera la aprobación de otra persona.
policy-stage-is-approved = Está aprobada.
policy-stage-is-withdrawn = Se retiró antes de su día.
policy-stage-is-dropped = El borrador se descartó.
policy-to-version = Esta versión como tabla
policy-began-with = Partió de la versión { $version }
policy-authors = Escrita por { $names }
policy-saved = Guardada { $at }
policy-sound = { $n ->
    [0] Sin errores.
    [one] Sin errores. El ejemplo sale como se espera.
   *[other] Sin errores. Los { $n } ejemplos salen como se espera.
}
policy-faults = { $n ->
    [one] Un error impide proponerla
   *[other] { $n } errores impiden proponerla
}
policy-faults-do = El borrador queda guardado tal como está.
policy-warnings = { $n ->
    [one] Una cosa merece una mirada
   *[other] { $n } cosas merecen una mirada
}
policy-act-drop = Descartar este borrador
policy-act-approve = Aprobar esta versión
policy-act-back = Volver a dejarla en borrador
policy-act-withdraw = Retirar antes de su día
policy-act-propose = Proponer
policy-approve-title = Aprobar
policy-approve-about = Usted responde por ella como segunda persona. Lea antes qué cambia. Las decisiones ya tomadas conservan la versión con que se tomaron.
policy-propose-title = Proponer esta versión
policy-propose-about = Otra persona debe aprobarla. Hasta entonces puede volver a dejarla en borrador.
policy-starts = ¿Desde cuándo?
policy-start-on = Desde el comienzo de un día
policy-start-now = En cuanto se apruebe
policy-start-now-hint = Solo si no puede esperar. Explique abajo por qué.
policy-day = Primer día
policy-day-hint = Un día por venir. Empieza a medianoche en { $zone }.
policy-because = Motivo
policy-because-hint = Lo que deben saber la segunda persona y los auditores. No nombre a ninguna persona.
policy-text-about = Toda la tabla en TOML, como estaría en el paquete de la agencia. Se guarda con sus errores; se muestran en la página siguiente.
policy-text = Tabla
policy-save = Guardar
policy-leave = Salir sin guardar
policy-meanwhile = Lo que escribió está abajo y no se guardó. Mire lo que hay ahora; si guarda otra vez, lo reemplaza.
policy-meanwhile-look = El borrador como está ahora, en otra ventana
policy-fault-day = Escriba el primer día.
policy-refused-wrong-stage = Mientras tanto ha avanzado. Vea abajo cómo está.
policy-refused-stale = Mientras tanto otra persona lo cambió.
policy-refused-long-text = La tabla es demasiado larga. Quite algo.
policy-refused-unreadable = Esto no se puede poner en la tabla. Edítela como texto.
policy-refused-faults = Tiene errores y no se puede usar. Corríjalos primero; están abajo.
policy-refused-unchanged = Dice lo mismo que la versión a la que seguiría. Cambie algo o descarte el borrador.
policy-refused-name = Nombre la versión con letras, cifras, puntos y guiones, 40 como máximo.
policy-refused-name-in-use = Otra versión tiene este nombre. Elija otro.
policy-refused-passed = Su primer día ya llegó. Elija un día posterior o proponga que empiece de inmediato, con un motivo.
policy-refused-no-reason = Escriba por qué no puede esperar a un día por venir.
policy-refused-long-reason = Acorte el motivo.
policy-refused-second-person = Usted la escribió o la propuso. Otra persona debe aprobarla.
policy-refused-in-force = Ya rige. Para volver atrás, empiece un borrador con la versión anterior.
policy-name = Nombre de la versión
policy-name-hint = Letras, cifras, puntos y guiones. Queda en cada decisión.
policy-row-new = Añadir una fila
policy-row-edit = Editar una fila
policy-row-id = Nombre de la fila
policy-row-id-hint = Por ejemplo N12-papers-missing. Queda en cada decisión.
policy-row-when = Condición
policy-row-when-hint = En CEL, con los datos de abajo. Déjela vacía en la última fila, que vale en los demás casos.
policy-row-then = Resultado { $name }
policy-row-why = Lo que lee la persona ({ $lang })
policy-row-change = Qué lo cambiaría ({ $lang })
policy-row-change-hint = Puede quedar vacío.
policy-row-staff = Nota para el personal
policy-row-staff-hint = La persona nunca la ve. Puede quedar vacía.
policy-row-cite = Norma en que se basa
policy-row-cite-hint = La ley, el reglamento o la práctica en que se apoya la fila.
policy-flag-true = sí
policy-flag-false = no
policy-fault-number = Escriba un número entero.
policy-fault-given = Escriba un dato en cada línea, como urgent = true. Ponga las palabras entre comillas.
policy-example-new = Añadir un ejemplo
policy-example-edit = Editar un ejemplo
policy-example-name = Nombre del ejemplo
policy-example-name-hint = Quién pide qué, en pocas palabras. Invente a las personas.
policy-example-given = Datos
policy-example-given-hint = Un dato en cada línea: nombre = valor. Las palabras van entre comillas. Deje fuera lo que no se sabe.
policy-button-edit = Editar
policy-button-up = Subir
policy-button-down = Bajar
policy-button-remove = Quitar
policy-named-edit = Editar la fila { $n }
policy-named-up = Subir la fila { $n }
policy-named-down = Bajar la fila { $n }
policy-named-remove = Quitar la fila { $n }
policy-named-edit-example = Editar el ejemplo { $n }
policy-named-remove-example = Quitar el ejemplo { $n }
policy-effect = Efecto en las consultas de los últimos días
policy-effect-open = Ver qué habría hecho
policy-effect-back = Volver a la versión
policy-effect-days = Días
policy-effect-days-hint = Como máximo { $most }.
policy-effect-look = Ver
policy-effect-turned = { $n ->
    [0] De { $looked } consultas ninguna tendría otra recomendación que con la versión { $version }.
    [one] De { $looked } consultas una tendría otra recomendación que con la versión { $version }.
   *[other] De { $looked } consultas { $n } tendrían otra recomendación que con la versión { $version }.
}
policy-effect-other-row = { $n ->
    [one] Una más tendría lo mismo por otra fila.
   *[other] { $n } más tendrían lo mismo por otra fila.
}
policy-effect-looked = Se miraron { $looked } de { $all } consultas abiertas en los últimos { $days } días.
policy-effect-left-out = Quedaron fuera { $n }: de cada día se miran como máximo las primeras { $most }.
policy-effect-lost = { $n } no se pueden volver a evaluar, porque su motivo ya no está en el paquete de la agencia.
policy-effect-facts = Los datos son aquellos con los que se decidió; lo que ninguna fila miró entonces se reúne de nuevo con fecha de ese día, sin consultar el caso.
policy-effect-matrix = De lo que se recomienda ahora a lo que se recomendaría
policy-effect-now = Ahora
policy-effect-then = Entonces
policy-effect-rows = Cuántas veces decide cada fila
policy-effect-nothing = no se puede evaluar
policy-effect-list = Consultas con otra recomendación
policy-effect-inquiry = Consulta
policy-effect-not-yours = Qué consultas son se muestra a quienes pueden leer consultas.
policy-effect-before = Las anteriores
policy-effect-further = Las siguientes
