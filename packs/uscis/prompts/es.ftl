# Lo que dice la línea en español. Frases cortas, y la tecla al final: "para esto, oprima el 1".
# Los números pueden escribirse con cifras: se dicen con palabras. `.again` se dice cuando se pregunta otra vez.

welcome = USCIS. Si alguien está en peligro ahora, cuelgue y llame al 911. Nosotros no podemos enviar ayuda.
announcement = { $announcement }
language = Para español, oprima el 2. Si usa un servicio de retransmisión o un teletipo, o quiere más tiempo, oprima el 3.
    .again = Para español, oprima el 2. Para tener más tiempo, oprima el 3.
no-hurry = Desde ahora no hay prisa.

not-heard = No oí ninguna tecla.
    .again = Sigo sin oír ninguna tecla.
not-a-choice = Esa tecla no es una de las opciones.
go-on = Hasta ahora tengo { $entered }. { $missing ->
        [one] Falta una cifra. Por favor, continúe.
       *[other] Faltan { $missing } cifras. Por favor, continúe.
    }
one-moment = Un momento.
trouble = Ahora no podemos consultarlo. La culpa es nuestra, no suya. Para hablar con una persona, oprima el 1. Para el menú principal, oprima el 2.
after-change = Para el menú principal, oprima el 1. Para terminar, oprima el 2 o cuelgue.
goodbye = Gracias por llamar a USCIS. Adiós.

main =
    Para saber el estado de su caso, oprima el 1. Para la dirección y el horario de su oficina, oprima el 2.
    Para su consulta y la llamada que le prometimos, oprima el 3. Para pedir una cita por internet, oprima el 4.
    En cualquier momento, oprima el 0 para hablar con una persona, asterisco para oírlo otra vez o el 9 para oírlo más despacio.
    .again = Estado del caso, 1. Su oficina, 2. Su consulta, 3. Por internet, 4. Una persona, 0.

owed-call = Intentamos llamarle a este número.
owed-place = Este número tiene guardado su lugar en la fila.
owed-menu = Para que le comuniquemos ahora, oprima el 1. Para todo lo demás, oprima el 2.
still-owed = Su turno está guardado. Le llamaremos otra vez.

case = Su número de recibo tiene 3 letras y 10 cifras. Está arriba en su aviso de recibo. Primero, las letras.
prefix-1 = Para i, o, e, oprima el 1. Para eme, ese, ce, oprima el 2. Para doble uve, a, ce, oprima el 3. Para otras letras, oprima el 4.
prefix-2 = Para e, a, ce, oprima el 1. Para ele, i, ene, oprima el 2. Para ese, erre, ce, oprima el 3. Para otras letras, oprima el 4.
prefix-3 = Para i griega, ese, ce, oprima el 1. Para ene, be, ce, oprima el 2. Para uve, ese, ce, oprima el 3. Para otras letras, oprima el 4.
prefix-4 = Para ce, ese, ce, oprima el 1. Para ene, ese, ce, oprima el 2. Para te, ese, ce, oprima el 3. Para oír todas las letras otra vez, oprima el 4.
case-digits = Ahora marque las 10 cifras que siguen a las letras. Para hablar con una persona, oprima asterisco y después el 0. Para empezar de nuevo, oprima asterisco y después numeral.
    .again = Por favor, marque las 10 cifras que siguen a las letras.
case-read-back = Tengo { $case_number }. Si está bien, oprima el 1. Para cambiar las letras, oprima el 2. Para cambiar las cifras, oprima el 3.
case-told = Su formulario { $case_form }. { $case_title }. Este estado es de { $case_updated }. { $case_meaning }
case-next = Qué es normal que siga. { $case_next }
case-next-unknown = No sabemos qué sigue. Eso no quiere decir que algo esté mal.
case-ask-from = Si para { $case_ask_from } no ha llegado nada, llame otra vez, oprima el 0 y pregunte. Antes no sabemos más que esto.
case-ask-now = Si no ha llegado nada, o algo está mal, oprima el 0 y pregunte.
case-ask-unknown = No sabemos cuánto tarda esto. Preguntar no lo hace más rápido.
case-menu =
    Para otro caso, oprima el 1. Para el menú principal, oprima el 2. Para terminar, oprima el 3 o cuelgue.
    .again = Para otro caso, oprima el 1. Para el menú principal, oprima el 2. Para terminar, oprima el 3. Para oír el estado otra vez, oprima asterisco.
case-none =
    No encuentro ningún caso con el número { $case_number }. Un caso nuevo puede tardar unos días en aparecer.
    Para revisar el número, oprima el 1. Para marcar otro, oprima el 2. Para el menú principal, oprima el 3.

office-zip = Por favor, marque las 5 cifras de su código postal. Para hablar con una persona, oprima asterisco y después el 0.
office-told = Su oficina es { $office_name }, en { $office_address }. Abre { $office_hours }.
office-opens = Ahora está cerrada y abre de nuevo { $office_opens_at }.
office-approximate = La encontramos por las primeras cifras de su código postal, así que puede ser otra. El aviso de su cita dice cuál es.
office-by-appointment = Solo atiende a personas con cita.
office-menu = Para otro código postal, oprima el 1. Para el menú principal, oprima el 2. Para terminar, oprima el 3.
office-none = No encuentro ninguna oficina para el código postal { $zip }. Para probar otro, oprima el 1. Para el menú principal, oprima el 2.

