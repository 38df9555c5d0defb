//! Parsers that can be called by themselves.

use crate::mutate::{Dice, mutate};
use crate::seeds;
use crate::targets::{Target, Told};
use jsonwebtoken::jwk::JwkSet;
use kernel::identifiers::{CreditCode, IdNumber, Phone};
use kernel::masking::{Audience, mask_address, mask_text};
use kernel::time::Instant;
use people::provider::id_token::{Expected, verify};
use sheets::{Mapping, Options, Source};
use sound::samples;
use std::io::{Cursor, Read, Write};
use store::pictures::{PictureLimits, camera_notes, examine};

/// Rows that are read of one file.
const ROWS: usize = 3000;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Reads a table to its end, with a mapping as imports do.
fn table(bytes: &[u8]) -> Told {
    let Ok(mut source) = Source::from_bytes(bytes.to_vec(), &Options::default()) else {
        return Told::Refused;
    };
    let mapping: Mapping = match seeds::MAPPINGS[0].parse() {
        Ok(mapping) => mapping,
        Err(fault) => return Told::Wrong(format!("{fault}")),
    };
    let mut session = mapping.session();
    let rows = match source.rows() {
        Ok(rows) => rows,
        Err(_) => return Told::Refused,
    };
    for row in rows.take(ROWS) {
        let Ok(row) = row else { return Told::Refused };
        let _ = session.apply(&row);
        if let Some(geometry) = row.geometry() {
            let _ = geometry.to_string();
        }
    }
    Told::Taken
}

fn tables() -> Vec<Target<'static>> {
    let mut csv = seeds::texts(seeds::CSV);
    csv.push(seeds::gbk());
    let words: &[&str] =
        &["\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\u{feff}", "sep=;\n", "2026-03-05", "49,5"];
    let geo_words: &[&str] = &[
        "\"type\":",
        "\"Feature\"",
        "\"coordinates\":",
        "\"GeometryCollection\"",
        "[[",
        "]]",
        "null",
        "1e400",
        "\"Point\"",
        "-181",
        "\"features\":[",
        "{\"type\":",
    ];
    let mut xlsx = Target::new(
        "xlsx",
        vec![seeds::xlsx()],
        &["<row", "<c ", "r=\"", "<v>", "</v>", "t=\"s\"", "XFD1048576"],
        table,
    );
    xlsx.make = Some(inside);
    vec![
        Target::new("csv", csv, words, table),
        xlsx,
        Target::new("geojson", seeds::texts(seeds::GEOJSON), geo_words, table),
    ]
}

/// A workbook with one of its files broken and packed again: a broken archive is refused at its door.
pub fn inside(dice: &mut Dice, seeds: &[Vec<u8>]) -> Vec<u8> {
    let whole = &seeds[0];
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(whole)) else { return whole.clone() };
    let chosen = dice.below(archive.len());
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let words = [
        "<row r=\"9999999\">",
        "<c r=\"A1\" t=\"s\"><v>99</v></c>",
        "<v>",
        "</v>",
        "<mergeCell ref=\"A1:XFD1048576\"/>",
        "&#x0;",
        "count=\"4294967295\"",
    ];
    for at in 0..archive.len() {
        let Ok(mut file) = archive.by_index(at) else { continue };
        let (mut bytes, name) = (Vec::new(), file.name().map(|n| n.into_owned()).unwrap_or_default());
        let _ = file.read_to_end(&mut bytes);
        if at == chosen {
            bytes = mutate(dice, &bytes, &[], &words);
        }
        let _ = out.start_file(name, zip::write::SimpleFileOptions::default());
        let _ = out.write_all(&bytes);
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn pictures() -> Vec<Target<'static>> {
    // what a person may send has these limits too, but for the size of what is made of it
    let limits = PictureLimits { picture_side: 64, thumbnail_side: 16, ..PictureLimits::default() };
    let look = move |bytes: &[u8]| Told::of(examine(bytes, &limits).ok());
    let notes = |bytes: &[u8]| {
        let traces = camera_notes(bytes);
        let sound = traces.position.is_none_or(|(lng, lat)| lng.abs() <= 180.0 && lat.abs() <= 90.0);
        if !sound {
            return Told::Wrong(format!("{traces:?}"));
        }
        Told::of(traces.taken)
    };
    let all = seeds::pictures();
    let exif = vec![all[4].clone()];
    vec![
        Target::new(
            "picture",
            all,
            &["\u{0}\u{0}\u{0}\u{0}", "IHDR", "IDAT", "RIFF", "VP8L", "GIF89a"],
            look,
        ),
        Target::new("exif", exif, &["II*\u{0}", "MM\u{0}*", "Exif\u{0}\u{0}", "2026:03:05 25:61:61"], notes),
    ]
}

