//! Untyped input into what commands take.

use crate::settings::Rules;
use kernel::problem::{FieldError, Problem, Result};
use web::Form;
use web::form::Filled;

/// The form as the stored rules fill it.
pub(crate) fn filled(rules: &Rules) -> Filled {
    Filled::new()
        .set("on", if rules.on { "1" } else { "" })
        .set("distance", rules.distance)
        .set("agreeing", rules.agreeing)
        .set("agreeing_same_case", rules.agreeing_same_case)
        .set("telling", rules.telling)
        .set("minutes", rules.minutes)
        .set("metres", rules.metres)
        .set("editors", rules.editors.join("\n"))
        .set("camera_share", rules.camera_share)
        .set("camera_pictures", rules.camera_pictures)
}

fn number<T: std::str::FromStr>(form: &Form, name: &'static str, errors: &mut Vec<FieldError>) -> Option<T> {
    match form.number::<T>(name) {
        Ok(Some(n)) => Some(n),
        Ok(None) => {
            errors.push(FieldError::new(name, "required"));
            None
        }
        Err(error) => {
            errors.push(error);
            None
        }
    }
}

/// The rules as somebody typed them; every field that is wrong is named.
pub(crate) fn rules(form: &Form) -> Result<Rules> {
    let mut errors = Vec::new();
    let editors = form.text("editors").lines().map(|line| line.trim().to_lowercase());
    let read = (|| {
        // every field is read, so that all that is wrong is told at once
        let (distance, agreeing) =
            (number(form, "distance", &mut errors), number(form, "agreeing", &mut errors));
        let (same, telling) =
            (number(form, "agreeing_same_case", &mut errors), number(form, "telling", &mut errors));
        let (minutes, metres) = (number(form, "minutes", &mut errors), number(form, "metres", &mut errors));
        let share = number(form, "camera_share", &mut errors);
        let pictures = number(form, "camera_pictures", &mut errors);
        Some(Rules {
            on: form.ticked("on"),
            distance: distance?,
            agreeing: agreeing?,
            agreeing_same_case: same?,
            telling: telling?,
            minutes: minutes?,
            metres: metres?,
            editors: editors.filter(|line| !line.is_empty()).collect(),
            camera_share: share?,
            camera_pictures: pictures?,
        })
    })();
    match read {
        Some(rules) if errors.is_empty() => rules.check().map(|()| rules),
        _ => Err(Problem::invalid(errors)),
    }
}
