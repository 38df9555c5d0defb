//! A browser that keeps cookies and fills in forms, and a small city for it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use kernel::policy::Role;
use people::{UnitRow, setup};
use std::sync::LazyLock;
use testkit::TestDb;
use tower::ServiceExt;
use web::{App, City};

pub(crate) const PASSWORD: &str = "bicycle 47 lantern";
static HASH: LazyLock<String> = LazyLock::new(|| people::password::hash(PASSWORD).unwrap());

pub(crate) const MIGRATIONS: &[store::Migration] = testkit::migrations!(web, people);

static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| tokio::runtime::Runtime::new().unwrap());

/// A browser with its cookies.
pub(crate) struct Browser {
    router: axum::Router,
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) agent: String,
}

pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) fn new(app: &App, language: &str) -> Self {
        Self {
            router: web::router(app),
            cookies: vec![("cc_lang".into(), language.into())],
            agent: "test".into(),
        }
    }

    pub(crate) fn send(&mut self, request: axum::http::request::Builder, body: String) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = request.header(header::HOST, "localhost").header(header::COOKIE, cookies.join("; "));
        let request = request.header(header::USER_AGENT, &self.agent);
        let request = request.body(Body::from(body)).unwrap();
        let response = RUNTIME.block_on(self.router.clone().oneshot(request)).unwrap();
        for set in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = set.to_str().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(n, _)| n != name);
            let value = rest.split(';').next().unwrap();
            if !rest.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let status = response.status();
        let to = response.headers().get(header::LOCATION).map_or("", |h| h.to_str().unwrap()).to_owned();
        let bytes = RUNTIME.block_on(response.into_body().collect()).unwrap().to_bytes();
        Page { status, to, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub(crate) fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), String::new())
    }

    /// Fills in the form of a page and sends it to `path`.
    pub(crate) fn post(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(from).text;
        let hidden = |name: &str| {
            let at = page.find(&format!("name=\"{name}\" value=\""))?;
            page[at..].split('"').nth(3).map(str::to_owned)
        };
        let mut pairs: Vec<(String, String)> =
            fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        for name in ["csrf", "version"] {
            if let Some(value) = hidden(name) {
                pairs.push((name.to_owned(), value));
            }
        }
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.send_form(path, &pairs)
    }

    /// Sends a form as it is.
    pub(crate) fn send_form(&mut self, path: &str, pairs: &[(&str, &str)]) -> Page {
        let body: Vec<String> =
            pairs.iter().map(|(n, v)| format!("{}={}", web::ui::encode(n), web::ui::encode(v))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, body.join("&"))
    }

    /// Asks as a program with a key.
    pub(crate) fn api(&mut self, method: &str, path: &str, key: &str, body: &str) -> Page {
        let kind =
            if path.starts_with("/api/") { "application/json" } else { "application/x-www-form-urlencoded" };
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, kind);
        self.send(request.header(header::AUTHORIZATION, format!("Bearer {key}")), body.to_owned())
    }

    /// Sends a form with a file `import_file`.
    pub(crate) fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: &str) -> Page {
        let page = self.get(path).text;
        let csrf =
            page.split("name=\"csrf\" value=\"").nth(1).and_then(|s| s.split('"').next()).unwrap_or_default();
        let field = |(name, value): &(&str, &str)| {
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let fields: String = fields.iter().chain(&[("csrf", csrf)]).map(field).collect();
        let head = "content-disposition: form-data; name=\"import_file\"; filename=\"a.csv\"";
        let body = format!("{fields}--x\r\n{head}\r\ncontent-type: text/csv\r\n\r\n{file}\r\n--x--\r\n");
        self.send(Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x"), body)
    }

    pub(crate) fn sign_in(&mut self, login: &str) -> Page {
        self.post("/sign-in", "/sign-in", &[("login", login), ("password", PASSWORD)])
    }
}

pub(crate) fn town(t: &TestDb) -> App {
    town_with(t, web::app::Settings::default())
}

pub(crate) fn town_with(t: &TestDb, settings: web::app::Settings) -> App {
    let ctx = t.ctx_system();
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| {
        let ctx = &ctx_in;
        people::settings::ADMINISTRATORS_NEED_FACTOR.set(tx, ctx, &false)?;
        let root = setup::root(tx, ctx, "嘉峪关市")?;
        let bureau = setup::unit(tx, ctx, &root, "市教育局", "教育局", "bureau")?;
        setup::unit(tx, ctx, &bureau, "明珠小学", "", "school")?;
        let mut person = |unit: &UnitRow, login: &str, name: &str, roles: &[(Role, &UnitRow)]| {
            setup::person(tx, ctx, unit, login, name, HASH.clone(), false, roles)
        };
        person(&root, "system", "赵一", &[(Role::SystemAdmin, &root)])?;
        person(&root, "security", "钱二", &[(Role::SecurityAdmin, &root)])?;
        person(&root, "auditor", "孙三", &[(Role::Auditor, &root)])?;
        person(&bureau, "head", "李四", &[(Role::UnitHead, &bureau)]).map(drop)
    })
    .unwrap();
    program(t, settings)
}

/// The program over whatever city is there.
pub(crate) fn program(t: &TestDb, settings: web::app::Settings) -> App {
    let app = App::new(vec![people::feature()], Box::new(people::Recogniser::default()), settings).unwrap();
    app.open_city(City::new(t.city.clone(), "嘉峪关市", t.db.clone())).unwrap();
    app
}
