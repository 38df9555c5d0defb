menu-units = Units
menu-accounts = Accounts
menu-roles = Roles
menu-log = Audit log

people-crumbs = Where you are
people-actions = Actions
people-history = History
people-no-end = no end
people-language-zh-CN = 中文
people-language-en = English

## Roles
role-system-admin = system administrator
role-security-admin = security administrator
role-auditor = auditor
role-leader = office leader
role-office = office staff
role-dispatcher = dispatcher
role-verifier = verifier
role-inspector = inspector
role-unit-head = unit head
role-unit-clerk = unit clerk

## Signing in
sign-in-title = Sign in
sign-in-lead = The working platform of { $city } for the National Civilised City campaign
sign-in-do = Sign in
sign-in-help = If you have forgotten your password, ask your system administrator to reset it.
sign-in-left = You have signed out.
sign-in-factor = Second step
    .lead = Enter the six digits that your authenticator app shows, or a recovery code if your phone is not at hand.
    .button = Check and sign in
problem-sign-in-refused = The login or the password is not right
    .todo = Check capitals and the keyboard layout, and try again. After several failures you will have to wait.
problem-sign-in-wait = { $count ->
    [one] Too many failures; please try again in { $count } minute
   *[other] Too many failures; please try again in { $count } minutes
 }
    .todo = If you have forgotten your password, ask your system administrator to reset it.
problem-sign-in-expired = This sign-in has waited too long
    .todo = Please sign in again.

## My account
me-title = My account
me-reach = How you are reached
me-profile = Change how you are reached
    .button = Save
me-roles = Roles
me-no-roles = You hold no role yet. If you need one, ask the security administrator.
me-lending = Standing in
me-lends = { $name } stands in for you
me-borrows = You stand in for { $name }
me-lend = Let somebody stand in while you are away
    .lead = From the first day to the last, they may use your roles. It ends by itself and cannot be passed on. The powers of the three administrators are not lent.
    .button = Let them stand in
me-lend-do = Name a stand-in
me-lending-end = End it now
me-security = Signing in
me-password = Change password
    .lead = At least 10 characters; long is safer than complicated. A sentence that only you know is good. You will be signed out everywhere else.
    .button = Change password
me-password-since = set on { $value }
me-owes-password = Please change your one-time password first. Until then your roles rest.
me-owes-factor = Administrators must use a second step. Until it is set up, your roles rest.
me-factor = Second step
    .lead = When you sign in, you enter the six digits of an authenticator app on your phone as well as your password.
me-factor-begin = Set it up
me-factor-step-app = Install any authenticator app (TOTP) on your phone.
me-factor-step-scan = Scan this QR code with it.
me-factor-step-code = Enter the six digits that it shows.
me-factor-qr = QR code for the authenticator app
me-factor-key = If you cannot scan, type this key:
me-factor-confirm = Switch it on
me-factor-is-on = The second step is on.
me-factor-codes-left = { $count ->
    [one] { $count } recovery code is unused.
   *[other] { $count } recovery codes are unused.
 }
me-factor-drop = Switch the second step off
    .lead = Please confirm with your password. All recovery codes will be void.
    .button = Switch it off
me-codes = Recovery codes
    .lead = If you lose your phone, each of these signs you in once instead of the six digits.
me-sessions = Where you are signed in
me-sessions-end-others = Sign out everywhere else
me-session-end = Sign out
session-agent = Browser
session-address = Address
session-seen = Last used
session-here = here
me-keys = API keys
me-no-keys = No API keys. You need one only for a program that acts for you.
me-key-new = New key
    .lead = A program with the key acts for you, as far as its scope goes. Choose the narrowest that will do.
    .button = Make it
me-key-shown = Your new API key
    .lead = Send it as a header: Authorization: Bearer <key>.
key-starts = Begins with
key-expires = Expires
key-revoke = Revoke
me-consents = My consents
consent-withdraw = Withdraw
consent-withdrawn-at = withdrawn on { $value }
purpose-privacy = privacy notice
purpose-contact = being contacted
purpose-photo = use of photos
purpose-publish = publication of personal information
purpose-sensitive = processing of sensitive personal information
factor-off = off
factor-pending = being set up
factor-on = on
once-warning = This is shown once only and cannot be seen again. Please write it down or keep it safe now.
once-copy = Copy
once-copied = Copied
once-print = Print
once-done = I have kept it

## Units
units-title = Units
    .lead = All units that take part in the campaign, in the order of the tree.
