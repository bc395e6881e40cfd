# La cuenta propia, y las de los demás para quien administra.
account-nav = Su cuenta
account-title = Su cuenta
account-intro = Si no reconoce alguna de estas sesiones, termínela y cambie su contraseña.
account-sessions = Dónde hay una sesión abierta
account-sessions-none = No hay ninguna sesión abierta en un navegador.
account-device = { $browser } en { $system }
account-device-unknown = Un navegador que no dijo cuál es
account-browser-firefox = Firefox
account-browser-chrome = Chrome
account-browser-edge = Edge
account-browser-safari = Safari
account-browser-other = Otro navegador
account-system-windows = Windows
account-system-mac = una Mac
account-system-ios = un iPhone o iPad
account-system-android = Android
account-system-linux = Linux
account-system-other = otro sistema
account-this-one = esta
account-since = Sesión iniciada { $moment }
account-used = usada por última vez { $ago }
account-ends = Termina { $moment } si no se usa antes.
account-until = Termina { $moment }.
account-same-network = Desde la red en la que está usted ahora.
account-other-network = Desde otra red, distinta de aquella en la que está ahora.
account-end = Terminar: { $device }
account-end-program = Terminar: { $name }
account-end-others = Cerrar todas las demás sesiones
account-ended = Eso ha terminado.
account-programs = Programas
account-programs-help = Un programa actúa en nombre de su dueño, dentro de estos límites.
account-proof-title = Demuestre que es usted
account-proof-why = Esto alcanza a muchas personas o a otra cuenta; por eso pide su contraseña cuando la última prueba tiene más de { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
}.
account-proof-kept = Lo que escribió se conserva. Con su contraseña se hace enseguida.
account-proof-wrong = Esa no es su contraseña. Revísela e inténtelo de nuevo.
account-proof-go-on = Continuar
account-proof-leave = Dejarlo e ir a su puesto
account-people-nav = Personal
account-people-title = Personas que trabajan aquí
account-people-name = Nombre
account-people-none = Nadie tiene ese nombre.
account-people-caption = { $shown } de { $all }, por nombre
account-people-col-name = Nombre
account-people-col-sign-in = Entra como
account-people-col-roles = Funciones
account-people-col-office = Oficina
account-people-closed = cerrada
account-people-back = Todo el personal
account-people-end-all = Terminar todas

# A calendar that keeps itself up to date.
account-calendar = Su calendario
account-calendar-about = Su calendario puede preguntar solo por las llamadas que son suyas. Muestra las horas, y nada de las personas.
account-calendar-has = Desde { $moment }, un calendario puede preguntar por sus llamadas.
account-calendar-make = Crear una dirección para mi calendario
account-calendar-anew = Crear otra dirección
account-calendar-end = Quitar la dirección
account-calendar-ended = La dirección ya no abre nada.
