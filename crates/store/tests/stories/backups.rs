//! Backups, taken while the city works, restored on the same engine and on the other one.

use super::{files, searching};
use kernel::id::Id;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use store::audit::{self, Verdict};
use store::backup::{self, Manifest};
use store::files::{FileState, Files, Size};
use store::jobs::Toolbox;
use store::{Db, Event, Location, Migration, Options};
use testkit::{Engine, TestDb, both_engines, engines};

const UNITS: &[Migration] = &[Migration {
    area: "test",
    number: 1,
    sql: "create table unit_of_test (id BIGINT primary key, parent_id BIGINT references unit_of_test (id), share DOUBLE, mark BYTES);
          create table a_person_of_test (id BIGINT primary key, unit_id BIGINT not null references unit_of_test (id), name TEXT);
          insert into unit_of_test (id, parent_id, share) values (1, null, 0.1)",
}];

both_engines!(UNITS;
    a_backup_under_load_is_whole_on_both_engines, a_damaged_backup_is_refused, a_restore_overwrites_nothing,
    a_newer_program_s_backup_is_refused,
);

/// What a restore makes, removed when the test ends.
struct Restored {
    db: Db,
    location: Location,
    _folder: tempfile::TempDir,
}

impl Drop for Restored {
    fn drop(&mut self) {
        store::db::destroy(&self.location).unwrap();
    }
}

fn restore(t: &TestDb, file: &std::path::Path, engine: Engine) -> Restored {
    let folder = tempfile::tempdir().unwrap();
    let location = engine.new_location(folder.path());
    store::sealed::bring(&t.folder().join(store::sealed::KEY_FILE), folder.path()).unwrap();
    backup::restore(file, &location, folder.path(), UNITS, t.db.now()).unwrap();
    let db = Db::open(location.clone(), folder.path(), t.db.clock(), UNITS, Options::default()).unwrap();
    Restored { db, location, _folder: folder }
}

fn fill(t: &TestDb) {
    // an index entry that was replaced must not come back
    t.db.write_now(&t.ctx_system(), |tx| tx.index_words(Id::<()>::new(1), "井盖 破损")).unwrap();
    searching::fill(t);
    t.db.write_now(&t.ctx_system(), |tx| {
        tx.housekeeping();
        for id in 2..2000_i64 {
            tx.exec(
                store::sql!("insert into setting (name, value, changed_at) values ($1, $2, 0)"),
                &[&format!("s{id}"), &"多行\n\"引号\" \\ $1"],
            )?;
        }
        for _ in 0..3 {
            tx.next_number("CASE-2026")?;
        }
        tx.next_number("督查-2026").map(drop)
    })
    .unwrap();
    let rows: Vec<String> = (2..900).map(|id| format!("({id}, {}, 1.0 / {id})", id / 2)).collect();
    store::db::tamper(
        &t.location,
        &format!("insert into unit_of_test (id, parent_id, share) values {}", rows.join(", ")),
    )
    .unwrap();
    store::db::tamper(
        &t.location,
        "insert into a_person_of_test (id, unit_id, name) values (1, 7, '王''工')",
    )
    .unwrap();
}

type Contents = (Vec<(String, i64)>, Vec<(i64, Option<i64>, Option<f64>)>);

/// Rows whose values an engine might change on the way: line breaks, quotes, doubles.
fn contents(db: &Db) -> Contents {
    db.read_now(|tx| {
        let settings = tx.query(&store::Query::<(String, String, i64)>::new(
            "select name, value, changed_at from setting order by name",
        ))?;
        let units = tx.query(&store::Query::<(i64, Option<i64>, Option<f64>)>::new(
            "select id, parent_id, share from unit_of_test order by id",
        ))?;
        Ok((settings.into_iter().map(|(n, v, c)| (n + &v, c)).collect(), units))
    })
    .unwrap()
}

