//! The point of erasing: when the time of what people left is over, nothing of it can be found on the disk, and the city still
//! counts what it counted.

use crate::at_rest::{LEFT, use_it};
use demo::pictures::{Problem, Shot, Stage, draw};
use kernel::id::Id;
use kernel::time::DAY;
use std::path::PathBuf;
use store::audit::Verdict;
use store::files::{self, File, Files, Left};
use store::{Query, Tx};
use testkit::{TestApp, engines};
use web::keep::Keeps;

/// A word that stands in what somebody wrote, and goes into the search index as it is.
const SAID: &str = "zhaoqingxiao";
/// One that somebody said at the door, which is not sealed.
const HEARD: &str = "qianduoduozhu";

fn value<T: store::Column + Send + 'static>(app: &TestApp, query: &str) -> T {
    let query = Query::<(T,)>::new(query);
    app.test.db.read_now(move |tx| Ok(tx.query(&query)?.remove(0).0)).unwrap()
}

fn run(app: &TestApp) -> keeping::model::Run {
    let keeps = app.city.kept::<Keeps>().unwrap();
    keeping::run::run(&app.test.db, &app.test.ctx_system(), &keeps, false).unwrap().unwrap()
}

/// Closes everything, as of now.
fn close(app: &TestApp) {
    let now = app.test.db.now().0;
    let closed = format!("update case_file set state = 'closed', closed_at = {now}");
    store::db::tamper(&app.test.location, &closed).unwrap();
}

#[test]
fn what_was_erased_is_not_on_the_disk() {
    for engine in engines() {
        let app = crate::program(engine);
        app.test.leave_jobs();
        use_it(&app);
        let words = format!("{SAID} 说路灯不亮");
        let said = [
            ("description", words.as_str()),
            ("address", "新华南路"),
            ("reporter", "李报事"),
            ("phone", "13893712345"),
        ];
        app.public().submit("/report", "/report", &said).expect(303);
        let id: i64 = value(&app, "select max(id) from case_file");
        let heard = format!(
            "insert into case_voice (id, case_id, round, fixed, words, tie, voter, device, origin, said_at, version)
             values (7, {id}, 1, 1, '{HEARD} 看见了', 'near', 'voterhash', 'devicehash', 'originhash', 1, 1)"
        );
        store::db::tamper(&app.test.location, &heard).unwrap();
        store::db::tamper(&app.test.location, "update suggestion set answer = 'ok', answered_at = 1")
            .unwrap();
        assert_eq!(
            app.test.plain_on_disk(&[SAID, HEARD]),
            [SAID, HEARD],
            "{engine:?}: there is something to erase"
        );
        let link = format!("/r/{}", cases::open::token(app.test.db.secrets(), Id::new(id)));
        app.public().get(&link).expect(200);

        // what goes on does not go, however old
        let before: i64 = value(&app, "select count(*) from case_file");
        app.advance(1100 * DAY);
        let nothing = run(&app);
        assert!(!nothing.counts.0.contains_key("case-reporter"), "{engine:?}: {:?}", nothing.counts);
        close(&app);
        app.advance(1100 * DAY);
        let done = run(&app);
        for (key, count) in [("case-reporter", before), ("case-words", before)] {
            assert_eq!(done.counts.0.get(key), Some(&count), "{engine:?} {key}: {:?}", done.counts);
        }
        assert_eq!(
            app.test.plain_on_disk(&[SAID, HEARD, "voterhash", "devicehash", "originhash"]),
            Vec::<&str>::new()
        );
        assert_eq!(app.test.plain_on_disk(LEFT), Vec::<&str>::new());
        assert_eq!(value::<i64>(&app, "select count(*) from case_file"), before, "cases stay");
        for table in ["case_reporter", "case_follower"] {
            assert_eq!(value::<i64>(&app, &format!("select count(*) from {table}")), 0, "{table}");
        }
        let words = "select count(*) from case_file where description <> '' or title like '%路灯%'";
        assert_eq!(value::<i64>(&app, words), 0, "{engine:?}: a title that repeats the words goes with them");
        assert_eq!(
            value::<i64>(&app, "select count(*) from suggestion where body <> '' or contact is not null"),
            0
        );
        app.public().get(&link).expect(410);
        let verdict = app.test.db.read_now(store::audit::verify).unwrap();
        assert!(matches!(verdict, Verdict::Whole { .. }), "{engine:?}: {verdict:?}");

        // once is enough
        assert_eq!(run(&app).total(), 0);
    }
}

