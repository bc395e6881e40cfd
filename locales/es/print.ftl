# Cartas en papel.

print-scan = { $label }: escanee el código de arriba con su teléfono. O vaya a { $site } y escriba su número de consulta, { $number }, y su fecha de nacimiento.
print-code = Código que abre la página de la consulta { $number }
print-page = { $number }, página { $page } de { $pages }
