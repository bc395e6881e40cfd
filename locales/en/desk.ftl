## Words that acts put into records and notices.

# A line of a checklist of which one thing is enough. { $items } is a list with semicolons.
desk-any-of = One of these: { $items }
