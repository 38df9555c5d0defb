//! Whatever is sent, the answer is a report taken or an error as documented: nothing else, and never our fault.

use super::world::{World, program};
use axum::body::Body;
use axum::http::Method;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use testkit::{Engine, TestApp};
use web::scope::Scope;

/// Sends a body and looks at the answer.
fn sound(t: &TestApp, path: &str, kind: &str, body: Vec<u8>) -> Result<(), TestCaseError> {
    let page = t.public().send(Method::POST, path, &[("content-type", kind)], Body::from(body));
    prop_assert!(matches!(page.status, 201 | 400 | 403 | 404 | 409 | 413), "{} {}", page.status, page.text());
    if page.status == 201 {
        return Ok(());
    }
    let errors: serde_json::Value =
        serde_json::from_slice(&page.bytes).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let list = errors.as_array().ok_or_else(|| TestCaseError::fail("no list"))?;
    prop_assert!(!list.is_empty());
    for error in list {
        prop_assert_eq!(&error["code"], &serde_json::json!(page.status));
        prop_assert!(
            error["description"].as_str().is_some_and(|d| !d.is_empty() && !d.contains('⟦')),
            "{}",
            errors
        );
    }
    Ok(())
}

/// A name that the door knows, or any other.
fn name() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "service_code",
        "lat",
        "long",
        "address_string",
        "address_id",
        "description",
        "email",
        "phone",
        "first_name",
        "last_name",
        "media_url",
        "media_url[]",
        "attribute[condition]",
        "attribute[urgent]",
        "attribute[external_id]",
        "attribute[]",
        "attribute[",
        "api_key",
        "jurisdiction_id",
        "service_request_id",
        "update_id",
        "status",
        "updated_datetime",
    ];
    prop_oneof![4 => proptest::sample::select(KNOWN).prop_map(str::to_owned), 1 => any::<String>()]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("event-0101".to_owned()),
        Just("39.765".to_owned()),
        Just("98.265".to_owned()),
        Just("-1e309".to_owned()),
        Just("S-0001".to_owned()),
        any::<f64>().prop_map(|n| n.to_string()),
        any::<String>(),
        "[\\x00-\\x1f<>&\"']{0,20}",
        Just("长".repeat(5000)),
    ]
}

fn run(
    cases: u32,
    t: &TestApp,
    test: impl Fn(&TestApp, &str, (Vec<(String, String)>, Vec<u8>)) -> Result<(), TestCaseError>,
) {
    let w = World::new(t);
    let key = w.key(Scope::Report).to_owned();
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner
        .run(&(vec((name(), value()), 0..8), vec(any::<u8>(), 0..400)), |given| {
            for resource in ["requests", "servicerequestupdates"] {
                test(t, &format!("/open311/v2/{resource}.json?api_key={key}"), given.clone())?;
            }
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn any_bytes_as_a_form() {
    let t = program(Engine::Embedded);
    run(150, &t, |t, path, (_, bytes)| sound(t, path, "application/x-www-form-urlencoded", bytes));
}

#[test]
fn any_fields_as_a_form() {
    let t = program(Engine::Embedded);
    run(250, &t, |t, path, (fields, _)| {
        let encode = |(n, v): &(String, String)| format!("{}={}", web::ui::encode(n), web::ui::encode(v));
        let body = fields.iter().map(encode).collect::<Vec<_>>().join("&");
        sound(t, path, "application/x-www-form-urlencoded", body.into_bytes())
    });
}

#[test]
fn any_bytes_as_multipart() {
    let t = program(Engine::Embedded);
    run(150, &t, |t, path, (_, bytes)| {
        sound(t, path, "multipart/form-data; boundary=x", bytes.clone())?;
        sound(t, path, "multipart/form-data", bytes)
    });
}

#[test]
fn any_parts_as_multipart() {
    let t = program(Engine::Embedded);
    run(200, &t, |t, path, (fields, bytes)| {
        let mut body = Vec::new();
        for (at, (name, value)) in fields.iter().enumerate() {
            let name: String = name.chars().filter(|c| !c.is_control() && *c != '"').collect();
            let file = if at % 3 == 2 { "; filename=\"a.jpg\"" } else { "" };
            body.extend(
                format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
            );
            if at % 2 == 0 {
                body.extend(value.bytes());
            } else {
                body.extend(&bytes);
            }
            body.extend(b"\r\n");
        }
        // now and then the end is missing
        if bytes.len() % 3 != 0 {
            body.extend(b"--x--\r\n");
        }
        sound(t, path, "multipart/form-data; boundary=x", body)
    });
}

const NAMES: &[&str] = &[
    "start_date",
    "end_date",
    "status",
    "service_code",
    "service_request_id",
    "bbox",
    "lat",
    "long",
    "radius",
    "page",
    "per_page",
    "extensions",
    "jurisdiction_id",
];

#[test]
fn any_question() {
    let t = program(Engine::Embedded);
    let _w = World::new(&t);
    let pair = (proptest::sample::select(NAMES), value());
    let mut runner = TestRunner::new(Config { cases: 400, failure_persistence: None, ..Config::default() });
    runner
        .run(&vec(pair, 0..5), |pairs| {
            let query = pairs
                .iter()
                .map(|(n, v)| format!("{n}={}", web::ui::encode(&v.chars().take(500).collect::<String>())))
                .collect::<Vec<_>>()
                .join("&");
            for resource in ["requests", "servicerequestupdates", "services"] {
                let page = t.public().get(&format!("/open311/v2/{resource}.xml?{query}"));
                prop_assert!(
                    matches!(page.status, 200 | 400 | 404),
                    "{query}: {} {}",
                    page.status,
                    page.text()
                );
                let mut reader = quick_xml::Reader::from_str(page.text());
                loop {
                    match reader.read_event() {
                        Ok(quick_xml::events::Event::Eof) => break,
                        Ok(_) => {}
                        Err(e) => return Err(TestCaseError::fail(format!("{e}: {}", page.text()))),
                    }
                }
            }
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}
