//! What was not met becomes a case.

use super::world::{World, picture, told};
use axum::http::Method;
use fieldwork::commands::{self, Outcome};
use serde_json::json;

told!(a_finding_becomes_a_case_once, a_checklist_does_it_by_itself);

fn wrong(w: &World) -> fieldwork::model::Record {
    let stop = w.visits(0).remove(0);
    let mut sending =
        w.sending(&stop, "one", json!({"given": {"clean": "unmet", "dirt": ["a.jpg"], "lamps": 6}}));
    sending.files = vec![w.file("a.jpg", &picture())];
    match w.send(0, sending).unwrap() {
        Outcome::New(record) => record,
        other => panic!("{other:?}"),
    }
}

fn a_finding_becomes_a_case_once(w: &World) {
    let record = wrong(w);
    w.t.run_jobs();
    let office = w.office();
    let at = record.href();
    let page = office.get(&at).expect(200);
    assert!(page.has("转为案卷") && page.has("一般"));
    let cases = format!("{at}/cases");
    office.submit(&at, &cases, &[("path", "clean")]).expect(303);
    let page = office.get(&at).expect(200);
    let number = page.text().split("/cases/CASE-").nth(1).map(|t| format!("CASE-{}", &t[..11])).unwrap();
    // the case knows where it came from
    let case = office.get(&format!("/cases/{number}")).expect(200);
    assert!(case.has(&record.number) && case.has("来自实地考察") && case.has("督查"), "{}", case.text());
    w.t.run_jobs();
    assert!(office.get(&format!("/cases/{number}")).expect(200).text().contains("/photos/"));
    // never twice
    let csrf = office.get(&at).csrf();
    office.post(&cases, &[("csrf", &csrf), ("path", "clean")]).expect(409);
    let key = w.office().by_key();
    let api = format!("/api/v1{cases}");
    key.json(&Method::POST, &api, &json!({"path": "clean"})).expect(409);
    key.json(&Method::POST, &api, &json!({"path": "lamps"})).expect(404);
    // another inspector does not
    w.inspector(1).post(&cases, &[("csrf", &w.inspector(1).get("/fieldwork").csrf()), ("path", "clean")]);
    let other = w.inspector(1);
    let csrf = other.get("/fieldwork").csrf();
    other.post(&cases, &[("csrf", &csrf), ("path", "clean")]).expect(404);
}

fn a_checklist_does_it_by_itself(w: &World) {
    let ctx = w.ctx();
    let sheet = w.read(&ctx, |ctx, tx| fieldwork::queries::editions(ctx, tx, "short")).unwrap().0;
    w.act(move |ctx, tx, _| commands::set_automatic(ctx, tx, ("short", sheet.version), true)).unwrap();
    let record = wrong(w);
    // the picture is examined first, then the case is made
    w.t.run_jobs();
    w.t.advance(kernel::time::MINUTE);
    w.t.run_jobs();
    let page = w.office().get(&record.href()).expect(200);
    assert!(page.text().contains("/cases/CASE-"), "{}", page.text());
}
