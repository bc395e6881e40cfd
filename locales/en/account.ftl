# One's own account, and those of others for administrators.
account-nav = Your account
account-title = Your account
account-intro = If you do not know one of these, end it and change your password.
account-sessions = Where you are signed in
account-sessions-none = No browser is signed in.
account-device = { $browser } on { $system }
account-device-unknown = A browser that did not say what it is
account-browser-firefox = Firefox
account-browser-chrome = Chrome
account-browser-edge = Edge
account-browser-safari = Safari
account-browser-other = Another browser
account-system-windows = Windows
account-system-mac = a Mac
account-system-ios = an iPhone or iPad
account-system-android = Android
account-system-linux = Linux
account-system-other = another system
account-this-one = this one
account-since = Signed in { $moment }
account-used = last used { $ago }
account-ends = Ends { $moment } unless it is used before then.
account-until = Ends { $moment }.
account-same-network = From the network you are on now.
account-other-network = From another network than the one you are on now.
account-end = End: { $device }
account-end-program = End: { $name }
account-end-others = Sign out everywhere else
account-ended = That has ended.
account-programs = Programs
account-programs-help = A program acts for its owner, within these limits.
account-proof-title = Show that it is you
account-proof-why = This reaches many people or another account, so it asks for your password when the last proof is older than { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}.
account-proof-kept = What you filled in is kept. With your password it is done at once.
account-proof-wrong = That is not your password. Check it and try again.
account-proof-go-on = Go on
account-proof-leave = Leave it, and go to your desk
account-people-nav = People
account-people-title = People who work here
account-people-name = Name
account-people-none = Nobody has that name.
account-people-caption = { $shown } of { $all }, by name
account-people-col-name = Name
account-people-col-sign-in = Signs in as
account-people-col-roles = Roles
account-people-col-office = Office
account-people-closed = closed
account-people-back = All people
account-people-end-all = End all of them

# A calendar that keeps itself up to date.
account-calendar = Your calendar
account-calendar-about = Your calendar can ask by itself for the calls that are yours. It shows the times, and nothing of the people.
account-calendar-has = Since { $moment }, a calendar may ask for your calls.
account-calendar-make = Make an address for my calendar
account-calendar-anew = Make a new address
account-calendar-end = End the address
account-calendar-ended = The address opens nothing any more.

# Accounts: made, changed, closed.
people-new = Add a person
people-account = Account
people-back = Back to their account
people-change = Change this account
people-make = Make the account
people-save = Save
people-own = Your own roles and office are changed by another administrator.
people-provider = They sign in at your agency's own provider. It says who they are and what they do; here you choose which calls are theirs.
people-sign-in-hint = 2 to 60 letters, digits, or . - _ @ +
people-office-none = No office
people-office-hint = Office clerks and office managers work at one.
people-langs = Languages they speak with people
people-langs-hint = Calls in other languages go to somebody else.
people-langs-none = none named
people-queues = Queues they answer
people-queues-hint = With no box ticked they answer all.
people-reasons = What calls are for that they take
people-reasons-hint = With no box ticked they take all. It counts where the line knows what a call is for.
people-all = all
people-because = Why do { $n ->
    [one] { $n } promised call
   *[other] { $n } promised calls
} of theirs go to whoever is on duty?
people-because-hint = Colleagues read this beside each call. The people who are called hear nothing of it.
people-because-fault = Say why their promised calls go to others.
people-fault-sign-in = Use 2 to 60 letters, digits, or . - _ @ +
people-fault-name = Write a name of 1 to 100 characters.
people-fault-role = Choose at least one role.
people-fault-office = Choose the office where they work.
people-fault-taken = Another account has this name. Choose another one.
people-fault-no-office = There is no such office any more. Choose another one.
people-stale = Somebody else changed this account meanwhile. This is how it stands now.
people-changed = The account has been changed.
people-closed = The account is closed. Nothing acts for it any more.
people-opened = The account is open again.
people-given-before = A first password was given already and is shown only once. If nobody wrote it down, give a new one.
people-password = Password
people-password-about = If they have forgotten theirs, give them a first password. They are signed out, and choose their own when they sign in within { $n } hours.
people-password-give = Give a first password
people-password-first = They have a first password that opens until { $moment } and have not chosen their own.
people-password-first-name = First password
people-shown-title = Write this down now
people-shown-once = The first password is shown this once and kept nowhere.
people-shown-next = Hand it over in person or by telephone. They choose their own when they sign in within { $n } hours.
people-close = Close this account
people-close-about = They are signed out at once, programs that act for them stop, and promised calls of theirs go to whoever is on duty. What they did stays in the journal.
people-open = Open this account again
people-open-about = They can sign in again, with the roles and the password that they had.

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
