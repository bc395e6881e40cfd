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
