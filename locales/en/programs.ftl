# Programs that act here, and their tokens.
programs-nav = Programs and their tokens
programs-title = Programs that act here
programs-intro = A program acts for an account by its token. It may do what the account may, and of that only what its token allows.
programs-none = No program has a token.
programs-caption = { $n ->
    [one] 1 token is good now.
   *[other] { $n } tokens are good now.
} The one that ends first is at the top.
programs-soon = { $n ->
    [one] 1 token ends within { $days } days.
   *[other] { $n } tokens end within { $days } days.
} Make the next one before the program stops.
programs-col-name = Name
programs-col-for = Acts for
programs-col-may = May
programs-col-made = Made, and by whom
programs-col-ends = Ends
programs-col-end = End it now
programs-by-unknown = by whom is not known here
programs-tag-soon = ends soon
programs-end = End
programs-back = All programs
programs-new = Make a token
programs-name = Name of the program
programs-name-hint = What it is and where it runs, so that a colleague knows it: 1 to 80 characters.
programs-for = Acts for
programs-for-hint = You, or an account that nobody works under: make one for the program under People, and give its first password to nobody.
programs-for-you = You
programs-scopes = What it may do
programs-scopes-hint = Choose as little as it needs. It never may more than the account it acts for.
programs-until = Last day
programs-until-hint = At most a year from now.
programs-make = Make the token
programs-scope-read = Read
programs-scope-request = Requests
programs-scope-work = Work on inquiries
programs-scope-day = An office's day
programs-scope-journal = Journal
programs-scope-import = Import
programs-scope-policies = Policies and texts
programs-allows-read = Read inquiries, lists and figures.
programs-allows-request = Send in a request for a person.
programs-allows-work = Decide, promise, call and book, as operators and officers do.
programs-allows-day = Check people in, call them and serve them.
programs-allows-journal = Read all that has happened here.
programs-allows-import = Bring in cases, staff, offices and other tables.
programs-allows-policies = Draft new versions of policies and texts, and propose them. People approve them.
programs-fault-name = Write a name of 1 to 80 characters.
programs-fault-scope = Choose at least one thing that it may do.
programs-fault-until = Choose a day from today on, at most a year from now.
programs-fault-theirs = Somebody works under this account, or it is closed. Choose another one.
programs-made-before = This token was made already, and is shown only once. If nobody wrote it down, end it and make a new one.
programs-token = Token
programs-shown-once = The token is shown this once and kept nowhere.
programs-shown-next = Put it where the program reads it, and nowhere else. Whoever has it can do what the program may.
