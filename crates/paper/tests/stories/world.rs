//! A city with three kinds of problem, a batch of forms, and pictures of them as people hand them in.

use cases::catalogue::ItemKind;
use cases::catalogue::commands::{NewItem, publish};
use cases::desk::Desk;
use cases::model::Case;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use kernel::policy::Role;
use kernel::time::SECOND;
use paper::commands::{NewBatch, print};
use paper::layout::Form;
use paper::model::{Batch, Scan, Sheet};
use qrcode::{Color, EcLevel, QrCode};
use store::sql;
use testkit::{Client, TestApp, grant, whole_city};
use ticks::Gray;
use ticks::trial::{Dice, Pen, Shot, Way, blank, shot, tick};
use web::Feature;

pub(crate) const PHONE: &str = "13893712345";
const FINE: f64 = 150.0 / 25.4;

pub(crate) fn features() -> Vec<Feature> {
    vec![
        people::feature(),
        places::feature(),
        sms::feature(),
        ladder::feature(),
        cases::feature(),
        paper::feature(),
        keeping::feature(),
    ]
}

/// Kinds of the catalogue. On the form stand the first, the third and the second, as people see them most, then "something else".
const KINDS: [&str; 3] = ["暴露垃圾", "道路积水", "占道经营"];

/// Founds the catalogue. Nothing else of the stories is left undone but what they say.
pub(crate) fn city(t: &TestApp) {
    t.test.leave_jobs();
    let items: Vec<NewItem> = KINDS
        .iter()
        .enumerate()
        .map(|(n, name)| NewItem {
            kind: ItemKind::Event,
            code: format!("0100{n}"),
            major_code: "01".into(),
            major_name: "市容环境".into(),
            name: (*name).to_owned(),
        })
        .collect();
    let ctx = t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)]);
    let by = ctx.clone();
    t.test.db.write_now(&ctx, move |tx| publish(&by, tx, "2026", "test", &items).map(drop)).unwrap();
    Desk::forget(&t.city);
}

pub(crate) fn office(t: &TestApp) -> Client<'_> {
    t.member("文明办", vec![whole_city(Role::Office)])
}

pub(crate) fn counter(t: &TestApp) -> Client<'_> {
    t.member("便民中心", vec![grant(Role::UnitClerk, &[7])])
}

/// A batch of so many forms, printed.
pub(crate) fn batch(t: &TestApp, amount: i64) -> (Batch, Vec<Sheet>) {
    let desk = Desk::of_now(&t.city).unwrap();
    let ctx = t.test.ctx_member(1, "文明办", vec![whole_city(Role::Office)]);
    let by = ctx.clone();
    let new =
        NewBatch { place: "雄关街道便民服务中心".into(), amount, other: "其他问题".into() };
    let batch = t.test.db.write_now(&ctx, move |tx| print(&by, tx, &desk.catalogue, &new)).unwrap();
    let id = batch.id;
    let sheets = t.test.db.read_now(move |tx| {
        tx.all(sql!(Sheet: "select {*} from paper_sheet where batch_id = $1 order by nth"), &[&id])
    });
    (batch, sheets.unwrap())
}

/// What a form looks like once somebody filled it in: these boxes ticked (kinds, then "call me", then "no answer").
pub(crate) fn filled(t: &TestApp, batch: &Batch, sheet: &Sheet, ticked: &[usize], pen: Pen) -> Gray {
    let plan = Form::of(batch.kinds().len()).plan();
    let text = paper::reader::code(t.test.db.secrets(), sheet.id);
    let code = QrCode::with_error_correction_level(&text, EcLevel::Q).unwrap();
    let black: Vec<bool> = code.to_colors().into_iter().map(|c| c == Color::Dark).collect();
    let (mut drawn, mut dice) = (blank(&plan, &black, FINE), Dice::new(sheet.nth.unsigned_abs()));
    for n in ticked {
        tick(&mut drawn, FINE, plan.boxes[*n], Way::Hook, pen, &mut dice);
    }
    drawn
}

pub(crate) const BALLPOINT: Pen = Pen { width: 0.6, dark: 0.85 };

/// A JPEG of it, as a scanner makes one. `seed`: another picture of the same sheet.
pub(crate) fn scanned(drawn: &Gray, seed: u64) -> Vec<u8> {
    let how = Shot { per_mm: FINE, angle: 1.5, around: 4.0, noise: 3.0, ..Shot::default() };
    jpeg(&shot(drawn, FINE, &how, &mut Dice::new(seed)))
}

pub(crate) fn jpeg(picture: &Gray) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = (u32::try_from(picture.width).unwrap(), u32::try_from(picture.height).unwrap());
    JpegEncoder::new_with_quality(&mut bytes, 80)
        .write_image(&picture.pixels, width, height, ExtendedColorType::L8)
        .unwrap();
    bytes
}

/// A scan of a form on which the kind is ticked and a call is asked for.
pub(crate) fn good(t: &TestApp, batch: &Batch, sheet: &Sheet, kind: usize) -> Vec<u8> {
    let boxes = batch.kinds().len();
    scanned(&filled(t, batch, sheet, &[kind, boxes], BALLPOINT), 1)
}

pub(crate) fn upload(by: &Client<'_>, files: &[&[u8]]) -> testkit::Page {
    let files: Vec<(&str, &str, &[u8])> = files.iter().map(|bytes| ("pages", "form.jpg", *bytes)).collect();
    by.upload("/paper/scans", "/paper/scans", &[], &files)
}

/// Lets the program look at what was brought, and read it.
pub(crate) fn settle(t: &TestApp) {
    for _ in 0..3 {
        t.run_jobs();
        t.advance(3 * SECOND);
    }
    t.run_jobs();
}

pub(crate) fn scans(t: &TestApp) -> Vec<Scan> {
    t.test.db.read_now(|tx| tx.all(sql!(Scan: "select {*} from paper_scan order by number"), &[])).unwrap()
}

pub(crate) fn cases(t: &TestApp) -> Vec<Case> {
    t.test.db.read_now(|tx| tx.all(sql!(Case: "select {*} from case_file order by number"), &[])).unwrap()
}

pub(crate) fn sheet(t: &TestApp, number: &str) -> Sheet {
    let number = number.to_owned();
    let found = t
        .test
        .db
        .read_now(move |tx| tx.one(sql!(Sheet: "select {*} from paper_sheet where number = $1"), &[&number]));
    found.unwrap().unwrap()
}

/// What the log tells of this verb.
pub(crate) fn recorded(t: &TestApp, verb: &'static str) -> i64 {
    t.test
        .db
        .read_now(move |tx| tx.value(sql!((i64,): "select count(*) from audit where verb = $1"), &[&verb]))
        .unwrap()
}
