//! How what an operator writes is read.

use kernel::ctx::CityCode;
use std::net::IpAddr;
use store::sealed::Algorithm;

pub(super) fn city_code(text: &str) -> Result<CityCode, String> {
    CityCode::try_from(text.to_owned())
}

pub(super) fn algorithm(text: &str) -> Result<Algorithm, String> {
    Algorithm::parse(text).ok_or_else(|| format!("{text:?} is neither aes-256-gcm nor sm4-gcm"))
}

pub(super) fn hash(text: &str) -> Result<store::audit::Hash, String> {
    store::audit::Hash::parse(text).ok_or_else(|| format!("{text:?} is neither sha-256 nor sm3"))
}

pub(super) fn place(text: &str) -> Result<store::files::Place, String> {
    use kernel::workflow::Named;
    let found = store::files::Place::ALL.iter().copied().find(|place| place.code() == text);
    found.ok_or_else(|| format!("{text:?} is neither folder nor s3"))
}

pub(super) fn network(text: &str) -> Result<(IpAddr, u8), String> {
    let wrong = || format!("{text:?} is not a network such as 10.20.0.0/16");
    let (address, prefix) = text.split_once('/').ok_or_else(wrong)?;
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let prefix: u8 = prefix.parse().map_err(|_| wrong())?;
    let bits = if address.is_ipv4() { 32 } else { 128 };
    if prefix > bits { Err(wrong()) } else { Ok((address, prefix)) }
}

pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("{text:?} is not NAME=VALUE"))?;
    Ok((name.to_owned(), value.to_owned()))
}
