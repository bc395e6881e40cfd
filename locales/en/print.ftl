# Letters on paper. $site is where the pages are, $number the inquiry number.

print-scan = { $label }: scan the code at the top with your phone. Or go to { $site } and enter your inquiry number, { $number }, and your date of birth.
print-code = Code that opens the page of inquiry { $number }
print-page = { $number }, page { $page } of { $pages }
