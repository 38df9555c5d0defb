//! Personal data at rest: nothing plain in the files, rows of before, keys that rotate, keys that are lost.

use kernel::id::Id;
use kernel::time::HOUR;
use std::path::Path;
use store::sealed::{Algorithm, KEY_FILE, rotate, uses};
use store::{Db, Event, Location, Marked, Migration, Options, Sealed, Tx, record, sealed_columns, sql};
use testkit::{Engine, TestDb, both_engines};

pub(crate) const PERSON: &[Migration] = &[Migration {
    area: "test",
    number: 1,
    sql: "create table person_of_test (id BIGINT primary key, phone TEXT not null, phone_mark TEXT, mail TEXT, version BIGINT not null);
          create index person_of_test_mark on person_of_test (phone_mark)",
}];

sealed_columns! {
    PersonPhone = "person_of_test"."phone" of "id", mark phone "phone_mark";
    PersonMail = "person_of_test"."mail" of "id";
}

record! {
    #[derive(Clone, Debug, PartialEq)]
    struct Person in "person_of_test" {
        id: Id<()>,
        phone: Sealed<PersonPhone>,
        phone_mark: Marked<PersonPhone>,
        mail: Option<Sealed<PersonMail>>,
        version: i64,
    }
}

both_engines!(PERSON;
    a_row_is_sealed_and_found, what_is_moved_or_changed_does_not_open, nothing_is_written_past_the_door,
    rows_of_before_are_sealed_at_the_next_start, keys_rotate_while_the_city_works,
    a_city_without_its_keys_says_which, a_backup_has_no_keys,
);

const PHONE: &str = "13893712345";
const MAIL: &str = "wang.test@example.cn";

fn person(id: i64, phone: &str) -> Person {
    Person {
        id: Id::new(id),
        phone: phone.into(),
        phone_mark: Marked::default(),
        mail: Some(MAIL.into()),
        version: 1,
    }
}

fn write<T: Send + 'static>(
    db: &Db,
    ctx: &kernel::ctx::Ctx,
    work: impl FnOnce(&mut Tx<'_>) -> T + Send + 'static,
) -> T {
    let ctx2 = ctx.clone();
    db.write_now(ctx, move |tx| {
        tx.record(&ctx2, Event::city("test.written"))?;
        Ok(work(tx))
    })
    .unwrap()
}

fn read(db: &Db, id: i64) -> kernel::problem::Result<Option<Person>> {
    db.read_now(move |tx| tx.one(sql!(Person: "select {*} from person_of_test where id = $1"), &[&id]))
}

/// Whether a text stands in the clear in anything the city keeps: on SQLite in its files, on PostgreSQL in any row.
fn stands_plain(t: &TestDb, text: &str) -> bool {
    match &t.location {
        Location::Embedded { file } => ["", "-wal"].iter().any(|end| {
            let bytes = std::fs::read(format!("{}{end}", file.display())).unwrap_or_default();
            bytes.windows(text.len()).any(|w| w == text.as_bytes())
        }),
        Location::Server { .. } => {
            let (columns, _) = t.db.shape().unwrap();
            let text = format!("%{text}%");
            columns.iter().filter(|c| c.kind == "TEXT").any(|c| {
                let mut query = store::Query::<(i64,)>::new(&format!(
                    "select count(*) from {} where {} like ",
                    c.table, c.column
                ));
                query.tail("?", &[&text]);
                t.db.read_now(move |tx| Ok(tx.query(&query)?[0].0 > 0)).unwrap()
            })
        }
    }
}

