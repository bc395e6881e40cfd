# Las páginas para el público. Palabras sencillas, frases cortas, una idea cada vez.

public-start-title = ¿Qué necesita?
public-start-about = Vea un caso, haga una pregunta, pida una reunión o mire dónde está su solicitud. No necesita una cuenta.
public-door-status = Ver dónde está un caso
public-door-status-about = Necesita su número de recibo.
public-door-request = Pedir una reunión en una oficina
public-door-request-about = Díganos qué necesita. Un oficial lo lee y le llama. Muchos asuntos no necesitan visita.
public-door-inquiry = Tengo un número de consulta
public-door-inquiry-about = Vea dónde está su solicitud, o cambie su llamada o su cita.
public-door-calls = Recibí una llamada. ¿Eran ustedes?
public-door-calls-about = Cómo son nuestras llamadas y cómo saber si una es verdadera.

public-line-title = Hable con nosotros
public-line-open = La línea está abierta ahora. Cierra { $until }.
public-line-holiday = La línea está cerrada hoy: { $name }.
public-line-closure = La línea está cerrada ahora: { $why }.
public-line-day = La línea está cerrada hoy.
public-line-hours = La línea está cerrada a esta hora.
public-line-by-hand = La línea está cerrada hoy, antes de lo previsto.
public-line-opens = Abre otra vez { $moment }.
public-line-always = Estas páginas funcionan a toda hora, de día y de noche.

public-calls-title = Recibí una llamada. ¿Eran ustedes?
public-calls-number = Nuestros oficiales llaman desde un solo número: { $number }. Pero alguien que engaña puede hacer que aparezca cualquier número en su teléfono. Por eso revise también lo que sigue.
public-calls-promised = Llamamos a una hora que le prometimos. La promesa está en la página de su consulta.
public-calls-phrase = El oficial dice primero la frase que es suya. Solo usted y nosotros la sabemos.
public-calls-page = Mientras llamamos, la página de su consulta dice "Un oficial le está llamando ahora".
public-calls-never-title = Nunca hacemos esto
public-calls-never-money = Nunca pedimos dinero, tarjetas de regalo ni datos del banco por teléfono.
public-calls-never-password = Nunca pedimos sus contraseñas.
public-calls-never-threat = Nunca amenazamos con arrestarle ni con sacarle del país.
public-calls-check-title = Si no está seguro
public-calls-check = Cuelgue. Abra la página de su consulta o llámenos al { $number }. No perderá su lugar.
public-calls-open = Abrir la página de mi consulta

public-privacy-title = Privacidad
public-privacy-keep-title = Qué guardamos
public-privacy-keep = Guardamos su solicitud, lo que se prometió, lo que se decidió y por qué. Usted puede ver todo en la página de su consulta.
public-privacy-draft-title = Formularios que no ha enviado
public-privacy-draft = Guardamos sus respuestas mientras escribe, para que no se pierda nada. Las borramos { $days } días después de su último cambio.
public-privacy-cookies-title = Cookies
public-privacy-cookies = Usamos cookies solo para mantener abiertos su formulario y la página de su consulta. No le seguimos, y ninguna otra empresa ve lo que hace aquí.
public-privacy-read-title = Quién lo lee
public-privacy-read = Solo el personal que trabaja en su asunto. Cada vez que alguien abre su consulta, queda escrito.

public-access-title = Accesibilidad
public-access-intro = Estas páginas son para todos. Si algo no le funciona, es culpa nuestra y queremos saberlo.
public-access-keyboard = Puede usar cada página solo con el teclado.
public-access-scripts = Cada página funciona sin JavaScript y en teléfonos viejos.
public-access-zoom = Puede agrandar el texto hasta cuatro veces.
public-access-standard = Construimos y probamos según la norma WCAG 2.2, nivel AA.
public-access-help-title = Si una página no le funciona
public-access-help = Llámenos. Por teléfono podemos hacer todo lo que hacen estas páginas. Se aceptan servicios de retransmisión e intérpretes.