/// Recordings. What is taken is taken again as it is: the examination after the door rests on that.
fn sounds() -> Target<'static> {
    let limits = sound::Limits { bytes: 1 << 20, millis: 600_000 };
    let seeds = vec![
        samples::webm(400, false),
        samples::webm(400, true),
        samples::mp4(640, false),
        samples::fragments(1),
        samples::ogg(400, false),
        samples::vorbis(400),
        samples::mp3(9),
        samples::adts(9),
        samples::wav(400),
        samples::amr(20),
    ];
    let words: &[&str] = &[
        "OggS\u{0}",
        "moov",
        "trun",
        "udta",
        "data",
        "fmt ",
        "TAG",
        "ID3",
        "OpusTags",
        "\u{0}\u{0}\u{0}\u{1}",
    ];
    Target::new("sound", seeds, words, move |bytes| {
        let Ok(taken) = sound::examine(bytes, &limits) else { return Told::Refused };
        match sound::examine(&taken.clean, &limits) {
            Ok(again) if again == taken => Told::Taken,
            Ok(again) => {
                Told::Wrong(format!("{} ms, then {} ms, or other bytes", taken.millis, again.millis))
            }
            Err(fault) => Told::Wrong(format!("what was made clean is refused: {fault:?}")),
        }
    })
}

/// Width of a form's picture here, in pixels.
const FORM: usize = 630;

/// Pictures of forms: what the reader does once a picture is decoded.
fn forms() -> Target<'static> {
    let plan = paper::layout::Form::of(9).plan();
    let seed = seeds::form(&plan, FORM);
    Target::new("form", vec![seed], &["\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}", "~~~~~~~~"], move |bytes| {
        let pixels: Vec<u8> = bytes.chunks_exact(FORM).flatten().copied().collect();
        if pixels.len() < 8 * FORM {
            return Told::Refused;
        }
        let picture = ticks::Gray { width: FORM, height: pixels.len() / FORM, pixels };
        let Some(code) = ticks::codes(&picture).into_iter().next() else { return Told::Refused };
        let Ok(placed) = ticks::place(&picture, &code, &plan) else { return Told::Refused };
        let inks = ticks::measure(&picture, &placed, &plan);
        if inks.len() != plan.boxes.len() || inks.iter().any(|ink| !(0.0..=1.0).contains(&ink.share)) {
            return Told::Wrong(format!("{inks:?}"));
        }
        let cut = ticks::part(&picture, &placed, plan.boxes[0], 6.0);
        if cut.pixels.len() != cut.width * cut.height {
            return Told::Wrong(format!("{} of {} by {}", cut.pixels.len(), cut.width, cut.height));
        }
        Told::Taken
    })
}

fn mappings() -> Target<'static> {
    let words: &[&str] = &[
        "[fields.",
        "from = ",
        "kind = 'instant'",
        "not_before = ",
        "join = ",
        "values = {",
        "required = true",
        "'''",
        "default = ",
        "[[",
        "format = '%Y'",
    ];
    Target::new("mapping", seeds::texts(seeds::MAPPINGS), words, |bytes| {
        let Ok(mapping) = text(bytes).parse::<Mapping>() else { return Told::Refused };
        let Ok(mut source) = Source::from_bytes(seeds::CSV[0].as_bytes().to_vec(), &Options::default())
        else {
            return Told::Refused;
        };
        let mut session = mapping.session();
        for row in source.rows().into_iter().flatten().flatten() {
            let _ = session.apply(&row);
        }
        Told::Taken
    })
}