fn a_row_is_sealed_and_found(t: &TestDb) {
    write(&t.db, &t.ctx_system(), |tx| {
        for (id, phone) in [(1, PHONE), (2, "0937-6226666"), (3, "")] {
            tx.insert(&person(id, phone)).unwrap();
        }
    });
    assert_eq!(read(&t.db, 1).unwrap().unwrap(), person(1, PHONE));
    assert_eq!(read(&t.db, 3).unwrap().unwrap().phone.as_str(), "");
    for (asked, found) in [("+86 138 9371 2345", vec![1]), ("0937 6226666", vec![2]), ("13893712346", vec![])]
    {
        let ids = t.db.read_now(move |tx| {
            let mark = tx.mark::<PersonPhone>(asked)?;
            tx.all(sql!((i64,): "select id from person_of_test where phone_mark = $1"), &[&mark])
        });
        assert_eq!(ids.unwrap().into_iter().map(|(id,)| id).collect::<Vec<_>>(), found, "{asked}");
    }
    write(&t.db, &t.ctx_system(), |tx| {
        let mut changed = person(1, "13800138000");
        changed.mail = None;
        tx.save(&changed).unwrap();
    });
    let now = read(&t.db, 1).unwrap().unwrap();
    assert_eq!((now.phone.as_str(), now.mail, now.version), ("13800138000", None, 2));
    for text in [PHONE, "13800138000", "6226666", MAIL] {
        assert!(!stands_plain(t, text), "{text}");
    }
    assert!(!format!("{:?}", person(1, PHONE)).contains(PHONE), "what is logged is not what is sealed");
    // the search itself would find a plain one
    store::db::tamper(&t.location, "update person_of_test set phone = '13911112222' where id = 2").unwrap();
    assert!(stands_plain(t, "13911112222"));
}

fn what_is_moved_or_changed_does_not_open(t: &TestDb) {
    write(&t.db, &t.ctx_system(), |tx| {
        tx.insert(&person(1, PHONE)).unwrap();
        tx.insert(&person(2, "13800138000")).unwrap();
    });
    for forged in [
        "(select phone from person_of_test where id = 2)",
        "(select mail from person_of_test where id = 1)",
        "substr(phone, 1, 20)",
        "'13893712345'",
        "phone || 'A'",
    ] {
        let kept = t
            .db
            .read_now(|tx| tx.value(sql!((String,): "select phone from person_of_test where id = 1"), &[]));
        store::db::tamper(&t.location, &format!("update person_of_test set phone = {forged} where id = 1"))
            .unwrap();
        let problem = read(&t.db, 1).unwrap_err();
        assert!(problem.detail.unwrap().contains("person_of_test.phone of row 1"), "{forged}");
        let kept = kept.unwrap();
        store::db::tamper(&t.location, &format!("update person_of_test set phone = '{kept}' where id = 1"))
            .unwrap();
    }
    assert_eq!(read(&t.db, 1).unwrap().unwrap(), person(1, PHONE));
}

fn nothing_is_written_past_the_door(t: &TestDb) {
    let ctx = t.ctx_system();
    let problem =
        t.db.write_now(&ctx, |tx| {
            tx.housekeeping();
            let phone = Sealed::<PersonPhone>::from(PHONE);
            tx.exec(sql!("insert into person_of_test (id, phone, version) values (9, $1, 1)"), &[&phone])
        })
        .unwrap_err();
    assert!(problem.detail.unwrap().contains("unsealed"));
    assert!(read(&t.db, 9).unwrap().is_none());
}

/// Opens the city once more, as the next start does.
fn again(t: &TestDb, options: Options) -> kernel::problem::Result<Db> {
    Db::open(t.location.clone(), t.folder(), t.db.clock(), PERSON, options)
}

fn few() -> Options {
    Options { readers: 1, writers: 1, ..Options::default() }
}

