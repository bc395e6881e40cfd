## Words that acts put into records and notices.

desk-any-of = Uno de estos: { $items }
