menu-ladder = New area
ladder-none = Nothing yet
    .todo = Say here what to do next.
