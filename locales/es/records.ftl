# Lo que se guarda sobre una persona, para quien lleva los archivos.
records-title = Todo lo que se guarda sobre una persona
records-link = Todo lo que se guarda sobre esta persona
records-back = Consulta { $number }
records-export = Dárselo a la persona
records-what = { $n ->
    [one] La persona, { $n } consulta, y sus mensajes, llamadas e historia con todos los que la leyeron.
   *[other] La persona, { $n } consultas, y sus mensajes, llamadas e historia con todos los que las leyeron.
}
records-sure = Asegúrese de que es esta persona quien lo pide y de que nadie más recibe el archivo. Que usted lo entregó queda en la historia de cada consulta.
records-form = ¿En qué forma?
records-html = Una página para leer
records-html-hint = Se abre en cualquier navegador y se imprime.
records-json = Un archivo para programas (JSON)
records-json-hint = Cada registro como se guarda.
records-go = Guardar el archivo
records-made = Hecho { $moment } por { $agency }.
records-person = La persona
records-inquiry = Consulta { $number }
records-part-notices = Mensajes
records-part-calls = Llamadas
records-part-story = Qué pasó y quién lo leyó
