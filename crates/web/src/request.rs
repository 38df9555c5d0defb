//! Who asks: the [`Req`] extractor recognises city, person and language, and is the only way a handler gets a [`Ctx`].

use crate::app::{App, City};
use crate::error::Fail;
use crate::prefs::Prefs;
use crate::scope::Holder;
use crate::traffic::RequestId;
use crate::ui::Ui;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use kernel::ctx::{Actor, Ctx, Member};
use kernel::problem::{Problem, Result};
use std::net::IpAddr;
use std::sync::Arc;
use store::{Db, Tx};

/// Name of the cookie that holds a session's token.
pub const SESSION_COOKIE: &str = "session";
/// Name of the cookie that ties a form to a browser without a session.
pub const VISITOR_COOKIE: &str = "visitor";

/// One request: the circumstances, the city's database, and what pages need.
#[derive(Clone)]
pub struct Req {
    pub app: App,
    pub city: City,
    pub ctx: Ctx,
    pub prefs: Prefs,
    pub path: String,
    pub query: String,
    /// The header `Accept`.
    pub accept: Arc<str>,
    /// Whether the person is known by a key in the header `Authorization`.
    pub by_key: bool,
    /// Asked for by htmx: a part of a page is enough.
    pub partial: bool,
    /// The session's token, for signing out.
    pub session: Option<String>,
    /// What ties forms to this browser: the session's token or the visitor cookie.
    pub(crate) tie: String,
    /// The network address of whoever asks: a household's, where it is one of IPv6.
    origin: Option<IpAddr>,
    /// A message left by the request before (after a redirect).
    pub(crate) flash: Option<String>,
    /// Unread notices, for the bell.
    pub(crate) unread: i64,
}

impl Req {
    pub fn db(&self) -> &Db {
        self.city.db()
    }

    /// Runs a command in a write transaction.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let ctx = self.ctx.clone();
        self.db().write(&self.ctx, move |tx| work(&ctx, tx)).await
    }

    /// Runs queries on a snapshot.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let ctx = self.ctx.clone();
        self.db().read(move |tx| work(&ctx, tx)).await
    }

    /// Writes down that a key was used that came in the body; see [`Req::ctx_of_key`].
    pub async fn note_key(&self, key: &str) {
        note_use(&self.app, &self.city, key).await;
    }

    /// What tells one browser from another: the session's token or the visitor cookie. Never to be stored as it is.
    pub fn device(&self) -> &str {
        &self.tie
    }

    /// The network address of whoever asks, as text; empty where it is not known. Never to be stored as it is.
    pub fn origin(&self) -> String {
        self.origin.map_or_else(String::new, |from| from.to_string())
    }

    /// See [`Ui::person_mark`].
    pub fn person_mark(&self) -> String {
        self.ctx.person().map_or_else(String::new, |person| {
            hex::encode(&self.db().secrets().sign("kept-pages", &[&person.raw().to_be_bytes()])[..8])
        })
    }

    /// What a page's template asks for texts, menu and shell.
    pub fn ui(&self) -> Ui {
        Ui::new(self)
    }

    /// Refuses strangers with 401, which for pages leads to the sign-in form.
    pub fn signed_in(&self) -> Result<()> {
        if self.ctx.person().is_some() { Ok(()) } else { Err(Problem::sign_in()) }
    }
}

fn header_text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    headers.get(name).and_then(|h| h.to_str().ok()).unwrap_or_default()
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|h| h.to_str().ok())
        .flat_map(|h| h.split(';'))
        .find_map(|pair| {
            let (n, v) = pair.split_once('=')?;
            (n.trim() == name).then(|| v.trim().to_owned())
        })
}

