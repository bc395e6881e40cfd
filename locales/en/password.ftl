# One's own password.
password-title = Change your password
password-first-title = Choose your own password
password-first = Somebody gave you the password that you signed in with. Choose one that only you know; then you can begin.
password-new = New password
password-hint = At least { $n } characters. A few words that nobody would put together are good. Your name to sign in must not be in it.
password-again = The same again
password-others = Your other browsers are signed out.
password-choose = Use this password
password-chosen = Your password has been changed.
password-fault-short = This is too short.
password-fault-long = This is too long: 200 characters at most.
password-fault-simple = This has too few different characters. Use a few words.
password-fault-named = Your name to sign in is in it. Leave that out.
password-fault-again = The two are not the same. Type both again.
password-fault-same = This is the password you have. Choose another one.
password-first-too-old = The first password you were given is too old. Ask an administrator for a new one.
