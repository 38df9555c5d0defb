//! Map programs read collections.

use super::world::{World, stories};
use serde_json::{Value, json};
use testkit::TestApp;

stories!(
    the_landing_page_leads_everywhere,
    every_collection_has_items_and_a_file,
    cases_are_narrowed_and_paged_by_key,
    axes_follow_the_crs,
    what_is_not_known_is_refused,
    nothing_private_leaves,
);

fn follow<'a>(links: &'a Value, rel: &str) -> &'a str {
    let all = links.as_array().unwrap();
    let link = all.iter().find(|l| l["rel"] == rel).unwrap_or_else(|| panic!("no {rel} in {links}"));
    link["href"].as_str().unwrap().trim_start_matches("http://wm.example.cn")
}

fn ids(page: &Value) -> Vec<String> {
    page["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect()
}

fn the_landing_page_leads_everywhere(t: &TestApp) {
    let _w = World::new(t);
    let landing = t.public().get("/ogc/").expect(200).json();
    for rel in ["self", "service-desc", "conformance", "data"] {
        let page = t.public().get(follow(&landing["links"], rel)).expect(200);
        assert!(page.json().is_object(), "{rel}");
        assert_eq!(page.header("access-control-allow-origin"), "*");
    }
    let conforms = t.public().get("/ogc/conformance").json();
    assert!(
        conforms["conformsTo"].as_array().unwrap().iter().any(|c| c.as_str().unwrap().ends_with("conf/crs"))
    );
    let described = t.public().get("/ogc/api").json();
    assert_eq!(described["openapi"], "3.0.3");
    assert!(described["paths"]["/collections/cases/items"]["get"].is_object());
    // a browser gets pages
    for path in [
        "/ogc/",
        "/ogc/collections",
        "/ogc/collections/cases",
        "/ogc/collections/sections/items",
        "/ogc/conformance",
    ] {
        let page = t.public().send(
            axum::http::Method::GET,
            path,
            &[("accept", "text/html,*/*")],
            axum::body::Body::empty(),
        );
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.missing_texts().is_empty(), "{path} {:?}", page.missing_texts());
    }
}

fn every_collection_has_items_and_a_file(t: &TestApp) {
    let w = World::new(t);
    let number = w.reported(0, (98.265, 39.765), "垃圾");
    w.dispatched(&number);
    let all = t.public().get("/ogc/collections").expect(200).json();
    let first = [
        ("cases", number.as_str(), "Point"),
        ("sections", "S-0001", "LineString"),
        ("sites", "P-0001", "Point"),
        ("stretches", "BJ-0001", "LineString"),
        ("divisions", "620201001", "MultiPolygon"),
    ];
    assert_eq!(all["collections"].as_array().unwrap().len(), first.len());
    for (collection, (id, item, geometry)) in all["collections"].as_array().unwrap().iter().zip(first) {
        assert_eq!(collection["id"], id);
        let items = t.public().get(follow(&collection["links"], "items")).expect(200);
        assert_eq!(items.header("content-type"), "application/geo+json");
        let items = items.json();
        let found = items["features"].as_array().unwrap().iter().find(|f| f["id"] == item);
        let found = found.unwrap_or_else(|| panic!("{id}: {items}"));
        assert_eq!(found["geometry"]["type"], geometry, "{id}");
        assert_eq!(items["numberReturned"], items["numberMatched"]);
        let one = t.public().get(&format!("/ogc/collections/{id}/items/{item}")).expect(200).json();
        assert_eq!((&one["properties"], &one["geometry"]), (&found["properties"], &found["geometry"]));
        let file = t.public().get(follow(&collection["links"], "enclosure")).expect(200).json();
        assert_eq!(file["features"], items["features"], "{id}");
        let packed = t.public().send(
            axum::http::Method::GET,
            follow(&collection["links"], "enclosure"),
            &[("accept-encoding", "gzip")],
            axum::body::Body::empty(),
        );
        assert_eq!((packed.status, packed.header("content-encoding")), (200, "gzip"), "{id}");
        let linked = t.public().get(&format!("/ogc/collections/{id}/items/{item}?f=jsonld")).expect(200);
        assert_eq!(linked.header("content-type"), "application/ld+json");
        assert_eq!(linked.json()["@context"], "https://schema.org");
        // every fact is one that the collection says it has
        let told = t.public().get(&format!("/ogc/collections/{id}?f=html")).expect(200);
        for name in found["properties"].as_object().unwrap().keys() {
            assert!(told.has(&format!(">{name}<")), "{id} does not tell of {name}");
        }
    }
}

