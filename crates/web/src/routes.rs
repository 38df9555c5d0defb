//! How a feature says which addresses it answers: method, path, who may come, handler.
//!
//! ```ignore
//! pub fn routes() -> Routes {
//!     Routes::new()
//!         .get("/public/cases", Access::Public, public::list)
//!         .get("/cases", Access::Action("case-see"), list::page)
//!         .post("/cases/{id}/closure", Access::Action("case-close"), closure::create)
//!         .get("/me", Access::SignedIn, me::page)
//! }
//! ```
//!
//! The declaration is more than words: strangers are turned away at the door from everything that is not
//! [`Access::Public`] (to the sign-in form, or with 401 from the API). Whether *this* person may do it to *this* thing is
//! still for the command to ask its policy; a test tries every route as a stranger and as a wrong unit. The list is
//! written to `docs/generated/routes.md`.

use crate::app::App;
use crate::error::Fail;
use crate::request::Req;
use axum::Router;
use axum::extract::{FromRequestParts, Request};
use axum::handler::Handler;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use futures::future::BoxFuture;
use kernel::problem::Problem;
use serde::de::DeserializeOwned;

/// Who may come to a route at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody. The list of these grows by reviewed lines only.
    Public,
    /// Anybody who has signed in, or comes with an API key.
    SignedIn,
    /// Whoever a policy lets do this; written `area-action` as in `docs/generated/policy.md`.
    Action(&'static str),
}

impl Access {
    pub fn word(self) -> &'static str {
        match self {
            Access::Public => "public",
            Access::SignedIn => "signed in",
            Access::Action(action) => action,
        }
    }
}

/// One line of the list.
#[derive(Clone, Debug)]
pub struct Route {
    pub method: Method,
    /// As axum writes it: `/cases/{id}`.
    pub path: &'static str,
    pub access: Access,
    /// The function that answers, as the compiler writes it: `cases::pages::public::report::new`. For readers of the
    /// documents only; a closure has the name of the function that made it.
    pub handler: &'static str,
    /// Whether it answers with a page for people, so that it may stand in the site map.
    pub page: bool,
    /// Whether it takes reports, so that a key made for reports may send them here; see [`crate::scope`].
    pub takes_reports: bool,
    /// Whether every stranger gets the same page, so that it need not be made for each; see [`crate::kept_pages`].
    pub same_for_strangers: bool,
}

/// The addresses of a feature.
#[derive(Default)]
pub struct Routes {
    list: Vec<Route>,
    router: Router<App>,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers GET, and HEAD without a body.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Send + 'static,
    {
        self.on(Method::GET, MethodFilter::GET, path, access, handler)
    }

    #[must_use]
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Send + 'static,
    {
        self.on(Method::POST, MethodFilter::POST, path, access, handler)
    }

    #[must_use]
    pub fn put<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Send + 'static,
    {
        self.on(Method::PUT, MethodFilter::PUT, path, access, handler)
    }

    #[must_use]
    pub fn patch<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Send + 'static,
    {
        self.on(Method::PATCH, MethodFilter::PATCH, path, access, handler)
    }

    #[must_use]
    pub fn delete<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: Send + 'static,
    {
        self.on(Method::DELETE, MethodFilter::DELETE, path, access, handler)
    }

    fn on<H, T>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self
    where
        H: Handler<T, App>,
        T: Send + 'static,
    {
        let answers = match access {
            Access::Public => on(filter, handler),
            Access::SignedIn | Access::Action(_) => on(filter, Guarded { handler }),
        };
        let page = method == Method::GET && !path.starts_with("/api/");
        self.list.push(Route {
            method,
            path,
            access,
            handler: std::any::type_name::<H>(),
            page,
            takes_reports: false,
            same_for_strangers: false,
        });
        self.router = self.router.route(path, answers);
        self
    }

    /// Says that the route declared last answers with something else than a page.
    #[must_use]
    pub fn no_page(mut self) -> Self {
        if let Some(last) = self.list.last_mut() {
            last.page = false;
        }
        self
    }

    /// Says that the route declared last takes reports.
    #[must_use]
    pub fn takes_reports(mut self) -> Self {
        if let Some(last) = self.list.last_mut() {
            last.takes_reports = true;
        }
        self
    }

    /// Says that the page declared last depends on nothing but its address, what is saved, and the reader's language and
    /// looks, as long as the reader has not signed in.
    #[must_use]
    pub fn same_for_strangers(mut self) -> Self {
        if let Some(last) = self.list.last_mut() {
            last.same_for_strangers = true;
        }
        self
    }

    /// The routes of both.
    #[must_use]
    pub fn merge(mut self, other: Routes) -> Self {
        self.list.extend(other.list);
        self.router = self.router.merge(other.router);
        self
    }

    pub fn list(&self) -> &[Route] {
        &self.list
    }

    pub(crate) fn into_router(self) -> Router<App> {
        self.router
    }
}

/// A handler behind a door that strangers do not pass.
#[derive(Clone)]
struct Guarded<H> {
    handler: H,
}

impl<H, T> Handler<T, App> for Guarded<H>
where
    H: Handler<T, App>,
{
    type Future = BoxFuture<'static, Response>;

    fn call(self, request: Request, app: App) -> Self::Future {
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let req = match Req::from_request_parts(&mut parts, &app).await {
                Ok(req) => req,
                Err(fail) => return fail.into_response(),
            };
            if let Err(problem) = req.signed_in() {
                return Fail::of(&req, problem).into_response();
            }
            self.handler.call(Request::from_parts(parts, body), app).await
        })
    }
}

/// The parts of the path that the route leaves open: `Path(id): Path<Id<Case>>`. What cannot be read is not found.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let req = Req::from_request_parts(parts, app).await?;
        let found = axum::extract::Path::<T>::from_request_parts(parts, app).await;
        found
            .map(|axum::extract::Path(value)| Self(value))
            .map_err(|e| Fail::of(&req, Problem::not_found().detail(e.body_text())))
    }
}