units-words = Name, number, credit code
units-count = { $count ->
    [one] { $count } unit
   *[other] { $count } units
 }
units-below = Only below { $value }
units-none = No such units
    .todo = Try other words, or fewer conditions.
units-import = Import units
    .lead = A file is tried first and its report shown row by row. What is exported here imports again as it is.
    .columns = Needed: name. Also read: number, short name, kind, number or name of the unit above, unified social credit code, contact, telephone, state. Rows may stand in any order.
    .codes = Units that are here are known by their name and completed by the row; blank cells change nothing. A new unit keeps the number of the file as long as it is free.
unit-new = New unit
    .button = Make it
unit-edit = Edit { $value }
    .button = Save
unit-contact = Edit the contact of { $value }
    .button = Save
unit-move = Move { $value }
    .lead = Units below it move along, and roles held on units above change their reach.
    .button = Move
unit-close = Close { $value }
    .lead = A closed unit is given no more tasks. It cannot be closed while units or people belong to it.
    .button = Close
unit-merge = Merge { $value } into another unit
    .lead = Its units, people and roles go to the other unit. This cannot be undone.
    .button = Merge
unit-reopen = Reopen
unit-do-edit = Edit
unit-do-contact = Edit contact
unit-do-below = New unit below
unit-do-parent = Move
unit-do-merger = Merge…
unit-do-closure = Close…
unit-streets = Adopted streets
unit-cases = Cases
unit-facts = Facts
unit-below = Units below
unit-below-all = All
unit-none-below = No units below.
unit-people = People
unit-merged-into = Merged into
unit-column-code = Number
unit-column-name = Name
unit-column-short-name = Short name
unit-column-kind = Kind
unit-column-above = Number of the unit above
unit-column-above-name = Unit above
unit-column-credit-code = Unified social credit code
unit-column-contact = Contact
unit-column-phone = Telephone
unit-column-state = State
unit-column-merged-into = Merged into
unit-state-active = active
unit-state-closed = closed
unit-state-merged = merged
unit-state-all = all
unit-move-close = close
unit-move-reopen = reopen
unit-move-merge = merge
roles-which = Which
log-about = About
log-by = By

## Accounts
accounts-title = Accounts
    .lead = Who has an account, and in which unit. One administrator makes accounts, another grants roles.
accounts-words = Name, login, telephone
accounts-count = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
 }
accounts-none = No such accounts
    .todo = Try other words, or fewer conditions.
account-new = New account
    .lead = A one-time password will be made. Tell it to the person face to face or by telephone; it must be changed at the first sign-in.
    .button = Make it
account-edit = Edit the account of { $value }
    .button = Save
account-lock = Lock the account of { $value }
    .lead = They are signed out everywhere at once, and cannot sign in until it is unlocked.
    .button = Lock
account-unlock = Unlock the account of { $value }
    .button = Unlock
account-close = Close the account of { $value }
    .lead = All roles, keys and sessions are taken back. The login is never given to anybody else.
    .button = Close
account-reopen = Reopen the account of { $value }
    .lead = It will hold no roles; they have to be granted anew.
    .button = Reopen
account-do-edit = Edit
account-move-lock = Lock…
account-move-unlock = Unlock
account-move-close = Close…
account-move-reopen = Reopen
account-state-active = active
account-state-locked = locked
account-state-closed = closed
account-facts = Facts
account-factor = Second step
account-since = Made
account-no-roles = No roles.
account-lends = { $borrower } stands in for { $lender }
account-reset-password = Reset password
account-reset-factor = Reset second step
account-password-shown = One-time password of { $value }
    .lead = Login { $value }. The password must be changed at the first sign-in.
account-column-login = Login
account-column-name = Name
account-column-unit = Unit
account-column-phone = Telephone
account-column-mail = Mail
account-column-state = State

## Grants
roles-title = Roles
    .lead = Who holds which role on which unit. A role holds for the unit and all units below it.
roles-words = Name, login
roles-current = Now and later
roles-past-too = Also past ones
roles-count = { $count ->
    [one] { $count } grant
   *[other] { $count } grants
 }
roles-none = No such grants
    .todo = Try other conditions, or grant a role.
role-grant = Grant a role
    .lead = System administrator, security administrator and auditor are kept apart: nobody holds two of them.
    .button = Grant
role-end = Set last day
    .button = Set
role-revoke = Revoke role
    .lead = Takes effect at once.
    .button = Revoke
grant-days = Days
grant-state = State
grant-now = in force
grant-later = not begun
grant-over = over
grant-revoked = revoked