impl FromRequestParts<App> for Req {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Self, Fail> {
        // several extractors of one request share the work
        if let Some(req) = parts.extensions.get::<Req>() {
            return Ok(req.clone());
        }
        let headers = &parts.headers;
        let prefs = Prefs::read(|n| cookie(headers, n), header_text(headers, &header::ACCEPT_LANGUAGE));
        let host = header_text(headers, &header::HOST);
        let host = host.split(':').next().unwrap_or_default();
        let wants_json = crate::error::wants_json(parts.uri.path(), headers);
        let accept: Arc<str> = header_text(headers, &header::ACCEPT).into();
        let asked = || app.asked(parts.uri.path(), &accept);
        let fail =
            |problem| Fail { problem, req: None, json: wants_json, locale: prefs.locale, asked: asked() };
        let city = app.city_of_host(host).ok_or_else(|| fail(Problem::not_found()))?;
        let request_id =
            parts.extensions.get::<RequestId>().map_or_else(|| Arc::from("none"), |id| Arc::clone(&id.0));
        let partial = headers.contains_key("hx-request");
        // only a whole page shows the bell
        let bell = !partial && !wants_json && parts.method == Method::GET;
        let (mut unread, mut by_key) = (0, false);
        let now = city.db().now();
        let key = header_text(headers, &header::AUTHORIZATION).strip_prefix("Bearer ").map(str::to_owned);
        let session = cookie(headers, SESSION_COOKIE).filter(|_| key.is_none());
        let actor = match (key, session.clone()) {
            (None, None) => Actor::Public,
            (key, session) => {
                let named = key.is_some();
                let (who, waiting) = recognise(app, &city, key, session, bell).await.map_err(fail)?;
                unread = waiting;
                match who {
                    Some(Who::Session(member)) => Actor::Member(Arc::new(member)),
                    Some(Who::Key(holder)) => {
                        by_key = true;
                        Actor::Member(Arc::new(crate::scope::member(app, parts, holder).map_err(fail)?))
                    }
                    // a wrong key is an error; an old session is just nobody
                    None if named => return Err(fail(Problem::new(401, "api-key-unknown"))),
                    None => Actor::Public,
                }
            }
        };
        let tie = session.clone().or_else(|| cookie(headers, VISITOR_COOKIE)).unwrap_or_default();
        let req = Req {
            app: app.clone(),
            ctx: Ctx { city: city.code().clone(), actor, now, locale: prefs.locale, request_id },
            city,
            prefs,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            accept,
            by_key,
            partial,
            unread,
            session,
            tie,
            origin: crate::limit::address(app, headers, &parts.extensions).map(crate::limit::block),
            flash: cookie(headers, "flash"),
        };
        if unsafe_method(&parts.method) && !wants_json {
            crate::security::same_origin(headers).map_err(|p| Fail::of(&req, p))?;
        }
        parts.extensions.insert(req.clone());
        Ok(req)
    }
}

/// Who has come.
enum Who {
    Session(Member),
    Key(Holder),
}

/// Who the key or the session belongs to, and with `bell` how many notices wait: one read for both.
async fn recognise(
    app: &App,
    city: &City,
    key: Option<String>,
    session: Option<String>,
    bell: bool,
) -> Result<(Option<Who>, i64)> {
    let shown = key.clone().or_else(|| session.clone()).unwrap_or_default();
    let recognising = app.clone();
    let found = city.db().read(move |tx| {
        let who = match (key, session) {
            (Some(key), _) => recognising.recogniser().by_api_key(tx, &key)?.map(Who::Key),
            (None, Some(token)) => recognising.recogniser().by_session(tx, &token)?.map(Who::Session),
            (None, None) => None,
        };
        let unread = match &who {
            Some(Who::Session(member) | Who::Key(Holder { member, .. })) if bell => {
                crate::notices::unread_count(tx, member.id)?
            }
            _ => 0,
        };
        Ok((who, unread))
    });
    let found = found.await?;
    if found.0.is_some() {
        note_use(app, city, &shown).await;
    }
    Ok(found)
}

/// Writes down that a session or a key was used, where that is due.
async fn note_use(app: &App, city: &City, shown: &str) {
    let Some(note) = app.recogniser().used(shown) else { return };
    let ctx = Ctx::system(city.code().clone(), "recognition", city.db().now());
    if let Err(problem) = city.db().write(&ctx, note).await {
        tracing::warn!(%problem, "that a session was used could not be written down");
    }
}

pub(crate) fn unsafe_method(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}