# Estado de un caso.
# Las oficinas, y elegir la propia hora donde una oficina todavía lo permite.
public-offices-title = Nuestras oficinas
public-offices-door = Encuentre la oficina que le atiende y su horario.
public-offices-intro = Escriba su código postal (ZIP) para encontrar la oficina que le atiende. Pida una reunión antes de venir.
public-offices-find = Buscar mi oficina
public-offices-all = Todas las oficinas
public-offices-about = Dónde está la oficina de { $office }, cuándo abre y cómo pedir una reunión allí.
public-offices-ask-first = Pida una reunión antes de venir.
public-offices-hours = Horario
public-offices-zone = Zona horaria
public-offices-closed = Días cerrados próximos
public-offices-own = ¿Puedo elegir la hora yo mismo?
public-offices-own-until = Sí, hasta { $day }. Díganos primero qué necesita. Después elija una hora en la página de su consulta.
public-own-title = Elija su hora
public-own-choose = Elegir mi hora
public-own-until = En la oficina de { $office } todavía puede elegir la hora usted mismo, hasta { $day }. Una llamada del oficial quizás le ahorre el viaje.
public-own-then = Le guardamos esta hora. Puede cambiarla o dejarla en la página de su consulta.
public-own-ended-title = Aquí no puede elegir la hora usted mismo
public-own-ended = El último día para elegir la hora usted mismo en esta oficina fue { $day }.
public-own-never = No. En esta oficina no puede elegir la hora usted mismo.
public-own-instead = No pierde nada. Un oficial mira su solicitud, le llama y, si hace falta, le reserva una hora.
public-own-how = Para pedirla, llene el formulario o llámenos. Un oficial mira cada solicitud y le llama. Muchos asuntos no necesitan visita.

# Para qué viene la gente.
public-topics-title = Para qué viene la gente
public-topics-about = Para qué sirve cada ayuda, quién la recibe, qué intentar primero y qué traer.
public-topics-search = Díganos en pocas palabras qué necesita
public-topics-hint = Por ejemplo: tarjeta perdida. No guardamos lo que escribe.
public-topics-find = Buscar
public-topics-none = No encontramos nada con esas palabras. Pruebe con otras o mire la lista.
public-topics-found =
    { $count ->
        [one] Puede ser lo que necesita.
       *[other] Una de estas { $count } puede ser la que necesita.
    }
public-topics-all = Todas las ayudas
public-topics-who = Quién la recibe
public-topics-first = Intente esto primero
public-topics-bring = Qué traer
public-topics-one-of = Uno de estos: { $items }
public-topics-if-any = (si lo tiene)
public-topics-bring-late = No hace falta tener todo para pedir. Conserva su lugar mientras busca un papel.
public-topics-ask = Pedir una reunión sobre esto
public-topics-other = Buscar otra cosa

public-status-title = Ver dónde está un caso
public-status-intro = Escriba el número de su aviso de recibo. No lo guardamos.
public-status-show = Ver el estado
public-status-again = Ver otro número
public-status-wrong = Escriba { $letters } letras y { $digits } números, como { $example }.
public-status-prefix = No conocemos las letras con que empieza { $number }. Por favor, compárelo con su aviso.
public-status-unknown = No encontramos un caso con ese número
public-status-unknown-number = Usted escribió { $number }.
public-status-unknown-next = Compárelo con su aviso, letra por letra. Un caso nuevo puede tardar unos días en aparecer. Si todavía no aparece, por favor llámenos.
public-case-form = Formulario
public-case-state = Etapa
public-case-since = Lo recibimos
public-case-as-of = Así estaba
public-case-kept = Ahora no podemos consultar los registros de casos. Esto es lo que decían { $ago }. Vuelva a mirar más tarde o llámenos.
public-case-history = Lo que ha pasado
public-case-received = Lo recibimos
public-case-pending = Estamos trabajando en él
public-case-decision = Ya se decidió

