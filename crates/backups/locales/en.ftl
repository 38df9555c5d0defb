menu-backups = Backups and drills
backup-lead = The whole city is backed up every night, and now and then a backup is restored to see that it can be.
backup-no-folder = This program was started without a folder for backups, so none are made. Start it again with --backup-folder, best on another machine or disk.
backup-is-off = Nightly backups are switched off.
backup-last-failed = The last backup failed; why stands below.
backup-late = There is no whole backup of the last two days.
backup-well = The last whole backup is of { $time }.
backup-stands = As it stands
backup-folder = Folder
backup-files = Backups
backup-files-count = { $count ->
    [one] 1 backup
   *[other] { $count } backups
 }
backup-drill = Last drill
backup-no-drill = None yet
backup-keys-apart = Personal data in a backup are sealed; the key file data-keys.json is not in it. Keep a copy elsewhere: without it a backup cannot be restored. A backup holds secret.key: guard it like the database.
backup-plan = Plan
label-backup-on = Back up every night
label-backup-hour = From this hour (0–23)
label-backup-days = Keep each for (days)
label-backup-months = Beside that, keep the last of each month for (months)
label-backup-drill-days = Drill by itself every (days)
    .hint = 0 for never. A drill restores a copy beside the city, checks it and removes it; it needs as much disk as the data.
backup-do = Back up now
backup-drill-do = Drill now
backup-runs = What was done
backup-none = No backups yet
    .todo = Backups and drills are listed here with how they went.
backup-by-itself = By itself
backup-kind-backup = Backup
backup-kind-drill = Drill
backup-outcome-running = Running
backup-outcome-done = Done
backup-outcome-failed = Failed
backup-column-kind = Kind
backup-column-outcome = Outcome
backup-column-by = Begun by
backup-column-records = Rows
backup-column-uploads = Files
backup-column-megabytes = Size (MB)
backup-column-seconds = Took (s)
backup-column-started-at = Begun
backup-column-file = File
backup-column-data-keys = Keys it needs
backup-column-audit-ends = Ends of the audit chain
backup-column-why = Why
flash-backup-asked = It has begun; see the list for how it goes.
flash-backup-saved = The plan is saved.
setting-name-backup-plan = Backup plan
event-backup-asked = asked for a { $kind ->
    [drill] drill
   *[other] backup
 }
problem-backup-running = One of these is running
    .todo = Wait until it has ended.
problem-backup-no-folder = Nobody said where backups go
    .todo = Start the program again with --backup-folder.
notice-backup-failed = The nightly backup failed: please look
notice-drill-failed = The drill failed: the backups there are may not be restorable. Please look
actor-backup-clock = nightly backups
keep-backup-files = Backups
    .starts = Counted from when it was made; the last of each month stays as the plan says. What was erased meanwhile is gone from backups when they go
keep-backup-runs = Backups and drills that were made
    .starts = Counted from its start. A backup whose file is there keeps its row
