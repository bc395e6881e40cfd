## Words that acts put into records and notices.

# A line of a checklist of which one thing is enough. { $items } is a list with semicolons.
desk-any-of = One of these: { $items }

# Said to whoever picks up before an officer is there.
desk-said-recorded = This call is recorded.
desk-said-recorded-refuse = This call is recorded. If you do not want that, press 2 now or at any time. We will talk with you all the same.
desk-said-who = Hello. This is { $agency }, with the call that you asked for. To be connected, press 1. If you cannot talk now, press 2.
# Left on a machine. Others may hear it: nothing of any matter, and not the person's name.
desk-said-message =
    This is { $agency }. We called you. You can call us at { $number }, { $hours }, { $zone }. Again, the number is { $number }. The code of this call is { $mark }. Thank you.
