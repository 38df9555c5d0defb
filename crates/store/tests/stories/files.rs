//! Uploads: from a stream of bytes to evidence that stays as it came.

use bytes::Bytes;
use kernel::id::Id;
use kernel::time::{DAY, SECOND};
use std::io::{Cursor, Read};
use store::files::{
    File, FileState, Files, Quarantined, Size, StoredFile, adopt, get, look_alikes, open_sealed,
};
use store::jobs::Toolbox;
use store::{audit, jobs};
use testkit::{TestDb, both_engines};

both_engines!(&[];
    a_picture_is_shown_and_its_original_sealed, streams_are_limited, what_is_no_picture_is_refused, videos_are_kept_unshown,
    a_crash_at_any_step_is_mended, look_alikes_are_found, what_nobody_adopted_is_swept,
    what_waits_is_given_back_to_whoever_knows_its_name,
);

pub(super) fn jpeg(seed: u32, side: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(side, side, |x, y| {
        let (bx, by) = (x * 8 / side, y * 8 / side);
        let mixed = (bx * 31 + by * 17 + seed * 101).wrapping_mul(2_654_435_761) >> 13;
        image::Rgb([(mixed & 255) as u8, (mixed >> 3 & 255) as u8, (mixed >> 6 & 255) as u8])
    });
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

pub(super) fn upload(t: &TestDb, bytes: &[u8], name: &str) -> Id<File> {
    let received = Files::of(&t.db).receive_now(bytes, 100_000_000).unwrap();
    adopted(t, received, name)
}

fn adopted(t: &TestDb, received: Quarantined, name: &str) -> Id<File> {
    let (ctx, name) = (t.ctx_member(5, "王工", vec![]), name.to_owned());
    t.db.write_now(&ctx.clone(), move |tx| adopt(tx, &ctx, &received, &name)).unwrap()
}

fn row(t: &TestDb, id: Id<File>) -> StoredFile {
    t.db.read_now(move |tx| get(tx, id)).unwrap()
}

fn sealed(t: &TestDb, id: Id<File>) -> Vec<u8> {
    let ctx = t.ctx_member(9, "审计员", vec![]);
    let leave = t.db.write_now(&ctx.clone(), move |tx| open_sealed(tx, &ctx, id)).unwrap();
    let opened = Files::of(&t.db).open_original(&leave).unwrap();
    let mut bytes = Vec::new();
    let mut file = opened.file;
    file.read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes.len() as u64, opened.bytes);
    bytes
}

fn in_quarantine(t: &TestDb) -> usize {
    std::fs::read_dir(t.folder().join("files/quarantine")).map_or(0, Iterator::count)
}

fn a_picture_is_shown_and_its_original_sealed(t: &TestDb) {
    let original = jpeg(1, 1600);
    let id = upload(t, &original, "C:\\照片\\路灯.jpg");
    let files = Files::of(&t.db);
    assert_eq!(row(t, id).state, FileState::Quarantined);
    assert_eq!(files.open_shown(&row(t, id), Size::Full).unwrap_err().status, 404);
    t.run_jobs(&[]);
    let file = row(t, id);
    assert_eq!((file.state, file.name.as_str()), (FileState::Ready, "路灯.jpg"));
    assert_eq!(
        (file.width, file.height, file.media_type.as_deref()),
        (Some(1600), Some(1600), Some("image/jpeg"))
    );
    assert!(file.look_hash.is_some() && file.quarantine.is_none());
    assert_eq!(sealed(t, id), original);
    assert!(
        files.open_shown(&row(t, id), Size::Thumb).unwrap().bytes
            < files.open_shown(&row(t, id), Size::Full).unwrap().bytes
    );
    assert_eq!(in_quarantine(t), 0);
    let verbs: Vec<String> =
        t.db.read_now(move |tx| audit::history(tx, id)).unwrap().into_iter().map(|l| l.verb).collect();
    assert_eq!(verbs, ["file.received", "file.examined", "file.original-opened"]);

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &str| std::fs::metadata(t.folder().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("files"), 0o700);
        let sealed = format!("files/sealed/{}/{}/{}", &file.sha256[..2], &file.sha256[2..4], file.sha256);
        assert_eq!(mode(&sealed), 0o600);
    }
}

fn streams_are_limited(t: &TestDb) {
    let files = Files::of(&t.db);
    let chunks = |n: usize| {
        futures::stream::iter((0..n).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(&[7; 1000]))))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let whole = runtime.block_on(files.receive(chunks(10), 10_000)).unwrap();
    assert_eq!(whole.bytes, 10_000);
    assert_eq!(whole.sha256, files.receive_now(&[7_u8; 10_000][..], 10_000).unwrap().sha256);
    let problem = runtime.block_on(files.receive(chunks(11), 10_000)).unwrap_err();
    assert_eq!((problem.status, problem.code), (413, "file-too-large"));
    let broken = futures::stream::iter([Ok(Bytes::from_static(b"ab")), Err(std::io::Error::other("gone"))]);
    assert_eq!(runtime.block_on(files.receive(broken, 10_000)).unwrap_err().code, "upload-broken");
    assert_eq!(in_quarantine(t), 2, "what was refused or broken leaves nothing");
}

