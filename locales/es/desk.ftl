## Words that acts put into records and notices.

# Se dice a quien contesta antes de que haya un oficial.
desk-said-recorded = Esta llamada se graba.
desk-said-recorded-refuse = Esta llamada se graba. Si no lo desea, marque 2 ahora o en cualquier momento. Le atenderemos de todos modos.
desk-said-who = Hola. Le llama { $agency }, con la llamada que usted pidió. Para hablar con nosotros, marque 1. Si ahora no puede hablar, marque 2.
# Se deja en una contestadora. Otros pueden oírlo: nada de ningún asunto, ni el nombre de la persona.
desk-said-message =
    Le llamó { $agency }. Puede llamarnos al { $number }, { $hours }, { $zone }. Repetimos el número: { $number }. El código de esta llamada es { $mark }. Gracias.
desk-any-of = Uno de estos: { $items }
