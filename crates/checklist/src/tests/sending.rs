//! Forms out and submissions in.

use super::made::{self, Tape, tapes};
use super::{TODAY, answers, around, ask, checklist, text};
use crate::answers::live::scalar_of;
use crate::openrosa::{FormEntry, MediaFile};
use crate::problems::photo_name;
use crate::submission::{SubmissionCode, belongs_to, read};
use crate::xml::{self, Element, Out};
use crate::{AnswerCode, Answers, Checklist, Given, Item, Kind, XmlFault, openrosa, samples, xform};
use kernel::time::Instant;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

/// What a program would send for these answers.
fn sent(list: &Checklist, given: &Answers) -> String {
    let mut out = Out::new();
    out.open(
        "data",
        &[("id", &list.code), ("version", &list.version), ("xmlns:orx", "http://openrosa.org/xforms")],
    );
    put(&list.items, given, &mut out);
    out.open("orx:meta", &[]);
    out.leaf("orx:instanceID", &[], "uuid:4f6a");
    out.finish()
}

fn put(items: &[Item], given: &Answers, out: &mut Out) {
    for item in items {
        match item {
            Item::Question(question) => match (&question.kind, given.given.get(&question.name)) {
                (Kind::Photo { .. }, Some(Given::List(files))) => {
                    for (number, file) in (1..).zip(files) {
                        out.leaf(&photo_name(&question.name, number), &[], file);
                    }
                }
                (kind, Some(given)) => out.leaf(&question.name, &[], &scalar_of(kind, given).text()),
                (_, None) => out.empty(&question.name, &[]),
            },
            Item::Section(section) => {
                out.open(&section.name, &[]);
                put(&section.items, given, out);
                out.close();
            }
            Item::Repeat(repeat) => {
                for row in given.rows.get(&repeat.name).into_iter().flatten() {
                    out.open(&repeat.name, &[]);
                    put(&repeat.items, row, out);
                    out.close();
                }
            }
            Item::Note(note) => out.empty(&note.name, &[]),
        }
    }
}

/// Paths of all elements below the outermost.
fn paths(element: &Element, path: &str, all: &mut BTreeSet<String>) {
    for child in &element.children {
        let path = format!("{path}/{}", child.name);
        paths(child, &path, all);
        all.insert(path);
    }
}

fn each<'e>(element: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    if element.name == name {
        found.push(element);
    }
    for child in &element.children {
        each(child, name, found);
    }
}

fn all<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    each(element, name, &mut found);
    found
}

/// Every bind and control points to an element, every label to words.
fn hangs_together(form: &str) {
    let html = xml::read(form.as_bytes()).unwrap();
    let data = all(&html, "instance")[0].child("data").unwrap();
    let mut known = BTreeSet::new();
    paths(data, "/data", &mut known);
    let plain = |path: &str| path.replace("orx:", "");
    for bind in all(&html, "bind") {
        let path = plain(bind.attribute("nodeset").unwrap());
        assert!(known.contains(&path), "{path}");
    }
    let words: BTreeSet<String> =
        all(&html, "text").iter().map(|text| text.attribute("id").unwrap().to_owned()).collect();
    let body = all(&html, "body")[0];
    for name in ["input", "select", "select1", "upload", "group"] {
        for control in all(body, name) {
            assert!(known.contains(control.attribute("ref").unwrap()), "{:?}", control.attributes);
        }
    }
    for name in ["label", "hint"] {
        for shown in all(body, name) {
            let key = shown.attribute("ref").unwrap();
            let key = key.strip_prefix("jr:itext('").and_then(|key| key.strip_suffix("')")).unwrap();
            assert!(words.contains(key), "{key}");
        }
    }
    for repeat in all(body, "repeat") {
        if let Some(count) = repeat.attribute("jr:count").or(repeat.attribute("count")) {
            assert!(known.contains(count) || count.starts_with(".."), "{count}");
        }
    }
    assert_eq!(all(&html, "translation").len(), 2);
}

