//! The door for ODK Collect and programs like it: OpenRosa API 1.0 at `/openrosa/`. <https://docs.getodk.org/openrosa/>
//!
//! Whoever comes signs in with Basic authentication: their login, and a key of theirs that may act; passwords are not taken, so
//! that there is nothing here to guess. A form is the checklist with one question before it, which asks for the visit among
//! the asker's open ones; so each inspector gets a form of their own. What is sent goes the way of every other record,
//! [`commands::receive`](crate::commands::receive).
//!
//! | address | tells |
//! | --- | --- |
//! | `formList` | forms for the asker's open visits; `?formID=` narrows |
//! | `forms/{code}/{label}` | the form |
//! | `forms/{code}/{label}/manifest` | its files: none |
//! | `submission` | HEAD: whether one may send, and how much at once. POST: takes answers and files, in as many posts as are needed |

mod answer;
mod forms;
mod settings;
mod submit;
mod who;

pub(crate) use answer::tell;
pub(crate) use settings::code;

use web::{Access, Routes};

/// Everything of it stands below.
pub(crate) const BELOW: &str = "/openrosa/";

/// Public as far as sessions go: each handler begins by asking who comes.
pub(crate) fn routes() -> Routes {
    let all = Access::Public;
    Routes::new()
        .get("/openrosa/formList", all, forms::list)
        .no_page()
        .get("/openrosa/forms/{code}/{label}", all, forms::form)
        .no_page()
        .get("/openrosa/forms/{code}/{label}/manifest", all, forms::media)
        .no_page()
        .get("/openrosa/submission", all, submit::ready)
        .no_page()
        .post("/openrosa/submission", all, submit::submit)
}

/// What programs put before the addresses above.
pub(crate) fn server(base_url: &str) -> String {
    format!("{base_url}/openrosa")
}
