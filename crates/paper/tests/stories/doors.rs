//! The other two doors: a program's, and a scanner's folder.

use super::world::{batch, cases, city, counter, features, good, office, scans, settle};
use axum::body::Body;
use axum::http::Method;
use kernel::time::MINUTE;
use paper::model::Door;
use std::path::PathBuf;
use testkit::{Page, TestApp};

testkit::stories!(features();
    a_program_brings_a_picture, a_scanner_writes_into_a_folder, what_is_no_picture_is_put_aside, without_a_folder_nothing_happens);

fn send(by: &testkit::Client<'_>, bytes: Vec<u8>) -> Page {
    by.send(Method::POST, "/api/v1/paper/scans", &[("content-type", "image/jpeg")], Body::from(bytes))
}

fn a_program_brings_a_picture(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    let picture = good(t, &made, &sheets[0], 0);
    let key = counter(t).by_key();
    assert!(send(&key, picture.clone()).expect(202).has("\"waiting\""));
    send(&key, picture).expect(200);
    settle(t);
    assert_eq!((scans(t).len(), scans(t)[0].door, cases(t).len()), (1, Door::Program, 1));
    for wrong in [b"%PDF-1.7".to_vec(), Vec::new()] {
        send(&key, wrong).expect(422);
    }
    // its own are listed, without what only the office sees
    let list = key.get("/api/v1/paper/scans").expect(200);
    assert!(list.has(&scans(t)[0].number) && !list.has("CASE-"));
    assert!(office(t).by_key().get("/api/v1/paper/scans").expect(200).has("CASE-"));
    send(&t.public(), Vec::new()).expect(401);
}

/// A scanner's folder for this city.
fn folder(t: &TestApp) -> PathBuf {
    let root = t.test.folder().join("scanner");
    paper::bring(&t.city, paper::Setup { folder: Some(root.clone()) });
    let inbox = root.join(t.test.city.to_string());
    std::fs::create_dir_all(&inbox).unwrap();
    inbox
}

fn put(inbox: &std::path::Path, name: &str, bytes: &[u8]) {
    let path = inbox.join(name);
    std::fs::write(&path, bytes).unwrap();
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000);
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
}

fn look(t: &TestApp) {
    t.jobs().ensure_periodic().unwrap();
    t.advance(MINUTE);
    settle(t);
}

fn files(inbox: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(inbox)
        .unwrap()
        .map(|e| e.unwrap())
        .filter(|e| e.path().is_file())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn a_scanner_writes_into_a_folder(t: &TestApp) {
    city(t);
    let inbox = folder(t);
    let (made, sheets) = batch(t, 2);
    put(&inbox, "0001.jpg", &good(t, &made, &sheets[0], 0));
    put(&inbox, ".0002.jpg", b"hidden");
    put(&inbox, "0003.jpg.part", b"still written");
    look(t);
    assert_eq!((scans(t).len(), scans(t)[0].door, cases(t).len()), (1, Door::Folder, 1));
    assert_eq!(files(&inbox), [".0002.jpg", "0003.jpg.part"]);
    // the same sheet put there again, byte by byte, is not another
    put(&inbox, "0004.jpg", &good(t, &made, &sheets[0], 0));
    look(t);
    assert_eq!((scans(t).len(), cases(t).len()), (1, 1));
    assert_eq!(files(&inbox).len(), 2);
}

fn what_is_no_picture_is_put_aside(t: &TestApp) {
    city(t);
    let inbox = folder(t);
    for _ in 0..2 {
        put(&inbox, "scan.pdf", b"%PDF-1.7");
        look(t);
    }
    put(&inbox, "broken.jpg", b"\xff\xd8\xff\xe0 broken");
    look(t);
    assert_eq!((scans(t).len(), files(&inbox).len()), (0, 0));
    assert_eq!(files(&inbox.join("refused")), ["1-scan.pdf", "broken.jpg", "scan.pdf"]);
}

fn without_a_folder_nothing_happens(t: &TestApp) {
    city(t);
    look(t);
    assert_eq!(scans(t).len(), 0);
}
