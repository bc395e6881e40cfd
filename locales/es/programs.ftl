# Los programas que actúan aquí, y sus claves.
programs-nav = Programas y sus claves
programs-title = Programas que actúan aquí
programs-intro = Un programa actúa por una cuenta con su clave. Puede hacer lo que puede la cuenta, y solo lo que su clave permite.
programs-none = Ningún programa tiene una clave.
programs-caption = { $n ->
    [one] 1 clave sirve ahora.
   *[other] { $n } claves sirven ahora.
} Arriba está la que termina primero.
programs-soon = { $n ->
    [one] 1 clave termina en menos de { $days } días.
   *[other] { $n } claves terminan en menos de { $days } días.
} Cree otra antes de que el programa pare.
programs-col-name = Nombre
programs-col-for = Actúa por
programs-col-may = Puede
programs-col-made = Creada, y por quién
programs-col-ends = Termina
programs-col-end = Terminarla ya
programs-by-unknown = aquí no se sabe por quién
programs-tag-soon = termina pronto
programs-end = Terminar
programs-back = Todos los programas
programs-new = Crear una clave
programs-name = Nombre del programa
programs-name-hint = Qué es y dónde corre, para que sus colegas lo conozcan. De 1 a 80 letras.
programs-for = Actúa por
programs-for-hint = Usted, o una cuenta que nadie usa. Cree una para el programa en Personal y no dé su contraseña a nadie.
programs-for-you = Usted
programs-scopes = Qué puede hacer
programs-scopes-hint = Elija solo lo que le hace falta. Nunca puede más que la cuenta por la que actúa.
programs-until = Último día
programs-until-hint = Un año desde hoy, como mucho.
programs-make = Crear la clave
programs-scope-read = Leer
programs-scope-request = Solicitudes
programs-scope-work = Trabajar en las consultas
programs-scope-day = El día de una oficina
programs-scope-journal = Registro
programs-scope-import = Importar
programs-scope-policies = Reglas y textos
programs-allows-read = Leer las consultas, las listas y las cifras.
programs-allows-request = Enviar una solicitud por una persona.
programs-allows-work = Decidir, prometer, llamar y dar citas, como hacen los agentes.
programs-allows-day = Anotar la llegada de la gente, llamarla y atenderla.
programs-allows-journal = Leer todo lo que pasó aquí.
programs-allows-import = Traer casos, personal, oficinas y otras tablas.
programs-allows-policies = Escribir nuevas reglas y textos, y proponerlos. Las personas los aprueban.
programs-fault-name = Escriba un nombre de 1 a 80 letras.
programs-fault-scope = Elija al menos una cosa que puede hacer.
programs-fault-until = Elija un día desde hoy, dentro de un año.
programs-fault-theirs = Alguien usa esta cuenta, o está cerrada. Elija otra.
programs-made-before = Esta clave ya se creó y solo se muestra una vez. Si nadie la anotó, termínela y cree otra.
programs-token = Clave
programs-shown-once = La clave se muestra solo esta vez. No se guarda en ningún lugar.
programs-shown-next = Póngala donde el programa la lee, y en ningún otro lugar. Quien la tiene puede hacer lo que puede el programa.
