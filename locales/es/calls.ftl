# Lo que dice una voz automática por teléfono para dar un aviso. Se oye una vez: frases cortas. Nunca un dato del caso.
# $agency es el nombre de la agencia, $when y $by una hora en palabras, $office el nombre de la oficina, $phone el número publicado, $mark un código en letras.

calls-who = Esta es una llamada automática de { $agency } para la persona que nos pidió llamar a este número. Para oír el mensaje, oprima el 1. Si no es un buen momento, oprima el 2. Para no recibir más llamadas como esta, oprima el 9. Para oír esto de nuevo, oprima asterisco.
calls-then = Para oír esto de nuevo, oprima asterisco. Para no recibir más llamadas como esta, oprima el 9. Para hablar con alguien, llámenos al { $phone }. El código de esta llamada es { $mark }.
calls-never = No haremos más llamadas como esta sobre su solicitud. Adiós.
calls-yes-earlier-ask = Para tomar esta hora ahora, oprima el 1 cuando termine el mensaje.
calls-yes-earlier-done = Gracias. La hora más temprana es suya. La página de su consulta la muestra. Adiós.
calls-yes-earlier-gone = Lo sentimos. Esa hora ya no está libre. Lo que tenía queda como está. Adiós.
calls-yes-visit-ask = Para decir ahora que vendrá, oprima el 1 cuando termine el mensaje.
calls-yes-visit-done = Gracias. Anotamos que vendrá. Adiós.
calls-yes-visit-gone = Lo sentimos. No pudimos anotarlo. Mire la página de su consulta o llámenos. Adiós.

calls-papers-needed = Necesitamos papeles de usted para poder seguir. Guardamos su lugar. La página de su consulta dice cuáles son.
calls-callback-promised = Un oficial le llamará { $when }.
calls-callback-moved = Su llamada tiene una nueva hora. Un oficial le llamará { $when }.
calls-callback-cancelled = Su llamada { $when } está cancelada. Su solicitud sigue abierta.
calls-callback-reminder = Un oficial le llamará pronto: { $when }. Tenga el teléfono cerca, por favor.
calls-promise-broken = No le llamamos cuando dijimos. Lo sentimos. No perdió su lugar. Le llamaremos en cuanto podamos.
calls-promise-broken-next = No le llamamos cuando dijimos. Lo sentimos. Le llamaremos { $when }.
calls-decision-made = Tenemos una respuesta a su solicitud. La página de su consulta dice cuál es y por qué.
calls-review-asked = Recibimos su petición de revisión. Otro oficial la mirará. La página de su consulta dice para cuándo.
calls-review-decided = Otro oficial miró de nuevo su solicitud. La página de su consulta dice qué resultó, y por qué.
calls-appointment-booked = Usted tiene una cita { $when }. El lugar es { $office }.
calls-appointment-moved = Su cita tiene una nueva hora: { $when }. El lugar es { $office }.
calls-appointment-cancelled = Su cita { $when }, { $office }, está cancelada. Por favor, no venga. Su solicitud sigue abierta.
calls-appointment-reminder = Le recordamos su cita { $when }. El lugar es { $office }.
calls-appointment-confirm = ¿Vendrá a su cita { $when }, { $office }? Díganoslo en la página de su consulta o llámenos. La hora sigue siendo suya de todos modos.
calls-appointment-confirm-by = ¿Vendrá a su cita { $when }? Díganoslo en la página de su consulta o llámenos, antes de esta hora: { $by }. Si no, otra persona recibe la hora. Usted conservaría su lugar.
calls-appointment-released = No nos dijo que vendría, así que dimos a otros su hora { $when }. Por favor, no venga entonces. No perdió su lugar. Elija otra hora en la página de su consulta o llámenos.
calls-appointment-missed = Le esperábamos en su cita, pero nadie registró su llegada. Su solicitud sigue abierta. Elija otra hora en la página de su consulta o llámenos.
calls-earlier-offered = Guardamos para usted una hora más temprana: { $when }. El lugar es { $office }. Para tomarla, abra la página de su consulta o llámenos, antes de esta hora: { $until }. Si no hace nada, todo queda como está.
calls-day-closed = La oficina está cerrada el día de su cita. Lo sentimos. Su nueva hora es { $when }. El lugar es { $office }. Si no le conviene, abra la página de su consulta o llámenos.
calls-day-closed-call = La oficina está cerrada el día de su cita. Lo sentimos. Un oficial le llamará en su lugar, { $when }.
calls-day-closed-officer = La oficina está cerrada el día de su cita. Lo sentimos. Un oficial busca una nueva hora y se la dirá. No tiene que pedirlo de nuevo.
calls-day-reopened = La oficina está abierta después de todo. Su cita vuelve a su hora anterior: { $when }. El lugar es { $office }.
calls-inquiry-closed = Su solicitud está cerrada. No tiene que hacer nada más.
calls-proof-changed = Nuestro personal corrigió lo que abre su consulta, { $when }. Si usted lo pidió, no tiene que hacer nada. Si no fue usted, llámenos ahora.

# Delegates: whoever the representative lets act for the person.
calls-delegate-named = Alguien puede actuar por usted en su solicitud. La página de su consulta dice quién.
