//! Files in a bucket: a storage of a few lines stands in for the real one, which the tests in outside/ speak to.

use super::files::{jpeg, upload};
use kernel::id::Id;
use kernel::time::{DAY, MINUTE};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use store::backup::{self, Reach};
use store::files::moving::{Turn, turn};
use store::files::{
    Bucket, BucketSettings, File, FileState, Files, Place, Size, StoredFile, get, open_sealed, place, verify,
    whereabouts,
};
use testkit::{TestDb, both_engines};

both_engines!(&[];
    ready_files_move_into_the_bucket_and_back, a_storage_that_is_away_delays_nothing, a_dying_program_loses_nothing,
    what_is_not_what_it_was_is_not_moved, shared_bytes_survive_every_order, backups_fetch_what_has_moved,
    a_download_that_breaks_off_goes_on,
);

/// How the storage behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Well,
    Down,
    /// Answers the first half of everything it is asked for, once a request.
    Breaking,
}

struct Shared {
    objects: Mutex<BTreeMap<String, Vec<u8>>>,
    mood: Mutex<Mood>,
    asked: Mutex<Vec<String>>,
}

/// Takes PUT, GET with ranges, DELETE; any signature is good.
struct Storage {
    port: u16,
    shared: Arc<Shared>,
}

impl Storage {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            objects: Mutex::default(),
            mood: Mutex::new(Mood::Well),
            asked: Mutex::default(),
        });
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&own);
                std::thread::spawn(move || serve(&shared, stream));
            }
        });
        Self { port, shared }
    }

    fn bucket(&self) -> Bucket {
        let settings = BucketSettings {
            endpoint: format!("http://127.0.0.1:{}", self.port),
            name: "wm".to_owned(),
            region: "here".to_owned(),
            path_style: true,
            prefix: "p/".to_owned(),
            access_key: "key".to_owned(),
            secret_key: "secret".to_owned(),
            session_token: None,
            authority: None,
        };
        Bucket::new(&settings).unwrap().for_city("620200")
    }

    fn be(&self, mood: Mood) {
        *self.shared.mood.lock() = mood;
    }

    fn keys(&self) -> Vec<String> {
        self.shared.objects.lock().keys().cloned().collect()
    }

    fn change(&self, ending: &str, to: Option<&[u8]>) {
        let mut objects = self.shared.objects.lock();
        let key = objects.keys().find(|key| key.ends_with(ending)).cloned().unwrap();
        match to {
            Some(bytes) => objects.insert(key, bytes.to_vec()),
            None => objects.remove(&key),
        };
    }
}

fn serve(shared: &Shared, stream: TcpStream) {
    let mut out = stream.try_clone().unwrap();
    let mut input = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let mut words = line.split(' ');
        let (method, target) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
        let (mut length, mut from) = (0, None);
        loop {
            let mut header = String::new();
            input.read_line(&mut header).unwrap();
            let header = header.trim_end().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length: ") {
                length = value.parse().unwrap();
            }
            if let Some(value) = header.strip_prefix("range: bytes=") {
                from = Some(value.trim_end_matches('-').parse::<usize>().unwrap());
            }
        }
        let mut body = vec![0; length];
        input.read_exact(&mut body).unwrap();
        let mood = *shared.mood.lock();
        let key = target.split('?').next().unwrap().trim_start_matches("/wm/").to_owned();
        shared.asked.lock().push(format!("{method} {key} {from:?}"));
        if mood == Mood::Down {
            let _ = out.write_all(b"HTTP/1.1 503 Away\r\ncontent-length: 0\r\n\r\n");
            continue;
        }
        let mut objects = shared.objects.lock();
        let (status, answer) = match method.as_str() {
            "PUT" => {
                objects.insert(key, body);
                (200, Vec::new())
            }
            "DELETE" => {
                objects.remove(&key);
                (204, Vec::new())
            }
            _ => match objects.get(&key) {
                Some(bytes) => {
                    let from = from.unwrap_or(0);
                    (if from > 0 { 206 } else { 200 }, bytes[from..].to_vec())
                }
                None => (404, b"<Error><Code>NoSuchKey</Code></Error>".to_vec()),
            },
        };
        drop(objects);
        let head = format!("HTTP/1.1 {status} Said\r\ncontent-length: {}\r\n\r\n", answer.len());
        let half =
            if mood == Mood::Breaking && answer.len() > 1000 { answer.len() / 2 } else { answer.len() };
        if out.write_all(head.as_bytes()).and_then(|()| out.write_all(&answer[..half])).is_err()
            || half < answer.len()
        {
            return;
        }
    }
}