fn cases_are_narrowed_and_paged_by_key(t: &TestApp) {
    let w = World::new(t);
    let mut numbers: Vec<String> = [(0, 98.265), (1, 98.266), (0, 98.267), (1, 98.268), (0, 98.269)]
        .map(|(kind, lng)| w.reported(kind, (lng, 39.765), "垃圾"))
        .to_vec();
    for number in &numbers {
        w.dispatched(number);
    }
    w.closed(&numbers[0]);
    numbers.reverse();
    let get =
        |query: &str| t.public().get(&format!("/ogc/collections/cases/items?{query}")).expect(200).json();
    assert_eq!(ids(&get("")), numbers, "the newest first");
    let (mut seen, mut path) =
        (Vec::new(), "/ogc/collections/cases/items?limit=2&service_code=event-0101".to_owned());
    loop {
        let page = t.public().get(&path).expect(200).json();
        assert_eq!(page["numberMatched"], 3);
        seen.extend(ids(&page));
        match page["links"].as_array().unwrap().iter().find(|l| l["rel"] == "next") {
            Some(next) => {
                path = next["href"].as_str().unwrap().trim_start_matches("http://wm.example.cn").to_owned();
            }
            None => break,
        }
    }
    assert_eq!(seen, [numbers[0].clone(), numbers[2].clone(), numbers[4].clone()]);
    assert_eq!(ids(&get("state=closed")), [numbers[4].clone()]);
    assert_eq!(ids(&get("division=620200")), numbers, "a division and those below it");
    assert_eq!(ids(&get("division=999999")), Vec::<String>::new());
    assert_eq!(ids(&get("bbox=98.2645,39.7,98.2655,39.8")), [numbers[4].clone()]);
    let today = t.test.db.now().date();
    assert_eq!(ids(&get(&format!("datetime={today}"))).len(), 5);
    assert_eq!(ids(&get("datetime=../2020-01-01")).len(), 0);
    let sections =
        t.public().get("/ogc/collections/sections/items?bbox=98.2655,39.7649,98.2656,39.7651").json();
    assert_eq!(ids(&sections), ["S-0001"], "the line passes through the box");
    assert_eq!(ids(&t.public().get("/ogc/collections/sections/items?street=none").json()).len(), 0);
    let first = t.public().get("/ogc/collections/divisions/items?limit=1").json();
    let second = t.public().get(follow(&first["links"], "next")).expect(200).json();
    assert_eq!((ids(&first), ids(&second)), (vec!["620200".to_owned()], vec!["620201001".to_owned()]));
}

fn axes_follow_the_crs(t: &TestApp) {
    let w = World::new(t);
    w.dispatched(&w.reported(0, (98.265, 39.765), "垃圾"));
    let epsg = "http://www.opengis.net/def/crs/EPSG/0/4490";
    let page = t.public().get("/ogc/collections/cases/items").expect(200);
    assert_eq!(page.header("content-crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
    assert_eq!(page.json()["features"][0]["geometry"]["coordinates"], json!([98.265, 39.765]));
    let page = t.public().get(&format!("/ogc/collections/cases/items?crs={epsg}")).expect(200);
    assert_eq!(page.header("content-crs"), format!("<{epsg}>"));
    assert_eq!(page.json()["features"][0]["geometry"]["coordinates"], json!([39.765, 98.265]));
    let boxed = |bbox: &str, crs: &str| {
        t.public().get(&format!("/ogc/collections/cases/items?bbox={bbox}&bbox-crs={crs}")).json()["numberMatched"].clone()
    };
    assert_eq!(boxed("39.7,98.2,39.8,98.3", epsg), 1);
    assert_eq!(boxed("39.7,98.2,39.8,98.3", "OGC:CRS84"), 0);
}

fn what_is_not_known_is_refused(t: &TestApp) {
    let _w = World::new(t);
    for (path, status) in [
        ("/ogc/collections/cases/items?colour=red", 400),
        ("/ogc/collections/cases/items?bbox=1,2,3", 400),
        ("/ogc/collections/cases/items?limit=0", 400),
        ("/ogc/collections/cases/items?datetime=soon", 400),
        ("/ogc/collections/cases/items?crs=http://www.opengis.net/def/crs/EPSG/0/3857", 400),
        ("/ogc/collections/cases/items?after=x", 400),
        ("/ogc/collections/sites/items?after=P-9999", 400),
        ("/ogc/collections/cases/items?f=pdf", 400),
        ("/ogc/collections?limit=1", 400),
        ("/ogc/collections/unicorns", 404),
        ("/ogc/collections/unicorns/items", 404),
        ("/ogc/collections/cases/items/CASE-1999-000001", 404),
        ("/ogc/download/unicorns.geojson", 404),
        ("/ogc/download/cases.shp", 404),
        ("/ogc/nothing", 404),
    ] {
        let page = t.public().get(path);
        assert_eq!(page.status, status, "{path}: {}", page.text());
        let body = page.json();
        assert!(body["code"].is_string() && body["description"].is_string(), "{body}");
    }
}

fn nothing_private_leaves(t: &TestApp) {
    let w = World::new(t);
    let hidden = w.reported(0, (98.265, 39.765), "还没有核实");
    let number = w.reported(0, (98.265, 39.765), "联系 13812345678");
    w.dispatched(&number);
    for path in [
        "/ogc/collections/cases/items",
        "/ogc/collections/cases/items?f=html",
        "/ogc/download/cases.geojson",
        "/ogc/download/stretches.geojson",
        "/feeds/cases.atom",
        "/feeds/cases.rss",
        "/sitemap.xml",
    ] {
        let page = t.public().get(path);
        for secret in ["13812345678", "13812341234", hidden.as_str(), "还没有核实", "张三丰"] {
            assert!(!page.has(secret), "{path} tells {secret}");
        }
    }
    t.public().get(&format!("/ogc/collections/cases/items/{hidden}")).expect(404);
}
