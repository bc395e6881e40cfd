# Lo que prueba quién es alguien del personal además de la contraseña: al entrar, en su cuenta y para quienes administran.
second-title = Una prueba más
second-why = Su contraseña es correcta. Esta cuenta pide una prueba más de que es usted.
second-code = Código de su aplicación
second-code-hint = Seis cifras, nuevas cada 30 segundos. También sirve un código de recuperación.
second-code-recovery = Código de recuperación
second-code-recovery-hint = Uno de los códigos que anotó. Cada uno sirve una vez.
second-code-instead = O un código de su aplicación
second-go-on = Seguir
second-lost = ¿Los perdió todos? Pida a quien administra que restablezca su segunda prueba.
second-other-account = Entrar con otra cuenta
second-passkey-sign-in = Entrar con una llave de acceso
second-passkey-use = Usar una llave de acceso
second-passkey-failed = No funcionó. Inténtelo otra vez o use otra forma de esta página.
second-too-late = Pasó demasiado tiempo. Entre otra vez.
second-too-many = Se probaron demasiados códigos. Espere { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
}, o siga ahora con una llave de acceso o un código de recuperación.
second-refused-needed = Necesita al menos una segunda prueba. Prepare otra antes de quitar esta.
second-refused-wrong = Esta prueba no es correcta. Revísela e inténtelo otra vez, o use otra forma.
second-refused-used = Este código ya se usó. Espere el siguiente.
second-refused-old = Pasó demasiado tiempo. Inténtelo una vez más.
second-refused-no-room = Esta llave de acceso ya está aquí, o ya tiene diez. Quite una primero.
second-refused-sign-in-first = Esta cuenta tiene una segunda prueba que hoy no ha usado. Salga y entre con ella para cambiar algo aquí.
second-account-link = Cómo prueba que es usted
second-account-title = Cómo prueba que es usted
second-intro = Una segunda prueba impide que entren otros, aunque sepan su contraseña.
second-must-title = Prepare una segunda prueba para seguir
second-must = Su agencia la pide. Toma dos minutos: elija abajo una aplicación o una llave de acceso.
second-back = Volver a su cuenta
second-leave = Dejarlo como está
second-since = Preparada { $moment }
second-did-added = Funciona desde ahora.
second-did-removed = Se quitó.
second-app = Códigos de una aplicación
second-app-what = Una aplicación de su teléfono muestra un código nuevo cada 30 segundos. Lo escribe después de su contraseña.
second-app-set-up = Preparar una aplicación
second-app-other = Preparar otra aplicación en su lugar
second-app-remove = Quitar la aplicación
second-app-title = Preparar una aplicación
second-app-scan = Abra una aplicación de autenticación en su teléfono, agregue una cuenta y apunte la cámara aquí.
second-app-qr = Un código para la cámara de su aplicación. Lo mismo está en letras debajo.
second-app-letters = ¿Sin cámara? Escriba estas letras en la aplicación:
second-app-code = El código que su aplicación muestra ahora
second-app-code-hint = Seis cifras
second-app-done = Funciona: activarla
second-app-wrong = No es el código de este momento. Revise que el reloj de su teléfono esté bien y escriba el código más nuevo.
second-passkeys = Llaves de acceso
second-passkeys-what = Una llave de acceso la guarda su dispositivo o una llave que se conecta. La usa con un dedo, la cara o un PIN, y con ella no necesita contraseña.
second-passkey-name = Nombre de esta llave de acceso
second-passkey-name-hint = Por ejemplo, «portátil del trabajo»
second-passkey-make = Agregar una llave de acceso
second-passkey-none = Este navegador no ofrece llaves de acceso o no ejecuta programas. Una aplicación sirve en todos los navegadores.
second-passkey-not-here = Las llaves de acceso necesitan el nombre propio de este sitio. Ábralo con ese nombre, no con números, para agregar una.
second-passkey-remove = Quitar: { $name }
second-passkey-unnamed = Llave de acceso sin nombre
second-recovery = Códigos de recuperación
second-recovery-left = { $n ->
    [0] No le quedan códigos de recuperación. Haga nuevos.
    [one] Le queda { $n } código de recuperación.
   *[other] Le quedan { $n } códigos de recuperación.
}
second-recovery-new = Hacer nuevos códigos de recuperación
second-recovery-title = Sus códigos de recuperación
second-recovery-keep = Si pierde su teléfono o su llave, cada uno le deja entrar una vez. Anótelos o imprímalos ahora: no se muestran otra vez. Los códigos anteriores ya no sirven.
second-recovery-kept = Los he guardado
second-copy = Copiar
second-copied = Copiado
second-print = Imprimir
second-of = Segundas pruebas
second-of-app = Una aplicación que muestra códigos
second-of-passkeys = { $n ->
    [one] { $n } llave de acceso
   *[other] { $n } llaves de acceso
}
second-of-none = Esta persona no ha preparado ninguna.
second-of-owed = Se restablecieron. Esta persona debe preparar una nueva la próxima vez que entre.
second-reset-legend = ¿Por qué las restablece?
second-reset-hint = Asegúrese de que es esta persona quien lo pide. El motivo queda en el registro.
second-reset-why-lost = El dispositivo se perdió o está roto
second-reset-why-stolen = Robaron el dispositivo
second-reset-why-replaced = Tiene un dispositivo nuevo
second-reset-why-locked-out = No puede entrar
second-reset = Quitar todas las segundas pruebas
second-reset-done = Se quitaron todas las segundas pruebas y se cerraron sus navegadores. Esta persona entra con la contraseña y debe preparar una prueba nueva.
second-reset-why = Diga por qué y hágalo otra vez. No se cambió nada.