fn rows_of_before_are_sealed_at_the_next_start(t: &TestDb) {
    let rows: Vec<String> =
        (1..=1200).map(|id| format!("({id}, '1389371{id:04}', null, '{MAIL}', 1)")).collect();
    let text = format!(
        "insert into person_of_test (id, phone, phone_mark, mail, version) values {}",
        rows.join(", ")
    );
    store::db::tamper(&t.location, &text).unwrap();
    store::db::tamper(&t.location, "delete from sealed_column where name like 'person%'").unwrap();
    // an index made by a program that did not know what to leave out
    write(&t.db, &t.ctx_system(), |tx| tx.index_words(Id::<()>::new(77), "井盖 破损").unwrap());
    let raw = match t.engine {
        Engine::Embedded => "insert into word_index (rowid, words) values (78, '路灯 13893710001 熄灭')",
        Engine::Server => {
            "insert into word_index (id, words) values (78, to_tsvector('simple', '路灯 13893710001 熄灭'))"
        }
    };
    store::db::tamper(&t.location, raw).unwrap();
    assert!(stands_plain(t, "13893710001") && stands_plain(t, MAIL));
    // a program that died half-way has sealed the first rows
    let one = t.db.read_now(|tx| {
        Ok((tx.unseal::<PersonPhone>(1, "").unwrap(), tx.mark::<PersonPhone>("13893710001")?.unwrap()))
    });
    assert_eq!(one.unwrap().0, "");

    let db = again(t, few()).unwrap();
    let found = read(&db, 1200).unwrap().unwrap();
    assert_eq!((found.phone.as_str(), found.mail.unwrap().as_str()), ("13893711200", MAIL));
    let marked = db.read_now(|tx| {
        let mark = tx.mark::<PersonPhone>("13893710700")?;
        tx.value(sql!((i64,): "select id from person_of_test where phone_mark = $1"), &[&mark])
    });
    assert_eq!(marked.unwrap(), 700);
    assert!(!stands_plain(t, "1389371") && !stands_plain(t, MAIL));
    let words = |asked: &'static str| {
        db.read_now(move |tx| {
            let (condition, value) = tx.words_condition("id", asked).unwrap();
            let mut query =
                store::Query::<(i64,)>::new("select id from (select 77 as id union select 78 as id) as x");
            query.filter(&condition, &[&value]);
            tx.query(&query)
        })
        .unwrap()
    };
    assert_eq!(words("路灯"), [(78,)], "the other words stay");
    assert_eq!(words("13893710001"), []);
    // and once only
    let before = stored(&db, 5);
    drop(again(t, few()).unwrap());
    assert_eq!(stored(&db, 5), before);
}

fn stored(db: &Db, id: i64) -> String {
    db.read_now(move |tx| tx.value(sql!((String,): "select phone from person_of_test where id = $1"), &[&id]))
        .unwrap()
}

fn keys_rotate_while_the_city_works(t: &TestDb) {
    write(&t.db, &t.ctx_system(), |tx| {
        for id in 1..=450 {
            tx.insert(&person(id, PHONE)).unwrap();
        }
    });
    let other = again(t, few()).unwrap();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let busy = {
        let (db, ctx, stop) = (other.clone(), t.ctx_system(), std::sync::Arc::clone(&stop));
        std::thread::spawn(move || {
            let mut count = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) || count < 50 {
                let id = 1 + count % 450;
                let mut row = read(&db, id).unwrap().unwrap();
                assert_eq!(row.phone.as_str(), PHONE);
                row.mail = Some("changed@example.cn".into());
                // somebody may have saved it in between, never anything else
                let saved = write(&db, &ctx, move |tx| tx.save(&row));
                assert!(saved.is_ok() || saved.unwrap_err().code == "stale");
                write(&db, &ctx, move |tx| tx.insert(&person(1000 + count, PHONE)).unwrap());
                count += 1;
            }
            count
        })
    };
    assert_eq!(rotate(&t.db, &t.ctx_system(), Algorithm::Sm4).unwrap(), 2);
    t.run_jobs(&[]);
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let made = busy.join().unwrap();
    assert!(made >= 50);
    let counts = uses(&t.db).unwrap();
    let numbers: Vec<(u32, i64, bool)> =
        counts.iter().map(|u| (u.card.number, u.texts, u.card.current)).collect();
    assert_eq!(numbers, [(1, 0, false), (2, (450 + made) * 2, true)]);
    assert_eq!(read(&other, 450).unwrap().unwrap().phone.as_str(), PHONE);
    // each row once: a second walk changes nothing
    let before = stored(&t.db, 7);
    tend(t);
    assert_eq!(stored(&t.db, 7), before);
    assert_eq!(t.db.keys().cards().len(), 2, "not before every transaction of then has ended");
    t.clock.advance(2 * HOUR);
    tend(t);
    assert_eq!(t.db.keys().cards().iter().map(|c| c.number).collect::<Vec<_>>(), [2]);
    assert_eq!(read(&other, 1).unwrap().unwrap().phone.as_str(), PHONE);
    for verb in ["keys.rotated", "keys.removed"] {
        let told = t.db.read_now(move |tx| {
            tx.value(sql!((i64,): "select count(*) from audit where verb = $1"), &[&verb])
        });
        assert_eq!(told.unwrap(), 1, "{verb}");
    }
}

