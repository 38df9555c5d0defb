search-title = Search
search-words = Look for
search-hint = Type a case number, a street, a site, a unit or words of a case. Pinyin and initials do too, such as xhbl; a wrong character is forgiven.
search-none = Nothing was found
    .todo = Try other words, or only a part of them.
search-count = { $count ->
    [one] { $count } result
   *[other] { $count } results
 }
search-all = Show all
search-page = Show all results
search-meant = Did you mean:
search-why-same = the same name
search-why-part = part of the name
search-why-initials = by initials
search-why-pinyin = by pinyin
search-why-sound = sounds the same
search-why-confusable = sounds alike
search-why-wrong = one character differs
search-why-missing = a character was missing
search-why-extra = a character too many
search-why-swapped = two characters the other way round
search-why-several = differs in several places

event-search-number-looked-up = looked for a telephone number in the search box and found { $count }