# La solicitud.
public-request-title = Pedir una reunión en una oficina
public-request-intro = Son tres pasos. No tiene que venir antes de que hablemos.
public-request-one = Usted nos dice qué necesita
public-request-one-about = Preguntamos una cosa a la vez.
public-request-two = Un oficial lo lee y le llama
public-request-two-about = Usted recibe una hora para la llamada. Llamamos desde un solo número y primero decimos su frase.
public-request-three = Si tiene que venir, le damos la cita
public-request-three-about = Usted recibe la oficina, el día, la hora y una lista de lo que debe traer.
public-request-saved = Guardamos sus respuestas mientras escribe.
public-request-begin = Empezar
public-request-go-on = Seguir donde me quedé
public-request-anew = Empezar de nuevo
public-request-progress = Paso { $at } de { $of }
public-continue = Continuar
public-change = Cambiar
public-yes = Sí
public-no = No
public-optional = { $label } (si quiere)
public-title-errors = Revise esto: { $title }
public-any-day = Cualquier día
public-any-time = Cualquier hora
public-date-hint = { $help } Si no lo sabe, déjelo en blanco.
public-number-label = Número

public-zip-title = ¿Dónde vive?
public-zip-why = Su código postal nos dice qué oficina le atiende.
public-zip-label = Código postal
public-zip-hint = Cinco números, por ejemplo 94105

public-reason-title = ¿Qué necesita?
public-reason-office = Su oficina es { $office }.
public-reason-office-approximate = Es lo más probable. Lo revisamos antes de darle una cita.
public-reason-hint = { $about } Para: { $who }
public-reason-none = Si nada de esto es lo suyo, por favor llámenos.

public-first-title = Quizás no tenga que venir
public-first-mail-first = Si podemos enviárselo por correo, usted se ahorra un viaje. Siga con este formulario de todos modos: el oficial le dirá cómo será.
public-first-phone-first = Muchas veces una llamada lo resuelve el mismo día. Si quiere, puede seguir con este formulario.
public-first-papers-first = El oficial mira sus papeles antes de una visita. Si falta alguno, le guardamos su lugar mientras lo consigue.
public-first-go-on = Seguir con el formulario

public-words-title = ¿Hay algo más que debamos saber?
public-words-label = Con sus propias palabras (si quiere)
public-words-hint = Escriba en cualquier idioma. No ponga contraseñas ni datos del banco.

public-papers-title = ¿Cuáles de estos tiene ahora?
public-papers-legend = Lo que tiene
public-papers-keep = No importa si falta algo. Usted conserva su lugar mientras lo consigue.
public-papers-one-of = Con uno de estos basta.
public-papers-optional = Es bueno tenerlo, pero no es obligatorio.

public-times-title = Si tiene que venir, ¿cuándo podría?
public-times-intro = Puede dejarlo en blanco. No podemos prometer estas horas, pero lo intentamos.
public-times-wish-1 = Primera opción
public-times-wish-2 = Segunda opción
public-times-wish-3 = Tercera opción
public-times-weekday = Día de la semana
public-times-part = Hora del día
public-times-date = O solo una fecha
public-times-date-hint = Hasta { $last }
public-weekday-monday = Lunes
public-weekday-tuesday = Martes
public-weekday-wednesday = Miércoles
public-weekday-thursday = Jueves
public-weekday-friday = Viernes
public-weekday-saturday = Sábado
public-part-morning = Por la mañana
public-part-afternoon = Por la tarde
public-part-evening = Después de las 5 p. m.

public-you-title = ¿Quién es usted?
public-you-why = Escriba el nombre como está en sus papeles con nosotros.
public-you-given = Nombre
public-you-family = Apellidos
public-you-born = Fecha de nacimiento
public-you-born-hint = Por ejemplo: 28 de abril de 1986

public-reach-title = ¿Cómo le encontramos?
public-reach-phone = Número de teléfono
public-reach-phone-hint = Diez números. Si es de otro país, empiece con + y su código.
public-reach-texts = Envíenme mensajes de texto a este número
public-reach-texts-hint = Le escribimos sobre esta solicitud y nada más. Su compañía de teléfono puede cobrar por los textos. Responda ALTO cuando quiera y dejamos de escribirle.
public-reach-email = Correo electrónico
public-reach-email-hint = Le enviamos lo que prometimos y un enlace para cambiarlo. El mensaje no dice nada de su caso.
public-reach-lang = ¿En qué idioma debemos hablarle y escribirle?

