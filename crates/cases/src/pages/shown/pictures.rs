//! The pictures of a case, as far as they have been examined.

use crate::model::PhotoKind;
use crate::queries::Shot;
use ::store::files::FileState;
use kernel::time::Instant;
use kernel::workflow::Named;
use web::Ui;
use web::parts::Photo;

/// What a page shows of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pictures {
    shown: Vec<(PhotoKind, Instant, Photo)>,
    /// Still being checked.
    pub checking: usize,
    /// Why others are not shown.
    pub refused: Vec<String>,
}

/// `token`: the report's own, for whoever has no account.
pub(crate) fn pictures(ui: &Ui, shots: &[Shot], token: &str) -> Pictures {
    let end = if token.is_empty() { String::new() } else { format!("?t={token}") };
    pictures_with(ui, shots, &end)
}

/// `end`: what the addresses of the pictures end with.
pub(crate) fn pictures_with(ui: &Ui, shots: &[Shot], end: &str) -> Pictures {
    let mut out = Pictures::default();
    for shot in shots {
        match shot.state {
            FileState::Quarantined => out.checking += 1,
            FileState::Refused => {
                let fault = shot.fault.as_deref().unwrap_or("file-damaged");
                out.refused.push(ui.maybe(format!("file-fault-{fault}")).unwrap_or_else(|| fault.to_owned()));
            }
            FileState::Ready => {
                let (id, photo) = (shot.photo.id, &shot.photo);
                let photo_view = Photo {
                    href: format!("/photos/{id}/full{end}"),
                    thumb: format!("/photos/{id}/thumb{end}"),
                    alt: ui.named("photo-kind", photo.kind.code()),
                    caption: ui.time(&photo.added_at),
                };
                out.shown.push((photo.kind, photo.added_at, photo_view));
            }
        }
    }
    out
}

impl Pictures {
    /// All, in the order in which they came.
    pub(crate) fn all(&self) -> Vec<Photo> {
        self.shown.iter().map(|(_, _, photo)| photo.clone()).collect()
    }

    pub(crate) fn of(&self, kind: PhotoKind) -> Vec<Photo> {
        self.shown.iter().filter(|(k, _, _)| *k == kind).map(|(_, _, photo)| photo.clone()).collect()
    }

    /// The first of before.
    pub(crate) fn before(&self) -> Option<Photo> {
        self.of(PhotoKind::Before).into_iter().next()
    }

    /// The last of after.
    pub(crate) fn after(&self) -> Option<Photo> {
        self.of(PhotoKind::After).pop()
    }

    /// Those that came with an event.
    pub(crate) fn added_at(&self, at: Instant) -> Vec<Photo> {
        self.shown.iter().filter(|(_, added, _)| *added == at).map(|(_, _, photo)| photo.clone()).collect()
    }
}
