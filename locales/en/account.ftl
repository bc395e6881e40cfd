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