public-call-title = ¿Cómo sabrá que somos nosotros?
public-call-from = Llamamos desde el { $number }. El oficial dice una frase que solo usted y nosotros sabemos.
public-call-phrase = Su frase
public-call-phrase-hint = Deje esta o escriba otra. No use una contraseña.
public-call-hours = ¿A qué hora es bueno llamarle? (si quiere)
public-call-hours-hint = Por ejemplo: después de las 4 p. m., los viernes no
public-call-say-who = Pueden decir quién llama si contesta otra persona
public-call-say-who-hint = Si no marca esto, solo preguntamos por usted y no decimos quiénes somos.

public-phrase-word-1 = río
public-phrase-word-2 = limón
public-phrase-word-3 = puente
public-phrase-word-4 = ventana
public-phrase-word-5 = jardín
public-phrase-word-6 = plata
public-phrase-word-7 = montaña
public-phrase-word-8 = lápiz
public-phrase-word-9 = naranja
public-phrase-word-10 = tren
public-phrase-word-11 = nube
public-phrase-word-12 = guitarra
public-phrase-word-13 = isla
public-phrase-word-14 = pan
public-phrase-word-15 = vela
public-phrase-word-16 = bosque

public-help-title = ¿Hay algo que le ayudaría?
public-help-intro = Puede dejarlo en blanco. La ayuda es gratis.
public-help-interpreter = Un intérprete de este idioma
public-help-interpreter-hint = Por ejemplo: vietnamita o lengua de señas americana
public-help-relay = Uso un servicio de retransmisión o TTY
public-help-relay-hint = Damos más tiempo para la llamada.
public-help-accommodation = Otra cosa que le ayudaría
public-help-accommodation-hint = Por ejemplo: una entrada sin escalones, hablar más despacio, letra grande

public-behalf-title = ¿Un abogado u otra persona actúa por usted?
public-behalf-hint = Si usted mismo llena esto, para usted, responda no.
public-behalf-if = Si respondió sí
public-behalf-name = Su nombre
public-behalf-organisation = Su oficina o grupo
public-behalf-on-file = Ustedes ya tienen el formulario que lo nombra

public-check-title = ¿Está todo bien?
public-check-matter = Lo que necesita
public-check-reason = Motivo
public-check-visit = Si tiene que venir
public-check-times = Horas que le convienen
public-check-you = Sobre usted
public-check-name = Nombre
public-check-born = { $day } de { $month } de { $year }
public-check-behalf = Alguien actúa por usted
public-check-reach = Cómo le encontramos
public-check-texts = Mensajes de texto: sí
public-check-no-texts = Mensajes de texto: no
public-check-interpreter = Intérprete: { $lang }
public-check-nothing = Sin respuesta
public-check-send-title = Envíela
public-check-next = Cuando la envíe, recibirá un número de consulta. Luego un oficial lee su solicitud.
public-check-send = Enviar la solicitud

public-already-sent = Enviamos un enlace a la dirección que tenemos de usted. Con él se abre su consulta, y allí puede cambiarla.
public-already-none = Si no llega ningún mensaje, quizás no tenemos su correo electrónico. Entonces abra su consulta con su número o llámenos.

public-wrong-unseen = Por favor, responda esta página.
public-wrong-zip = Escriba los cinco números de su código postal, como 94105.
public-wrong-zip-military = Ninguna oficina de aquí atiende direcciones de correo militar. Escriba el código postal donde está ahora, o llámenos.
public-wrong-zip-no-office = No conocemos una oficina para este código postal. Revise los números o llámenos.
public-wrong-reason = Elija lo que necesita. Si nada es lo suyo, llámenos.
public-wrong-date = Elija un mes, y escriba un día y un año que existan.
public-wrong-date-past = Ese día todavía no llega. Escriba un día que ya pasó.
public-wrong-number = Escriba un número entero de { $min } a { $max }.
public-wrong-choice = Elija una de las respuestas.
public-wrong-yes-no = Elija sí o no.
public-wrong-time = Elija un día después de hoy que no esté demasiado lejos, o déjelo en blanco.
public-wrong-name = Escriba su nombre.
public-wrong-born = Escriba su fecha de nacimiento: mes, día y un año de cuatro números.
public-wrong-file = Escriba { $prefix } y hasta { $most } números, o déjelo en blanco.
public-wrong-phone = Escriba un teléfono de diez números, con el código de área primero.
public-wrong-email = Escriba un correo como nombre@example.com, o déjelo en blanco.
public-wrong-lang = Elija un idioma.
public-wrong-phrase = Escriba una frase, por ejemplo dos palabras y un número.
public-wrong-behalf-name = Escriba el nombre de quien actúa por usted, o responda no.
public-wrong-long = Esto es demasiado largo. Use { $most } letras o menos.
public-wrong-inquiry-digits = Escriba los ocho números de su número de consulta.
public-wrong-inquiry-check = Un número está mal, o dos están cambiados de lugar. Compárelo con nuestro mensaje.
public-wrong-pair = El número y la fecha de nacimiento no van juntos. Revise los dos. Después de cinco intentos tendrá que esperar.
public-wrong-start = Elija una de las horas.