## The log
log-title = Audit log
    .lead = Who did what and when, newest first. Each record is chained to the one before, so that no change goes unseen.
log-verify = Check the chain
log-never-verified = Nobody has checked the chain yet.
log-none = No such records
    .todo = Try other conditions.
log-none-here = No such records in this part; see the next page.
log-area-account = accounts
log-area-role = roles
log-area-unit = units
log-area-consent = consents
log-area-setting = settings
log-area-audit = audit
log-area-case = cases
log-area-ladder = letters
log-area-street = street adoption
log-area-place = places
log-area-job = background work
log-area-hook = Webhooks

event-unit-created = made the unit { $name } ({ $code })
event-unit-edited = edited the unit { $name } ({ $code })
event-unit-renamed = renamed the unit { $before } to { $name } ({ $code })
event-unit-contact-edited = edited the contact of { $name }
event-unit-moved = moved the unit { $name } from { $before } to { $after }
event-unit-closed = closed the unit { $name } ({ $code })
event-unit-reopened = reopened the unit { $name } ({ $code })
event-unit-merged = merged the unit { $name } into { $into }, with { $people_count } people and { $grants_count } grants
event-units-imported = imported units: { $accepted-count } rows accepted, { $refused-count } refused
event-account-created = made the account of { $person } ({ $login }) in { $unit }
event-account-edited = edited the account of { $person } ({ $login })
event-account-locked = locked the account of { $person } ({ $login })
event-account-unlocked = unlocked the account of { $person } ({ $login })
event-account-closed = closed the account of { $person } ({ $login })
event-account-reopened = reopened the account of { $person } ({ $login })
event-account-password-reset = reset the password of { $person } ({ $login })
event-account-password-changed = changed their password
event-account-password-refused = gave a wrong old password when changing it ({ $address })
event-account-profile-changed = changed how they are reached
event-account-signed-in = signed in ({ $address })
event-account-signed-out = signed out
event-account-sign-in-refused = failed to sign in as { $login } ({ $address })
event-account-sign-in-unknown = failed to sign in with a login that does not exist ({ $address })
event-account-factor-refused = failed the second step of { $person } ({ $login }) ({ $address })
event-account-factor-on = switched the second step on
event-account-factor-off = switched the second step off
event-account-factor-reset = reset the second step of { $person } ({ $login })
event-account-session-ended = signed out at { $address }
event-account-sessions-ended = signed out at { $count } other places
event-account-key-made = made the API key { $key }
event-account-key-revoked = revoked the API key { $key }
event-role-granted = granted { $person } ({ $login }) the role of { $role-text } on { $unit } from { $from } { $until ->
    [none] with no end
   *[other] to { $until }
 }
event-role-limited = set { $until } as the last day of { $person } ({ $login }) as { $role-text } on { $unit }
event-role-revoked = revoked the role of { $role-text } on { $unit } from { $person } ({ $login })
event-role-lent = let { $borrower } stand in, { $from } to { $until }
event-role-lending-ended = ended { $borrower }’s standing in for { $person }
event-consent-given = consented: { $purpose-text } ({ $text })
event-consent-withdrawn = withdrew a consent: { $purpose-text }
event-audit-verified-whole = checked the chain of the log: { $count } records, whole
event-audit-verified-broken = checked the chain of the log: broken in lane { $lane } at record { $seq } ({ $fault-text })

notice-role-lent = You stand in for { $name }, { $from } to { $until }

flash-password-changed = Your password was changed.
flash-factor-off = The second step is off.
flash-factor-reset = The second step of { $value } was reset.
flash-key-revoked = The API key was revoked.
flash-lent = { $value } will stand in for you.
flash-lending-ended = The standing in has ended.
flash-profile-saved = Saved.
flash-session-ended = Signed out there.
flash-sessions-ended = Signed out at { $value } other places.
flash-consent-withdrawn = The consent was withdrawn.
flash-unit-created = { $value } was made.
flash-unit-saved = { $value } was saved.
flash-unit-moved = { $value } was moved.
flash-unit-closed = { $value } was closed.
flash-unit-reopened = { $value } was reopened.
flash-unit-merged = { $value } was merged.
flash-units-imported = { $value } rows were imported.
flash-account-saved = The account of { $value } was saved.
flash-role-granted = Granted to { $value }.
flash-role-limited = The last day was set.
flash-role-revoked = The role was revoked.
flash-log-whole = The chain of the log is whole: { $value } records.
flash-log-broken = The chain of the log is broken at record { $value }. Report this at once.

