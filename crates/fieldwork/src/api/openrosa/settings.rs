//! Settings of ODK Collect as the code that it scans: JSON, packed by zlib, in base64.
//! <https://docs.getodk.org/collect-import-export/>

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use kernel::problem::{Problem, Result};
use serde_json::json;
use std::io::Write;

/// What the code says: where the server is, who signs in, and what the project is called on the telephone. Forms follow the server by
/// themselves, so that points that are added arrive.
///
/// # Errors
/// 500 where it cannot be packed, which does not happen in memory.
pub(crate) fn code(server: &str, login: &str, key: &str, project: &str) -> Result<String> {
    let settings = json!({
        "general": {
            "server_url": server,
            "username": login,
            "password": key,
            "form_update_mode": "match_exactly",
        },
        "admin": {},
        "project": { "name": project },
    });
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(settings.to_string().as_bytes()).map_err(Problem::internal)?;
    Ok(BASE64_STANDARD.encode(packed.finish().map_err(Problem::internal)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_is_there_again() {
        let code = code("https://wm.example.cn/openrosa", "ins-1", "cc_secret", "嘉峪关市").unwrap();
        let bytes = BASE64_STANDARD.decode(code).unwrap();
        let mut text = String::new();
        flate2::read::ZlibDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
        let told: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(told["general"]["server_url"], "https://wm.example.cn/openrosa");
        assert_eq!(
            (&told["general"]["username"], &told["general"]["password"]),
            (&json!("ins-1"), &json!("cc_secret"))
        );
        assert_eq!((&told["admin"], &told["project"]["name"]), (&json!({}), &json!("嘉峪关市")));
    }
}
