# The policies: what is in force, what is drafted, and how a draft comes into force.
policy-nav = Policies
policy-title = Policies
policy-intro = Three tables recommend; people decide. A new version is drafted, judged, proposed, and approved by another person. It is in force from its day on.
policy-of-urgency = Urgency: how soon
policy-of-need = Need: what the matter needs
policy-of-fit = Fit: which office, which time
policy-version = { $policy }, version { $version }
policy-draft-of = { $policy }, draft that began with version { $version }
policy-left-out = An approved version cannot be used
policy-left-out-do = It no longer fits the agency pack or this release. The newest version that does stays in force. Begin a draft from it and approve one that fits.
policy-past = { $n ->
    [one] One earlier version
   *[other] { $n } earlier versions
}
policy-standing-to-come = will be in force from { $day } on
policy-standing-in-force = in force since { $day }
policy-standing-past = was in force from { $day } on
policy-made-desk = made at the desk
policy-made-pack = from the agency pack
policy-rows = { $n ->
    [one] one row
   *[other] { $n } rows
}
policy-open = Drafts and proposals
policy-stage-draft = draft
policy-stage-proposed = waits for approval
policy-line = Line { $line }:
policy-whole = The whole table:
policy-rows-caption = Rows, tried from the top. The first whose condition holds recommends.
policy-col-row = Row
policy-col-when = If
policy-col-then = Then
policy-col-why = What the person reads
policy-col-cite = Rule and hint
policy-col-examples = Examples
policy-otherwise = otherwise
policy-change = What would change it:
policy-staff = For staff only:
policy-example-good = comes out as expected:
policy-example-bad = comes out otherwise:
policy-example-not-run = not run because of faults elsewhere:
policy-examples-caption = Examples: what should come out
policy-col-example = Example
policy-col-given = Facts
policy-col-expect = Expected row
policy-facts = { $n ->
    [one] One fact that rows may look at
   *[other] { $n } facts that rows may look at
}
policy-fact-optional = may be unknown
policy-difference = What is different from version { $version }
policy-difference-none = Nothing that counts. Comments and spaces are no difference.
policy-difference-count = { $n ->
    [one] One thing is different.
   *[other] { $n } things are different.
}
policy-difference-of-row = Rows
policy-difference-of-schema = Facts and outcomes
policy-difference-of-example = Examples
policy-did-added = New:
policy-did-removed = Gone:
policy-did-changed = Changed:
policy-did-moved = Moved:
policy-field-when = Condition
policy-field-then = Outcome
policy-field-why = What the person reads
policy-field-change = What would change it
policy-field-staff = Hint for staff
policy-field-cite = Rule
policy-field-given = Facts
policy-field-expect = Expected row
policy-field-declared = Declared as
policy-word-gone = gone:
policy-word-new = new:
policy-revert = Begin a draft to go back to this version
policy-begin = Begin a draft from this version
policy-as-text = As text
policy-back = All policies
policy-edit-text = Edit as text
policy-by-proposed = Proposed by { $name }
policy-by-approved = Approved by { $name }
policy-by-withdrawn = Withdrawn by { $name }
policy-by-dropped = Given up by { $name }
policy-starts-on = in force from { $day } on
policy-starts-now = in force as soon as it is approved
policy-stage-is-draft = A draft. Nobody is affected.
policy-stage-is-proposed = It waits for another person's approval.
policy-stage-is-approved = It is approved.
policy-stage-is-withdrawn = It was withdrawn before its day.
policy-stage-is-dropped = The draft was given up.
policy-to-version = This version as a table
policy-began-with = Began with version { $version }
policy-authors = Written by { $names }
policy-saved = Saved { $at }
policy-sound = { $n ->
    [0] No faults.
    [one] No faults. The example comes out as expected.
   *[other] No faults. All { $n } examples come out as expected.
}
policy-faults = { $n ->
    [one] One fault keeps it from being proposed
   *[other] { $n } faults keep it from being proposed
}
policy-faults-do = The draft is saved as it is.
policy-warnings = { $n ->
    [one] One thing deserves a look
   *[other] { $n } things deserve a look
}
policy-act-drop = Give up this draft
policy-act-approve = Approve this version
policy-act-back = Make it a draft again
policy-act-withdraw = Withdraw before its day
policy-act-propose = Propose
policy-approve-title = Approve
policy-approve-about = You answer for it as the second person. Read what is different first. Decisions that were made before keep the version they were made under.
policy-propose-title = Propose this version
policy-propose-about = Another person must approve it. Until then you can make it a draft again.
policy-starts = From when?
policy-start-on = From the beginning of a day
policy-start-now = As soon as it is approved
policy-start-now-hint = Only when it cannot wait. Say why below.
policy-day = First day
policy-day-hint = A day to come. It begins at midnight in { $zone }.
policy-because = Reason
policy-because-hint = What the second person and auditors should know. Never name a person.
policy-text-about = The whole table in TOML, as it would stand in the agency pack. It is saved with its faults; they are shown on the next page.
policy-text = Table
policy-save = Save
policy-leave = Leave without saving
policy-meanwhile = What you typed is below and not saved. Look at what is there now; saving again writes over it.
policy-meanwhile-look = The draft as it is now, in a new window
policy-fault-day = Enter the first day.
policy-refused-wrong-stage = It has moved on meanwhile. See below how it stands.
policy-refused-stale = Somebody else changed it meanwhile.
policy-refused-long-text = The table is too long. Take something out.
policy-refused-unreadable = This cannot be put into the table. Edit it as text.
policy-refused-faults = It has faults and cannot be used. Mend them first; they are listed below.
policy-refused-unchanged = It says the same as the version that it would follow. Change something, or give the draft up.
policy-refused-name = Name the version with letters, digits, points and dashes, at most 40.
policy-refused-name-in-use = Another version has this name. Choose another.
policy-refused-passed = Its first day has come. Choose a later day, or propose it to start at once, with a reason.
policy-refused-no-reason = Enter why it cannot wait for a day to come.
policy-refused-long-reason = Make the reason shorter.
policy-refused-second-person = You wrote or proposed it. Another person must approve it.
policy-refused-in-force = It is in force already. Begin a draft from the version before to go back.
policy-name = Name of the version
policy-name-hint = Letters, digits, points and dashes. It stands in each decision.
policy-row-new = Add a row
policy-row-edit = Edit a row
policy-row-id = Name of the row
policy-row-id-hint = For example N12-papers-missing. It stands in each decision.
policy-row-when = Condition
policy-row-when-hint = In CEL, with the facts below. Leave it empty for the last row, which holds otherwise.
policy-row-then = Outcome { $name }
policy-row-why = What the person reads ({ $lang })
policy-row-change = What would change it ({ $lang })
policy-row-change-hint = May be left empty.
policy-row-staff = Hint for staff
policy-row-staff-hint = The person never sees it. May be left empty.
policy-row-cite = Rule behind it
policy-row-cite-hint = The law, regulation or practice that the row rests on.
policy-flag-true = yes
policy-flag-false = no
policy-fault-number = Enter a whole number.
policy-fault-given = Write one fact on each line, such as urgent = true. Put words in quotes.
policy-example-new = Add an example
policy-example-edit = Edit an example
policy-example-name = Name of the example
policy-example-name-hint = Who asks for what, in a few words. Invent people.
policy-example-given = Facts
policy-example-given-hint = One fact on each line: name = value. Words stand in quotes. Leave out what is not known.
policy-button-edit = Edit
policy-button-up = Up
policy-button-down = Down
policy-button-remove = Take out
policy-named-edit = Edit row { $n }
policy-named-up = Move row { $n } up
policy-named-down = Move row { $n } down
policy-named-remove = Take out row { $n }
policy-named-edit-example = Edit example { $n }
policy-named-remove-example = Take out example { $n }
policy-effect = Effect on the last days' inquiries
policy-effect-open = See what it would have done
policy-effect-back = Back to the version
policy-effect-days = Days
policy-effect-days-hint = At most { $most }.
policy-effect-look = Look
policy-effect-turned = { $n ->
    [0] Of { $looked } inquiries none would get another recommendation than by version { $version }.
    [one] Of { $looked } inquiries one would get another recommendation than by version { $version }.
   *[other] Of { $looked } inquiries { $n } would get another recommendation than by version { $version }.
}
policy-effect-other-row = { $n ->
    [one] One more would get the same by another row.
   *[other] { $n } more would get the same by another row.
}
policy-effect-looked = { $looked } of { $all } inquiries opened in the last { $days } days were looked at.
policy-effect-left-out = { $n } were left out: of each day at most the first { $most } are looked at.
policy-effect-lost = { $n } cannot be asked again, since their reason is no longer in the agency pack.
policy-effect-facts = The facts are those on which it was decided; what no row looked at then is gathered again as of that day, without asking for the case.
policy-effect-matrix = From what is recommended now to what would be
policy-effect-now = Now
policy-effect-then = Then
policy-effect-rows = How often each row fires
policy-effect-nothing = cannot be asked
policy-effect-list = Inquiries with another recommendation
policy-effect-inquiry = Inquiry
policy-effect-not-yours = Which inquiries these are is shown to those who may read inquiries.
policy-effect-before = The ones before
policy-effect-further = Further ones
