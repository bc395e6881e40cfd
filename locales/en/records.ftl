# What is held about a person, for the records officer.
records-title = Everything held about one person
records-link = Everything held about this person
records-back = Inquiry { $number }
records-export = Give it to the person
records-what = { $n ->
    [one] The person, { $n } inquiry, and its messages, calls and story with everybody who read it.
   *[other] The person, { $n } inquiries, and their messages, calls and story with everybody who read them.
}
records-sure = Make sure that it is this person who asks, and that nobody else gets the file. That you gave it out is kept in the story of each inquiry.
records-form = As what?
records-html = A page to read
records-html-hint = Opens in every browser, and prints.
records-json = A file for programs (JSON)
records-json-hint = Each record as it is kept.
records-go = Save the file
records-made = Made { $moment } by { $agency }.
records-person = The person
records-inquiry = Inquiry { $number }
records-part-notices = Messages
records-part-calls = Calls
records-part-story = What happened, and who read it
