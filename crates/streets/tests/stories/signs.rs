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
