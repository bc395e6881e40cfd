announcement = { $announcement }
language = Para español, oprima el 2. Para tener más tiempo, oprima el 3.
not-heard = No oí ninguna tecla.
not-a-choice = Esa tecla no es una de las opciones.
go-on = Tengo { $entered }. Marque las otras { $missing }.
main =
    Para saber el estado de un permiso, oprima el 1. Para la oficina que le atiende, oprima el 2.
    Para hablar con una persona, oprima el 0. Para oírlo otra vez, oprima asterisco. Para oírlo más despacio, oprima el 9.
kind = Para un permiso de construcción, be, pe, oprima el 1. Para un permiso de evento, e, uve, oprima el 2.
number = Por favor, marque las 6 cifras de su permiso.
looking-up = Un momento.
permit-told = Permiso { $case_number }. { $case_title }. { $case_meaning } Esto es de { $case_updated }.
permit-next = Qué es normal que siga. { $case_next }
permit-ask-from = Si para { $case_ask_from } no ha llegado nada, llame otra vez, oprima el 0 y pregunte.
permit-ask-now = Si no ha llegado nada, oprima el 0 y pregunte.
permit-none = No hay ningún permiso { $case_number }.
zip = Por favor, marque las 5 cifras de su código postal.
office-told = Es { $office_name }, { $office_address }, abierta { $office_hours }.
office-open = Está abierta ahora.
office-none = No atendemos el código postal { $zip }.
more = Para el menú principal, oprima el 1. Para terminar, oprima el 2.
queue = Por favor, no cuelgue. Para que le llamemos, oprima el 1.
place = { $position ->
        [1] Usted sigue.
       *[other] Es el número { $position } en la fila.
    }
promised = Le llamaremos { $callback_window }.
closed = La ventanilla está cerrada. Para que le llamemos, oprima el 1. Para el menú principal, oprima el 2. Para terminar, oprima el 3.
trouble = Eso no funcionó. Para el menú principal, oprima el 1. Para hablar con una persona, oprima el 2.
goodbye = Adiós.
