//! The page of data keys.

use super::world::{auditor, closed, features, value};
use kernel::policy::Role;
use kernel::time::HOUR;
use testkit::{TestApp, whole_city};

testkit::stories!(features(); the_system_administrator_makes_a_new_key, nobody_else_does);

const KEYS: &str = "/admin/data-keys";
const ROTATION: &str = "/admin/data-keys/rotation";

fn the_system_administrator_makes_a_new_key(t: &TestApp) {
    closed(t, 2, 10);
    let client = t.member("系统员", vec![whole_city(Role::SystemAdmin)]);
    let file = std::fs::read_to_string(t.test.folder().join("data-keys.json")).unwrap();
    let secret: serde_json::Value = serde_json::from_str(&file).unwrap();
    let secret = secret["keys"][0]["key"].as_str().unwrap().to_owned();
    for client in [client, t.member("系统员", vec![whole_city(Role::SystemAdmin)]).english()] {
        for path in [KEYS, ROTATION] {
            let page = client.get(path).expect(200);
            assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
            assert!(!page.has(&secret), "{path} shows the key");
        }
    }
    let client = t.member("系统员", vec![whole_city(Role::SystemAdmin)]);
    client.submit(ROTATION, ROTATION, &[]).expect(303);
    client.submit("/inbox", ROTATION, &[]).expect(409);
    assert_eq!(value::<i64>(t, "select count(*) from audit where verb = 'keys.rotated'"), 1);
    t.run_jobs();
    let keys = client.by_key().get("/api/v1/admin/data-keys").expect(200).json();
    let keys = keys["items"].as_array().unwrap().clone();
    assert_eq!((keys.len(), keys[0]["texts"].as_i64()), (2, Some(0)), "all is sealed again");
    assert!(keys[1]["texts"].as_i64().unwrap() >= 4 && keys[1]["current"] == true);
    assert!(keys.iter().all(|key| !key.to_string().contains(&secret)));
    // the old key leaves when it has settled
    t.jobs().ensure_periodic().unwrap();
    t.advance(2 * HOUR);
    t.run_jobs();
    let client = t.member("系统员", vec![whole_city(Role::SystemAdmin)]);
    let page = client.get(KEYS).expect(200);
    assert!(page.has("使用中") && !page.has("正在替换"));
}

fn nobody_else_does(t: &TestApp) {
    auditor(t).get(KEYS).expect(200);
    auditor(t).get(ROTATION).expect(403);
    auditor(t).submit("/inbox", ROTATION, &[]).expect(403);
    for role in [Role::SecurityAdmin, Role::Leader, Role::Office] {
        t.member("甲", vec![whole_city(role)]).get(KEYS).expect(403);
        t.member("甲", vec![whole_city(role)]).submit("/inbox", ROTATION, &[]).expect(403);
    }
    t.public().get(KEYS).expect(303);
    assert_eq!(t.test.db.keys().cards().len(), 1);
}