## Forms
label-login = Login
    .hint = Begins with a small letter; letters, digits, dots and dashes, 3 to 40 of them.
label-password = Password
label-old_password = Present password
label-new_password = New password
    .hint = At least 10 characters, without your login or name.
label-new_password_again = New password again
label-factor_code = Six digits or a recovery code
label-key_name = Name of the key
    .hint = For example the program that will use it.
label-key_scope = What it may do
    .hint = Cannot be changed later: make another key instead.
label-key_days = Days it lasts
label-borrower = Login of who stands in
label-first_day = First day
label-last_day = Last day
label-act_reason = Reason
label-person_name = Name
label-person_phone = Telephone
label-person_mail = Mail
label-account_unit = Unit
label-own_language = Language
label-unit_name = Name of the unit
label-unit_short_name = Short name
label-unit_kind = Kind
label-unit_parent = Unit above
label-unit_into = Unit that takes over
label-unit_code = Number
label-unit_above = Number of the unit above
label-unit_state = State
label-credit_code = Unified social credit code
    .hint = 18 characters; the check digit is tested.
label-contact_name = Contact
label-contact_phone = Telephone of the contact
label-grant_person = To whom (login)
label-grant_role = Role
label-grant_unit = On which unit
    .hint = Holds for the unit and all below it; on the root it holds for the whole city.

field-not-a-phone = is no telephone number; a landline needs its area code
field-not-a-mail = is no mail address
field-not-a-credit-code = is no valid unified social credit code; please check it
field-credit-code-taken = belongs to { $unit } already
field-unit-not-active = this unit is closed or merged
field-unit-below-itself = a unit cannot go below or into itself or what is below it
field-unit-second-root = the topmost unit stands in the file twice
field-unit-state-differs = the state differs from that here; please use the page of the unit
reason-unit-unknown = no such unit
reason-unit-several = several units have this name; please give the number
reason-unit-parent-refused = the row of the unit above was not imported
reason-unit-circle = the units above form a circle
reason-unit-kind-other = no kind, taken as other
reason-unit-code-taken = this number is another unit here; a new one was given
reason-unit-code-foreign = not a number of this program; a new one was given
reason-unit-root-name-kept = taken as the topmost unit of this city, which keeps its name
reason-unit-updated = exists already and was updated
reason-unit-moved = exists already and was moved below another unit
field-not-a-login = must begin with a small letter; letters, digits, dots and dashes, 3 to 40 of them
field-login-taken = is taken already
field-no-such-person = there is no such login
field-account-closed = this account is closed
field-administrator-on-root = the three administrators’ roles are granted on the root only
field-ends-before = cannot be before the first day or today
field-in-the-past = cannot be before today
field-days-between = must be 1 to { $max } days
field-not-yourself = cannot be yourself
field-password-short = at least { $min } characters
field-password-names-you = must not contain your login or name
field-password-common = is too easy to guess; please choose another
field-password-wrong = is not right
field-password-same = is the same as now
field-passwords-differ = is not the same as above
field-factor-wrong = not right, or used already; enter the digits that the app shows now

problem-unit-is-root = Not possible for the topmost unit
problem-unit-has-units = { $count ->
    [one] { $count } unit still stands below it
   *[other] { $count } units still stand below it
 }
    .todo = Move them first, or merge this unit into another.
problem-unit-has-people = { $count ->
    [one] { $count } account still belongs to it
   *[other] { $count } accounts still belong to it
 }
    .todo = Move the people first, or merge this unit into another.
problem-unit-parent-closed = The unit above is closed; reopen that first
problem-not-yourself = Not possible for your own account
    .todo = Ask another administrator.
problem-grant-to-yourself = A security administrator cannot grant to themselves
    .todo = Ask another security administrator.
problem-last-administrator = This is the last { $role }; there must be one
    .todo = Grant the role to somebody else first.
problem-administrators-apart = This person is { $role } already; nobody holds two of the three powers
    .todo = Choose somebody else, or revoke the other role first.
problem-administrator-without-factor = An administrator without a second step cannot have their password reset by a system administrator
    .todo = Reset it on the server’s command line.
problem-grant-exists = This person holds this role on this unit already
problem-grant-revoked = This role is revoked already
problem-nothing-to-lend = You hold no role in these days that could be lent
problem-lent-already = This person stands in for you in these days already
problem-lending-ended = This has ended already
problem-key-revoked = This key is revoked already
problem-factor-on = The second step is on already
problem-factor-not-begun = The second step has not been begun
problem-factor-required = Administrators must use the second step
