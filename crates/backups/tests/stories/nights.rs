//! What happens by itself.

use super::world::{at, caretaker, files, folder, open, runs, set, unread};
use backups::model::{Kind, Outcome};
use backups::settings::Plan;
use kernel::time::{DAY, HOUR};
use testkit::TestApp;

testkit::stories!(features();
    every_night_has_one_backup, a_drill_follows_and_leaves_nothing_behind, a_broken_backup_fails_its_drill_and_whoever_looks_after_it_is_told,
    old_backups_go_and_others_files_stay, nothing_happens_where_it_is_off, without_a_folder_a_drill_makes_its_own);

fn features() -> Vec<web::Feature> {
    vec![people::feature(), backups::feature()]
}

fn every_night_has_one_backup(t: &TestApp) {
    open(t);
    t.run_jobs();
    // a program that is started at noon makes up for the night it has missed
    assert_eq!((runs(t).len(), files(t).len()), (1, 1));
    let run = &runs(t)[0];
    assert_eq!((run.kind, run.outcome, run.asked_by.as_str()), (Kind::Backup, Outcome::Done, ""));
    assert!(run.bytes > 0 && run.records > 0 && !run.audit_ends.is_empty(), "{run:?}");
    assert_eq!(run.file, files(t)[0]);
    at(t, 2);
    t.run_jobs();
    let backups = || runs(t).iter().filter(|r| r.kind == Kind::Backup).count();
    assert_eq!(backups(), 1, "not before three");
    at(t, 3);
    for _ in 0..4 {
        t.run_jobs();
        t.advance(HOUR);
    }
    assert_eq!((backups(), files(t).len()), (2, 2));
}

fn a_drill_follows_and_leaves_nothing_behind(t: &TestApp) {
    open(t);
    t.run_jobs();
    t.advance(HOUR);
    t.run_jobs();
    let all = runs(t);
    assert_eq!((all.len(), all[1].kind, all[1].outcome), (2, Kind::Drill, Outcome::Done), "{:?}", all[1].why);
    assert_eq!((all[1].records, all[1].file.as_str()), (all[0].records, all[0].file.as_str()));
    assert!(!t.test.db.folder().join("drill").exists());
    // not again before thirty days are over
    for _ in 0..29 {
        t.advance(DAY);
        t.run_jobs();
        t.run_jobs();
    }
    let drills = || runs(t).iter().filter(|r| r.kind == Kind::Drill).count();
    assert_eq!(drills(), 1);
    t.advance(2 * DAY);
    t.run_jobs();
    t.advance(HOUR);
    t.run_jobs();
    assert_eq!(drills(), 2);
}

fn a_broken_backup_fails_its_drill_and_whoever_looks_after_it_is_told(t: &TestApp) {
    open(t);
    let person = caretaker(t);
    t.run_jobs();
    assert_eq!(unread(t, person), 0);
    let file = folder(t).join(&files(t)[0]);
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    std::fs::write(&file, bytes).unwrap();
    t.advance(HOUR);
    t.run_jobs();
    let drill = runs(t).pop().unwrap();
    assert_eq!((drill.kind, drill.outcome), (Kind::Drill, Outcome::Failed));
    assert!(!drill.why.is_empty());
    assert_eq!(unread(t, person), 1);
    assert!(!t.test.db.folder().join("drill").exists());
    // and the city goes on
    assert_eq!(runs(t)[0].outcome, Outcome::Done);
}

fn old_backups_go_and_others_files_stay(t: &TestApp) {
    open(t);
    set(t, &Plan { days: 3, months: 0, drill_days: 0, ..Plan::default() });
    std::fs::create_dir_all(folder(t)).unwrap();
    std::fs::write(folder(t).join("620200-20200101-030000.tar.zst"), "somebody else's").unwrap();
    for _ in 0..6 {
        t.run_jobs();
        t.advance(DAY);
    }
    t.run_jobs();
    assert_eq!(files(t).len(), 3 + 1, "{:?}", files(t));
    assert!(folder(t).join("620200-20200101-030000.tar.zst").exists());
    let named: Vec<_> = runs(t).iter().filter(|r| !r.file.is_empty()).map(|r| r.file.clone()).collect();
    assert_eq!(named, files(t)[1..], "what is listed as there is there");
}

fn nothing_happens_where_it_is_off(t: &TestApp) {
    open(t);
    set(t, &Plan { on: false, ..Plan::default() });
    t.run_jobs();
    t.advance(DAY);
    t.run_jobs();
    assert_eq!((runs(t).len(), files(t).len()), (0, 0));
}

fn without_a_folder_a_drill_makes_its_own(t: &TestApp) {
    open(t);
    backups::bring(&t.city, backups::Setup { folder: None, migrations: t.app.migrations() });
    t.run_jobs();
    assert_eq!(runs(t).len(), 0);
    let admin = t.member("系统管理员", vec![testkit::whole_city(kernel::policy::Role::SystemAdmin)]);
    admin.submit("/admin/backups", "/admin/backups", &[("kind", "backup")]).expect(409);
    admin.submit("/admin/backups", "/admin/backups", &[("kind", "drill")]).expect(303);
    t.run_jobs();
    let run = runs(t).pop().unwrap();
    assert_eq!((run.outcome, run.asked_by.as_str()), (Outcome::Done, "系统管理员"), "{}", run.why);
    assert_eq!(files(t).len(), 0);
    assert!(!t.test.db.folder().join("drill").exists());
}