fn what_is_no_picture_is_refused(t: &TestDb) {
    let mut cut = jpeg(1, 200);
    cut.truncate(300);
    let cases: [(&[u8], &str); 5] = [
        (b"<html><script>", "not-a-picture"),
        (b"", "not-a-picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "heic-not-taken"),
        (b"PK\x03\x04", "not-a-picture"),
        (&cut, "picture-damaged"),
    ];
    for (bytes, fault) in cases {
        let id = upload(t, bytes, "x.jpg");
        t.run_jobs(&[]);
        let file = row(t, id);
        assert_eq!((file.state, file.fault.as_deref()), (FileState::Refused, Some(fault)));
        assert_eq!(Files::of(&t.db).open_shown(&row(t, id), Size::Full).unwrap_err().status, 404);
        let ctx = t.ctx_system();
        let refused = t.db.write_now(&ctx.clone(), move |tx| open_sealed(tx, &ctx, id).map(drop));
        assert_eq!(refused.unwrap_err().status, 404);
    }
    assert_eq!(in_quarantine(t), 0);
}

fn videos_are_kept_unshown(t: &TestDb) {
    let mut video = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    video.extend(vec![9; 100_000]);
    let id = upload(t, &video, "积水.mp4");
    t.run_jobs(&[]);
    let file = row(t, id);
    assert_eq!(
        (file.state, file.media_type.as_deref(), file.is_video()),
        (FileState::Ready, Some("video/mp4"), true)
    );
    assert_eq!(sealed(t, id), video);
    assert_eq!(Files::of(&t.db).open_shown(&row(t, id), Size::Full).unwrap_err().status, 404);
}

/// The job dies between two steps; run again, it ends where it should.
fn a_crash_at_any_step_is_mended(t: &TestDb) {
    let original = jpeg(3, 300);
    // died after the original was moved, before the row was saved: as if the row had been put back
    let id = upload(t, &original, "a.jpg");
    let before = row(t, id);
    t.run_jobs(&[]);
    let token = before.quarantine.unwrap();
    store::db::tamper(
        &t.location,
        &format!(
            "update file set state = 'quarantined', quarantine = '{token}', look_hash = null where id = {id}"
        ),
    )
    .unwrap();
    let enqueue = || {
        let ctx = t.ctx_system();
        t.db.write_now(&ctx.clone(), move |tx| {
            tx.housekeeping();
            jobs::enqueue(tx, "file-examine", &id, ctx.now, None)
        })
        .unwrap();
    };
    enqueue();
    t.run_jobs(&[]);
    assert_eq!(row(t, id).state, FileState::Ready);
    assert_eq!(sealed(t, id), original);
    // died after the row was saved: nothing is left to do
    enqueue();
    t.run_jobs(&[]);
    assert_eq!(row(t, id).version, 3);
    // the bytes changed on disk between upload and examination
    let other = upload(t, &jpeg(4, 300), "b.jpg");
    let path = t.folder().join("files/quarantine").join(row(t, other).quarantine.unwrap());
    std::fs::write(path, jpeg(5, 300)).unwrap();
    t.run_jobs(&[]);
    assert_eq!(row(t, other).fault.as_deref(), Some("file-damaged"));
}

fn look_alikes_are_found(t: &TestDb) {
    let original = jpeg(1, 640);
    let smaller = {
        let picture = image::load_from_memory(&original).unwrap();
        let small = picture.resize(400, 400, image::imageops::FilterType::Triangle);
        let mut out = Cursor::new(Vec::new());
        small.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
        out.into_inner()
    };
    let first = upload(t, &original, "a.jpg");
    let same = upload(t, &original, "again.jpg");
    let near = upload(t, &smaller, "small.jpg");
    for seed in 10..20 {
        upload(t, &jpeg(seed, 300), "other.jpg");
    }
    t.run_jobs(&[]);
    let file = row(t, first);
    let found = t.db.read_now(move |tx| look_alikes(tx, &file, 6, 10)).unwrap();
    assert!(found.len() >= 2, "{found:?}");
    assert_eq!((found[0].id, found[0].same_bytes, found[0].distance), (same, true, 0));
    assert_eq!((found[1].id, found[1].same_bytes), (near, false));
    assert!(found.iter().all(|a| a.id != first));
    let exact = row(t, near);
    assert!(t.db.read_now(move |tx| look_alikes(tx, &exact, 0, 10)).unwrap().len() <= 2);
}

fn what_nobody_adopted_is_swept(t: &TestDb) {
    let orphan = Files::of(&t.db).receive_now(&b"nobody"[..], 100).unwrap();
    let waiting = upload(t, b"somebody", "x");
    let jobs = t.jobs(&[], &[], Toolbox::default());
    // the sweep runs, the examination does not
    store::db::tamper(&t.location, "delete from job").unwrap();
    jobs.ensure_periodic().unwrap();
    t.clock.advance(DAY - SECOND);
    jobs.run_all_due().unwrap();
    assert_eq!(in_quarantine(t), 2);
    t.clock.advance(3601 * SECOND);
    jobs.run_all_due().unwrap();
    assert_eq!(in_quarantine(t), 1);
    assert!(!t.folder().join("files/quarantine").join(orphan.token).exists());
    assert!(t.folder().join("files/quarantine").join(row(t, waiting).quarantine.unwrap()).exists());
}

fn what_waits_is_given_back_to_whoever_knows_its_name(t: &TestDb) {
    let files = Files::of(&t.db);
    let kept = files.receive_now(&b"a photo"[..], 100).unwrap();
    assert_eq!(files.waiting(&kept.token).unwrap().as_deref(), Some(&b"a photo"[..]));
    std::fs::write(t.folder().join("files/1-secret"), b"not theirs").unwrap();
    for wrong in ["", "1", "1-nothing", "../1-secret", "1-/../../1-secret", &"1-a".repeat(50)] {
        assert_eq!(files.waiting(wrong).unwrap(), None, "{wrong}");
    }
}
