//! Who comes: a login and a key of its owner, as Basic authentication has them (RFC 7617).

use crate::policy::{self, Act};
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use kernel::ctx::Ctx;
use kernel::problem::Problem;
use web::error::OrFail;
use web::scope::Need;
use web::{Answer, Req};

fn shown(headers: &HeaderMap) -> Option<(String, String)> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, word) = text.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(BASE64_STANDARD.decode(word.trim()).ok()?).ok()?;
    let (login, key) = text.split_once(':')?;
    // telephones put blanks and capitals where nobody asked for them
    Some((login.trim().to_lowercase(), key.trim().to_owned()))
}

/// The circumstances of whoever comes. 401 for who shows no key of their own, 403 where the key or its owner may not.
pub(super) async fn who(req: &Req, headers: &HeaderMap, need: Need) -> Answer<Ctx> {
    let unknown = || Problem::new(401, "api-key-unknown");
    let (login, key) = shown(headers).ok_or_else(unknown).or_fail(req)?;
    let (asked, used) = (req.clone(), key.clone());
    let found = req.db().read(move |tx| {
        let known = asked.app.recogniser().by_api_key(tx, &key)?;
        let account = people::queries::person_by_login(tx, &login)?;
        match known.zip(account) {
            Some((known, account)) if known.member.id == account.id => asked.ctx_of_key(tx, &key, need),
            _ => Err(unknown()),
        }
    });
    let ctx = found.await.or_fail(req)?;
    req.note_key(&used).await;
    policy::somewhere(&ctx, Act::Fill).or_fail(req)?;
    Ok(ctx)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn of(text: &str) -> Option<(String, String)> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(text).unwrap());
        shown(&headers)
    }

    #[test]
    fn a_login_and_a_key_are_read() {
        let basic = |text: &str| format!("Basic {}", BASE64_STANDARD.encode(text));
        assert_eq!(of(&basic("ins-0:cc_a:b")), Some(("ins-0".to_owned(), "cc_a:b".to_owned())));
        assert_eq!(of(&basic(" Ins-0 : k ")), Some(("ins-0".to_owned(), "k".to_owned())));
        assert_eq!(of(&basic("x:k").replace("Basic", "bAsIc")), Some(("x".to_owned(), "k".to_owned())));
        for wrong in ["", "Basic", "Basic ?", "Bearer cc_a", &basic("no colon")] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
        assert_eq!(shown(&HeaderMap::new()), None);
    }
}
