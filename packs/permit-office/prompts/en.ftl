announcement = { $announcement }
language = City of Lakeview Permit Office. For English, press 1. For more time, press 3.
not-heard = I did not hear a key.
not-a-choice = That key is not one of the choices.
go-on = I have { $entered }. Please key the other { $missing }.
main =
    For the status of a permit, press 1. For the office that serves you, press 2.
    For a person, press 0. To hear this again, press star. To hear it more slowly, press 9.
kind = For a building permit, B, P, press 1. For an event permit, E, V, press 2.
number = Please key the 6 digits of your permit number.
looking-up = One moment.
permit-told = Permit { $case_number }. { $case_title }. { $case_meaning } This is from { $case_updated }.
permit-next = What normally comes next. { $case_next }
permit-ask-from = If nothing has come by { $case_ask_from }, call again, press 0 and ask.
permit-ask-now = If nothing has come, press 0 and ask.
permit-none = There is no permit { $case_number }.
zip = Please key the 5 digits of your ZIP code.
office-told = That is { $office_name }, { $office_address }, open { $office_hours }.
office-open = It is open now.
office-none = We do not serve the ZIP code { $zip }.
more = For the main menu, press 1. To end the call, press 2.
queue = Please stay on the line. To be called back instead, press 1.
place = { $position ->
        [1] You are next.
       *[other] There are { $position } people up to you.
    }
promised = We will call you { $callback_window }.
closed = The counter is closed. To be called back, press 1. For the main menu, press 2. To end the call, press 3.
trouble = That did not work. For the main menu, press 1. For a person, press 2.
goodbye = Goodbye.
