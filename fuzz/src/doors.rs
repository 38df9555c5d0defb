//! Everything that a request may hold, through the real routes of the whole program on a city of its own.

use crate::mutate::{Dice, mutate};
use crate::seeds;
use crate::targets::{Target, Told};
use crate::world::World;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Uri};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use testkit::{Client, Page};

/// Whether an answer is one: no fault of ours, and a refusal of a door is told as its standard has it.
fn sound(page: &Page, path: &str) -> Told {
    if page.status >= 500 {
        return Told::Wrong(format!("{path}: {} {}", page.status, page.text()));
    }
    if page.status < 400 {
        return Told::Taken;
    }
    let kind = page.header("content-type").to_owned();
    let json = || serde_json::from_slice::<serde_json::Value>(&page.bytes).unwrap_or_default();
    let told = if path.starts_with("/open311/") && kind.contains("json") {
        json()[0]["code"] == page.status && json()[0]["description"].as_str().is_some_and(|d| !d.is_empty())
    } else if path.starts_with("/open311/") {
        kind.starts_with("text/xml") && page.has("<errors><error><code>")
    } else if path.starts_with("/api/") {
        json()["code"].as_str().is_some_and(|c| !c.is_empty()) && json()["status"] == page.status
    } else {
        true
    };
    if told { Told::Refused } else { Told::Wrong(format!("{path}: {} {kind} {}", page.status, page.text())) }
}

fn ask(client: &Client<'_>, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Told {
    // what is no address cannot be sent
    if path.parse::<Uri>().is_err() || !path.starts_with('/') {
        return Told::Refused;
    }
    let sendable = |(name, value): &&(&str, &str)| {
        HeaderName::try_from(*name).is_ok() && HeaderValue::from_bytes(value.as_bytes()).is_ok()
    };
    let headers: Vec<(&str, &str)> = headers.iter().filter(sendable).copied().collect();
    sound(&client.send(method, path, &headers, Body::from(body)), path)
}

/// What an input decides beside itself: which door it goes to.
fn chance_of(bytes: &[u8], salt: u64) -> Dice {
    Dice::new(bytes.iter().fold(salt, |sum, b| sum.wrapping_mul(31).wrapping_add(u64::from(*b))))
}

fn encoded(bytes: &[u8]) -> String {
    percent_encode(bytes, NON_ALPHANUMERIC).to_string()
}

pub fn targets(world: &World) -> Vec<Target<'_>> {
    let mut all = programs(world);
    all.extend(browsers(world));
    all
}

/// What other people's programs send.
fn programs(world: &World) -> Vec<Target<'_>> {
    let sent = move |bytes: &[u8]| {
        let update = bytes.windows(9).any(|w| w == b"update_id");
        let resource = if update { "servicerequestupdates" } else { "requests" };
        let ending = if bytes.len().is_multiple_of(2) { "json" } else { "xml" };
        let path = format!("/open311/v2/{resource}.{ending}?api_key={}", world.key);
        ask(&world.public(), Method::POST, &path, &[("content-type", seeds::FORM)], bytes.to_vec())
    };
    let multipart = move |bytes: &[u8]| {
        let path = format!("/open311/v2/requests.json?api_key={}", world.key);
        let kind = "multipart/form-data; boundary=x";
        ask(&world.public(), Method::POST, &path, &[("content-type", kind)], bytes.to_vec())
    };
    let json = move |path: String| {
        move |bytes: &[u8]| {
            let headers = [("content-type", "application/json")];
            ask(&world.member().by_key(), Method::POST, &path, &headers, bytes.to_vec())
        }
    };
    let part_words: &[&str] = &[
        "--x\r\n",
        "--x--\r\n",
        "content-disposition: form-data; name=\"",
        "filename*=UTF-8''%ff",
        "\r\n\r\n",
        "content-type: ",
    ];
    let moves = move |bytes: &[u8]| {
        let path = format!("/api/v1/cases/{}/moves", world.case());
        let told = json(path)(bytes);
        if told == Told::Taken {
            world.renew();
        }
        told
    };
    let webhook = move |bytes: &[u8]| {
        let told = json("/api/v1/webhooks".to_owned())(bytes);
        if told == Told::Taken {
            // there may be fifty of them
            let office = world.member().by_key();
            for endpoint in office.get("/api/v1/webhooks").json()["items"].as_array().into_iter().flatten() {
                let number = endpoint["number"].as_str().unwrap_or_default();
                office.send(Method::DELETE, &format!("/api/v1/webhooks/{number}"), &[], Body::empty());
            }
        }
        told
    };
    vec![
        Target::new("open311-form", seeds::texts(seeds::SENT), seeds::SENT_WORDS, sent),
        Target::new("multipart", seeds::parts(), part_words, multipart),
        Target::new(
            "json-report",
            seeds::texts(seeds::REPORT),
            seeds::JSON_WORDS,
            json("/api/v1/reports".to_owned()),
        ),
        Target::new("json-move", seeds::texts(seeds::MOVES), seeds::JSON_WORDS, moves),
        Target::new("json-webhook", seeds::texts(seeds::HOOKS), seeds::JSON_WORDS, webhook),
    ]
}