/// The same photograph, sent with two cases.
fn photo(app: &TestApp, number: usize) -> Id<File> {
    let shot = Shot { problem: Problem::Rubbish, seed: 3, stage: Stage::Before, hour: 10, month: 5 };
    let received = Files::of(&app.test.db).receive_now(&*draw(&shot), 10_000_000).unwrap();
    app.public()
        .submit("/report", "/report", &[("description", &*format!("垃圾 {number}")), ("address", "新华南路")])
        .expect(303);
    let ctx = app.test.ctx_system();
    let inner = ctx.clone();
    let add = move |tx: &mut Tx<'_>| {
        let file = files::adopt(tx, &inner, &received, "IMG_wangxiaoming.jpg")?;
        let case =
            tx.query(&Query::<(Id<cases::model::Case>,)>::new("select max(id) from case_file"))?.remove(0).0;
        cases::store::add_photo(tx, case, file, cases::model::PhotoKind::Before, &inner)?;
        Ok(file)
    };
    let file = app.test.db.write_now(&ctx, add).unwrap();
    app.run_jobs();
    file
}

fn row(app: &TestApp, file: Id<File>) -> files::StoredFile {
    app.test.db.read_now(move |tx| files::get(tx, file)).unwrap()
}

#[test]
fn originals_go_first_then_pictures_and_nothing_that_another_case_shows() {
    for engine in engines() {
        let app = crate::program(engine);
        app.test.leave_jobs();
        let first = photo(&app, 1);
        let sha256 = row(&app, first).sha256;
        let sealed: PathBuf = ["files", "sealed", &sha256[..2], &sha256[2..4], &sha256].iter().collect();
        let sealed = app.test.folder().join(sealed);
        close(&app);
        app.advance(300 * DAY);
        let second = photo(&app, 2);
        assert_eq!(row(&app, second).sha256, sha256);
        app.advance(100 * DAY);

        assert_eq!(run(&app).counts.0.get("case-originals"), Some(&1), "{engine:?}");
        assert!(sealed.is_file(), "the open case still has it");
        let gone = row(&app, first);
        assert_eq!(
            (gone.kept, gone.erasing, gone.name.as_str(), gone.camera.clone()),
            (Left::Pictures, false, "", None)
        );
        assert_eq!(row(&app, second).kept, Left::All);
        let shown = Files::of(&app.test.db).open_shown(&gone, files::Size::Thumb);
        assert!(shown.is_ok(), "the picture is still shown");
        let ctx = app.test.ctx_system();
        let opened =
            app.test.db.write_now(&ctx.clone(), move |tx| files::open_sealed(tx, &ctx, first).map(drop));
        assert_eq!(opened.unwrap_err().code, "file-erased");

        close(&app);
        app.advance(400 * DAY);
        assert_eq!(run(&app).counts.0.get("case-originals"), Some(&1), "{engine:?}");
        assert!(!sealed.exists(), "nobody needs it any more");
        app.advance(1500 * DAY);
        assert_eq!(run(&app).counts.0.get("case-pictures"), Some(&2), "{engine:?}");
        let gone = row(&app, second);
        assert_eq!((gone.kept, gone.erasing), (Left::Nothing, false));
        assert_eq!(
            Files::of(&app.test.db).open_shown(&gone, files::Size::Full).map(drop).unwrap_err().code,
            "file-erased"
        );
        let account = files::verify::files(&app.test.db).unwrap();
        assert_eq!((account.faults.len(), account.unknown.len(), account.pieces), (0, 0, 0), "{account:?}");
    }
}

/// Recordings that are kept.
fn voices(app: &TestApp) -> i64 {
    value(app, "select count(*) from case_recording where erased = 0")
}

#[test]
fn a_voice_goes_half_a_year_after_its_case() {
    for engine in engines() {
        let app = crate::program(engine);
        app.test.leave_jobs();
        let sound = sound::samples::ogg(2000, false);
        let send = || {
            let fields = [("address", "新华南路 12 号"), ("phone", "13893712345")];
            app.public().upload("/report", "/report", &fields, &[("recording", "a.ogg", &sound)]).expect(303);
            app.run_jobs();
        };
        send();
        let sha256: String = value(&app, "select sha256 from file where media_type = 'audio/ogg'");
        let sealed: PathBuf = ["files", "sealed", &sha256[..2], &sha256[2..4], &sha256].iter().collect();
        let sealed = app.test.folder().join(sealed);
        assert!(sealed.is_file());

        // what goes on does not go, however old
        app.advance(400 * DAY);
        assert!(!run(&app).counts.0.contains_key("case-recordings"), "{engine:?}");
        close(&app);
        // the same words again, of a case that is open
        send();
        app.advance(183 * DAY);
        assert!(!run(&app).counts.0.contains_key("case-recordings"), "{engine:?}");
        app.advance(2 * DAY);
        assert_eq!(run(&app).counts.0.get("case-recordings"), Some(&1), "{engine:?}");
        assert!(sealed.is_file() && voices(&app) == 1, "the open case has its own");
        close(&app);
        app.advance(185 * DAY);
        assert_eq!(run(&app).counts.0.get("case-recordings"), Some(&1), "{engine:?}");
        assert!(!sealed.exists() && voices(&app) == 0);
        let account = files::verify::files(&app.test.db).unwrap();
        assert_eq!((account.faults.len(), account.unknown.len(), account.pieces), (0, 0, 0), "{account:?}");
        assert_eq!(run(&app).total(), 0, "once is enough");
    }
}