fn a_backup_under_load_is_whole_on_both_engines(t: &TestDb) {
    fill(t);
    let shown = files::upload(t, &files::jpeg(1, 200), "a.jpg");
    t.run_jobs(&[]);
    let waiting = files::upload(t, &files::jpeg(2, 200), "b.jpg");
    let before = contents(&t.db);

    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let (db, ctx, stop) = (t.db.clone(), t.ctx_system(), Arc::clone(&stop));
            let done = Arc::clone(&done);
            thread::spawn(move || {
                let mut n = 0_i64;
                while !stop.load(Ordering::Relaxed) {
                    let by = ctx.clone();
                    db.write_now(&ctx, move |tx| {
                        tx.next_number("LOAD")?;
                        tx.record(&by, Event::new("test.load", Id::<()>::new(n)).text("负载"))
                    })
                    .unwrap();
                    n += 1;
                    done.fetch_add(1, Ordering::Relaxed);
                }
                n
            })
        })
        .collect();
    // by what was written and not by the clock: this machine may be busy
    let until = |n: usize| {
        while done.load(Ordering::Relaxed) < n {
            thread::sleep(std::time::Duration::from_millis(5));
        }
    };
    until(30);
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("city.tar.zst");
    let manifest = backup::write(&t.db, &t.city, &file).unwrap();
    until(done.load(Ordering::Relaxed) + 10);
    stop.store(true, Ordering::Relaxed);
    let written: i64 = writers.into_iter().map(|w| w.join().unwrap()).sum();
    let links = manifest.tables["audit"];
    assert!(
        links > 10 && i64::try_from(links).unwrap() < written,
        "{links} of {written}: the load did not overlap"
    );
    assert_eq!(backup::inspect(&file).unwrap(), manifest);
    assert_eq!(manifest.begin.city, "620200");

    for engine in engines() {
        let restored = restore(t, &file, engine);
        check(t, &restored, &manifest);
        assert_eq!(contents(&restored.db), before);
        let files = Files::of(&restored.db);
        let row = restored.db.read_now(move |tx| store::files::get(tx, shown)).unwrap();
        assert!(files.open_shown(&row, Size::Thumb).unwrap().bytes > 100);
        // what waited goes on waiting, and is examined there
        let jobs = store::jobs::Jobs::new(restored.db.clone(), t.city.clone(), &[], &[], Toolbox::default())
            .unwrap();
        assert_eq!(jobs.run_all_due().unwrap(), 1);
        let file = restored.db.read_now(move |tx| store::files::get(tx, waiting)).unwrap();
        assert_eq!(file.state, FileState::Ready);
        assert_eq!(restored.db.secrets().token("x", 1), t.db.secrets().token("x", 1));
        assert_eq!(restored.db.shape().unwrap(), t.db.shape().unwrap());
    }
    t.leave_jobs();
}

fn check(t: &TestDb, restored: &Restored, manifest: &Manifest) {
    let verdict = restored.db.read_now(audit::verify).unwrap();
    assert!(
        matches!(verdict, Verdict::Whole { links, .. } if links == manifest.tables["audit"]),
        "{verdict:?}"
    );
    for (table, rows) in &manifest.tables {
        let count = format!("select count(*) from {table}");
        let found =
            restored.db.read_now(move |tx| tx.query(&store::Query::<(i64,)>::new(&count))).unwrap()[0].0;
        assert_eq!(u64::try_from(found).unwrap(), *rows, "{table}");
    }
    // the city goes on: numbers and ids follow those given out, and the words are found
    let ctx = t.ctx_system();
    let by = ctx.clone();
    let (number, other, id) = restored
        .db
        .write_now(&ctx, move |tx| {
            let id = tx.new_id::<()>();
            tx.record(&by, Event::new("test.after", id))?;
            Ok((tx.next_number("CASE-2026")?, tx.next_number("督查-2026")?, id.raw()))
        })
        .unwrap();
    assert_eq!((number, other), (4, 2));
    let repeated = restored.db.read_now(move |tx| {
        tx.value(
            store::sql!((i64,): "select count(*) from audit where id = $1 and verb <> 'test.after'"),
            &[&id],
        )
    });
    assert_eq!(repeated.unwrap(), 0);
    assert!(matches!(restored.db.read_now(audit::verify).unwrap(), Verdict::Whole { .. }));
    searching::check_on(&restored.db);
    assert!(searching::find(&restored.db, "井盖").is_empty());
}

