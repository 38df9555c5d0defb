//! Signs: the code on the printed sheet is read by zbar, where it is installed.

use super::pages::{features, town};
use kernel::policy::Role;
use std::process::Command;
use testkit::{Engine, TestApp, whole_city};

/// The squares of a path of `M x y h n v1 h-n z`, as a picture that zbar reads: eight pixels a square.
fn picture(svg: &str) -> Vec<u8> {
    const SCALE: usize = 8;
    let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let path = svg.split("path d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut dark = vec![false; side * side];
    for piece in path.split('M').filter(|p| !p.is_empty()) {
        let (at, rest) = piece.split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let run: usize = rest.split('v').next().unwrap().parse().unwrap();
        dark[y * side + x..y * side + x + run].fill(true);
    }
    let mut out = format!("P5\n{0} {0}\n255\n", side * SCALE).into_bytes();
    for y in 0..side * SCALE {
        out.extend((0..side * SCALE).map(|x| if dark[y / SCALE * side + x / SCALE] { 0 } else { 255 }));
    }
    out
}

#[test]
fn printed_codes_are_read() {
    let t = TestApp::new(Engine::Embedded, features());
    let w = town(&t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let sheet = office.get("/streets/signs").expect(200);
    assert_eq!(sheet.missing_texts(), Vec::<&str>::new());
    let codes: Vec<&str> = sheet.text().split("<svg class=\"qr\"").skip(1).collect();
    assert_eq!(codes.len(), w.len());
    for (svg, number) in codes.iter().zip(&w) {
        let file = t.test.folder().join(format!("{number}.pgm"));
        std::fs::write(&file, picture(svg)).unwrap();
        let Ok(read) = Command::new("zbarimg").args(["--quiet", "--raw"]).arg(&file).output() else {
            println!("zbarimg is not installed; the codes were not read");
            return;
        };
        let text = String::from_utf8(read.stdout).unwrap();
        assert_eq!(text.trim(), format!("http://wm.example.cn/public/streets/{number}"));
    }
    let style = office.get("/streets/signs.css").expect(200);
    assert!(style.has("@page") && style.header("content-type").starts_with("text/css"));
}

/// What zbar reads on a picture.
fn read_codes(picture: &std::path::Path) -> Option<Vec<String>> {
    let read = Command::new("zbarimg").args(["--quiet", "--raw"]).arg(picture).output().ok()?;
    Some(String::from_utf8(read.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn a_printed_pdf_is_read_back() {
    let t = TestApp::new(Engine::Embedded, features());
    let w = town(&t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    for (sheet, pages) in [("a4", w.len().div_ceil(4)), ("a5", w.len())] {
        let pdf = office.submit("/streets/signs", "/streets/signs", &[("sheet", sheet)]).expect(200);
        assert!(pdf.header("content-type") == "application/pdf" && pdf.bytes.starts_with(b"%PDF"), "{sheet}");
        let file = t.test.folder().join(format!("{sheet}.pdf"));
        std::fs::write(&file, &pdf.bytes).unwrap();
        let stem = t.test.folder().join(sheet);
        let drawn = Command::new("pdftoppm").args(["-r", "150", "-png"]).arg(&file).arg(&stem).status();
        if drawn.is_err() {
            println!("pdftoppm is not installed; the sheets were not looked at");
            return;
        }
        let mut pictures: Vec<_> = std::fs::read_dir(t.test.folder())
            .unwrap()
            .map(|f| f.unwrap().path())
            .filter(|f| {
                f.extension().is_some_and(|e| e == "png")
                    && f.file_name().unwrap().to_str().unwrap().starts_with(sheet)
            })
            .collect();
        pictures.sort();
        assert_eq!(pictures.len(), pages, "{sheet}");
        let mut codes = Vec::new();
        for picture in &pictures {
            let Some(read) = read_codes(picture) else {
                println!("zbarimg is not installed; the codes were not read");
                return;
            };
            codes.extend(read);
        }
        codes.sort();
        let mut wanted: Vec<String> =
            w.iter().map(|n| format!("http://wm.example.cn/public/streets/{n}")).collect();
        wanted.sort();
        assert_eq!(codes, wanted, "{sheet}");
        let text = Command::new("pdftotext").args(["-layout"]).arg(&file).arg("-").output().unwrap();
        let text = String::from_utf8(text.stdout).unwrap();
        assert!(w.iter().all(|n| text.contains(n.as_str())) && text.contains("12345"), "{text}");
        assert!(text.contains("嘉峪关市"), "{text}");
    }
    let log = t.test.db.read_now(|tx| {
        tx.query(&store::Query::<(i64,)>::new(
            "select count(*) from audit where verb = 'streets.signs-printed'",
        ))
    });
    assert_eq!(log.unwrap(), [(2,)]);
}

#[test]
fn what_cannot_be_printed_is_said() {
    let t = TestApp::new(Engine::Embedded, features());
    let w = town(&t);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    assert_eq!(office.get("/streets/signs?number=BJ-9999").status, 404);
    let day = format!("/streets/signs?number={}&date=2001-01-01", w[0]);
    let ended = office.get(&day);
    assert!(ended.status == 409 && ended.has("不在负责期内"), "{} {}", ended.status, ended.text());
    let odd = office.submit("/streets/signs", "/streets/signs", &[("sheet", "a0")]);
    assert_eq!(odd.status, 422);
    assert_eq!(t.public().get("/streets/signs").status, 303);
    let saved = office.submit("/streets/settings", "/streets/settings/hotline", &[("hotline", "0937-12345")]);
    assert_eq!(saved.status, 303);
    assert!(office.get("/streets/signs").expect(200).has("0937-12345"));
    let wrong = office.submit("/streets/settings", "/streets/settings/hotline", &[("hotline", "<b>")]);
    assert!(wrong.status == 422 && office.get("/streets/signs").expect(200).has("0937-12345"));
}
