//! Where photos and videos are kept, and what waits to be moved: for whoever looks after the machine.

use crate::policy::{Act, require};
use ::store::files::{Place, Whereabouts, whereabouts};
use web::error::{Answer, OrFail, page as render};
use web::{Req, Ui};

#[derive(askama::Template)]
#[template(path = "storage.html")]
struct Storage {
    ui: Ui,
    found: Whereabouts,
    /// Whether this program was told of a bucket.
    has_bucket: bool,
}

impl Storage {
    /// Files lie where this program cannot reach them.
    fn lost(&self) -> bool {
        !self.has_bucket && self.found.in_s3 > 0
    }

    fn wanted(&self) -> &'static str {
        match self.found.wanted {
            Place::Folder => "storage-folder",
            Place::S3 => "storage-s3",
        }
    }
}

pub(crate) async fn page(req: Req) -> Answer {
    let has_bucket = req.db().bucket().is_some();
    let found = req
        .read(move |ctx, tx| {
            require(ctx, Act::Storage)?;
            whereabouts(tx, has_bucket)
        })
        .await
        .or_fail(&req)?;
    render(&req, &Storage { ui: req.ui(), found, has_bucket })
}