public-received-title = Tenemos su solicitud
public-received-keep = Guarde este número. Con él y su fecha de nacimiento siempre puede ver dónde está su solicitud.
public-received-next = Qué pasa ahora
public-received-review = Un oficial lee su solicitud
public-received-review-by = A más tardar { $moment }.
public-received-call = Si hace falta hablar, le prometemos una llamada
public-received-call-about = Usted recibe el día y la hora. Llamamos desde el { $number } y primero decimos su frase.
public-received-answer = Usted recibe una respuesta
public-received-answer-about = Puede llegar por correo o por teléfono, o ser una cita con una lista de lo que debe traer.
public-received-email = Le enviamos un mensaje con un enlace a su consulta.
public-received-text = Le enviamos un mensaje de texto. Por favor, anote también el número.
public-received-no-email = Usted no dio un correo electrónico. Por favor, imprima esta página o anote el número.
public-received-see = Ver mi consulta

# Abrir una consulta.
public-open-intro = Escriba su número y su fecha de nacimiento.
public-open-number-hint = Ocho números, como 4821 0936
public-open-born-hint = La fecha de nacimiento de la persona de quien trata la consulta
public-open = Abrir mi consulta
public-link-title = O reciba un enlace nuevo
public-link-about = Lo enviamos al correo electrónico que tenemos para esta consulta.
public-link-number = Número de consulta para el enlace
public-link-send = Envíenme un enlace nuevo
public-link-sent-title = Mire su correo
public-link-sent = Si hay una consulta con ese número y tiene un correo electrónico, el enlace va en camino.
public-link-sent-next = Puede tardar unos minutos. Enviamos como máximo un enlace por hora. Si no llega nada, llámenos.
public-open-neither = Si no tiene ninguno de los dos
public-open-neither-next = Llámenos. Podemos buscar juntos su consulta.

# La página de la consulta.
public-inquiry-title = Su consulta
public-where = ¿Dónde está?
public-promised = ¿Qué se prometió y para cuándo?
public-todo = ¿Qué tengo que hacer?
public-how = ¿Cómo lo cambio?
public-decided = Qué se decidió y por qué
public-story = Qué pasó
public-messages = Nuestros mensajes para usted
public-texts = Mensajes de texto
public-texts-on = Le escribimos al { $phone }.
public-texts-off = No le enviamos textos. Podemos hacerlo, al { $phone }.
public-texts-stop = No quiero más textos
public-texts-start = Envíenme textos
public-leave = Olvidarme en este aparato
public-office = Su oficina: { $office }

public-done-call-chosen = Su llamada tiene hora.
public-done-call-moved = Su llamada tiene una hora nueva.
public-done-call-cancelled = Su llamada está cancelada. Su solicitud sigue abierta.
public-done-visit-chosen = Su visita está reservada.
public-done-visit-moved = Su cita tiene una hora nueva.
public-done-visit-cancelled = Su cita está cancelada. Su solicitud sigue abierta.
public-done-papers = Gracias. Su solicitud sigue adelante.
public-done-texts-on = Recibirá mensajes de texto sobre esta solicitud.
public-done-texts-off = Ya no recibirá mensajes de texto.
public-done-withdrawn = Su solicitud está retirada.

