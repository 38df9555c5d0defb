//! The role × action table, as people who do not program review it; and strangers.

use super::world::{features, published};
use kernel::policy::{Action, Role};
use surveys::policy::{Act, POLICY};
use testkit::http::sample_path;
use testkit::{TestApp, whole_city};

testkit::stories!(features(); strangers_see_nothing_but_links);

#[test]
#[expect(clippy::disallowed_methods, reason = "tests have no settings file")]
fn the_table_is_the_reviewed_one() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/policy.md");
    let table = POLICY.table();
    if std::env::var("BLESS").is_ok() {
        std::fs::write(file, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(file).unwrap_or_default(), table);
    assert_eq!(Act::ALL.len(), 6);
}

fn strangers_see_nothing_but_links(t: &TestApp) {
    published(t, 1);
    let (stranger, clerk) = (t.public(), t.member("经办人", vec![whole_city(Role::UnitClerk)]));
    let clerk_key = t.member("经办人", vec![whole_city(Role::UnitClerk)]).by_key();
    let feature = surveys::feature();
    for route in (feature.routes)().list() {
        if route.method != axum::http::Method::GET || route.path.starts_with("/survey/") {
            continue;
        }
        let path = sample_path(route.path);
        let api = path.starts_with("/api/");
        assert_eq!(stranger.get(&path).status, if api { 401 } else { 303 }, "{path}");
        let told = if api { clerk_key.get(&path).status } else { clerk.get(&path).status };
        assert!([403, 404].contains(&told), "{path} {told}");
    }
    for path in ["/surveys/SV-0001", "/surveys/SV-0001/sample", "/surveys/SV-0001/segments/1"] {
        clerk.get(path).expect(403);
    }
}
