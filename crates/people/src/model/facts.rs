//! What is said of a unit and of a person, checked as far as that needs nothing but itself.

use super::UnitId;
use kernel::identifiers::{CreditCode, Phone};
use kernel::problem::{FieldError, Findings, Result};

/// What people enter about a unit. Field errors name the fields of the form.
#[derive(Clone, Debug, Default)]
pub struct UnitFacts {
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub credit_code: Option<String>,
    pub contact: Contact,
}

/// Whom to ask at a unit.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    pub name: String,
    pub phone: String,
}

/// What people enter about a person.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    pub name: String,
    pub phone: String,
    pub mail: String,
    pub unit: UnitId,
}

fn text(findings: &mut Findings, field: &'static str, value: &str, max: usize, required: bool) -> String {
    let value = value.trim();
    findings.check(!required || !value.is_empty(), field, "required");
    if value.chars().count() > max {
        findings.add(FieldError::new(field, "too-long").arg("max", max));
    }
    value.to_owned()
}

/// The normal form of a phone number, or nothing for nothing.
fn phone(findings: &mut Findings, field: &'static str, value: &str) -> String {
    if value.trim().is_empty() {
        return String::new();
    }
    let read = Phone::parse(value).map_err(|_| FieldError::new(field, "not-a-phone"));
    findings.take(read).map(|p| p.as_str().to_owned()).unwrap_or_default()
}

impl UnitFacts {
    /// In normal form, with everything that is wrong at once.
    pub fn checked(self) -> Result<Self> {
        let mut findings = Findings::default();
        let name = text(&mut findings, "unit_name", &self.name, 100, true);
        let short_name = text(&mut findings, "unit_short_name", &self.short_name, 30, false);
        let kind = text(&mut findings, "unit_kind", &self.kind, 40, true);
        let credit_code = self.credit_code.filter(|c| !c.trim().is_empty()).and_then(|code| {
            findings.take(
                CreditCode::parse(&code)
                    .map(String::from)
                    .map_err(|_| FieldError::new("credit_code", "not-a-credit-code")),
            )
        });
        let contact = contact(&mut findings, &self.contact);
        findings.done()?;
        Ok(Self { name, short_name, kind, credit_code, contact })
    }
}

fn contact(findings: &mut Findings, given: &Contact) -> Contact {
    Contact {
        name: text(findings, "contact_name", &given.name, 40, false),
        phone: phone(findings, "contact_phone", &given.phone),
    }
}

impl Contact {
    pub fn checked(self) -> Result<Self> {
        let mut findings = Findings::default();
        let contact = contact(&mut findings, &self);
        findings.done()?;
        Ok(contact)
    }
}

/// Phone and mail of a person, in normal form.
pub fn reachable(phone_text: &str, mail: &str) -> Result<(String, String)> {
    let mut findings = Findings::default();
    let found = (phone(&mut findings, "person_phone", phone_text), mail_address(&mut findings, mail));
    findings.done()?;
    Ok(found)
}

fn mail_address(findings: &mut Findings, given: &str) -> String {
    let mail = text(findings, "person_mail", given, 100, false);
    let plain = mail.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !host.contains('@') && !mail.contains(char::is_whitespace)
    });
    findings.check(mail.is_empty() || plain, "person_mail", "not-a-mail");
    mail
}

impl PersonFacts {
    pub fn checked(self) -> Result<Self> {
        let mut findings = Findings::default();
        let name = text(&mut findings, "person_name", &self.name, 40, true);
        let phone = phone(&mut findings, "person_phone", &self.phone);
        let mail = mail_address(&mut findings, &self.mail);
        findings.done()?;
        Ok(Self { name, phone, mail, unit: self.unit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_told_at_once() {
        let facts = UnitFacts {
            credit_code: Some("91620200MA7".to_owned()),
            contact: Contact { name: String::new(), phone: "12".to_owned() },
            ..UnitFacts::default()
        };
        let fields: Vec<_> = facts.checked().unwrap_err().fields.into_iter().map(|f| f.field).collect();
        assert_eq!(fields, ["unit_name", "unit_kind", "credit_code", "contact_phone"]);
    }

    #[test]
    fn numbers_are_kept_in_their_normal_form() {
        let facts = UnitFacts {
            name: " 市城市管理局 ".to_owned(),
            kind: "bureau".to_owned(),
            contact: Contact { name: "李建国".to_owned(), phone: "+86 138 1234 1234".to_owned() },
            ..UnitFacts::default()
        };
        let facts = facts.checked().unwrap();
        assert_eq!((facts.name.as_str(), facts.contact.phone.as_str()), ("市城市管理局", "13812341234"));
        assert!(reachable("", "a@b").is_err() && reachable("", "a@b.cn").is_ok());
    }
}
