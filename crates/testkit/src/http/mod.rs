//! The whole program in a test: real routes, real database, no socket.
//!
//! ```ignore
//! testkit::stories!(vec![people::feature(), cases::feature()]; a_citizen_reports);
//!
//! fn a_citizen_reports(t: &TestApp) {
//!     let citizen = t.public();
//!     let receipt = citizen.submit("/report", "/report", &[("what", "路灯不亮")]);
//!     assert_eq!(receipt.status, 303);
//!     t.run_jobs();
//!     let office = t.member("王", vec![testkit::whole_city(Role::Office)]);
//!     assert!(office.get("/cases").has("路灯不亮"));
//! }
//! ```
//!
//! Stories are plain functions; nothing in them waits, sleeps or is async.

mod client;
mod page;

use crate::{Engine, TestDb};
use axum::Router;
use axum::extract::ConnectInfo;
pub use client::{Client, File};
use kernel::ctx::Member;
use kernel::id::Id;
use kernel::policy::Grant;
use kernel::problem::Result;
pub use page::{Page, sample_path};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::Tx;
use store::jobs::{Jobs, Toolbox};
use tokio::runtime::Runtime;
use web::app::{Recogniser, Settings};
use web::mail::{Mailer, Transport};
use web::scope::{Holder, Scope};
use web::{App, City, Feature};

/// Makes each story a test on both engines: `stories!(features; story, another)`. Once a module.
#[macro_export]
macro_rules! stories {
    ($features:expr; $($story:ident),+ $(,)?) => {
        $(
            mod $story {
                #[allow(unused_imports, reason = "the expression may name what the module around it imports")]
                use super::*;
                #[test]
                fn embedded() {
                    super::$story(&$crate::TestApp::new($crate::Engine::Embedded, $features));
                }
                #[test]
                fn server() {
                    super::$story(&$crate::TestApp::new($crate::Engine::Server, $features));
                }
            }
        )+
    };
}

/// People of a test, known by tokens in memory: signing in costs nothing.
#[derive(Clone, Default)]
struct Tokens(Arc<Mutex<HashMap<String, Member>>>);

impl Recogniser for Tokens {
    fn by_session(&self, _: &mut Tx<'_>, token: &str) -> Result<Option<Member>> {
        Ok(self.0.lock().get(token).cloned())
    }

    fn by_api_key(&self, _: &mut Tx<'_>, key: &str) -> Result<Option<Holder>> {
        Ok(self.0.lock().get(key).cloned().map(|member| Holder { member, scope: Scope::Admin }))
    }
}

/// Asks the test's own people first, then the one given.
struct Both(Tokens, Box<dyn Recogniser>);

impl Recogniser for Both {
    fn by_session(&self, tx: &mut Tx<'_>, token: &str) -> Result<Option<Member>> {
        match self.0.by_session(tx, token)? {
            Some(member) => Ok(Some(member)),
            None => self.1.by_session(tx, token),
        }
    }

    fn by_api_key(&self, tx: &mut Tx<'_>, key: &str) -> Result<Option<Holder>> {
        match self.0.by_api_key(tx, key)? {
            Some(holder) => Ok(Some(holder)),
            None => self.1.by_api_key(tx, key),
        }
    }

    fn used(&self, token_or_key: &str) -> Option<web::app::Note> {
        self.1.used(token_or_key)
    }
}

/// A program that serves one fresh city. Dropping it fails the test when due jobs were left undone.
pub struct TestApp {
    pub app: App,
    pub city: City,
    pub test: TestDb,
    router: Router,
    runtime: Runtime,
    tokens: Tokens,
    people: AtomicI64,
}

impl std::fmt::Debug for TestApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TestApp").field(&self.test).finish()
    }
}

impl TestApp {
    /// A city of these features, without people of its own: [`member`](Self::member) makes them.
    pub fn new(engine: Engine, features: Vec<Feature>) -> Self {
        Self::with(engine, features, Box::new(Tokens::default()), settings())
    }

    /// With the recogniser and the settings that the program itself would have.
    pub fn with(
        engine: Engine,
        features: Vec<Feature>,
        recogniser: Box<dyn Recogniser>,
        settings: Settings,
    ) -> Self {
        let tokens = Tokens::default();
        let both = Box::new(Both(tokens.clone(), recogniser));
        let app = App::new(features, both, settings)
            .unwrap_or_else(|faults| panic!("texts: {}", faults.join("\n")));
        let test = TestDb::open(engine, &app.migrations());
        let city = City::new(test.city.clone(), "嘉峪关市", test.db.clone());
        app.open_city(city.clone()).unwrap_or_else(|problem| panic!("{problem}"));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime for the test");
        let router = web::router(&app);
        Self { app, city, test, router, runtime, tokens, people: AtomicI64::new(1000) }
    }

    /// Somebody without an account, with a browser of their own.
    pub fn public(&self) -> Client<'_> {
        Client::new(self, None)
    }

    /// Somebody who has signed in and holds these grants. See [`grant`](crate::grant), [`whole_city`](crate::whole_city).
    pub fn member(&self, name: &str, grants: Vec<Grant>) -> Client<'_> {
        let id = Id::new(self.people.fetch_add(1, Ordering::Relaxed));
        self.member_as(Member { id, name: name.to_owned(), grants })
    }

    /// The same for a person who has a row in the database.
    pub fn member_as(&self, member: Member) -> Client<'_> {
        let token = store::secrets::random_word();
        self.tokens.0.lock().insert(token.clone(), member);
        Client::new(self, Some(token))
    }

    /// Lets time pass.
    pub fn advance(&self, micros: i64) {
        self.test.clock.advance(micros);
    }

    /// Runs every due job and fails when one fails; how many ran.
    pub fn run_jobs(&self) -> usize {
        self.jobs().run_all_due().unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// The table of handlers, with a mailer that writes into a folder.
    pub fn jobs(&self) -> Arc<Jobs> {
        let (handlers, periodic) = self.app.jobs();
        let transport = Transport::Folder(self.mail_folder());
        let mailer = Mailer::new(self.app.clone(), "创城 <office@example.cn>", transport);
        let tools = Toolbox::default().with(mailer).with(self.city.clone());
        self.test.jobs(&handlers, &periodic, tools)
    }

    fn mail_folder(&self) -> std::path::PathBuf {
        self.test.folder().join("mail")
    }

    /// The letters sent so far, as they would go over the wire, oldest first.
    pub fn letters(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(self.mail_folder()) else { return Vec::new() };
        let mut files: Vec<_> = folder.filter_map(|f| f.ok().map(|f| f.path())).collect();
        files.sort();
        files.iter().map(|f| std::fs::read_to_string(f).expect("a letter")).collect()
    }

    /// Serves on a real socket until the test ends; for programs that are not written in Rust.
    pub fn listen(&self) -> SocketAddr {
        let router = self.router.clone();
        let listener =
            self.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("an address");
        self.runtime.spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            let _ = axum::serve(listener, service).await;
        });
        address
    }

    pub(crate) fn send(&self, mut request: axum::extract::Request) -> Page {
        use tower::ServiceExt;
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 7], 40_000))));
        self.runtime.block_on(async {
            let response = match self.router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            Page::read(response).await
        })
    }
}

fn settings() -> Settings {
    Settings { base_url: "http://wm.example.cn".to_owned(), ..Settings::default() }
}