#[test]
fn samples_as_forms() {
    for sample in samples::all() {
        let form = xform::write(&sample).unwrap();
        hangs_together(&form);
    }
    let form = xform::write(&samples::bus()).unwrap();
    for part in [
        "<bind nodeset=\"/data/lines/line_ads\" type=\"string\" calculate=\"sum(../stops/notices/ads)\" readonly=\"true()\"/>",
        "<bind nodeset=\"/data/ads_in_all\" type=\"string\" calculate=\"sum(/data/lines/stops/notices/ads)\"",
        "relevant=\"../ads &gt; 0\"",
        "<repeat nodeset=\"/data/lines\" jr:count=\"/data/lines_wanted\" jr:noAddRemove=\"true()\">",
        "<repeat nodeset=\"/data/lines/stops\" jr:count=\"/data/lines/stops_count\"",
        "<bind nodeset=\"/data/lines/stops_count\" type=\"string\" readonly=\"true()\" calculate=\"5\"/>",
        "<lines_wanted>3</lines_wanted>",
        "<bind nodeset=\"/data/orx:meta/orx:timeStart\" type=\"dateTime\" jr:preload=\"timestamp\" jr:preloadParams=\"start\"/>",
        "<orx:meta><orx:timeStart/><orx:timeEnd/><orx:instanceID/></orx:meta>",
    ] {
        assert!(form.contains(part), "{part}\n{form}");
    }
    let mut broken = samples::bus();
    broken.version = String::new();
    assert_eq!(xform::write(&broken).unwrap_err().len(), 1);
}

#[test]
fn a_submission_is_read() {
    use SubmissionCode as C;
    let list = checklist(json!([
        ask("n", "count", json!({})),
        ask("x", "number", json!({})),
        ask("many", "many-of", json!({})),
        ask("day", "date", json!({})),
        ask("time", "time", json!({})),
        around(
            "section",
            "s",
            json!({}),
            json!([
                ask("at", "place", json!({})),
                ask("ground", "area", json!({})),
                ask("photo", "photo", json!({})),
                ask("sound", "audio", json!({})),
            ])
        ),
        around("repeat", "r", json!({"count": "2"}), json!([ask("said", "text", json!({}))])),
        ask("sum", "calculate", json!({"expr": "${n} + 1"})),
    ]));
    let body = "<n> 3 </n><x>1.50</x><many>plum apple</many><day>2026-11-30T00:00:00.000+08:00</day>\
        <time>08:05:00.000+08:00</time><s><at>39.8 98.3 1500 4.5</at>\
        <ground>39 98 0 0; 39 99 0 0; 40 99 0 0; 39 98 0 0</ground><photo>a.jpg</photo><photo_2>b.jpg</photo_2>\
        <sound>s.m4a</sound></s><r_count>2</r_count><r template=\"\"><said/></r><r><said>a &lt; b &#36335;</said></r>\
        <r><said><![CDATA[<路>]]></said></r><sum>4</sum>";
    let meta = "<meta><timeStart>2026-11-30T09:58:00.000+08:00</timeStart><timeEnd>gestern</timeEnd>\
        <instanceID>uuid:2</instanceID><deprecatedID>uuid:1</deprecatedID></meta>";
    let whole = |body: &str, meta: &str| {
        format!("<?xml version='1.0'?><data id=\"test\" version=\"1\">{body}{meta}</data>")
    };
    let got = read(&list, whole(body, meta).as_bytes()).unwrap();
    assert_eq!((got.instance_id.as_str(), got.deprecated_id.as_deref()), ("uuid:2", Some("uuid:1")));
    assert_eq!(got.attachments, ["a.jpg", "b.jpg", "s.m4a"]);
    // a clock that says nothing understandable is no reason to refuse answers
    assert_eq!(
        (got.started.map(Instant::rfc3339), got.ended),
        (Some("2026-11-30T09:58:00+08:00".to_owned()), None)
    );
    let corner = |lat: f64, lng: f64| json!({"lat": lat, "lng": lng, "altitude": 0.0, "accuracy": 0.0});
    assert_eq!(
        got.answers,
        answers(json!({
            "given": {
                "n": 3, "x": 1.5, "many": ["plum", "apple"], "day": "2026-11-30", "time": "08:05:00",
                "at": {"lat": 39.8, "lng": 98.3, "altitude": 1500.0, "accuracy": 4.5},
                "ground": [corner(39.0, 98.0), corner(39.0, 99.0), corner(40.0, 99.0)],
                "photo": ["a.jpg", "b.jpg"], "sound": "s.m4a",
            },
            "rows": {"r": [{"given": {"said": "a < b 路"}}, {"given": {"said": "<路>"}}]},
        }))
    );
    assert_eq!(belongs_to(whole(body, meta).as_bytes()).unwrap(), ("test".to_owned(), "1".to_owned()));
    let refused = |body: &str, meta: &str| {
        let faults = read(&list, whole(body, meta).as_bytes()).unwrap_err();
        faults.into_iter().map(|fault| (fault.path, fault.code)).collect::<Vec<_>>()
    };
    for (body, path, code) in [
        ("<n>three</n>", "n", C::Answer(AnswerCode::WrongKind)),
        ("<n>3</n><n>4</n>", "n", C::Twice),
        ("<nobody/>", "nobody", C::UnknownElement),
        ("<said>x</said>", "said", C::UnknownElement),
        ("<many>plum grape</many>", "many", C::Answer(AnswerCode::UnknownChoice)),
        ("<day>yesterday</day>", "day", C::Answer(AnswerCode::BadDate)),
        ("<x>NaN</x>", "x", C::Answer(AnswerCode::WrongKind)),
        ("<x>1e999</x>", "x", C::Answer(AnswerCode::WrongKind)),
        ("<s><at>95 0</at></s>", "at", C::Answer(AnswerCode::BadPlace)),
        ("<s><photo>../x</photo></s>", "photo", C::Answer(AnswerCode::BadFileName)),
        ("<r><said>x</said><said>y</said></r>", "r[1]/said", C::Twice),
        ("<r><n>3</n></r>", "r[1]/n", C::UnknownElement),
    ] {
        assert_eq!(refused(body, meta), [(path.to_owned(), code)], "{body}");
    }
    assert_eq!(refused("", ""), [(String::new(), C::NoInstanceId)]);
    let long = format!("<meta><instanceID>{}</instanceID></meta>", "x".repeat(201));
    assert_eq!(refused("", &long), [(String::new(), C::BadInstanceId)]);
    let many = "<r/>".repeat(2001);
    assert_eq!(refused(&many, meta), [("r".to_owned(), C::TooManyRows)]);
    let other = |attributes: &str| {
        let text = format!("<data {attributes}>{meta}</data>");
        read(&list, text.as_bytes()).unwrap_err().remove(0).code
    };
    assert_eq!(other("id='other' version='1'"), C::OtherForm);
    assert_eq!(other("id='test' version='2'"), C::OtherVersion);
    assert_eq!(other("id='test'"), C::OtherVersion);
}