/// What stands in addresses and headers, and what people upload.
fn browsers(world: &World) -> Vec<Target<'_>> {
    let query_words: &[&str] = &[
        "&after=",
        "&q=",
        "&from=",
        "&until=",
        "&state=",
        "&sort=-",
        "&unit=",
        "&page=",
        "&per_page=",
        "&bbox=",
        "&limit=",
        "&format=xlsx",
        "&f=",
        "&datetime=",
        "&day=",
        "&year=",
        "&division=",
        "&kind=",
        "../",
        "%2e%2e",
        "&radius=",
    ];
    let mut query = Target::new("queries", seeds::texts(seeds::ASKED), query_words, |bytes| {
        ask(&world.member(), Method::GET, &String::from_utf8_lossy(bytes), &[], Vec::new())
    });
    query.make = Some(|dice, seeds| {
        let seed = &seeds[dice.below(seeds.len())];
        let at = seed.iter().position(|b| *b == b'?').unwrap_or(seed.len());
        let broken = mutate(
            dice,
            seed.get(at + 1..).unwrap_or_default(),
            seeds,
            &["&after=", "&q=", "&bbox=", "&page="],
        );
        // what a browser would not send as it is goes encoded
        let query: String = broken
            .iter()
            .map(|b| {
                if b.is_ascii_graphic() && *b != b'#' {
                    char::from(*b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect();
        format!("{}?{query}", String::from_utf8_lossy(&seed[..at])).into_bytes()
    });
    // each list of the program with the parameters that lists have
    let lists = move |bytes: &[u8]| {
        let mut dice = chance_of(bytes, 7);
        let Some(path) = world.pages.get(dice.below(world.pages.len())) else { return Told::Refused };
        let pairs: Vec<String> = bytes
            .split(|b| *b == b'&')
            .map(|pair| {
                let mut sides = pair.splitn(2, |b| *b == b'=');
                let (name, value) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
                format!("{}={}", encoded(name), encoded(value))
            })
            .collect();
        ask(&world.member(), Method::GET, &format!("{path}?{}", pairs.join("&")), &[], Vec::new())
    };
    let list_seeds = &[
        "q=路灯&state=open&from=2026-01-01&until=2026-03-05&sort=-due&after=1772674200000000.42&unit=2",
        "f=json&bbox=98,39,99,40&datetime=2026-01-01/2026-02-01&limit=5&crs=http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        "day=2026-03-05&year=2026&division=620201001&kind=event-06010&format=csv&show=open&rung=letter&by=unit",
    ];
    let headers = seeds::texts(&[
        "zh-CN,zh;q=0.9,en;q=0.8",
        "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
        "Bearer cc_0123456789abcdef",
        "session=abc; csrf=1; theme=dark",
        "W/\"1-2026-03-05\"",
        "Thu, 05 Mar 2026 01:31:00 GMT",
        "bytes=0-10,20-",
        "10.0.0.1, 203.0.113.7",
    ]);
    let header = move |bytes: &[u8]| {
        let value = String::from_utf8_lossy(bytes).into_owned();
        let names = [
            "accept-language",
            "accept",
            "authorization",
            "cookie",
            "if-none-match",
            "if-modified-since",
            "range",
            "x-forwarded-for",
            "content-type",
            "idempotency-key",
            "hx-current-url",
            "host",
        ];
        let mut dice = chance_of(bytes, 3);
        let paths = [
            "/",
            "/open311/v2/services.json",
            "/api/v1/cases",
            "/public/cases",
            "/feeds/cases.atom",
            "/geo/sections",
            "/ogc/collections/cases/items",
        ];
        let (name, path) = (names[dice.below(names.len())], paths[dice.below(paths.len())]);
        ask(&world.public(), Method::GET, path, &[(name, &value)], Vec::new())
    };
    // what a browser would not send as it is goes encoded
    let paths = move |bytes: &[u8]| {
        let sent = |b: &u8| {
            let as_it_is = b.is_ascii_alphanumeric() || b"/-._~%".contains(b);
            if as_it_is { char::from(*b).to_string() } else { format!("%{b:02X}") }
        };
        let path = format!("/{}", bytes.iter().map(sent).collect::<String>().trim_start_matches('/'));
        ask(&world.member(), Method::GET, &path, &[], Vec::new())
    };
    let addresses = seeds::texts(&[
        "/public/cases/CASE-2026-000001",
        "/cases/CASE-2026-000001",
        "/api/v1/cases/CASE-2026-000001",
        "/open311/v2/requests/CASE-2026-000001.json",
        "/open311/v2/services/event-06010.xml",
        "/open311/v2/tokens/abc.json",
        "/ogc/collections/cases/items/CASE-2026-000001",
        "/ogc/download/divisions.geojson",
        "/divisions/620201001",
        "/feeds/closed.atom",
        "/letters/LD-2026-000001",
        "/streets/BJ-0001",
        "/admin/webhooks/WH-0001",
        "/photos/412228654202880001/full",
        "/r/abcdef",
        "/assets/app.css",
    ]);
    vec![
        query,
        Target::new(
            "lists",
            seeds::texts(list_seeds),
            &["&after=", "&q=", "&from=", "&sort=", "&unit=-1", "&year="],
            lists,
        ),
        Target::new(
            "headers",
            headers,
            &[";q=", ",", "*", "zh-Hant-TW", "q=NaN", "bytes=", "Bearer ", "Basic ", "="],
            header,
        ),
        Target::new(
            "paths",
            addresses,
            &["/", ".json", ".xml", "..", "CASE-", "-", ".", "%2F", "%00", "S-0001"],
            paths,
        ),
        uploads(world),
    ]
}

/// Files that the office imports: looked through, not brought in.
fn uploads(world: &World) -> Target<'_> {
    let mut files = seeds::texts(seeds::CSV);
    files.push(b"\xe7\xb1\xbb\xe5\x88\xab,\xe7\xbc\x96\xe5\x8f\xb7\n".to_vec());
    files.extend([seeds::xlsx(), seeds::gbk()]);
    files.extend(seeds::texts(seeds::GEOJSON));
    let run = move |bytes: &[u8]| {
        let office = world.member();
        let token = office.get("/styleguide").csrf();
        let mut dice = chance_of(bytes, 11);
        let doors = [
            "/admin/catalogue/versions",
            "/admin/calendar/preview",
            "/places/import",
            "/places/import",
            "/streets/import",
        ];
        let path = doors[dice.below(doors.len())];
        let register = ["sections", "sites", "divisions", "grids"][dice.below(4)];
        let mut body = Vec::new();
        let fields = [
            ("csrf", token.as_str()),
            ("act", "try"),
            ("version_name", "x"),
            ("register", register),
            ("place_crs", "cgcs2000"),
            ("arrangement_source", "x"),
        ];
        for (name, value) in fields {
            body.extend(
                format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        if path.contains("calendar") {
            body.extend(b"--edge\r\ncontent-disposition: form-data; name=\"arrangement\"\r\n\r\n");
        } else {
            body.extend(
                b"--edge\r\ncontent-disposition: form-data; name=\"import_file\"; filename=\"a.csv\"\r\n\r\n",
            );
        }
        body.extend(bytes);
        body.extend(b"\r\n--edge--\r\n");
        ask(&office, Method::POST, path, &[("content-type", "multipart/form-data; boundary=edge")], body)
    };
    Target::new(
        "uploads",
        files,
        &["编号", "名称", "类别", "部件", "事件", "4 工作时", "经度", ",", "\n", "\""],
        run,
    )
}
