//! Callers at both programs.

use super::town::Town;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use testkit::client::Connection;

/// What a caller was told: the text of each report with its number, and how many moves were made.
#[derive(Default)]
pub(crate) struct Sent {
    pub(crate) reports: BTreeMap<String, String>,
    pub(crate) moves: usize,
}

pub(crate) struct Callers<'a> {
    addresses: [String; 2],
    key: &'a str,
    unit: &'a str,
    item: &'a str,
    stop: &'a AtomicBool,
}

/// A connection to each program, opened again after a program died.
#[derive(Default)]
struct Lines([Option<Connection>; 2]);

impl<'a> Callers<'a> {
    pub(crate) fn new(addresses: [String; 2], town: &'a Town, stop: &'a AtomicBool) -> Self {
        Self { addresses, key: &town.key, unit: &town.unit, item: &town.item, stop }
    }

    /// Sends JSON with the key; the answer, or none where the program died meanwhile.
    fn ask(&self, lines: &mut Lines, at: usize, path: &str, once: &str, body: &Value) -> Option<Value> {
        let body = body.to_string();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Idempotency-Key: {once}\r\nContent-Length: {}\r\n\r\n{body}",
            self.key,
            body.len()
        );
        let line = lines.0.get_mut(at).expect("one of two");
        if line.is_none() {
            *line = Connection::open(&self.addresses[at]).ok();
        }
        let Some(connection) = line else {
            std::thread::sleep(Duration::from_millis(20));
            return None;
        };
        match connection.exchange(request.as_bytes()) {
            Ok(200 | 201) => Some(serde_json::from_slice(&connection.body).expect("JSON")),
            Ok(other) => panic!("{path} {other}: {}", String::from_utf8_lossy(&connection.body)),
            Err(_) => {
                *line = None;
                None
            }
        }
    }

    /// Reports, and takes each case on through the one and the other program in turn.
    pub(crate) fn work(&self, caller: usize) -> Sent {
        let (mut sent, mut lines) = (Sent::default(), Lines::default());
        for n in 0.. {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            let text = format!("报告 {caller} {n}");
            let report = json!({ "description": text, "address": "新华中路" });
            let key = format!("work-{caller}-{n}");
            let Some(told) = self.ask(&mut lines, n % 2, "/api/v1/reports", &key, &report) else { continue };
            let number = told["number"].as_str().expect("a number").to_owned();
            let path = format!("/api/v1/cases/{number}/moves");
            sent.reports.insert(text, number);
            let moves = [
                json!({ "move": "acceptance", "item": self.item, "condition": "", "lead": self.unit }),
                json!({ "move": "receipt" }),
                json!({ "move": "answer", "text": "已清理", "no_photo": "没有手机" }),
            ];
            for (step, body) in moves.iter().enumerate() {
                let key = format!("{key}-{step}");
                // who does not know whether it was done leaves the case to itself
                if self.ask(&mut lines, (n + step + 1) % 2, &path, &key, body).is_none() {
                    break;
                }
                sent.moves += 1;
            }
        }
        sent
    }

    /// The same report with the same key to both programs at the same moment, again and again.
    pub(crate) fn twins(&self) -> Sent {
        let (mut sent, meet) = (Sent::default(), Barrier::new(2));
        let goes_on = AtomicBool::new(true);
        let run = |at: usize| {
            let (mut lines, mut numbers) = (Lines::default(), Vec::new());
            for n in 0.. {
                // one of the two decides, or the other would wait for ever
                if at == 0 {
                    goes_on.store(!self.stop.load(Ordering::Relaxed), Ordering::SeqCst);
                }
                meet.wait();
                if !goes_on.load(Ordering::SeqCst) {
                    break;
                }
                let report = json!({ "description": format!("同一件事 {n}"), "address": "新华中路" });
                let told = self.ask(&mut lines, at, "/api/v1/reports", &format!("twin-{n}"), &report);
                numbers.push(told.map(|t| t["number"].as_str().expect("a number").to_owned()));
                meet.wait();
            }
            numbers
        };
        let (left, right) = std::thread::scope(|scope| {
            let left = scope.spawn(|| run(0));
            let right = scope.spawn(|| run(1));
            (left.join().expect("a twin"), right.join().expect("a twin"))
        });
        for (n, pair) in left.into_iter().zip(right).enumerate() {
            if let (Some(a), Some(b)) = &pair {
                assert_eq!(a, b, "twins got two reports");
            }
            if let Some(number) = pair.0.or(pair.1) {
                sent.reports.insert(format!("同一件事 {n}"), number);
            }
        }
        sent
    }
}
