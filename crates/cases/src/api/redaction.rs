//! What the public sees of a case, and taking parts out of it, by API key.

use crate::commands::{self, NewCover, NewStrikes, Shows};
use crate::model::{CoverArea, Photo, Strikes, Written};
use crate::pages::shared;
use crate::pages::shown::Masked;
use crate::policy::Act;
use crate::queries;
use ::store::Tx;
use ::store::files::FileState;
use axum::body::Body;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// A case as the public sees it, with what was taken out.
#[derive(Serialize, ToSchema)]
pub(crate) struct PublicViewBody {
    pub number: String,
    /// Whether the public sees the case at all.
    pub public: bool,
    pub title: String,
    pub description: String,
    pub struck: Vec<StruckBody>,
    pub photos: Vec<OutsideBody>,
}

/// Words that are struck out for the public.
#[derive(Serialize, ToSchema)]
pub(crate) struct StruckBody {
    /// `title` or `description`.
    pub of: &'static str,
    /// The first character, from 0, and the one behind the last.
    pub from: u32,
    pub until: u32,
    /// `phone`, `identity`, `plate`, `name`, `door`, or `words` that somebody chose.
    pub kind: &'static str,
    pub words: String,
}

/// A picture, and what becomes of it outside.
#[derive(Serialize, ToSchema)]
pub(crate) struct OutsideBody {
    /// Its number in `/photos/{id}/full`.
    pub id: String,
    /// `before`, `after`, `check`, `reply` or `voice`.
    pub kind: &'static str,
    /// `open`: handed out as it came; `covered`: with these parts taken out; `being-made`: not handed out for now; `kept`:
    /// never handed out.
    pub outside: &'static str,
    pub areas: Vec<AreaBody>,
    /// Whether the unit that handles the case gets the covered picture as well.
    pub from_unit: bool,
}

/// A rectangle, in ten-thousandths of the picture's sides.
#[derive(Serialize, Deserialize, ToSchema, Clone, Copy)]
#[serde(deny_unknown_fields)]
pub(crate) struct AreaBody {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    /// Made coarse instead of black.
    #[serde(default)]
    pub pixels: bool,
}

impl AreaBody {
    fn of(a: CoverArea) -> Self {
        Self { x: a.x, y: a.y, width: a.width, height: a.height, pixels: a.pixels }
    }

    fn area(self) -> CoverArea {
        let Self { x, y, width, height, pixels } = self;
        CoverArea { x, y, width, height, pixels }
    }
}

fn view(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<PublicViewBody> {
    let case = commands::find_for(ctx, tx, Act::Redact, number)?;
    let masked = Masked::of_case(&case);
    let texts = [(Written::Title, case.title.as_str()), (Written::Description, case.description.as_str())];
    let struck = texts.iter().flat_map(|(of, text)| {
        case.strikes.words(*of, text).into_iter().map(|(s, words)| StruckBody {
            of: of.code(),
            from: s.from,
            until: s.until,
            kind: s.kind.code(),
            words: words.to_owned(),
        })
    });
    let photos = queries::shots(tx, case.id)?.into_iter().map(|shot| OutsideBody {
        id: shot.photo.id.to_string(),
        kind: shot.photo.kind.code(),
        outside: match (&shot.cover, shot.open) {
            _ if !shot.photo.kind.is_for_everybody() => "kept",
            (None, _) => "open",
            (Some(_), FileState::Ready) => "covered",
            (Some(_), _) => "being-made",
        },
        areas: shot.cover.iter().flat_map(|c| c.areas.0.iter().copied().map(AreaBody::of)).collect(),
        from_unit: shot.cover.is_some_and(|c| c.from_unit),
    });
    Ok(PublicViewBody {
        public: case.is_public,
        title: masked.title,
        description: masked.description,
        struck: struck.collect(),
        photos: photos.collect(),
        number: case.number,
    })
}

async fn after(req: &Req, number: String) -> Answer {
    let seen = req.read(move |ctx, tx| view(ctx, tx, &number)).await.or_fail(req)?;
    json(req, &seen)
}

/// A case as the public sees it.
#[utoipa::path(get, path = "/api/v1/cases/{number}/public-view", tag = "cases", operation_id = "getPublicView",
    params(("number" = String, Path, description = "number of the case, `CASE-2026-000412`")),
    responses((status = 200, body = PublicViewBody, description = "what is handed out, and what was taken out of it"),
        (status = 404, description = "none that the key may see")))]