public-stage-review = Un oficial leerá su solicitud.
public-stage-papers = Falta algo. Le guardamos su lugar.
public-stage-promised = Le prometimos una llamada.
public-stage-calling = Un oficial le está llamando ahora.
public-stage-spoken = Ya hablamos. Un oficial está decidiendo.
public-stage-unreached = No pudimos encontrarle. Usted conserva su lugar.
public-stage-to-book = Tiene que venir. Un oficial le dará una hora.
public-stage-booked = Usted tiene una cita.
public-stage-checked-in = Usted está en la oficina.
public-stage-closed = Esta consulta está cerrada.
public-position = Usted es el número { $place } de { $of } solicitudes que esperan a un oficial.
public-position-about = Las urgentes se leen primero, así que el número puede subir o bajar. El día que prometimos no cambia.
public-ticket = Su turno es { $ticket }.
public-ticket-called = Por favor, vaya ahora a { $counter }.
public-closed-served = Le atendimos en la oficina.
public-closed-by-phone = Se resolvió por teléfono.
public-closed-by-mail = Le enviamos por correo lo que necesita.
public-closed-elsewhere = No se puede hacer aquí. La decisión dice qué puede hacer usted.
public-closed-withdrawn = Usted retiró su solicitud.

public-promise-review = Un oficial lee su solicitud a más tardar { $moment }.
public-promise-spoken = Un oficial decide a más tardar { $moment }.
public-promise-unreached = Si usted no elige otra hora, un oficial lo revisa a más tardar { $moment }.
public-promise-to-book = Un oficial le da una hora a más tardar { $moment }.
public-promise-late = Vamos tarde con esto. Es culpa nuestra. Usted no perdió su lugar.
public-promise-papers = Le guardamos su lugar mientras consigue los papeles que faltan.
public-promise-closed = No queda nada abierto.

public-calling-now = Un oficial le está llamando ahora
public-calling-back-now = Le estamos devolviendo la llamada ahora
public-was-it-us = ¿Le llamamos nosotros?
public-was-it-us-call = Sí. Le llamamos { $moment } desde el { $number }.
public-was-it-us-other = Si recibió una llamada a otra hora, no fuimos nosotros.
public-calling-number = La llamada viene del { $number }.
public-call-card = Le llamamos
public-call-caller = Le llamamos al { $phone }. La llamada viene del { $number }.
public-call-again = Todavía no le encontramos. Volvemos a llamar { $moment }.
public-phrase-show = Mostrar mi frase
public-phrase-about = El oficial dice esto primero. Si quien llama no lo sabe, cuelgue.
public-broken-title = No le llamamos a esa hora
public-broken = Fue culpa nuestra y lo sentimos. Usted no perdió su lugar. Por favor, elija otra hora abajo. Un oficial también lo revisa.
public-call-move = Elegir otra hora
public-call-cancel = Cancelar la llamada
public-call-choose = Elegir una hora para la llamada
public-call-time-title = ¿Cuándo le llamamos?
public-call-now = Ahora la llamada es { $window }.
public-call-instead = Reemplaza la llamada que era { $window }.
public-call-none = Ahora no hay ninguna hora libre.
public-call-none-next = Lo que usted tiene sigue igual. Mire otra vez mañana o llámenos.
public-call-sure-title = ¿Está bien esta hora?
public-call-cancel-title = ¿Cancelar la llamada?
public-call-cancel-then = Su solicitud sigue abierta. Puede elegir otra hora más tarde.
public-window-label = De { $from } a { $until }
public-take-time = Tomar esta hora
public-other-time = Elegir otra hora
public-keep-it = No, dejarlo como está

