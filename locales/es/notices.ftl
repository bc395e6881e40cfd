# Correo electrónico a la persona. Palabras sencillas, frases cortas, siempre lo que sigue. Nunca un dato
# del caso: otras personas pueden leer el mensaje.

notices-subject-request-received = Recibimos su solicitud ({ $number })
notices-subject-papers-needed = Necesitamos algo de usted ({ $number })
notices-subject-callback-promised = Le vamos a llamar ({ $number })
notices-subject-callback-moved = Su llamada tiene nueva hora ({ $number })
notices-subject-callback-cancelled = Su llamada está cancelada ({ $number })
notices-subject-callback-reminder = Le llamaremos pronto ({ $number })
notices-subject-callback-missed = Intentamos llamarle ({ $number })
notices-subject-promise-broken = No le llamamos como prometimos ({ $number })
notices-subject-decision-made = Tenemos una respuesta para usted ({ $number })
notices-subject-review-asked = Lo miraremos de nuevo ({ $number })
notices-subject-review-decided = Qué resultó de su revisión ({ $number })
notices-subject-appointment-booked = Usted tiene una cita ({ $number })
notices-subject-appointment-moved = Su cita tiene nueva hora ({ $number })
notices-subject-appointment-cancelled = Su cita está cancelada ({ $number })
notices-subject-appointment-reminder = Su cita está cerca ({ $number })
notices-subject-appointment-confirm = ¿Vendrá a su cita? ({ $number })
notices-subject-appointment-released = Su hora quedó libre, porque no respondió ({ $number })
notices-subject-earlier-offered = Le guardamos una hora más temprana ({ $number })
notices-subject-appointment-missed = Le esperamos en su cita ({ $number })
notices-subject-day-closed = La oficina cierra el día de su cita ({ $number })
notices-subject-day-reopened = Su cita vuelve a su hora anterior ({ $number })
notices-subject-inquiry-closed = Su consulta está cerrada ({ $number })
notices-subject-link-resent = Su enlace a la página de su consulta ({ $number })
notices-subject-contact-changed = Cambió la manera de encontrarle ({ $number })
notices-subject-proof-changed = Se corrigió lo que abre su consulta ({ $number })
notices-subject-text-answer = Nuestra respuesta a su texto ({ $number })

notices-greeting = Hola, { $name }:
notices-greeting-nobody = Hola:

notices-label-number = Su número de consulta
notices-label-when = Cuándo
notices-label-before = Antes
notices-label-now = Su hora de ahora
notices-label-cancelled = Cancelada
notices-label-missed = Perdida
notices-label-next = Próxima llamada
notices-label-caller = Llamamos desde
notices-label-where = Dónde
notices-label-bring = Qué debe traer
notices-label-papers = Lo que necesitamos

notices-news-request-received = Recibimos su solicitud. No necesita llamarnos.
notices-next-request-received-by = Un oficial la leerá a más tardar { $day }. Después le escribiremos y le diremos qué sigue.
notices-next-request-received = Un oficial la leerá. Después le escribiremos y le diremos qué sigue.
notices-change-request = En la página de su consulta puede ver cómo va. Ahí también puede agregar algo o cancelarla.

notices-news-papers-needed = Para poder seguir, necesitamos algo de usted. La lista está abajo.
notices-next-papers-needed = La página de su consulta dice cómo enviarlo. Cuando lo tengamos, seguimos de inmediato.
notices-papers-until = Guardamos su lugar hasta { $day }. Si necesita más tiempo, díganos en la página de su consulta.

notices-news-callback-promised = Prometemos llamarle. No necesita llamarnos.
notices-news-callback-moved = Su llamada tiene nueva hora. La hora anterior ya no vale.
notices-news-callback-reminder = Le recordamos que un oficial le llamará pronto.
notices-next-callback = Tenga su teléfono cerca a esa hora. Si no le encontramos, llamaremos otra vez. No perderá su lugar.
notices-callback-phrase = El oficial dirá primero la frase que usted eligió. Así sabrá que la llamada es real. Puede ver la frase en la página de su consulta.
notices-change-callback = Si la hora no le conviene, puede elegir otra o cancelar la llamada en la página de su consulta.

