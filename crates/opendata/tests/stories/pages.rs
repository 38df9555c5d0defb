//! People read what there is, in both languages.

use super::world::{World, stories};
use testkit::TestApp;

stories!(people_find_what_there_is, developers_find_how);

fn people_find_what_there_is(t: &TestApp) {
    let _w = World::new(t);
    for client in [t.public(), t.public().english()] {
        let page = client.get("/open-data").expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
        for address in
            ["/ogc/download/cases.geojson", "/feeds/closed.rss", "http://wm.example.cn/ogc/", "/developers"]
        {
            assert!(page.has(address), "{address}");
        }
        // a block of data is all there is of scripts in the page itself
        let block = page.text().split("<script type=\"application/ld+json\">").nth(1).unwrap();
        let data: serde_json::Value = serde_json::from_str(block.split("</script>").next().unwrap()).unwrap();
        assert_eq!(data["@type"], "DataCatalog");
        assert_eq!(data["dataset"].as_array().unwrap().len(), 5);
        assert!(!data["dataset"][0]["license"].as_str().unwrap().is_empty());
    }
    let ctx = t.test.ctx_system();
    let inner = ctx.clone();
    let words = "依《某市公共数据开放办法》开放".to_owned();
    t.test.db.write_now(&ctx, move |tx| opendata::settings::LICENCE.set(tx, &inner, &words)).unwrap();
    assert!(t.public().get("/open-data").has("某市公共数据开放办法"));
    assert!(t.public().get("/ogc/collections").has("某市公共数据开放办法"));
}

fn developers_find_how(t: &TestApp) {
    let _w = World::new(t);
    for client in [t.public(), t.public().english()] {
        let page = client.get("/developers").expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
        // every operation that is described is shown
        let described = client.get("/api/v1/openapi.json").json();
        for (path, methods) in described["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                let shown = format!("{} {}", method.to_ascii_uppercase(), path);
                assert!(page.has(&shown), "{shown} is not on the page");
            }
        }
        for name in described["components"]["schemas"].as_object().unwrap().keys() {
            assert!(page.has(&format!("id=\"schema-{name}\"")), "{name}");
        }
    }
    let page = t.public().english().get("/developers");
    assert!(
        page.has("With the key of somebody who may cases-view")
            && page.has("Send reports and read what is public")
    );
}
