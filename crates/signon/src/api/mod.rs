//! What programs talk to: [`endpoints`] by the rules of OpenID Connect, [`programs`] as JSON twins of the pages.

mod endpoints;
mod programs;

pub(crate) use endpoints::issuer;
pub(crate) use programs::description;
use web::Routes;

pub(crate) fn routes() -> Routes {
    endpoints::routes().merge(programs::routes())
}
