//! Where partners may stand: the guard of webhooks, with one thing more. Partners' systems stand inside the city's own closed
//! network as a rule and often speak plain HTTP there; the operator says in which networks that is (`--partner-allow`).

use kernel::problem::{Problem, Result};
use std::net::IpAddr;
use url::{Host, Url};
use web::City;
use web::outgoing::guard::{Unfit, fit, may_connect};
use web::outgoing::{Outgoing, PartnerNetworks};

/// Longest address.
const LONGEST: usize = 500;

/// The networks that are open to partners of this city.
pub fn networks(city: &City) -> Outgoing {
    city.kept::<PartnerNetworks>().map(|kept| kept.0.clone()).unwrap_or_default()
}

/// Reads the beginning of a partner's addresses; it comes back without a slash at its end.
pub fn address(open: &Outgoing, text: &str) -> Result<String> {
    let wrong = |code| Problem::field("xp_url", code);
    if text.len() > LONGEST {
        return Err(wrong("exchange-url-wrong"));
    }
    let url = Url::parse(text).map_err(|_| wrong("exchange-url-wrong"))?;
    if url.query().is_some() {
        return Err(wrong("exchange-url-query"));
    }
    match fit(open, text) {
        Ok(read) => Ok(read.trim_end_matches('/').to_owned()),
        Err(Unfit::NotHttps) if is_opened(open, &url) => Ok(url.to_string().trim_end_matches('/').to_owned()),
        Err(Unfit::Wrong) => Err(wrong("exchange-url-wrong")),
        Err(Unfit::WithPassword) => Err(wrong("exchange-url-with-password")),
        Err(Unfit::Inside) => Err(wrong("exchange-url-inside")),
        Err(Unfit::NotHttps) => Err(wrong("exchange-url-not-https")),
    }
}

/// Whether plain HTTP leads to an address of an opened network, written as numbers: a name might lead anywhere.
fn is_opened(open: &Outgoing, url: &Url) -> bool {
    let ip = match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
        _ => return false,
    };
    url.scheme() == "http" && may_connect(open, ip) && !may_connect(&Outgoing::default(), ip)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(open: &Outgoing, text: &str) -> &'static str {
        address(open, text).map_or_else(|p| p.fields[0].code, |_| "fine")
    }

    #[test]
    fn partners_stand_where_the_operator_says() {
        let closed = Outgoing::default();
        let house = Outgoing { networks: vec![("10.0.0.0".parse().unwrap(), 8)], ..Outgoing::default() };
        for (open, text, wanted) in [
            (&closed, "https://hotline.example.cn/api", "fine"),
            (&closed, "http://hotline.example.cn/api", "exchange-url-not-https"),
            (&closed, "http://10.1.2.3/api", "exchange-url-inside"),
            (&closed, "https://127.0.0.1/", "exchange-url-inside"),
            (&closed, "https://169.254.169.254/", "exchange-url-inside"),
            (&closed, "nonsense", "exchange-url-wrong"),
            (&closed, "https://hotline.example.cn/api?a=1", "exchange-url-query"),
            (&closed, "https://a:b@hotline.example.cn/", "exchange-url-with-password"),
            (&house, "http://10.1.2.3:8080/api/", "fine"),
            (&house, "https://10.1.2.3/api", "fine"),
            (&house, "http://8.8.8.8/api", "exchange-url-not-https"),
            (&house, "http://192.168.1.1/", "exchange-url-inside"),
            (&house, "http://hotline.internal/", "exchange-url-not-https"),
            (&house, "file:///etc/passwd", "exchange-url-wrong"),
        ] {
            assert_eq!(code(open, text), wanted, "{text}");
        }
        assert_eq!(address(&house, "http://10.1.2.3:8080/api/").unwrap(), "http://10.1.2.3:8080/api");
    }
}
