# Mensajes de texto. Como máximo 160 caracteres del alfabeto GSM donde se pueda, para que cada uno sea un solo mensaje. Las
# vocales con acento que ese alfabeto no tiene se envían sin él. Nunca un dato del caso.

texts-request-received = { $agency }: Tenemos su solicitud { $number } y le avisaremos por texto. Responda AYUDA si la necesita o ALTO para no recibir más. Puede tener costo.
texts-papers-needed = { $agency }: Necesitamos papeles de usted. Vea la lista en la página de su consulta { $number }. Guardamos su lugar.
texts-callback-promised = { $agency }: Le llamamos { $when }. Responda CAMBIAR o CANCELAR.
texts-callback-moved = { $agency }: Nueva hora de su llamada: { $when }. Responda CAMBIAR o CANCELAR.
texts-callback-cancelled = { $agency }: Se canceló su llamada: { $when }. Responda CAMBIAR para otra hora.
texts-callback-reminder = { $agency }: Pronto le llamamos: { $when }. Responda CAMBIAR o CANCELAR.
texts-callback-missed = { $agency }: No le pudimos localizar. Le llamamos otra vez { $when }.
texts-callback-missed-choose = { $agency }: No le pudimos localizar. Usted conserva su lugar. Responda CAMBIAR para elegir otra hora.
texts-promise-broken = { $agency }: No le llamamos como prometimos y lo sentimos. Le llamaremos lo antes posible. Responda CAMBIAR para otra hora.
texts-promise-broken-next = { $agency }: No le llamamos como prometimos. Lo sentimos; le llamamos { $when }.
texts-decision-made = { $agency }: Tenemos una respuesta a su solicitud { $number }. La página de su consulta dice cuál es y por qué.
texts-review-asked = { $agency }: Pidió una revisión ({ $number }). Otro oficial la mira. La página de su consulta dice para cuándo.
texts-review-decided = { $agency }: Su revisión ({ $number }) está lista. La página de su consulta dice qué resultó y por qué.
texts-appointment-booked = { $agency }: Su cita: { $when }, { $office }. Responda CONFIRMAR, CAMBIAR o CANCELAR.
texts-appointment-moved = { $agency }: Su cita cambia: { $when }, { $office }. Responda CONFIRMAR, CAMBIAR o CANCELAR.
texts-appointment-reminder = { $agency }: Su cita: { $when }, { $office }. Responda CONFIRMAR, CAMBIAR o CANCELAR.
texts-appointment-confirm = { $agency }: ¿Viene { $when }, { $office }? Responda CONFIRMAR, CAMBIAR o CANCELAR.
texts-appointment-confirm-by =
    { $hours ->
        [one] { $agency }: ¿Viene { $when }? Responda CONFIRMAR 1 hora antes, o pierde la hora.
       *[other] { $agency }: ¿Viene { $when }? Responda CONFIRMAR { $hours } horas antes, o pierde la hora.
    }
texts-appointment-released = { $agency }: No confirmó y dimos su hora { $when }. Conserva su lugar.
texts-earlier-offered = { $agency }: Le guardamos hasta las { $until } una hora más temprana: { $when }. Responda SI y es suya.
texts-appointment-cancelled = { $agency }: Se canceló su cita: { $when }. Su solicitud sigue abierta.
texts-appointment-missed = { $agency }: No le vimos en su cita. Su solicitud { $number } sigue abierta. Pida otra hora en la página de su consulta.
texts-day-closed = { $agency }: Oficina cerrada. Nueva cita: { $when }, { $office }. Diga CONFIRMAR o CAMBIAR.
texts-day-closed-call = { $agency }: La oficina cierra ese día. A cambio le llamamos: { $when }.
texts-day-closed-officer = { $agency }: La oficina cierra ese día. Un oficial busca una hora nueva y le avisa. No tiene que pedirla otra vez.
texts-day-reopened = { $agency }: La oficina abre. Como antes: { $when }, { $office }. Diga CONFIRMAR o CAMBIAR.
texts-inquiry-closed = { $agency }: Su solicitud { $number } está cerrada. No tiene que hacer nada más.
texts-link-resent = { $agency }: La página de su consulta, solo para usted: { $link }
texts-contact-changed = { $agency }: Se cambió su teléfono o correo. Si no fue usted, llame al { $phone }.
texts-proof-changed = { $agency }: Cambió lo que abre su consulta { $when }. ¿No fue usted? Llame al { $phone }.
texts-choose = { $agency }: Elija otra hora aquí, solo para usted: { $link }
texts-help = { $agency }, solicitud { $number }: Responda CONFIRMAR, CAMBIAR o CANCELAR; ALTO para no recibir más. O llame al { $phone }. Puede tener costo.
texts-stopped = { $agency }: Ya no recibirá textos nuestros. Responda INICIAR para recibirlos otra vez. ¿Preguntas? Llame al { $phone }.
texts-started = { $agency }: Recibirá otra vez textos sobre su solicitud { $number }. Responda AYUDA si la necesita o ALTO para no recibir más.
texts-confirmed = { $agency }: Gracias. Le esperamos { $when }.
texts-nothing = { $agency }: No hay llamada ni cita que esto pueda cambiar. ¿Preguntas? Llame al { $phone }.
texts-not-by-text = { $agency }: Ahora no se puede cambiar por texto. Llame al { $phone }.

# Lo que una persona puede escribir, sin acentos, en mayúsculas.
texts-words-confirm = CONFIRMAR CONFIRMO SI
texts-words-move = CAMBIAR MOVER
texts-words-cancel = CANCELAR
texts-words-stop = ALTO PARAR BAJA
texts-words-start = INICIAR COMENZAR
texts-words-help = AYUDA

# Delegates: whoever the representative lets act for the person.
texts-delegate-named = { $agency }: Alguien puede actuar por usted. Si no lo quiere, llame al { $phone }.
texts-delegate-link = { $agency }: Usted puede actuar por alguien. Su página, solo para usted: { $link }