public-visit-card = Su cita
public-visit-where = Dónde
public-visit-arrive = Llegue
public-visit-confirmed = Usted dijo que vendrá
public-visit-arrive-window = Entre { $from } y { $until }
public-visit-bring = Qué debe traer
public-visit-code = Código con su número de consulta { $number }
public-visit-code-about = Muestre este código o su número en la entrada.
public-visit-calendar = Añadir a mi calendario
public-visit-move = Elegir otra hora para la visita
public-visit-cancel = Cancelar la cita
public-visit-time-title = ¿Cuándo puede venir?
public-visit-now = Ahora su cita es { $moment }.
public-visit-instead = Reemplaza la cita que era { $moment }.
public-visit-moves =
    { $left ->
        [0] Ya la cambió todas las veces que puede hacerlo usted. Si no puede venir, cancélela o llámenos.
        [one] Usted puede cambiarla 1 vez más, hasta { $hours } horas antes de que empiece.
       *[other] Usted puede cambiarla { $left } veces más, hasta { $hours } horas antes de que empiece.
    }
public-visit-none = Ahora no hay otra hora libre.
public-visit-none-next = Su cita sigue igual. Mire otra vez mañana o llámenos.
public-visit-sure-title = ¿Está bien esta hora?
public-visit-cancel-title = ¿Cancelar la cita?
public-visit-cancel-then = Otra persona recibe el lugar. Su solicitud sigue abierta, y un oficial le dará una hora nueva.

public-todo-review = Nada por ahora. Le escribimos cuando se decida algo.
public-todo-papers = Por favor, consiga esto. Cuando lo tenga, avísenos con el botón.
public-todo-promised = Tenga su teléfono cerca a esa hora. Si no le encontramos, volvemos a llamar.
public-todo-calling = Conteste el teléfono. Espere oír su frase.
public-todo-spoken = Nada por ahora. Le escribimos cuando se decida.
public-todo-unreached = Elija otra hora para la llamada.
public-todo-to-book = Nada por ahora. Le escribimos cuando haya una hora.
public-todo-booked = Venga a la oficina a esa hora y traiga lo que está en la lista.
public-todo-checked-in = Espere a que llamen su turno.
public-todo-closed = Nada.
public-papers-have = Ya los tengo

public-change-closed = Una consulta cerrada no se puede cambiar. Si necesita más ayuda, empiece una solicitud nueva.
public-change-now = En este momento no. Hable con el oficial o con el empleado.
public-change-other = Para cualquier otra cosa, por favor llámenos.
public-withdraw = Retirar la solicitud
public-withdraw-title = ¿Retirar su solicitud?
public-withdraw-then = Dejamos de trabajar en ella. Si tiene una llamada o una cita, se cancela.
public-withdraw-again = Puede hacer otra solicitud cuando quiera. Empieza al final de la fila.

public-decision-urgency = Qué tan pronto
public-decision-need = Qué necesita
public-decision-fit = Dónde y cuándo
public-decided-change = Qué cambiaría esto:
public-decided-officer = Lo decidió un oficial.
public-decided-rule = Lo decidió una regla publicada.
public-decided-cite = Regla { $policy }, versión { $version }, fila { $row }.
public-decided-review = Si cree que una decisión está mal, llámenos y pida una revisión. Otro oficial la mirará.