inquiry = Por favor, marque las 8 cifras de su número de consulta. Para hablar con una persona, oprima asterisco y después el 0.
inquiry-number-wrong = Esas 8 cifras no van juntas. Una está mal, o dos están cambiadas.
inquiry-none = No encuentro ninguna consulta con el número { $inquiry_number }. Para probar otra vez, oprima el 1. Para el menú principal, oprima el 2.
inquiry-callback = Le prometimos llamarle { $promise_window }. Un oficial le llamará entonces.
inquiry-appointment = Su cita es { $promise_at }, en nuestra oficina { $promise_office }.
inquiry-stage = { $inquiry_stage ->
        [papers] Esperamos unos papeles suyos. Su lugar está guardado.
        [calling] Un oficial le está llamando ahora. Por favor, cuelgue y conteste.
        [spoken] Un oficial habló con usted y está decidiendo qué necesita su asunto.
        [unreached] No pudimos comunicarnos con usted. Guarda su lugar, y un oficial lo verá otra vez.
        [to-book] Necesita venir, y estamos buscando una hora.
        [checked-in] Su llegada a nuestra oficina está registrada.
        [closed] Su consulta está cerrada.
       *[review] Un oficial verá su consulta. Le avisaremos en cuanto haya una decisión.
    }
inquiry-missed = Intentamos llamarle. Para que le comuniquemos ahora, oprima el 1. Para otras opciones, oprima el 2.
inquiry-menu = Para otra consulta, oprima el 1. Para el menú principal, oprima el 2. Para terminar, oprima el 3.
inquiry-change = Para cambiar la llamada, oprima el 1. Para renunciar a ella, oprima el 2. Para el menú principal, oprima el 3. Para terminar, oprima el 4.
born = Para mostrar que esta consulta es suya, marque su fecha de nacimiento: 2 cifras para el mes, 2 para el día y 4 para el año.
    .again = Por favor, marque su fecha de nacimiento: 2 cifras para el mes, 2 para el día y 4 para el año.
born-wrong = Eso no es una fecha.
not-verified = Eso no coincide con lo que tenemos. Para probar otra vez, oprima el 1. Para el menú principal, oprima el 2. Para hablar con una persona, oprima el 0.
window-1 = Para { $window_1 }, oprima el 1.
window-2 = Para { $window_2 }, oprima el 2.
window-3 = Para { $window_3 }, oprima el 3.
window-none = Para dejar la llamada como está, oprima el 4.
moved = Hecho. Ahora le llamaremos { $promise_window }.
not-moved = Esa hora ya no está libre.
windows-again = La llamada queda como estaba. Para oír otras horas, oprima el 1. Para el menú principal, oprima el 2.
no-windows = Por ahora no hay otra hora. La llamada queda como estaba.
cancel = Si renuncia a la llamada, nadie le llamará. Su consulta guarda su lugar. Para renunciar, oprima el 1. Para conservarla, oprima el 2.
cancelled = Hecho. Nadie le llamará. Su consulta guarda su lugar.
not-cancelled = No se pudo hacer. La llamada queda como estaba.
kept = La llamada queda como estaba.

online =
    Puede pedir una cita por internet a cualquier hora, en español o en inglés. Vaya a my, punto, u, ese, ce, i, ese, punto, gov, barra, appointment.
    Necesita su dirección y, si lo tiene, su número de recibo. Un oficial ve cada solicitud y le llama.
    Para el menú principal, oprima el 1. Para terminar, oprima el 2.

likely-wait = Es probable que espere entre { $wait_from } y { $wait_to } minutos.
wait-or-callback = Para esperar, oprima el 1. Para guardar su lugar y que le llamemos, oprima el 2.
queue = Por favor, no cuelgue. Guarda su lugar aunque se corte la línea.
queue-place = { $position ->
        [1] Usted sigue.
       *[other] Es el número { $position } en la fila.
    }
queue-far = Hay más de { $position_over } personas antes que usted en la fila.
queue-wait = Es probable que espere entre { $wait_from } y { $wait_to } minutos.
queue-callback = Para guardar su lugar y que le llamemos, oprima el 2.
connect = Le estamos comunicando.
after-talk = La otra persona colgó. Para el menú principal, oprima el 1. Para terminar, oprima el 2.
callback-promised = Le llamaremos a este número { $callback_window }. Guarda su lugar.
no-callback = Ahora no podemos prometerle una llamada. Para esperar a una persona, oprima el 1. Para el menú principal, oprima el 2.
closed-holiday = Hoy es día festivo.
closed = Ahora nadie puede atender su llamada.
closed-until = Abrimos de nuevo { $opens_at }.
closed-menu = Para que le llamemos, oprima el 1. Para el menú principal, que funciona a cualquier hora, oprima el 2. Para terminar, oprima el 3.
