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

# Cuentas: se crean, se cambian, se cierran.
people-new = Agregar a una persona
people-account = Cuenta
people-back = Volver a su cuenta
people-change = Cambiar esta cuenta
people-make = Crear la cuenta
people-save = Guardar
people-own = Sus propias funciones y su oficina las cambia otro administrador.
people-provider = Inicia sesión con el proveedor de su agencia. El proveedor dice quién es y qué hace; aquí usted elige qué llamadas le tocan.
people-sign-in-hint = De 2 a 60 letras, números o . - _ @ +
people-office-none = Ninguna oficina
people-office-hint = Los empleados y gerentes de oficina trabajan en una.
people-langs = Idiomas que habla con la gente
people-langs-hint = Las llamadas en otros idiomas van a otra persona.
people-langs-none = ninguno indicado
people-queues = Filas que atiende
people-queues-hint = Si no marca ninguna, atiende todas.
people-reasons = Asuntos de llamadas que atiende
people-reasons-hint = Si no marca ninguno, atiende todos. Cuenta cuando la línea sabe de qué se trata la llamada.
people-all = todas
people-because = ¿Por qué { $n ->
    [one] { $n } llamada prometida suya pasa
   *[other] { $n } llamadas prometidas suyas pasan
} a quien esté de turno?
people-because-hint = Sus colegas lo leen junto a cada llamada. Las personas que reciben la llamada no se enteran.
people-because-fault = Diga por qué sus llamadas prometidas pasan a otros.
people-fault-sign-in = Use de 2 a 60 letras, números o . - _ @ +
people-fault-name = Escriba un nombre de 1 a 100 caracteres.
people-fault-role = Elija al menos una función.
people-fault-office = Elija la oficina donde trabaja.
people-fault-taken = Otra cuenta tiene este nombre. Elija otro.
people-fault-no-office = Esa oficina ya no existe. Elija otra.
people-stale = Otra persona cambió esta cuenta mientras tanto. Así está ahora.
people-changed = La cuenta se cambió.
people-closed = La cuenta está cerrada. Ya nada actúa en su nombre.
people-opened = La cuenta está abierta otra vez.
people-given-before = Ya se dio una primera contraseña y solo se muestra una vez. Si nadie la anotó, dé una nueva.
people-password = Contraseña
people-password-about = Si olvidó la suya, déle una primera contraseña. Se cierran sus sesiones y elige la suya al entrar dentro de { $n } horas.
people-password-give = Dar una primera contraseña
people-password-first = Tiene una primera contraseña que sirve hasta { $moment } y no ha elegido la suya.
people-password-first-name = Primera contraseña
people-shown-title = Anótela ahora
people-shown-once = La primera contraseña se muestra solo esta vez y no se guarda en ningún lugar.
people-shown-next = Entréguela en persona o por teléfono. Elige la suya al entrar dentro de { $n } horas.
people-close = Cerrar esta cuenta
people-close-about = Sus sesiones se cierran enseguida, los programas que actúan en su nombre se detienen y sus llamadas prometidas pasan a quien esté de turno. Lo que hizo queda en el registro.
people-open = Abrir esta cuenta otra vez
people-open-about = Puede entrar otra vez, con las funciones y la contraseña que tenía.

# La contraseña propia.
password-title = Cambiar su contraseña
password-first-title = Elija su propia contraseña
password-first = Otra persona le dio la contraseña con que entró. Elija una que solo usted sepa; después puede empezar.
password-new = Contraseña nueva
password-hint = Al menos { $n } caracteres. Sirven bien unas pocas palabras que nadie juntaría. No debe contener el nombre con que entra.
password-again = La misma otra vez
password-others = Se cierran las sesiones de sus otros navegadores.
password-choose = Usar esta contraseña
password-chosen = Su contraseña se cambió.
password-fault-short = Es demasiado corta.
password-fault-long = Es demasiado larga: 200 caracteres como máximo.
password-fault-simple = Tiene muy pocos caracteres distintos. Use unas pocas palabras.
password-fault-named = Contiene el nombre con que entra. Quítelo.
password-fault-again = Las dos no son iguales. Escríbalas otra vez.
password-fault-same = Es la contraseña que ya tiene. Elija otra.
password-first-too-old = La primera contraseña que le dieron es demasiado vieja. Pida una nueva a un administrador.
