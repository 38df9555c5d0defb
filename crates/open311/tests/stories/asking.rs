//! What the city asks beside the usual (附加问题) are attributes of a service, told and answered in the words of the specification.

use super::world::{World, stories};
use cases::catalogue::edit_extras::set_extras;
use cases::catalogue::extras::cell;
use cases::desk::Desk;
use kernel::policy::Role;
use serde_json::Value;
use testkit::TestApp;

stories!(a_service_tells_what_it_asks, answers_are_read_and_never_told);

const CELL: &str = "gone|yes-no|required|open|井盖不见了吗=Is the cover gone||\n\
                    wide|number|required|open|井口直径=How wide|厘米=cm|gone=yes\n\
                    who|several|optional|open|谁会经过|行人/车辆=cars|\n\
                    note|text|optional|open|还有什么要说的||\n\
                    name|text|optional|personal|怎么称呼您||";

fn world(t: &TestApp) -> World<'_> {
    let w = World::new(t);
    w.act(Role::Office, |ctx, tx, desk| {
        let item = desk.catalogue.items()[0].id;
        set_extras(ctx, tx, item, &cell::read(CELL).unwrap())
    });
    Desk::forget(&t.city);
    w
}

fn attributes(t: &TestApp) -> Vec<Value> {
    let definition = t.public().get("/open311/v2/services/event-0101.json").expect(200).json();
    definition["attributes"].as_array().unwrap().clone()
}

fn a_service_tells_what_it_asks(t: &TestApp) {
    let _w = world(t);
    let told = attributes(t);
    let of = |name: &str| told.iter().map(|a| a[name].clone()).collect::<Vec<_>>();
    assert_eq!(of("code"), ["urgent", "gone", "wide", "who", "note", "name"]);
    assert_eq!(
        of("datatype"),
        ["singlevaluelist", "singlevaluelist", "number", "multivaluelist", "text", "text"]
    );
    assert_eq!(of("order"), [1, 2, 3, 4, 5, 6]);
    // one that waits for another's answer is not mandatory by itself, and says when it is asked
    assert_eq!(of("required"), [false, true, false, false, false, false]);
    assert_eq!(told[2]["datatype_description"], "厘米; 仅当“井盖不见了吗”答“是”时问");
    assert_eq!(told[3]["values"][1]["key"], "车辆");
    assert_eq!(told[4]["values"].as_array().unwrap().len(), 0);
    let english = t.public().english().get("/open311/v2/services/event-0101.json").expect(200).json();
    assert_eq!(english["attributes"][2]["description"], "How wide");
    let values = &english["attributes"][3]["values"][1];
    assert_eq!((values["key"].as_str(), values["name"].as_str()), (Some("车辆"), Some("cars")));
    let xml = t.public().get("/open311/v2/services/event-0101.xml").expect(200);
    assert!(
        xml.has("<code>wide</code><datatype>number</datatype>") && xml.has("<values></values>"),
        "{}",
        xml.text()
    );
    // others ask nothing
    let other = t.public().get("/open311/v2/services/other.json").expect(200).json();
    assert_eq!(other["attributes"].as_array().unwrap().len(), 1);
}

fn answers_are_read_and_never_told(t: &TestApp) {
    let w = world(t);
    let refused = |fields: &[(&str, &str)]| -> Vec<String> {
        let page = w.send(fields).expect(400).json();
        page.as_array().unwrap().iter().map(|e| e["description"].as_str().unwrap().to_owned()).collect()
    };
    let told = refused(&[]);
    assert!(told.len() == 1 && told[0].starts_with("attribute[gone]: "), "{told:?}");
    let told = refused(&[("attribute[gone]", "yes"), ("attribute[who][]", "飞机")]);
    assert!(told.len() == 2 && told[0].starts_with("attribute[wide]: "), "{told:?}");
    assert!(told[1].starts_with("attribute[who]: "), "{told:?}");
    let number = World::number(&w.send(&[
        ("attribute[gone]", "yes"),
        ("attribute[wide]", "70"),
        ("attribute[who][]", "车辆"),
        ("attribute[who][]", "行人"),
        ("attribute[note]", "独角兽挡路"),
        ("attribute[name]", "欧阳报事"),
        ("attribute[colour]", "red"),
        ("attribute[urgent]", "true"),
    ]));
    let sought = number.clone();
    let answers = t.test.db.read_now(move |tx| {
        let case = cases::store::case_by_number(tx, &sought)?.unwrap();
        cases::store::answers(tx, &[case.id])
    });
    let answers: Vec<String> = answers.unwrap().into_iter().map(|a| a.value).collect();
    assert_eq!(answers, ["yes", "70", "行人、车辆", "独角兽挡路", "欧阳报事"]);
    // a service that asks nothing takes what it is given, and leaves it alone
    World::number(&w.send(&[("service_code", "event-0102"), ("attribute[gone]", "perhaps")]));
    World::number(&w.send(&[("service_code", "other"), ("attribute[gone]", "perhaps")]));
    w.dispatched(&number);
    for ending in ["json", "xml"] {
        let path = format!("/open311/v2/requests/{number}.{ending}?extensions=true");
        let page = t.public().get(&path).expect(200);
        assert!(!page.has("独角兽") && !page.has("欧阳报事") && !page.has("attribute["), "{}", page.text());
    }
}