public-story-request-received = Llegó su solicitud, para la oficina { $office }.
public-story-urgent = Se marcó como urgente: se lee primero.
public-story-regular = Se puso en la fila con las demás.
public-story-papers-asked = Le pedimos: { $papers }.
public-story-papers-complete = Los papeles están.
public-story-callback-promised = Prometimos llamarle { $window }.
public-story-callback-moved = La llamada cambió. Ahora es { $window }.
public-story-callback-cancelled = Usted canceló la llamada.
public-story-call-started = Un oficial empezó a llamarle.
public-story-call-reached = Hablamos con usted.
public-story-call-missed-next = Llamamos y no le encontramos. Volvemos a llamar { $moment }.
public-story-call-missed = Llamamos y no le encontramos.
public-story-call-wrong = Llamamos, pero el número no era el suyo.
public-story-promise-broken = No le llamamos a la hora que prometimos. Fue culpa nuestra.
public-story-unreached = No pudimos encontrarle. Usted conservó su lugar.
public-story-need-visit = Un oficial decidió que usted tiene que venir.
public-story-need-mail = Un oficial decidió que le enviamos por correo lo que necesita.
public-story-need-phone = Un oficial lo resolvió con usted por teléfono.
public-story-need-papers = Un oficial decidió que faltan papeles.
public-story-need-elsewhere = Un oficial decidió que no se puede hacer aquí.
public-story-appointment-booked = Se dio una cita en { $office }, { $moment }.
public-story-appointment-moved = La cita cambió. Ahora es en { $office }, { $moment }.
public-story-appointment-cancelled-person = Usted canceló la cita.
public-story-appointment-cancelled-office = La oficina canceló la cita. Lo sentimos.
public-story-checked-in = Usted llegó a la oficina. Su turno fue { $ticket }.
public-story-ticket-called = Llamaron su turno a { $counter }.
public-story-served = Le atendieron.
public-story-no-show = Le esperábamos en la oficina, pero usted no se registró.
public-story-office-changed = Su oficina ahora es { $office }.
public-story-link-resent = Se pidió y se envió un enlace nuevo.
public-story-appointment-confirmed = Usted dijo que vendrá a su cita.
public-story-texts-agreed = Usted pidió mensajes de texto.
public-story-texts-stopped = Usted no quiso más mensajes de texto.
public-story-contact-line = Usted nos llamó y la línea le dijo lo que preguntó.
public-story-contact-operator = Usted nos llamó y habló con un operador.
public-story-contact-transferred = Usted nos llamó y pasamos su llamada.
public-story-contact-call-back = Usted nos llamó y eligió que le devolvamos la llamada.
public-story-contact-kept-place = Su llamada terminó mientras esperaba. Guardamos su lugar y le devolvemos la llamada.
public-story-contact-left = Usted nos llamó y colgó.
public-story-contact-reached = Le llamamos y usted contestó.
public-story-contact-not-reached = Le llamamos y usted no contestó.
public-story-contact-fault = Usted nos llamó y la llamada falló. Lo sentimos.
public-story-contact-other = Alguien nos llamó y dio el número de esta consulta. Le dijimos cuándo toca, y nada sobre usted.

public-message-request-received = Tenemos su solicitud
public-message-papers-needed = Necesitamos algo de usted
public-message-callback-promised = Le llamaremos
public-message-callback-moved = Su llamada tiene una hora nueva
public-message-callback-cancelled = Su llamada está cancelada
public-message-callback-reminder = Le llamaremos pronto
public-message-callback-missed = Intentamos llamarle
public-message-promise-broken = No llamamos como prometimos
public-message-decision-made = Tenemos una respuesta para usted
public-message-appointment-booked = Usted tiene una cita
public-message-appointment-moved = Su cita tiene una hora nueva
public-message-appointment-cancelled = Su cita está cancelada
public-message-appointment-reminder = Su cita está cerca
public-message-appointment-missed = Le esperamos en su cita
public-message-inquiry-closed = Su consulta está cerrada
public-message-link-resent = Un enlace nuevo
public-message-text-answer = Nuestra respuesta a su texto
public-carrier-email = por correo electrónico
public-carrier-text = por texto
public-message-failed-next = Nuestro último mensaje no le llegó. Por favor, llámenos para revisar su correo electrónico.
public-delivery-queued = se enviará pronto
public-delivery-delayed = todavía no se envió, lo intentamos otra vez
public-delivery-sent = se envió { $moment }
public-delivery-arrived = le llegó { $moment }
public-delivery-failed = no se pudo enviar
public-delivery-dropped = no se envió, porque ya no era cierto

## Cómo atendemos
public-statistics-title = Cómo cumplimos
public-statistics-intro = Vea cuántas veces cumplimos, cuánto esperó la gente y cuántos días pasaron hasta una cita.
public-statistics-days = Las cifras van desde { $from } hasta { $to }. Las contamos de nuevo cada día.
public-statistics-few = Si hay menos de { $n } personas detrás de una cifra, no la mostramos. Así no dice nada de una sola persona.
public-statistics-all = Todas las personas
public-statistics-reason = Por lo que pidieron
public-statistics-office = Por oficina
public-statistics-none = Aún no hay nada que contar.
public-statistics-hidden = Muy pocas para decir
public-statistics-n = Contado de { $n }. Sin contar: { $left }.
public-statistics-csv = Bajar todas las cifras en un archivo (CSV)
