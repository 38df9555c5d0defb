# programs
menu-signon = Single sign-on
signon-lead = Other programs of the city sign people in with the account they have here, so that nobody needs a second password and whoever leaves is out everywhere.
signon-how = Give the other program this address: { $issuer } (OpenID Connect, code flow with PKCE).
signon-none = No program is connected yet
    .todo = Enter a program with the address that people are sent back to, and give its people the number and the secret.
signon-new = Enter a program
    .lead = People are asked before it learns anything of them, unless it belongs to the office itself.
signon-edit = Change
signon-facts = About the program
signon-client-id = client_id
signon-issuer = issuer
signon-asks = Asks people the first time
signon-asks-yes = Yes
signon-asks-no = No, it belongs to the office itself
signon-secret-kept = Keeps a secret
signon-secret-yes = Yes
signon-secret-no = No, people run it on machines of their own
signon-never = Never
signon-between = ,{" "}
signon-state-active = In use
signon-state-stopped = Stopped
signon-state-removed = Removed
signon-learns-profile = Your name
signon-learns-units = Your units and roles
signon-learns-same = That you are the same person as last time, not which account that is
signon-learns-nothing = Nothing more
signon-entries = Latest sign-ins
signon-entries-none = Nobody has signed in yet.
signon-outcome-in = Signed in
signon-outcome-not = Not finished
signon-column-number = Number
signon-column-name = Program
signon-column-purpose = What for
signon-column-redirects = Addresses
signon-column-learns = Learns
signon-column-state = State
signon-column-people = People, last 30 days
signon-column-last = Last used
signon-column-person = Person
signon-column-at = When
signon-column-outcome = Outcome
signon-column-agreed = Agreed

# fields
label-signon_name = Name
    .hint = For example: city brain.
label-signon_purpose = What for
    .hint = One sentence that people read before they agree.
label-signon_redirects = Addresses that people are sent back to
    .hint = One on a line, exactly as the program sends it: https, or http://127.0.0.1 for a program on the same machine.
label-signon_scopes = What it may learn
    .hint = Besides that somebody is the same person as before.
label-signon_trusted = Do not ask people
    .hint = Only for programs of the office itself.
label-signon_public = It cannot keep a secret
    .hint = A program that is installed on telephones or computers. This cannot be changed later.
field-signon-not-an-address = { $address }: not a whole address
field-signon-not-https = { $address }: only https, or http://127.0.0.1
field-signon-not-plain = { $address }: no # and no password in it
field-signon-many = At most { $most } addresses
problem-signon-too-many = There can be at most { $most } programs
    .todo = Remove one that is not used.
problem-signon-not-active = This program is stopped
    .todo = Ask whoever looks after accounts.
problem-signon-active = This program is in use
    .todo = It need not be resumed.
problem-signon-no-secret = This program keeps no secret
    .todo = Enter it anew if it is to have one.

# verbs
signon-renew = Renew the secret
    .lead = The old secret holds no more from this moment: change it in the other program at once.
    .button = Renew the secret
signon-stop = Stop
    .lead = Nobody is signed in to this program any more, and what it was given ends.
    .button = Stop
signon-resume = Set going again
signon-remove = Remove
    .lead = For good: nobody is signed in to this program any more. What happened stays in the log.
    .button = Remove
signon-added = The program is entered
    .lead = Give its people these three.
signon-secret-renewed = The secret was renewed
    .lead = Put it into the other program now.
flash-signon-saved = Saved.
flash-signon-stopped = Stopped.
flash-signon-resumed = In use again.
flash-signon-removed = { $value } was removed.
flash-signon-withdrawn = Taken back. The program learns nothing more of you.

# on the way in
signon-consent = Sign in to another program
signon-consent-title = { $name } wants to know who you are
signon-consent-who = You are signed in as { $me }.
signon-consent-learns = It would learn
signon-consent-then = You then go on to { $host }. You can take this back at any time under My account.
signon-consent-yes = Agree and go on
signon-consent-no = No
signon-leaving = On to { $name }
signon-go-on = Go on
signon-wrong = This way in does not work
    .todo = Go back to the other program and tell its people what stands here. Nothing was told to it.
signon-wrong-program = No program of this number is known here.
signon-wrong-stopped = The program was stopped.
signon-wrong-address = The program wanted to have you sent to an address that was not agreed with the city.

# one's own
signon-mine = Programs I agreed to
    .lead = What you take back is not told any more; the program asks again the next time.
signon-mine-none = You have not agreed to anything
    .todo = A program that signs you in with your account here asks first.
signon-withdraw = Take back

# log
event-signon-added = Program { $number } { $name } was entered ({ $redirects })
event-signon-changed = Program { $number } { $name } was changed ({ $redirects })
event-signon-secret-renewed = The secret of program { $number } { $name } was renewed
event-signon-stopped = Program { $number } { $name } was stopped
event-signon-resumed = Program { $number } { $name } was set going again
event-signon-removed = Program { $number } { $name } was removed
event-signon-entered = Signed in to program { $number } { $name }
event-signon-agreed = Agreed that program { $number } { $name } learns: { $scopes }
event-signon-withdrawn = Took back what program { $number } { $name } may learn

# keeping
keep-signon-entries = Sign-ins into other programs
    .starts = when somebody signed in
    .goes = who signed in where