notices-news-callback-cancelled-person = Cancelamos la llamada, como usted pidió.
notices-news-callback-cancelled-agency = Tuvimos que cancelar la llamada. Lo sentimos.
notices-next-callback-cancelled = Su solicitud sigue abierta. Puede elegir otra hora en la página de su consulta. No le llamaremos hasta que la elija.

notices-news-callback-missed = Le llamamos, pero no le encontramos. No ha perdido su lugar.
notices-news-promise-broken = No le llamamos cuando dijimos. Fue culpa nuestra y lo sentimos. No ha perdido su lugar.
notices-next-call-again = Le llamaremos otra vez a la hora que está abajo. Tenga su teléfono cerca.
notices-next-choose-time = Lo que sigue: elija otra hora en la página de su consulta. O llámenos al { $phone }.

notices-news-decision-made = Un oficial decidió sobre su solicitud:
notices-next-decision-made = La página de su consulta dice por qué. También dice qué sigue y cómo pedir una revisión.
notices-news-review-asked = Usted nos pidió revisar una decisión sobre su solicitud.
notices-next-review-asked = Un oficial que no tomó la decisión la mira de nuevo. Tendrá una respuesta a más tardar { $day }. Hasta entonces no tiene que hacer nada.
notices-news-review-upheld = Otro oficial miró de nuevo su solicitud. La decisión queda como estaba:
notices-news-review-changed = Otro oficial miró de nuevo su solicitud. La decisión cambió:
notices-next-review-decided = La página de su consulta dice por qué, en las palabras del oficial, y qué sigue.

notices-news-appointment-booked = Usted tiene una cita. Venga a la oficina a la hora que está abajo.
notices-news-appointment-moved = Su cita cambió. La hora anterior ya no vale.
notices-news-appointment-reminder = Le recordamos su cita.
notices-news-appointment-confirm = ¿Vendrá a su cita? Díganos en la página de su consulta.
notices-next-appointment-confirm = La hora sigue siendo suya en todo caso. Su respuesta nos ayuda, y todavía puede tomar otra hora.
notices-next-appointment-confirm-by = Responda a más tardar { $by }. Si no lo hace, otra persona recibe la hora. Usted conserva su lugar y puede elegir otra hora.
notices-news-appointment-released = No nos dijo que vendría, por eso dimos su hora a otras personas. No venga a la oficina a esa hora.
notices-next-appointment-released = No ha perdido su lugar, y su solicitud sigue abierta. Elija una hora nueva en la página de su consulta. Si no lo hace, un oficial le busca una.
notices-news-earlier-offered = Usted pidió venir antes. Hay una hora libre, y la guardamos solo para usted.
notices-next-earlier-offered = Tómela en la página de su consulta a más tardar { $until }. Si no hace nada, todo sigue como ahora, y la hora pasa a otra persona.
notices-news-day-closed = La oficina está cerrada a la hora de su cita. Lo sentimos. Esta es la razón:
notices-news-day-reopened = La oficina abre después de todo. Su cita vuelve a su hora anterior. La hora que le enviamos antes ya no vale.
notices-next-day-closed = Usted no pierde su lugar. Apartamos para usted la hora nueva de abajo. Puede quedarse con ella, tomar otra hora o pedir una llamada. Puede elegir hasta { $until }. Si no hace nada, la hora nueva es suya.
notices-next-day-closed-call = Ahora no hay otra hora libre en la oficina. Un oficial le llamará y buscará una con usted. Esta hora ya no vale:
notices-next-day-closed-officer = Ahora no hay otra hora libre en la oficina. Un oficial buscará una y le avisará. No tiene que pedirla otra vez. Esta hora ya no vale:
notices-appointment-early =
    { $minutes ->
        [one] No llegue más de 1 minuto antes.
       *[other] No llegue más de { $minutes } minutos antes.
    }
notices-next-appointment = Vaya a la entrada y diga su número de consulta. Un empleado registrará su llegada.
notices-change-appointment = Si no puede venir, puede cambiar o cancelar la cita en la página de su consulta.

