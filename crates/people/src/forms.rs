//! What browsers sent, turned into what commands take, or told field by field.

use crate::model::{AccountMove, Contact, Days, Passwords, PersonFacts, ProviderFacts, UnitFacts, UnitId};
use crate::queries;
use kernel::ctx::Locale;
use kernel::policy::Role;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use store::Tx;
use web::Form;
use web::outgoing::Outgoing;
use web::outgoing::guard::{Unfit, fit};

pub(crate) fn unit_facts(form: &Form) -> UnitFacts {
    UnitFacts {
        name: form.text("unit_name").to_owned(),
        short_name: form.text("unit_short_name").to_owned(),
        kind: form.text("unit_kind").to_owned(),
        credit_code: Some(form.text("credit_code").to_owned()).filter(|c| !c.is_empty()),
        contact: contact(form),
    }
}

pub(crate) fn contact(form: &Form) -> Contact {
    Contact { name: form.text("contact_name").to_owned(), phone: form.text("contact_phone").to_owned() }
}

pub(crate) fn person_facts(form: &Form, unit: UnitId) -> PersonFacts {
    PersonFacts {
        name: form.text("person_name").to_owned(),
        phone: form.text("person_phone").to_owned(),
        mail: form.text("person_mail").to_owned(),
        unit,
    }
}

/// The unit whose code stands in a field.
pub(crate) fn unit_in(tx: &mut Tx<'_>, field: &'static str, code: &str) -> Result<UnitId> {
    if code.is_empty() {
        return Err(Problem::field(field, "required"));
    }
    let unit = queries::unit_by_code(tx, code)?.ok_or_else(|| Problem::field(field, "not-a-choice"))?;
    Ok(unit.id)
}

/// The person whose login stands in a field.
pub(crate) fn person_in(tx: &mut Tx<'_>, field: &'static str, login: &str) -> Result<crate::AccountRow> {
    if login.is_empty() {
        return Err(Problem::field(field, "required"));
    }
    queries::person_by_login(tx, &login.to_lowercase())?
        .ok_or_else(|| Problem::field(field, "no-such-person"))
}

/// The version that a form was shown with. A form without one has been tampered with, or is very old.
pub(crate) fn version(form: &Form) -> Result<i64> {
    form.text("version").parse().map_err(|_| Problem::stale())
}

pub(crate) fn role(form: &Form) -> Result<Role> {
    Role::parse(form.text("grant_role")).ok_or_else(|| Problem::field("grant_role", "not-a-choice"))
}

/// From a day (today if none is given) until a day, or without end.
pub(crate) fn days(form: &Form, today: Date) -> Result<Days> {
    let mut findings = Findings::default();
    let from = findings.take(form.date("first_day")).flatten().unwrap_or(today);
    let until = findings.take(form.date("last_day")).flatten();
    findings.done()?;
    Ok(Days { from, until })
}

pub(crate) fn day(form: &Form, field: &'static str) -> Result<Date> {
    let read = form.date(field).map_err(|e| Problem::invalid(vec![e]))?;
    read.ok_or_else(|| Problem::field(field, "required"))
}

pub(crate) fn account_move(form: &Form) -> Result<AccountMove> {
    AccountMove::parse(form.text("move")).ok_or_else(Problem::not_found)
}

pub(crate) fn language(form: &Form) -> Locale {
    Locale::parse(form.text("own_language")).unwrap_or_default()
}

/// The identity provider. Whether its address can be used at all is told here; whether anybody answers there, by trying.
pub(crate) fn provider_facts(form: &Form, outgoing: &Outgoing) -> Result<ProviderFacts> {
    let text = |name: &str| form.text(name).to_owned();
    let issuer = text("provider_issuer");
    if !issuer.is_empty() {
        fit(outgoing, &issuer).map_err(|unfit| match unfit {
            Unfit::Wrong | Unfit::WithPassword => Problem::field("provider_issuer", "issuer-wrong"),
            Unfit::Inside => Problem::field("provider_issuer", "issuer-inside"),
            Unfit::NotHttps => Problem::field("provider_issuer", "issuer-not-https"),
        })?;
    }
    let passwords = form.choice::<Passwords>("provider_passwords").map_err(|e| Problem::invalid(vec![e]))?;
    let secret = text("provider_secret");
    let dropped = form.ticked("provider_no_secret");
    Ok(ProviderFacts {
        issuer,
        client_id: text("provider_client"),
        client_secret: (dropped || !secret.is_empty()).then_some(if dropped {
            String::new()
        } else {
            secret
        }),
        label_zh: text("provider_label_zh"),
        label_en: text("provider_label_en"),
        claim: text("provider_claim"),
        factor_values: text("provider_factor"),
        switched_on: form.ticked("provider_on"),
        passwords: passwords.unwrap_or(Passwords::Everybody),
    })
}

/// A new password, typed twice and good enough.
pub(crate) fn new_password(form: &Form, login: &str, name: &str) -> Result<String> {
    let password = form.text("new_password");
    crate::password::check("new_password", password, login, name).map_err(|e| Problem::invalid(vec![e]))?;
    if password != form.text("new_password_again") {
        return Err(Problem::invalid(vec![FieldError::new("new_password_again", "passwords-differ")]));
    }
    Ok(password.to_owned())
}