fn tend(t: &TestDb) {
    let jobs = t.jobs(&[], &[], store::jobs::Toolbox::default());
    store::db::tamper(&t.location, "delete from job").unwrap();
    jobs.ensure_periodic().unwrap();
    jobs.run_all_due().unwrap();
    store::db::tamper(&t.location, "delete from job").unwrap();
}

fn a_city_without_its_keys_says_which(t: &TestDb) {
    write(&t.db, &t.ctx_system(), |tx| tx.insert(&person(1, PHONE)).unwrap());
    let file = t.folder().join(KEY_FILE);
    let kept = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let problem = again(t, few()).unwrap_err();
    assert_eq!((problem.code, problem.args[0].1.as_str()), ("data-keys-missing", "1"));
    assert!(!file.exists(), "no other key is made in its place");
    let elsewhere = tempfile::tempdir().unwrap();
    let location = t.engine.new_location(elsewhere.path());
    drop(Db::open(location.clone(), elsewhere.path(), t.db.clock(), &[], few()).unwrap());
    std::fs::copy(elsewhere.path().join(KEY_FILE), &file).unwrap();
    assert_eq!(again(t, few()).unwrap_err().code, "data-keys-foreign");
    store::db::destroy(&location).unwrap();
    std::fs::write(&file, kept).unwrap();
    assert_eq!(read(&again(t, few()).unwrap(), 1).unwrap().unwrap().phone.as_str(), PHONE);
}

fn a_backup_has_no_keys(t: &TestDb) {
    write(&t.db, &t.ctx_system(), |tx| tx.insert(&person(1, PHONE)).unwrap());
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("city.tar.zst");
    let manifest = store::backup::write(&t.db, &t.city, &file).unwrap();
    assert_eq!(manifest.data_keys.keys().copied().collect::<Vec<_>>(), [1]);
    let unpacked = zstd::decode_all(std::fs::File::open(&file).unwrap()).unwrap();
    let holds = |text: &str| unpacked.windows(text.len()).any(|w| w == text.as_bytes());
    let key_file = std::fs::read_to_string(t.folder().join(KEY_FILE)).unwrap();
    let key = key_file.split('"').find(|word| word.len() == 64).unwrap().to_owned();
    assert!(holds("person_of_test") && !holds(PHONE) && !holds(&key));

    let restore = |folder: &Path| {
        let location = t.engine.new_location(folder);
        (store::backup::restore(&file, &location, folder, PERSON, t.db.now()), location)
    };
    let empty = tempfile::tempdir().unwrap();
    let problem = restore(empty.path()).0.unwrap_err();
    assert_eq!((problem.code, problem.args[0].1.as_str()), ("data-keys-missing", "1"));
    assert!(problem.detail.unwrap().contains(KEY_FILE));
    store::sealed::bring(&t.folder().join(KEY_FILE), empty.path()).unwrap();
    let (restored, location) = restore(empty.path());
    restored.unwrap();
    let db = Db::open(location.clone(), empty.path(), t.db.clock(), PERSON, few()).unwrap();
    assert_eq!(read(&db, 1).unwrap().unwrap().phone.as_str(), PHONE);
    store::db::destroy(&location).unwrap();
}
