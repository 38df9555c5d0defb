//! 好了、没好 as a form sends it.

use crate::commands::{self, Say};
use crate::model::Case;
use crate::pages::uploads::receive;
use kernel::coords::Point;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem};
use web::{Answer, Form, Req};

/// Says it of the case `about`; `reported`: the report whose link was shown. The inner refusal is one that the form can show.
pub(crate) async fn said(
    req: &Req,
    form: &Form,
    about: Id<Case>,
    reported: Option<Id<Case>>,
) -> Answer<Result<(), Problem>> {
    let fixed = match form.text("fixed") {
        "1" => true,
        "0" => false,
        "" => return Ok(Err(Problem::field("fixed", "required"))),
        _ => return Ok(Err(Problem::field("fixed", "not-a-choice"))),
    };
    let place = match (form.number::<f64>("lng"), form.number::<f64>("lat")) {
        (Ok(lng), Ok(lat)) => lng.zip(lat).and_then(|(lng, lat)| Point::checked(lng, lat)),
        _ => return Ok(Err(Problem::invalid(vec![FieldError::new("place", "not-a-place")]))),
    };
    let say = Say {
        fixed,
        words: form.text("words").to_owned(),
        photos: receive(req, form, "voice_photos").await?,
        reported,
        contact: form.text("voice_contact").to_owned(),
        place,
        device: req.device().to_owned(),
        origin: req.origin(),
    };
    let secrets = req.db().secrets().clone();
    Ok(req.write(move |ctx, tx| commands::say(ctx, tx, &secrets, about, &say).map(drop)).await)
}
