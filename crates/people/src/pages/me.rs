//! One's own page: who one is, what one may do, where one is signed in.

use super::act::{ActPage, Field};
use crate::commands::{self, Profile, Subject};
use crate::forms;
use crate::model::{Proof, Purpose, Session};
use crate::queries::{self, DelegationLine, GrantLine, Proofs};
use crate::recognise::{Owed, fingerprint};
use crate::{AccountRow, ApiKeyRow, ConsentRow, IdentityRow, ProviderRow, SessionRow};
use kernel::ctx::Locale;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use store::Tx;
use web::error::{OrFail, page, redirect};
use web::form::Filled;
use web::{Answer, Form, Path, Req, Ui};

/// Everything the page shows, read at one moment.
struct Mine {
    account: AccountRow,
    unit: String,
    proofs: Proofs,
    grants: Vec<GrantLine>,
    lending: Vec<DelegationLine>,
    sessions: Vec<SessionRow>,
    authenticators: usize,
    identities: Vec<IdentityRow>,
    /// The identity provider, while it is on.
    provider: Option<ProviderRow>,
    keys: Vec<ApiKeyRow>,
    consents: Vec<ConsentRow>,
}

impl Mine {
    fn lead(&self) -> String {
        format!("{} · {}", self.account.login, self.unit)
    }

    fn read(ctx: &kernel::ctx::Ctx, tx: &mut Tx<'_>, token: &str) -> Result<Self> {
        let person = ctx.person().ok_or_else(Problem::sign_in)?;
        let account = queries::person(tx, person)?.ok_or_else(Problem::sign_in)?;
        Ok(Self {
            unit: queries::unit_name(tx, account.unit_id)?,
            proofs: Proofs { owed: queries::owed_in(tx, person, token)?, ..queries::proofs(tx, person)? },
            grants: queries::grants_of(tx, person)?,
            lending: queries::delegations_of(tx, person, ctx.now.date())?,
            sessions: queries::sessions(tx, person)?,
            authenticators: queries::authenticators(tx, person)?.len(),
            identities: queries::identities(tx, person)?,
            provider: queries::provider(tx)?.filter(|p| p.switched_on),
            keys: queries::api_keys(tx, person)?,
            consents: queries::consents(tx, person)?,
            account,
        })
    }
}

#[derive(askama::Template)]
#[template(path = "me.html")]
struct MePage {
    ui: Ui,
    mine: Mine,
    /// Fingerprint of the session this page was asked for with.
    here: String,
    language: String,
}

/// The page that those below it lead back to.
pub(super) fn up(req: &Req) -> (String, String) {
    ("/me".to_owned(), req.ui().t("me-title"))
}

async fn mine(req: &Req) -> Answer<Mine> {
    let token = req.session.clone().unwrap_or_default();
    req.read(move |ctx, tx| Mine::read(ctx, tx, &token)).await.or_fail(req)
}

pub(super) async fn page_of(req: Req) -> Answer {
    let mine = mine(&req).await?;
    let here = fingerprint(req.session.as_deref().unwrap_or_default());
    let ui = req.ui();
    let language = ui.t(format!("people-language-{}", mine.account.language));
    page(&req, &MePage { ui, mine, here, language })
}

fn languages(ui: &Ui) -> Vec<(String, String)> {
    Locale::ALL.iter().map(|l| (l.code().to_owned(), ui.t(format!("people-language-{}", l.code())))).collect()
}

fn profile_page(req: &Req) -> ActPage {
    let fields = vec![
        Field::of("person_phone", "tel").optional().auto("tel"),
        Field::of("person_mail", "email").optional().auto("email"),
        Field::select("own_language", languages(&req.ui())),
    ];
    ActPage::new(req, "me-profile", "", up(req), "/me/profile".to_owned(), fields)
}

pub(super) async fn profile_form(req: Req) -> Answer {
    let account = mine(&req).await?.account;
    let form = Filled::new()
        .set("person_phone", account.phone)
        .set("person_mail", account.mail)
        .set("own_language", account.language);
    profile_page(&req).filled(form).show(&req)
}

pub(super) async fn profile(req: Req, form: Form) -> Answer {
    let language = forms::language(&form);
    let profile = Profile {
        phone: form.text("person_phone").to_owned(),
        mail: form.text("person_mail").to_owned(),
        language,
    };
    match req.write(move |ctx, tx| commands::change_profile(tx, ctx, profile)).await {
        Ok(_) => {
            let mut response = redirect(&req, "/me", "profile-saved", "");
            let year = Some(365 * 86_400);
            web::security::add_cookie(
                response.headers_mut(),
                "cc_lang",
                language.code(),
                year,
                false,
                &req.app,
            );
            Ok(response)
        }
        Err(problem) => profile_page(&req).again(&req, &form, problem),
    }
}

pub(super) async fn end_session(req: Req, Path(id): Path<Id<Session>>, _form: Form) -> Answer {
    req.write(move |ctx, tx| commands::end_session(tx, ctx, id)).await.or_fail(&req)?;
    Ok(redirect(&req, "/me", "session-ended", ""))
}

pub(super) async fn end_others(req: Req, _form: Form) -> Answer {
    let token = req.session.clone().unwrap_or_default();
    let ended =
        req.write(move |ctx, tx| commands::end_other_sessions(tx, ctx, &token)).await.or_fail(&req)?;
    Ok(redirect(&req, "/me", "sessions-ended", &ended.to_string()))
}

pub(super) async fn withdraw(req: Req, Path(purpose): Path<String>, _form: Form) -> Answer {
    let purpose = Purpose::parse(&purpose).ok_or_else(Problem::not_found).or_fail(&req)?;
    req.write(move |ctx, tx| {
        let person = ctx.person().ok_or_else(Problem::sign_in)?;
        commands::withdraw_consent(tx, ctx, &Subject::Person(person), purpose)
    })
    .await
    .or_fail(&req)?;
    Ok(redirect(&req, "/me", "consent-withdrawn", ""))
}