#[test]
fn what_is_no_plain_xml_is_refused() {
    let list = checklist(json!([ask("n", "count", json!({}))]));
    let deep = format!("{}{}", "<a>".repeat(50), "</a>".repeat(50));
    let many = format!("<data>{}</data>", "<a/>".repeat(50_000));
    let huge = format!("<data>{}</data>", " ".repeat(5 << 20));
    for (text, fault) in [
        ("<!DOCTYPE data [<!ENTITY a \"b\">]><data id='test' version='1'>&a;</data>", XmlFault::DocumentType),
        ("<!DOCTYPE data SYSTEM 'file:///etc/passwd'><data/>", XmlFault::DocumentType),
        ("<data>&lol;</data>", XmlFault::DocumentType),
        (deep.as_str(), XmlFault::TooDeep),
        (many.as_str(), XmlFault::TooManyElements),
        (huge.as_str(), XmlFault::TooLarge),
    ] {
        let told = read(&list, text.as_bytes()).unwrap_err();
        assert_eq!(told[0].code, SubmissionCode::Xml(fault), "{}", &text[..text.len().min(60)]);
    }
    for text in [
        "",
        "data",
        "<data>",
        "<data></date>",
        "<data/><data/>",
        "<a></a>x",
        "\u{feff}",
        "<data a='&x;'/>",
        "<a b='1' b='2'/>",
    ] {
        let told = read(&list, text.as_bytes()).unwrap_err();
        assert!(matches!(told[0].code, SubmissionCode::Xml(XmlFault::NotXml { .. })), "{text}: {told:?}");
    }
    assert!(read(&list, b"<data>\xff</data>").is_err());
}