fn small_backup(t: &TestDb) -> (tempfile::TempDir, PathBuf) {
    searching::fill(t);
    let ctx = t.ctx_system();
    t.db.write_now(&ctx.clone(), move |tx| tx.record(&ctx, Event::city("test.done").text("x"))).unwrap();
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("city.tar.zst");
    backup::write(&t.db, &t.city, &file).unwrap();
    assert_eq!(backup::write(&t.db, &t.city, &file).unwrap_err().code, "backup-exists");
    (place, file)
}

fn a_damaged_backup_is_refused(t: &TestDb) {
    let (place, file) = small_backup(t);
    let whole = std::fs::read(&file).unwrap();
    let damaged = place.path().join("damaged");
    for cut in [0, 10, whole.len() / 2, whole.len() - 30] {
        std::fs::write(&damaged, &whole[..cut]).unwrap();
        let problem = backup::inspect(&damaged).unwrap_err();
        assert_eq!((problem.status, problem.code), (422, "backup-broken"), "cut at {cut}");
    }
    // a changed row inside a well-formed archive
    let mut plain = zstd::decode_all(whole.as_slice()).unwrap();
    let at = plain.windows(9).position(|w| w == b"test.done").unwrap();
    plain[at] = b'b';
    std::fs::write(&damaged, zstd::encode_all(plain.as_slice(), 1).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let location = t.engine.new_location(folder.path());
    store::sealed::bring(&t.folder().join(store::sealed::KEY_FILE), folder.path()).unwrap();
    let problem = backup::restore(&damaged, &location, folder.path(), UNITS, t.db.now()).unwrap_err();
    assert_eq!(problem.code, "backup-broken");
    assert!(!folder.path().join("files").exists() && !folder.path().join("secret.key").exists());

    // a log that was broken before the backup is refused after loading, and no city stays behind
    store::db::tamper(&t.location, "update audit set verb = 'test.bone'").unwrap();
    let broken = place.path().join("broken.tar.zst");
    backup::write(&t.db, &t.city, &broken).unwrap();
    let problem = backup::restore(&broken, &location, folder.path(), UNITS, t.db.now()).unwrap_err();
    assert_eq!(problem.code, "audit-broken");
    assert!(!folder.path().join("secret.key").exists());
    let restored = backup::restore(&file, &location, folder.path(), UNITS, t.db.now());
    assert!(restored.is_ok(), "after a refused restore the place is empty: {restored:?}");
    store::db::destroy(&location).unwrap();
}

fn a_restore_overwrites_nothing(t: &TestDb) {
    let (_place, file) = small_backup(t);
    let folder = tempfile::tempdir().unwrap();
    let onto = backup::restore(&file, &t.location, folder.path(), UNITS, t.db.now());
    assert_eq!(onto.unwrap_err().code, "restore-target-not-empty");
    let beside = backup::restore(&file, &t.engine.new_location(folder.path()), t.folder(), UNITS, t.db.now());
    assert_eq!(beside.unwrap_err().code, "restore-target-not-empty");
    searching::check(t);
}

fn a_newer_program_s_backup_is_refused(t: &TestDb) {
    let (_place, file) = small_backup(t);
    let folder = tempfile::tempdir().unwrap();
    let location = t.engine.new_location(folder.path());
    let older = backup::restore(&file, &location, folder.path(), &[], t.db.now()).unwrap_err();
    assert_eq!((older.status, older.code), (422, "backup-too-new"));
}
