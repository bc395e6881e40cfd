# Palabras que necesita más de un lugar.

# $phone es el número publicado de la agencia.
common-payment-warning = Nunca pedimos dinero, tarjetas de regalo ni datos de su banco por teléfono. Si alguien se los pide, cuelgue y llámenos al { $phone }.
