//! The hotline of the stories: keeps orders and changes, takes results, and can be down or talk nonsense.

use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use testkit::{Received, Receiver, Reply};

#[derive(Default)]
struct State {
    changes: Vec<Value>,
    /// Orders that are listed as open.
    orders: BTreeMap<String, Value>,
    results: Vec<Value>,
    /// Ids of results that came more than once.
    again: usize,
    /// What is answered instead of anything sensible; how often.
    instead: Vec<Reply>,
    /// Every results post is refused with this.
    refuse: Option<u16>,
    page: usize,
}

pub(super) struct Hotline {
    pub(super) receiver: Receiver,
    state: Arc<Mutex<State>>,
}

fn json_reply(value: &Value) -> Reply {
    Reply::With(200, ("content-type", "application/json".to_owned()), value.to_string())
}

fn query(path: &str, name: &str) -> String {
    let found = path.split(['?', '&']).find_map(|p| p.strip_prefix(&format!("{name}=")).map(str::to_owned));
    found.unwrap_or_default()
}

fn answer(state: &mut State, request: &Received) -> Reply {
    if let Some(reply) = state.instead.pop() {
        return reply;
    }
    let path = request.path.strip_prefix("/api").unwrap_or_default();
    if path.starts_with("/changes") {
        let after: usize = query(path, "after").parse().unwrap_or(0);
        let end = (after + state.page).min(state.changes.len());
        let some = &state.changes[after.min(end)..end];
        return json_reply(
            &json!({"changes": some, "next": end.to_string(), "more": end < state.changes.len()}),
        );
    }
    if path.starts_with("/orders?") {
        let all: Vec<&Value> = state.orders.values().collect();
        return json_reply(&json!({"orders": all, "next": "end", "more": false}));
    }
    if let Some(number) = path.strip_prefix("/orders/") {
        return state.orders.get(number).map_or(Reply::Status(404), json_reply);
    }
    if path == "/results" {
        if let Some(status) = state.refuse {
            return Reply::Status(status);
        }
        let result = request.json();
        assert_eq!(request.header("idempotency-key"), result["id"].as_str().unwrap());
        if state.results.iter().any(|r| r["id"] == result["id"]) {
            state.again += 1;
        } else {
            state.results.push(result);
        }
        return Reply::Status(204);
    }
    Reply::Status(404)
}

impl Hotline {
    pub(super) fn start() -> Self {
        let receiver = Receiver::start();
        let state = Arc::new(Mutex::new(State { page: 100, ..State::default() }));
        let own = Arc::clone(&state);
        receiver.answer(move |request| answer(&mut own.lock(), request));
        Self { receiver, state }
    }

    pub(super) fn url(&self) -> String {
        self.receiver.url("/api")
    }

    pub(super) fn tell(&self, change: Value) {
        self.state.lock().changes.push(change);
    }

    pub(super) fn pages_of(&self, size: usize) {
        self.state.lock().page = size;
    }

    pub(super) fn list(&self, order: Value) {
        let number = order["number"].as_str().unwrap().to_owned();
        self.state.lock().orders.insert(number, order);
    }

    pub(super) fn unlist(&self, number: &str) {
        self.state.lock().orders.remove(number);
    }

    /// Answers so many requests like this.
    pub(super) fn say_instead(&self, reply: &Reply, times: usize) {
        self.state.lock().instead.extend(std::iter::repeat_n(reply.clone(), times));
    }

    pub(super) fn sensible_again(&self) {
        let mut state = self.state.lock();
        state.instead.clear();
        state.refuse = None;
    }

    pub(super) fn refuse(&self, status: u16) {
        self.state.lock().refuse = Some(status);
    }

    pub(super) fn results(&self) -> Vec<Value> {
        self.state.lock().results.clone()
    }

    /// Kinds of the results of an order, in the order in which they came.
    pub(super) fn kinds(&self, order: &str) -> Vec<String> {
        let results = self.results();
        results
            .iter()
            .filter(|r| r["order"] == order)
            .map(|r| r["kind"].as_str().unwrap().to_owned())
            .collect()
    }

    pub(super) fn came_again(&self) -> usize {
        self.state.lock().again
    }
}

/// A new order, as the hotline writes it.
pub(super) fn created(order: &str) -> Value {
    json!({
        "id": format!("{order}/1"),
        "order": order,
        "revision": 1,
        "kind": "created",
        "at": "2026-03-05T09:00:00+08:00",
        "snapshot": snapshot(order, 1),
    })
}

pub(super) fn snapshot(order: &str, revision: i64) -> Value {
    json!({
        "number": order,
        "revision": revision,
        "state": "已派单",
        "category": "市容/垃圾",
        "unit": "雄关街道",
        "deadline": "2026-03-06 18:00:00",
        "title": "新华路垃圾堆放",
        "text": "市民反映新华路人行道有一堆垃圾",
        "address": "新华路12号门前",
        "lng": 98.265,
        "lat": 39.765,
        "crs": "cgcs2000",
        "reporter": {"name": "欧阳明月", "phone": "13893712345", "wants_answer": true},
    })
}

/// A later change of an order.
pub(super) fn then(order: &str, revision: i64, kind: &str, words: &str) -> Value {
    json!({
        "id": format!("{order}/{revision}"),
        "order": order,
        "revision": revision,
        "kind": kind,
        "at": "2026-03-05 10:00:00",
        "words": words,
    })
}