fn row(t: &TestDb, id: Id<File>) -> StoredFile {
    t.db.read_now(move |tx| get(tx, id)).unwrap()
}

fn local(t: &TestDb) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        entries.map(|e| e.unwrap().path()).map(|p| if p.is_dir() { count(&p) } else { 1 }).sum()
    }
    count(&t.folder().join("files/sealed")) + count(&t.folder().join("files/shown"))
}

fn order(t: &TestDb, to: Place) {
    let ctx = t.ctx_system();
    t.db.write_now(&ctx.clone(), move |tx| place::order(tx, &ctx, to)).unwrap();
}

/// Turns until nothing is left; what else ended them.
fn move_all(t: &TestDb) -> Turn {
    loop {
        match turn(&t.db, &t.ctx_system()).unwrap() {
            Turn::More => {}
            ended => return ended,
        }
    }
}

fn original(t: &TestDb, id: Id<File>) -> Vec<u8> {
    let ctx = t.ctx_system();
    let leave = t.db.write_now(&ctx.clone(), move |tx| open_sealed(tx, &ctx, id)).unwrap();
    let mut bytes = Vec::new();
    Files::of(&t.db).open_original(&leave).unwrap().file.read_to_end(&mut bytes).unwrap();
    bytes
}

fn thumb(t: &TestDb, id: Id<File>) -> kernel::problem::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Files::of(&t.db).open_shown(&row(t, id), Size::Thumb)?.file.read_to_end(&mut bytes).unwrap();
    Ok(bytes)
}

