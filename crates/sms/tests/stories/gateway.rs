//! A gateway that speaks HTTP: a small one on this machine, that answers as it is told.

use super::world::{PHONE, at, messages, open, states, tell};
use kernel::time::HOUR;
use sms::gateway::{Description, Gateway};
use sms::model::State::{Refused, Sent, Waiting};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use testkit::TestApp;

testkit::stories!(vec![sms::feature()];
    a_gateway_takes_a_message, a_gateway_says_no, a_gateway_that_is_broken_is_asked_again, a_gateway_that_stays_broken_is_given_up,
    a_template_that_is_missing);

/// Answers every request with what stands at `answer`; what came, body last.
fn serve(answer: Arc<Mutex<&'static str>>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let (came, all) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(n) = line.to_lowercase().strip_prefix("content-length:") {
                    length = n.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
                head.push_str(&line);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            if came.send(head + "\n" + &String::from_utf8(body).unwrap()).is_err() {
                return;
            }
            let answer = *answer.lock().unwrap();
            let (status, text) = answer.split_once(' ').unwrap();
            write!(
                stream,
                "HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
                text.len()
            )
            .unwrap();
        }
    });
    (url, all)
}

/// A city with that gateway.
fn with(t: &TestApp, url: &str, more: &str) {
    open(t);
    let file = format!(
        r#"{{"url": "{url}", "headers": {{"x-key": "word"}}, "json": {{"mobile": "{{to}}", "content": "{{text}}", "id": "{{id}}"}},
            "accepted": {{"/code": [0]}}, "message_id": "/sid", "reason": "/msg"{more}}}"#
    );
    sms::bring(&t.city, Gateway::http(Description::parse(&file).unwrap(), Arc::default()));
}

fn a_gateway_takes_a_message(t: &TestApp) {
    let (url, came) = serve(Arc::new(Mutex::new(r#"200 {"code": 0, "sid": "G-7"}"#)));
    with(t, &url, "");
    tell(t, PHONE);
    t.run_jobs();
    assert_eq!((states(t), messages(t)[0].gateway_id.as_str()), (vec![Sent], "G-7"));
    let request = came.recv().unwrap();
    assert!(request.starts_with("POST /send HTTP/1.1") && request.contains("x-key: word"), "{request}");
    let body: serde_json::Value = serde_json::from_str(request.rsplit('\n').next().unwrap()).unwrap();
    assert_eq!(body["mobile"], PHONE);
    assert!(body["content"].as_str().unwrap().contains("嘉峪关市"));
    assert!(body["id"].as_str().unwrap().starts_with("620200-"));
}

fn a_gateway_says_no(t: &TestApp) {
    let (url, _came) = serve(Arc::new(Mutex::new(r#"200 {"code": 12, "msg": "余额不足"}"#)));
    with(t, &url, "");
    tell(t, PHONE);
    t.run_jobs();
    assert_eq!((states(t), messages(t)[0].why.as_str()), (vec![Refused], "余额不足"));
}

fn a_gateway_that_is_broken_is_asked_again(t: &TestApp) {
    let answer = Arc::new(Mutex::new("503 "));
    let (url, came) = serve(Arc::clone(&answer));
    with(t, &url, "");
    tell(t, PHONE);
    t.jobs().run_due().unwrap();
    assert_eq!(states(t), [Waiting]);
    *answer.lock().unwrap() = r#"200 {"code": 0}"#;
    t.advance(HOUR);
    t.jobs().run_due().unwrap();
    assert_eq!(states(t), [Sent]);
    let id = |request: String| request.rsplit("\"id\":").next().unwrap().to_owned();
    assert_eq!(id(came.recv().unwrap()), id(came.recv().unwrap()), "the same message has the same id");
}

fn a_gateway_that_stays_broken_is_given_up(t: &TestApp) {
    let (url, _came) = serve(Arc::new(Mutex::new("500 ")));
    with(t, &url, "");
    at(t, 9);
    tell(t, PHONE);
    for _ in 0..12 {
        t.jobs().run_due().unwrap();
        t.advance(HOUR);
    }
    assert_eq!((states(t), messages(t)[0].why.as_str()), (vec![Refused], "HTTP 500"));
}

fn a_template_that_is_missing(t: &TestApp) {
    let (url, _came) = serve(Arc::new(Mutex::new(r#"200 {"code": 0}"#)));
    with(t, &url, r#", "templates": {"case-closed": "T1"}"#);
    tell(t, PHONE);
    t.run_jobs();
    assert_eq!((states(t), messages(t)[0].why.as_str()), (vec![Refused], "no-template"));
}