#[test]
fn documents_of_openrosa() {
    let form = FormEntry {
        form_id: "market".to_owned(),
        name: "集贸市场 <1>".to_owned(),
        version: "2026-1".to_owned(),
        md5: "d41d8cd98f00b204e9800998ecf8427e".to_owned(),
        description: String::new(),
        download_url: "https://example.org/f?a=1&b=2".to_owned(),
        manifest_url: Some("https://example.org/m".to_owned()),
    };
    let list = openrosa::form_list(&[form]);
    let read = xml::read(list.as_bytes()).unwrap();
    assert!(list.contains("xmlns=\"http://openrosa.org/xforms/xformsList\""));
    let entry = read.child("xform").unwrap();
    assert_eq!(entry.child("name").unwrap().text, "集贸市场 <1>");
    assert_eq!(entry.child("hash").unwrap().text, "md5:d41d8cd98f00b204e9800998ecf8427e");
    assert_eq!(entry.child("downloadUrl").unwrap().text, "https://example.org/f?a=1&b=2");
    assert!(entry.child("descriptionText").is_none());
    let file = MediaFile { file_name: "a.png".to_owned(), md5: "0".repeat(32), download_url: "u".to_owned() };
    let manifest = xml::read(openrosa::manifest(&[file]).as_bytes()).unwrap();
    assert_eq!(manifest.child("mediaFile").unwrap().child("filename").unwrap().text, "a.png");
    let answer = xml::read(openrosa::response(false, "版本不对").as_bytes()).unwrap();
    let message = answer.child("message").unwrap();
    assert_eq!((message.attribute("nature"), message.text.as_str()), (Some("submit_error"), "版本不对"));
}

#[test]
fn a_name_seen_from_rows_is_a_path_within_them() {
    let list = checklist(json!([
        ask("out", "count", json!({})),
        around(
            "repeat",
            "r",
            json!({"relevant": "${out} > 1"}),
            json!([
                ask("a", "count", json!({})),
                around(
                    "section",
                    "s",
                    json!({}),
                    json!([ask("b", "calculate", json!({"expr": "${a} + ${out} + count(${r})"}))])
                ),
            ])
        ),
    ]));
    let form = xform::write(&list).unwrap();
    assert!(form.contains("calculate=\"../../a + /data/out + count(/data/r)\""), "{form}");
    assert!(form.contains("<bind nodeset=\"/data/r\" relevant=\"/data/out &gt; 1\"/>"), "{form}");
}

proptest! {
    #[test]
    fn a_form_hangs_together_and_what_is_sent_is_read(tape in tapes()) {
        let list = made::checklist(Tape::new(tape.clone()));
        hangs_together(&xform::write(&list).unwrap());
        let given = made::answers(&list, &mut Tape::new(tape));
        let got = read(&list, sent(&list, &given).as_bytes());
        prop_assert!(got.is_ok(), "{:?}\n{}", got, sent(&list, &given));
        let got = got.unwrap();
        prop_assert_eq!(&got.answers, &given);
        // and nothing of it is of the wrong kind
        let odd = list.check(&got.answers, TODAY).into_iter().find(|fault| {
            !matches!(fault.code, AnswerCode::Required | AnswerCode::Rows | AnswerCode::Constraint)
        });
        prop_assert_eq!(odd, None);
    }

    #[test]
    fn no_bytes_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = (read(&samples::bus(), &bytes), belongs_to(&bytes));
    }

    #[test]
    fn a_submission_that_was_damaged_is_read_or_refused(tape in tapes(), cuts in prop::collection::vec((any::<usize>(), 0..9_usize, any::<u8>()), 1..6)) {
        let list = made::checklist(Tape::new(tape.clone()));
        let given = made::answers(&list, &mut Tape::new(tape));
        let mut bytes = sent(&list, &given).into_bytes();
        for (at, what, byte) in cuts {
            let at = at % bytes.len().max(1);
            match what {
                0 => bytes.truncate(at),
                1..=3 if at < bytes.len() => bytes[at] = byte,
                4 => bytes.insert(at.min(bytes.len()), byte),
                5 => bytes.extend_from_within(at.min(bytes.len())..),
                _ if at < bytes.len() => drop(bytes.drain(at..(at + what).min(bytes.len()))),
                _ => {}
            }
        }
        match read(&list, &bytes) {
            // what is read can be judged, whatever it says
            Ok(got) => drop(list.settle(&got.answers, TODAY)),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }

    #[test]
    fn no_text_brings_the_reader_down(body in "[<>/a-z&;#x0-9\"'=! \\[\\]-]{0,200}") {
        let list = checklist(json!([ask("n", "count", json!({})), ask("a", "text", json!({}))]));
        let whole = format!("<data id=\"test\" version=\"1\">{body}<meta><instanceID>u</instanceID></meta></data>");
        if let Ok(got) = read(&list, whole.as_bytes()) {
            prop_assert!(got.answers.given.get("a").is_none_or(|a| *a != text("")));
        }
    }
}
