//! Where the program may connect to: the guard against being used to reach into the city's own network (server-side
//! request forgery).

use super::Outgoing;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Why an address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    Wrong,
    WithPassword,
    /// In a network that the operator has not opened.
    Inside,
    NotHttps,
}

/// Reads an address and refuses what can be refused without asking a name server. The answer is in one form:
/// `https://0x7f.1/` is `https://127.0.0.1/`.
pub fn fit(outgoing: &Outgoing, text: &str) -> Result<String, Unfit> {
    let url = Url::parse(text).map_err(|_| Unfit::Wrong)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Unfit::WithPassword);
    }
    if url.fragment().is_some() {
        return Err(Unfit::Wrong);
    }
    let literal = match url.host() {
        None => return Err(Unfit::Wrong),
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let inside = ["localhost", "local", "internal", "home.arpa"];
            if outgoing.networks.is_empty()
                && inside.iter().any(|end| name == *end || name.ends_with(&format!(".{end}")))
            {
                return Err(Unfit::Inside);
            }
            None
        }
    };
    if literal.is_some_and(|ip| !may_connect(outgoing, ip)) {
        return Err(Unfit::Inside);
    }
    match url.scheme() {
        "https" => Ok(url.into()),
        // plain only to this very machine, and only where the operator said so
        "http" if literal.is_some_and(|ip| ip.is_loopback()) => Ok(url.into()),
        _ => Err(Unfit::NotHttps),
    }
}

/// Whether a connection to this address may be made at all.
pub fn may_connect(outgoing: &Outgoing, ip: IpAddr) -> bool {
    let ip = unwrapped(ip);
    is_public(ip)
        || outgoing.networks.iter().any(|(network, prefix)| within(ip, unwrapped(*network), *prefix))
}

/// An IPv4 address that hides in an IPv6 one.
fn unwrapped(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

/// What the registries of special addresses (RFC 6890, IANA) leave as reachable from everywhere.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let embedded = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        // global unicast, without what is set aside in it: protocol assignments, documentation
        [0x2001, b, ..] if b < 0x0200 || b == 0x0db8 => false,
        // 6to4 and NAT64 lead to an IPv4 address
        [0x2002, high, low, ..] | [0x0064, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_public_v4(embedded(high, low))
        }
        [0x3fff, b, ..] if b < 0x1000 => false,
        [a, ..] => a & 0xe000 == 0x2000,
    }
}

fn within(ip: IpAddr, network: IpAddr, prefix: u8) -> bool {
    let same = |a: u128, b: u128, bits: u32| {
        let rest = bits.saturating_sub(u32::from(prefix));
        a.checked_shr(rest).unwrap_or(0) == b.checked_shr(rest).unwrap_or(0)
    };
    match (ip, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) => same(u32::from(a).into(), u32::from(b).into(), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => same(a.into(), b.into(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nowhere() -> Outgoing {
        Outgoing::default()
    }

    fn only(network: &str, prefix: u8) -> Outgoing {
        Outgoing { networks: vec![(network.parse().unwrap(), prefix)], ..Outgoing::default() }
    }

    #[test]
    fn addresses_of_private_networks_are_never_connected_to() {
        for ip in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:192.168.0.1",
            "64:ff9b::10.0.0.1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:a00:1::",
            "2002:7f00:1::",
        ] {
            assert!(!may_connect(&nowhere(), ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.5.5.5",
            "2400:3200::1",
            "2001:4860:4860::8888",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(may_connect(&nowhere(), ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn networks_hold_what_their_prefix_says() {
        let v6 = only("fd00::", 8);
        assert!(may_connect(&v6, "fd12::1".parse().unwrap()));
        assert!(!may_connect(&v6, "fe80::1".parse().unwrap()));
        let one = only("192.168.7.9", 32);
        assert!(may_connect(&one, "192.168.7.9".parse().unwrap()));
        assert!(may_connect(&one, "::ffff:192.168.7.9".parse().unwrap()));
        assert!(!may_connect(&one, "192.168.7.8".parse().unwrap()));
    }
}
