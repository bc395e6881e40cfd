# Words that more than one room needs.

# $phone is the agency's published number.
common-payment-warning = We never ask for money, gift cards or bank details by phone. If a caller asks for them, hang up and call us at { $phone }.
