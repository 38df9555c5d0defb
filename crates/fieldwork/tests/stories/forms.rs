//! The plain form, without script.

use super::world::{World, picture, told};
use testkit::Client;

told!(a_form_is_filled_in_step_by_step, what_is_wrong_stands_beside_its_question, a_draft_is_ones_own);

/// All fields that the form shows, as a browser would send them, with these instead.
fn send(
    client: &Client<'_>,
    at: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &str, &[u8])],
) -> testkit::Page {
    let page = client.get(at).expect(200);
    let mut whole: Vec<(String, String)> = vec![("csrf".into(), page.csrf())];
    for part in page.text().split("<input type=\"hidden\" name=\"").skip(1) {
        let (name, rest) = part.split_once("\" value=\"").unwrap();
        let value = rest.split('"').next().unwrap();
        if name == "shown" || name == "version" {
            whole.push((name.to_owned(), value.to_owned()));
        }
    }
    whole.extend(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    let pairs: Vec<(&str, &str)> = whole.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    if files.is_empty() { client.post(at, &pairs) } else { client.upload(at, at, &pairs, files) }
}

fn a_form_is_filled_in_step_by_step(w: &World) {
    let stop = w.visits(0).remove(0);
    let me = w.inspector(0);
    let at = format!("/fieldwork/visits/{}", stop.visit.id);
    assert!(me.get("/fieldwork").expect(200).has(&at));
    let page = me.get(&at).expect(200);
    assert!(page.has("地面整洁") && !page.has("问题照片") && page.has("增加：摊位"), "{}", page.text());
    // a condition follows
    send(&me, &at, &[("q:clean", "unmet"), ("q:lamps", "7"), ("act", "update")], &[]).expect(303);
    let page = me.get(&at).expect(200);
    assert!(page.has("问题照片") && page.has("value=\"7\""));
    // rows come and go
    send(&me, &at, &[("q:clean", "unmet"), ("q:lamps", "7"), ("add", "stalls")], &[]).expect(303);
    send(&me, &at, &[("q:clean", "unmet"), ("q:lamps", "7"), ("add", "stalls")], &[]).expect(303);
    let rows =
        [("q:clean", "unmet"), ("q:lamps", "7"), ("q:stalls[1]/sign", "met"), ("q:stalls[2]/sign", "unmet")];
    send(&me, &at, &[&rows[..], &[("remove", "stalls[1]")]].concat(), &[]).expect(303);
    let page = me.get(&at).expect(200);
    assert!(page.has("stalls[1]/sign") && !page.has("stalls[2]/sign"));
    assert!(
        page.text().contains("name=\"q:stalls[1]/sign\" value=\"unmet\" checked"),
        "the other row is gone"
    );
    // a picture
    let bytes = picture();
    let rest = [("q:clean", "unmet"), ("q:lamps", "7"), ("q:stalls[1]/sign", "unmet")];
    let files: [(&str, &str, &[u8]); 1] = [("q:dirt", "IMG_1.jpg", &bytes)];
    send(&me, &at, &[&rest[..], &[("act", "update")]].concat(), &files).expect(303);
    w.t.run_jobs();
    let page = me.get(&at).expect(200);
    assert!(page.has("/fieldwork/photos/"), "{}", page.text());
    let done = send(&me, &at, &[&rest[..], &[("act", "hand-in")]].concat(), &[]).expect(303);
    let record = done.location().unwrap();
    let page = me.get(&record).expect(200);
    for words in ["已提交", "不符合", "问题照片", "S-1", "灯数"] {
        assert!(page.has(words), "{words}");
    }
    assert!(page.text().contains("/fieldwork/photos/"));
    // and cannot be written in any more
    assert_eq!(me.get(&at).expect(303).location().unwrap(), record);
    let csrf = me.get("/fieldwork").csrf();
    me.post(&at, &[("csrf", &csrf), ("version", "3"), ("act", "save")]).expect(409);
}

fn what_is_wrong_stands_beside_its_question(w: &World) {
    let stop = w.visits(0).remove(0);
    let me = w.inspector(0);
    let at = format!("/fieldwork/visits/{}", stop.visit.id);
    let page = send(&me, &at, &[("q:clean", ""), ("q:lamps", "-3"), ("act", "hand-in")], &[]).expect(422);
    assert!(
        page.has("不能是负数。") && page.has("这道题必须回答") && page.has("value=\"-3\""),
        "{}",
        page.text()
    );
    assert!(page.has("id=\"f-lamps-error\"") && page.has("没有提交"));
    let page =
        send(&me, &at, &[("q:clean", "met"), ("q:lamps", "many"), ("act", "hand-in")], &[]).expect(422);
    assert!(page.has("value=\"many\"") && page.has("类型不对"));
    // it is there when one comes back
    assert!(me.get(&at).expect(200).has("value=\"many\""));
    let english = w.inspector(0).english();
    let page =
        send(&english, &at, &[("q:clean", "met"), ("q:lamps", "-3"), ("act", "hand-in")], &[]).expect(422);
    assert!(page.has("Not below nought."));
}

fn a_draft_is_ones_own(w: &World) {
    let stop = w.visits(0).remove(0);
    let (me, other) = (w.inspector(0), w.inspector(1));
    let at = format!("/fieldwork/visits/{}", stop.visit.id);
    send(&me, &at, &[("q:clean", "met"), ("q:lamps", "5"), ("act", "save")], &[]).expect(303);
    other.get(&at).expect(404);
    w.office().get(&at).expect(403);
    assert!(!w.office().get("/fieldwork/records").expect(200).has("FR-"), "a draft is seen by nobody else");
    assert!(me.get("/fieldwork/records").expect(200).has("草稿"));
    let number =
        me.get("/fieldwork/records?format=csv").expect(200).text().lines().nth(1).unwrap()[..14].to_owned();
    w.office().get(&format!("/fieldwork/records/{number}")).expect(404);
    // two windows
    let csrf = me.get(&at).csrf();
    let old =
        [("csrf", csrf.as_str()), ("version", "0"), ("shown", "lamps"), ("q:lamps", "9"), ("act", "save")];
    me.post(&at, &old).expect(409);
    // what comes by another door takes its place
    let record = w.sent(0, &stop, "phone", super::world::met());
    assert_ne!(record.number, number);
    assert!(me.get(&format!("/fieldwork/records/{number}")).expect(200).has("不采用"));
    me.get("/fieldwork/visits/17").expect(404);
}