/// Whether a number stands there with no other digits at its sides.
fn stands_alone(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + number.len()..].chars().next();
        [before, after].into_iter().flatten().all(|c| !c.is_numeric())
    })
}

fn words() -> Vec<Target<'static>> {
    let numbers = seeds::texts(&[
        "11010519491231002X",
        "91620200MA71ABCD0Y",
        "13912345678",
        "0937-6226226",
        "新华中路118号3单元502室",
        "打电话 13912345678 找我",
    ]);
    let masked = |bytes: &[u8]| {
        let text = text(bytes);
        for audience in [Audience::Public, Audience::Unit, Audience::Office] {
            let (_, masked) = (mask_address(&text, audience), mask_text(&text, audience));
            if audience == Audience::Public && stands_alone(&masked, "13912345678") {
                return Told::Wrong(format!("{text:?} shows a number: {masked:?}"));
            }
        }
        let known =
            [IdNumber::parse(&text).is_ok(), CreditCode::parse(&text).is_ok(), Phone::parse(&text).is_ok()];
        Told::of(known.contains(&true).then_some(()))
    };
    let times = seeds::texts(&[
        "2026-03-05T09:30:00+08:00",
        "2026-03-05",
        "120",
        "Thu, 05 Mar 2026 01:31:00 GMT",
        "2026年3月5日",
    ]);
    let time = |bytes: &[u8]| {
        let text = text(bytes);
        let at = Instant::parse_rfc3339(&text);
        let day = kernel::time::parse_date(&text);
        if let Some(at) = at {
            let _ = (at.rfc3339(), at.date());
        }
        let wait = hooks::schedule::retry_after(&text, Instant(1_772_674_200_000_000));
        Told::of(at.map(|_| ()).or(day.map(|_| ())).or(wait.map(|_| ())))
    };
    let places = seeds::texts(&["1772674200000000.42", "0.1234-3.88-63.1", "case.1772674200000000.42"]);
    let place = |bytes: &[u8]| {
        let text = text(bytes);
        let cursor = web::list::Cursor::parse(&text).ok().flatten();
        let due = ladder::queries::DuePlace::parse(&text).ok().flatten();
        let follow = store::follow::place(&text);
        if let Some(place) = &follow
            && store::follow::place(&store::follow::word(place)).as_ref() != Some(place)
        {
            return Told::Wrong(format!("{text:?} is not the same again"));
        }
        Told::of(cursor.map(|_| ()).or(due.map(|_| ())).or(follow.map(|_| ())))
    };
    let urls = seeds::texts(&[
        "https://receiver.example.cn:8443/hooks?x=1",
        "https://[2400:3200::1]/",
        "http://127.0.0.1:9000/",
        "https://0x7f.1/",
    ]);
    let url = |bytes: &[u8]| {
        let text = text(bytes);
        let _ = web::outgoing::client::authorities(bytes);
        match hooks::guard::address(&web::outgoing::Outgoing::default(), &text) {
            // nobody reaches inside by spelling it otherwise
            Ok(fit)
                if ["127.0.0.1", "localhost", "[::1]", "169.254.169.254"]
                    .contains(&&*hooks::guard::host(&fit)) =>
            {
                Told::Wrong(format!("{text:?} leads inside: {fit}"))
            }
            fit => Told::of(fit.ok()),
        }
    };
    let sought = seeds::texts(&["新华路 路灯", "xinhualu 3号", "CASE-2026-000412", "a OR b NEAR/2 \"c*\""]);
    let search = |bytes: &[u8]| {
        let text = text(bytes);
        let tokens = store::words::query_tokens(&text);
        let index = store::words::index_tokens(&text);
        if tokens.iter().any(String::is_empty) {
            return Told::Wrong(format!("{text:?}: an empty word"));
        }
        Told::of((!index.is_empty()).then_some(()))
    };
    let inside: &[&str] = &[
        "127.0.0.1",
        "[::ffff:127.0.0.1]",
        "localhost",
        "@",
        "0177.",
        "2130706433",
        "。",
        "①",
        "%31",
        "\\",
        "xn--",
    ];
    vec![
        Target::new("identifiers", numbers, &["X", "１", "139", "－", "号", "13912345678", " "], masked),
        Target::new("times", times, &["+08:00", "Z", "24:00:00", "-00:00", "W10", "T"], time),
        Target::new("cursors", places, &[".", "-", "0.0", "64.1"], place),
        Target::new("addresses", urls, inside, url),
        Target::new("search-words", sought, &["*", "\"", "NEAR", ":", "^", "&", "|", "!", "(", "之"], search),
    ]
}

