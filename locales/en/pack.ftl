# What the agency says besides its policies: the files of its pack that can be changed at the desk.
pack-to = What else the agency says: call flow, prompts, hours, reasons and papers, offices, holidays, how long records are kept
pack-title = What the agency says
pack-intro = These texts make the desk this agency's. A new version is drafted, judged with everything else, proposed, and approved by another person. It is in force from its day on.
pack-back = All texts
pack-file-callflow = Call flow: what callers hear and can do
pack-file-prompts = Prompts of the line ({ $which })
pack-file-calls = Example calls: { $which }
pack-file-line = Hours of the line, rules around calls and visits
pack-file-reasons = Reasons, questions and papers
pack-file-offices = Hours and places of offices
pack-file-office-list = Offices: where they are, by which plan, until when people choose their own time
pack-file-holidays = Holidays
pack-file-retention = How long records are kept
pack-kept = How long records would be kept
pack-kept-about = What is due goes with the next daily pass and does not come back. What is under legal hold is not counted and stays.
pack-kept-caption = Classes of records, and how many are due by the end of { $day }
pack-kept-days-before = Days kept now
pack-kept-days-after = Days with this text
pack-kept-due-before = Due as it is now
pack-kept-due-after = Due with this text
pack-kept-not-counted = not counted
pack-own = of the agency pack
pack-own-in-force = in force
pack-own-past = from before anything was changed here
pack-imported-offices = A list of offices was imported. Its rows are in force instead of those here.
pack-imported-holidays = A table of holidays was imported. Rules in it are in force instead of this text; single days are beside it.
pack-begin = Begin a draft
pack-begin-named = Begin a draft: { $file }
pack-whole = The whole text
pack-sound = No faults, also where other texts and policies rest on this one.
pack-difference = What is different from what would be in force without it
pack-difference-none = Nothing.
pack-difference-count = { $n ->
    [one] One line is different.
   *[other] { $n } lines are different.
}
pack-name-hint = Letters, digits, points and dashes.
pack-text-about = The whole file { $path }, as it would stand in the agency pack. It is saved with its faults; they are shown on the next page.
pack-text = Text
pack-calls = Example calls
pack-calls-good = { $n ->
    [0] There is no example call.
    [one] The example call comes out as expected.
   *[other] All { $n } example calls come out as expected.
}
pack-calls-otherwise = { $n ->
    [one] One example call goes otherwise. Is that what you want? Then change the example too.
   *[other] { $n } example calls go otherwise. Is that what you want? Then change the examples too.
}
pack-places = Places at offices
pack-places-none = No office can see more or fewer people in { $days } days.
pack-places-caption = How many people offices can see in { $days } days, from { $day } on. What is booked already stays.
pack-col-office = Office
pack-col-before = Before
pack-col-after = With this version
pack-days = Days that change
pack-days-none = No day changes in the next years.
pack-days-closed = Closed, and open before
pack-days-opened = Open, and closed before
pack-reasons = Reasons that change
pack-reasons-none = No reason changes.
pack-reasons-keep = Whoever asked already keeps what they were told. A reason that is removed stays known for their inquiries; nobody can choose it any more.
pack-reasons-live = { $n ->
    [0] no live inquiry
    [one] one live inquiry
   *[other] { $n } live inquiries
}
pack-file-notices = Own wording of messages to people ({ $which })
pack-messages = Messages that read otherwise
pack-messages-none = No message reads otherwise.
pack-messages-count = { $n ->
    [one] One message reads otherwise. It is shown as an invented person would get it.
   *[other] { $n } messages read otherwise. They are shown as an invented person would get them.
}
pack-messages-own = The program's own wording, message by message