pub(crate) async fn public_view(req: Req, Path(number): Path<String>) -> Answer {
    after(&req, number).await
}

/// What is to be struck out; what is not named is restored.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StrikesBody {
    /// Struck wherever they stand in title or description. An empty list restores everything.
    pub words: Vec<String>,
    /// Why, at most 200 characters; kept in the history.
    #[serde(default)]
    pub note: String,
}

/// Strike words out for the public.
#[utoipa::path(put, path = "/api/v1/cases/{number}/strikes", tag = "cases", operation_id = "strikeWords",
    params(("number" = String, Path, description = "number of the case, `CASE-2026-000412`")),
    request_body = StrikesBody,
    responses((status = 200, body = PublicViewBody, description = "what the public sees now"),
        (status = 422, description = "words that stand in neither text")))]
pub(crate) async fn strike(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: StrikesBody = body(&req, given).await?;
    let desk = shared::desk(&req).await?;
    let sought = number.clone();
    let new = NewStrikes { places: Strikes::default(), words: given.words, note: given.note };
    let done = req.write(move |ctx, tx| {
        let case = commands::find_for(ctx, tx, Act::Redact, &sought)?;
        commands::strike(ctx, tx, &desk, case.id, &new).map(drop)
    });
    done.await.or_fail(&req)?;
    after(&req, number).await
}

/// What is to be taken out of a picture.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoverBody {
    /// One to twenty.
    pub areas: Vec<AreaBody>,
    /// What there is to see: `face`, `plate`, `paper`, `home` or `other`.
    pub shows: String,
    #[serde(default)]
    pub from_unit: bool,
    #[serde(default)]
    pub note: String,
}

/// Take parts out of a picture.
///
/// Until the new picture is made nobody outside gets any.
#[utoipa::path(put, path = "/api/v1/cases/{number}/photos/{id}/cover", tag = "cases", operation_id = "coverPhoto",
    params(("number" = String, Path, description = "number of the case, `CASE-2026-000412`"),
        ("id" = String, Path, description = "number of the picture, as in `/photos/{id}/full`")),
    request_body = CoverBody,
    responses((status = 200, body = PublicViewBody, description = "what the public sees now"),
        (status = 409, description = "the picture is still examined, or was refused")))]
pub(crate) async fn cover(req: Req, Path((number, photo)): Path<(String, Id<Photo>)>, given: Body) -> Answer {
    let given: CoverBody = body(&req, given).await?;
    let shows =
        Shows::parse(&given.shows).ok_or_else(|| Problem::field("shows", "not-a-choice")).or_fail(&req)?;
    let new = NewCover {
        areas: given.areas.into_iter().map(AreaBody::area).collect(),
        shows,
        from_unit: given.from_unit,
        note: given.note,
    };
    let sought = number.clone();
    let done = req.write(move |ctx, tx| {
        let case = commands::find_for(ctx, tx, Act::Redact, &sought)?;
        commands::cover_photo(ctx, tx, case.id, photo, &new).map(drop)
    });
    done.await.or_fail(&req)?;
    after(&req, number).await
}

/// Why the picture is handed out as it came again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UncoverBody {
    pub reason: String,
}

/// Hand a picture out as it came again.
#[utoipa::path(post, path = "/api/v1/cases/{number}/photos/{id}/cover/removal", tag = "cases",
    operation_id = "uncoverPhoto",
    params(("number" = String, Path, description = "number of the case, `CASE-2026-000412`"),
        ("id" = String, Path, description = "number of the picture, as in `/photos/{id}/full`")),
    request_body = UncoverBody,
    responses((status = 200, body = PublicViewBody, description = "what the public sees now"),
        (status = 409, description = "nothing is covered")))]
pub(crate) async fn uncover(
    req: Req,
    Path((number, photo)): Path<(String, Id<Photo>)>,
    given: Body,
) -> Answer {
    let given: UncoverBody = body(&req, given).await?;
    let sought = number.clone();
    let done = req.write(move |ctx, tx| {
        let case = commands::find_for(ctx, tx, Act::Redact, &sought)?;
        commands::uncover_photo(ctx, tx, case.id, photo, &given.reason)
    });
    done.await.or_fail(&req)?;
    after(&req, number).await
}