fn calendars() -> Target<'static> {
    let given = seeds::texts(&[
        "schedule_year,date,name,kind\n2026,2026-10-01,国庆节,off\n2026,2026-10-10,国庆节,work\n",
        r#"{"year":2026,"papers":["https://www.gov.cn/x"],"days":[{"name":"国庆节","date":"2026-10-01","isOffDay":true}]}"#,
    ]);
    Target::new("arrangements", given, &["off", "work", "isOffDay", "\"days\":[", "2026-02-29"], |bytes| {
        Told::of(places::commands::read_arrangements(&text(bytes)).ok())
    })
}

fn tokens() -> Target<'static> {
    let header = r#"{"alg":"ES256","kid":"1","typ":"JWT"}"#;
    let claims = r#"{"iss":"https://id.example.cn","aud":"city","sub":"u1","exp":1772674800,"iat":1772674200,"nonce":"n","email":"a@example.cn"}"#;
    let mut target = Target::new("id-token", vec![seeds::token(header, claims)], &[".", "=="], |bytes| {
        let Ok(keys) = serde_json::from_str::<JwkSet>(seeds::JWKS) else {
            return Told::Wrong("no keys".into());
        };
        let now = Instant(1_772_674_200_000_000);
        let expected = Expected { issuer: "https://id.example.cn", client: "city", nonce: "n", now };
        match verify(&text(bytes), &keys, &expected) {
            // nobody here holds the key
            Ok(claims) => Told::Wrong(format!("believed {claims:?}")),
            // the signature is looked at last: the token was read
            Err(fault) if fault.code == "token-signature" => Told::Taken,
            Err(_) => Told::Refused,
        }
    });
    target.make = Some(|dice, _| {
        let headers = [
            r#"{"alg":"ES256","kid":"1"}"#,
            r#"{"alg":"none"}"#,
            r#"{"alg":"HS256","kid":"1"}"#,
            r#"{"alg":"RS256","jwk":{},"kid":"1"}"#,
        ];
        let header = mutate(
            dice,
            dice.clone().one(&headers).unwrap_or_default().as_bytes(),
            &[],
            &["\"alg\":", "ES256", "none"],
        );
        let claims =
            r#"{"iss":"https://id.example.cn","aud":["city"],"sub":"u1","exp":1772674800,"nonce":"n"}"#;
        let claims = mutate(dice, claims.as_bytes(), &[], &["\"aud\":", "\"exp\":", "[", "1e999", "null"]);
        seeds::token(&text(&header), &text(&claims))
    });
    target
}

/// A score pack: read, hashed, and worked out. Whatever stands in it, the figures come out or the file is refused.
fn packs() -> Target<'static> {
    let words: &[&str] = &[
        "\"lost\":",
        "\"parent\":",
        "\"Ⅰ-1\"",
        "\"points\":",
        "1/3",
        "1e9",
        "-1",
        "0.00001",
        "符合率",
        "扣分(100)",
        "公式: x/0",
        "按次平均 > ",
        "null",
        "[]",
    ];
    Target::new("score-pack", seeds::texts(seeds::PACKS), words, |bytes| match assessment::pack::check::read(
        bytes,
    ) {
        Err(_) => Told::Refused,
        Ok(pack) => match assessment::pack::check(&pack) {
            // nobody but the city signs
            Ok(report) if report.agrees() => Told::Wrong("a pack of nobody's agrees".to_owned()),
            Ok(_) => Told::Taken,
            Err(problem) => Told::Wrong(format!("{problem}")),
        },
    })
}

pub fn targets() -> Vec<Target<'static>> {
    let mut all = tables();
    all.extend(pictures());
    all.push(sounds());
    all.push(forms());
    all.push(mappings());
    all.extend(words());
    all.push(calendars());
    all.push(tokens());
    all.push(packs());
    all
}