fn ready_files_move_into_the_bucket_and_back(t: &TestDb) {
    let before = upload(t, &jpeg(1, 300), "before.jpg");
    t.run_jobs(&[]);
    let storage = Storage::start();
    t.db.use_bucket(storage.bucket());
    let (picture, video) = (jpeg(2, 300), b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".repeat(3000));
    let (after, moving) = (upload(t, &picture, "after.jpg"), upload(t, &video, "积水.mp4"));
    let refused = upload(t, b"no picture", "x.jpg");
    t.run_jobs(&[]);
    // the examination of a new one wakes the mover, who takes what was there before too
    assert_eq!(storage.keys().len(), 7, "{:?}", storage.keys());
    assert!(storage.keys().iter().all(|key| key.starts_with("p/620200/")));
    assert_eq!((local(t), row(t, refused).place), (0, Place::Folder));
    for id in [before, after, moving] {
        let file = row(t, id);
        assert_eq!((file.place, file.leftover, file.state), (Place::S3, false, FileState::Ready));
    }
    assert_eq!((original(t, after), original(t, moving)), (picture.clone(), video.clone()));
    let seen = thumb(t, before).unwrap();
    let found = t.db.read_now(|tx| whereabouts(tx, true)).unwrap();
    assert_eq!((found.wanted, found.in_s3, found.in_folder, found.waiting), (Place::S3, 3, 0, 0));
    let account = verify::files(&t.db);
    // the stand-in tells no lists
    assert_eq!(account.unwrap_err().code, "files-away");

    order(t, Place::Folder);
    assert!(matches!(move_all(t), Turn::Done));
    assert_eq!((storage.keys().len(), local(t)), (0, 7));
    assert_eq!((original(t, after), original(t, moving)), (picture, video));
    assert_eq!(thumb(t, before).unwrap(), seen);
    let verbs = t.db.read_now(|tx| store::audit::history(tx, Id::<()>::new(0))).unwrap();
    assert!(verbs.iter().any(|line| line.verb == "files.move-ordered"), "{verbs:?}");
}

fn a_storage_that_is_away_delays_nothing(t: &TestDb) {
    let storage = Storage::start();
    t.db.use_bucket(storage.bucket());
    let old = upload(t, &jpeg(1, 300), "old.jpg");
    t.run_jobs(&[]);
    storage.be(Mood::Down);
    let new = upload(t, &jpeg(2, 300), "new.jpg");
    t.run_jobs(&[]);
    assert_eq!(row(t, new).state, FileState::Ready);
    assert!(thumb(t, new).is_ok());
    let problem = thumb(t, old).unwrap_err();
    assert_eq!((problem.status, problem.code), (503, "files-away"));
    // the next reader is refused without asking
    let asked = storage.shared.asked.lock().len();
    assert_eq!(thumb(t, old).unwrap_err().code, "files-away");
    assert_eq!(storage.shared.asked.lock().len(), asked);
    let found = t.db.read_now(|tx| whereabouts(tx, true)).unwrap();
    let trouble = found.trouble.unwrap();
    assert_eq!((found.waiting, trouble.tries), (1, 1));
    assert!(trouble.error.contains("503"), "{trouble:?}");
    // tried again later and later, never given up
    for _ in 0..15 {
        t.clock.advance(2 * MINUTE);
        t.run_jobs(&[]);
    }
    assert!(t.db.read_now(|tx| whereabouts(tx, true)).unwrap().trouble.unwrap().tries > 5);
    storage.be(Mood::Well);
    t.clock.advance(2 * MINUTE);
    t.run_jobs(&[]);
    let found = t.db.read_now(|tx| whereabouts(tx, true)).unwrap();
    assert_eq!((found.waiting, found.in_s3, found.trouble), (0, 2, None));
    assert_eq!(local(t), 0);
}

fn a_dying_program_loses_nothing(t: &TestDb) {
    let storage = Storage::start();
    t.db.use_bucket(storage.bucket());
    let picture = jpeg(1, 300);
    let id = upload(t, &picture, "a.jpg");
    t.run_jobs(&[]);
    // died after the row was saved, before the folder was cleared
    order(t, Place::Folder);
    assert!(matches!(move_all(t), Turn::Done));
    order(t, Place::S3);
    let keep: Vec<_> = ["sealed", "shown"].map(|k| t.folder().join("files").join(k)).into();
    let copy = tempfile::tempdir().unwrap();
    for (n, from) in keep.iter().enumerate() {
        copy_all(from, &copy.path().join(n.to_string()));
    }
    assert!(matches!(move_all(t), Turn::Done));
    for (n, to) in keep.iter().enumerate() {
        copy_all(&copy.path().join(n.to_string()), to);
    }
    store::db::tamper(&t.location, &format!("update file set leftover = 1 where id = {id}")).unwrap();
    assert_eq!((local(t), storage.keys().len()), (3, 3));
    assert!(matches!(move_all(t), Turn::Done));
    assert_eq!((local(t), storage.keys().len(), row(t, id).leftover), (0, 3, false));
    assert_eq!(original(t, id), picture);
    // died before that: what is in both places is carried once more
    store::db::tamper(&t.location, &format!("update file set place = 'folder' where id = {id}")).unwrap();
    assert!(matches!(move_all(t), Turn::Done));
    assert_eq!((local(t), storage.keys().len(), row(t, id).place), (0, 3, Place::S3));
    // died on the way back, with the bucket not cleared
    order(t, Place::Folder);
    let objects = storage.shared.objects.lock().clone();
    assert!(matches!(move_all(t), Turn::Done));
    *storage.shared.objects.lock() = objects;
    store::db::tamper(&t.location, &format!("update file set leftover = 1 where id = {id}")).unwrap();
    assert!(matches!(move_all(t), Turn::Done));
    assert_eq!((local(t), storage.keys().len()), (3, 0));
    assert_eq!(original(t, id), picture);
}

fn copy_all(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (from, name) = entry.map(|e| (e.path(), e.file_name())).unwrap();
        let to = to.join(name);
        if from.is_dir() {
            copy_all(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
}

fn what_is_not_what_it_was_is_not_moved(t: &TestDb) {
    let storage = Storage::start();
    let (bad, good) = (upload(t, &jpeg(1, 300), "bad.jpg"), upload(t, &jpeg(2, 300), "good.jpg"));
    t.run_jobs(&[]);
    t.db.use_bucket(storage.bucket());
    let hash = row(t, bad).sha256;
    let sealed = t.folder().join(format!("files/sealed/{}/{}/{hash}", &hash[..2], &hash[2..4]));
    std::fs::write(&sealed, b"changed").unwrap();
    assert!(matches!(move_all(t), Turn::Done));
    let file = row(t, bad);
    assert_eq!((file.place, file.move_fault.as_deref()), (Place::Folder, Some("file-damaged")));
    assert!(sealed.exists(), "what may be wrong is left for a person to look at");
    assert_eq!(row(t, good).place, Place::S3);
    let found = t.db.read_now(|tx| whereabouts(tx, true)).unwrap();
    assert_eq!((found.waiting, found.faults), (0, 1));
    // a changed picture in the bucket is shown to nobody, and does not come back
    storage.change("-thumb.jpg", Some(b"changed"));
    assert_eq!(thumb(t, good).unwrap_err().code, "file-damaged");
    order(t, Place::Folder);
    assert!(matches!(move_all(t), Turn::Done));
    assert_eq!(row(t, good).move_fault.as_deref(), Some("file-damaged"));
    storage.change("-thumb.jpg", None);
    order(t, Place::Folder);
    assert!(matches!(move_all(t), Turn::Done));
    assert_eq!(row(t, good).move_fault.as_deref(), Some("file-missing"));
    assert_eq!(thumb(t, good).unwrap_err().status, 404);
}

/// Two uploads of the same bytes share one original, wherever each of them is.
fn shared_bytes_survive_every_order(t: &TestDb) {
    let storage = Storage::start();
    let picture = jpeg(1, 300);
    let first = upload(t, &picture, "a.jpg");
    t.run_jobs(&[]);
    t.db.use_bucket(storage.bucket());
    assert!(matches!(move_all(t), Turn::Done));
    let second = upload(t, &picture, "b.jpg");
    assert_eq!(original(t, first), picture);
    t.run_jobs(&[]);
    assert_eq!((local(t), storage.keys().len()), (0, 5));
    order(t, Place::Folder);
    assert!(matches!(move_all(t), Turn::Done));
    assert_eq!((local(t), storage.keys().len()), (5, 0));
    // one of them has gone ahead
    order(t, Place::S3);
    store::db::tamper(&t.location, &format!("update file set state = 'refused' where id = {second}"))
        .unwrap();
    assert!(matches!(move_all(t), Turn::Done));
    store::db::tamper(&t.location, &format!("update file set state = 'ready' where id = {second}")).unwrap();
    assert_eq!(original(t, second), picture);
    assert!(matches!(move_all(t), Turn::Done));
    assert_eq!((original(t, first), original(t, second)), (picture.clone(), picture));
    assert_eq!((local(t), storage.keys().len()), (0, 5));
}

fn backups_fetch_what_has_moved(t: &TestDb) {
    let storage = Storage::start();
    t.db.use_bucket(storage.bucket());
    let picture = jpeg(1, 300);
    let id = upload(t, &picture, "a.jpg");
    t.run_jobs(&[]);
    let (whole, half) = (t.folder().join("whole"), t.folder().join("half"));
    let manifest = backup::write(&t.db, &t.city, &whole).unwrap();
    assert_eq!((manifest.files, manifest.files_elsewhere), (3, 0));
    let left = backup::write_reaching(&t.db, &t.city, &half, Reach::FolderOnly).unwrap();
    assert_eq!((left.files, left.files_elsewhere), (0, 3));
    assert_eq!(backup::inspect(&half).unwrap(), left);
    storage.be(Mood::Down);
    let refused = backup::write(&t.db, &t.city, &t.folder().join("none")).unwrap_err();
    assert_eq!(refused.code, "files-away");
    assert!(!t.folder().join("none").exists());
    for (file, wanted) in [(&whole, Place::Folder), (&half, Place::S3)] {
        let folder = tempfile::tempdir().unwrap();
        let location = t.engine.new_location(folder.path());
        store::sealed::bring(&t.folder().join(store::sealed::KEY_FILE), folder.path()).unwrap();
        backup::restore(file, &location, folder.path(), &[], t.db.now()).unwrap();
        let db =
            store::Db::open(location.clone(), folder.path(), t.db.clock(), &[], store::Options::default())
                .unwrap();
        let restored = db.read_now(move |tx| get(tx, id)).unwrap();
        assert_eq!(restored.place, wanted);
        let opened = Files::of(&db).open_shown(&restored, Size::Full);
        assert_eq!(opened.is_ok(), wanted == Place::Folder);
        if wanted == Place::S3 {
            let refused = backup::write(&db, &t.city, &folder.path().join("b")).unwrap_err();
            assert_eq!(refused.code, "backup-needs-bucket");
        }
        drop(db);
        store::db::destroy(&location).unwrap();
    }
    t.clock.advance(DAY);
}

fn a_download_that_breaks_off_goes_on(t: &TestDb) {
    let storage = Storage::start();
    t.db.use_bucket(storage.bucket());
    let video = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".repeat(9000);
    let id = upload(t, &video, "积水.mp4");
    t.run_jobs(&[]);
    storage.be(Mood::Breaking);
    storage.shared.asked.lock().clear();
    order(t, Place::Folder);
    // half, a quarter, an eighth … : four tries bring it near; the rest is another turn's, from the beginning
    let ended = move_all(t);
    assert!(matches!(ended, Turn::Trouble(1, _)), "{ended:?}");
    let asked = storage.shared.asked.lock().clone();
    let begun_at: Vec<&String> = asked.iter().filter(|line| line.contains("Some(")).collect();
    assert_eq!(begun_at.len(), 3, "{asked:?}");
    assert_eq!((storage.keys().len(), local(t)), (1, 0));
    storage.be(Mood::Well);
    assert!(matches!(move_all(t), Turn::Done));
    assert_eq!(original(t, id), video);
}