notices-news-appointment-cancelled-person = Cancelamos su cita, como usted pidió. No venga a la oficina.
notices-news-appointment-cancelled-agency = Tuvimos que cancelar su cita. Lo sentimos. No venga a la oficina.
notices-next-appointment-cancelled = Su solicitud sigue abierta. Puede pedir otra hora en la página de su consulta.

notices-news-appointment-missed = Le esperamos en la oficina, pero no se registró su llegada.
notices-next-appointment-missed = Su solicitud sigue abierta. Puede pedir otra hora en la página de su consulta. Si estuvo ahí, díganos.

notices-news-inquiry-closed = Su consulta está cerrada. No tiene que hacer nada más.
notices-next-inquiry-closed-until = Si algo no está bien, puede abrirla otra vez en la página de su consulta hasta { $day }.
notices-next-inquiry-closed = Si algo no está bien, puede hacer una nueva solicitud en cualquier momento.

notices-news-link-resent = Usted pidió un enlace a la página de su consulta. Aquí está.
notices-news-contact-changed = Se cambió el teléfono o el correo electrónico de su solicitud. Desde ahora usamos el nuevo.
notices-news-proof-changed = Nuestro personal corrigió su fecha de nacimiento o nuestro número para usted. Con ellos usted abre su consulta.
notices-link-until = El enlace sirve hasta { $moment }. Después puede pedir otro.
notices-next-link-resent = Si usted no lo pidió, no haga caso de este mensaje. Nada ha cambiado.
notices-next-contact-changed = Si fue usted, no tiene que hacer nada. Si no fue usted, llámenos ahora: { $phone }.
notices-next-proof-changed = Si usted lo pidió, no tiene que hacer nada. Si no fue usted, llámenos ahora: { $phone }.

notices-action-see = Ver su consulta
notices-action-change = Ver, cambiar o cancelar
notices-action-choose = Elegir otra hora
notices-action-earlier = Ver la hora más temprana
notices-link-alone = El enlace es solo para usted. Quien lo tenga puede ver y cambiar su consulta.
notices-mark = ¿No está seguro de que esto es nuestro? Abra { $site }/check y escriba el código { $mark }. Le decimos si lo enviamos.

notices-automatic = Una computadora envió este mensaje. No lo responda. Si tiene una pregunta, use la página de su consulta o llame al { $phone }.

notices-calendar-summary = Cita { $number }
notices-calendar-alarm = Mañana tiene una cita
notices-calendar-bring = Qué debe traer:
notices-calendar-phone = Preguntas: { $phone }

# A calendar that keeps itself up to date. It may be seen by whoever sees the calendar: nothing of what it is about.
notices-feed-call = { $agency }: llamada prometida
notices-feed-call-from = Llamamos desde el { $phone }.
notices-feed-visit = { $agency }: visita
notices-feed-own = { $agency }: mis llamadas
notices-feed-own-call = Llamada prometida

# A quien está protegido: puede leerlo otra persona.
notices-neutral-subject = Un mensaje para usted
notices-neutral = Hay un mensaje para usted.
notices-neutral-next = Consulte la página que ya conoce o llame al número que ya conoce. Si no es para usted, no tiene que hacer nada.
notices-neutral-text = Hay un mensaje para usted. Consulte la página que ya conoce o llame al número que ya conoce.

# Delegates: whoever the representative lets act for the person.
notices-subject-delegate-named = Alguien puede actuar por usted ({ $number })
notices-subject-delegate-link = Usted puede actuar por alguien ({ $number })
notices-news-callback-cancelled-delegate = Cancelamos la llamada. Lo pidió alguien que actúa por usted.
notices-news-appointment-cancelled-delegate = Cancelamos su cita. Lo pidió alguien que actúa por usted. No venga a la oficina.
notices-news-delegate-named = Alguien puede actuar por usted en esta solicitud hasta { $day }. Su página dice quién es y qué puede hacer.
notices-next-delegate-named = Si usted no lo quiere, puede terminarlo en su página. O llámenos al { $phone }.
notices-news-delegate-link = Le nombraron para actuar por alguien que tiene una solicitud aquí. Este enlace abre su página para usted.
notices-next-delegate-link = El enlace sirve hasta { $day }. La página dice qué puede hacer.
notices-next-delegate-link-wrong = Si no sabe nada de esto, abra el enlace y termínelo ahí.
