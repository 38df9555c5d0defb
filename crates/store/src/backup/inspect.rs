//! Reading a backup without restoring it: is it whole, and what is in it?

use super::{Begin, FORMAT, Manifest, broken, io};
use kernel::problem::{Problem, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

pub(super) type Input = tar::Archive<zstd::Decoder<'static, std::io::BufReader<std::fs::File>>>;

pub(super) fn open(file: &Path) -> Result<Input> {
    let input = std::fs::File::open(file).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Problem::not_found().detail(file.display()),
        _ => io(file)(e),
    })?;
    Ok(tar::Archive::new(zstd::Decoder::new(input).map_err(broken)?))
}

/// Reads every byte, compares it with the manifest, and answers the manifest. Refuses with `backup-broken` what was cut
/// off or changed, and with `backup-too-new` what a newer program wrote.
pub fn inspect(file: &Path) -> Result<Manifest> {
    let mut archive = open(file)?;
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut manifest: Option<Manifest> = None;
    let mut first = true;
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let name = String::from_utf8(entry.path_bytes().into_owned()).map_err(broken)?;
        if std::mem::take(&mut first) {
            let begin: Begin = small(&mut entry, &mut seen, &name)?;
            if name != "begin.json" {
                return Err(broken("it does not begin as a backup does"));
            }
            if begin.format > FORMAT {
                return Err(Problem::new(422, "backup-too-new").arg("program", begin.program));
            }
        } else if manifest.is_some() {
            return Err(broken("something follows the manifest"));
        } else if name == "manifest.json" {
            manifest = Some(small(&mut entry, &mut BTreeMap::new(), &name)?);
        } else {
            let mut hasher = Sha256::new();
            let mut buffer = vec![0; 64 * 1024];
            loop {
                match entry.read(&mut buffer).map_err(broken)? {
                    0 => break,
                    n => hasher.update(&buffer[..n]),
                }
            }
            seen.insert(name, hex::encode(hasher.finalize()));
        }
    }
    let manifest = manifest.ok_or_else(|| broken("it has no manifest: it was cut off"))?;
    if let Some((name, _)) = manifest.entries.iter().find(|(name, hash)| seen.get(*name) != Some(hash)) {
        return Err(broken(format!("{name} is not what was written")));
    }
    match seen.keys().find(|name| !manifest.entries.contains_key(*name)) {
        Some(name) => Err(broken(format!("{name} was put in later"))),
        None => Ok(manifest),
    }
}

fn small<T: serde::de::DeserializeOwned>(
    entry: &mut impl Read,
    seen: &mut BTreeMap<String, String>,
    name: &str,
) -> Result<T> {
    let mut text = Vec::new();
    entry.read_to_end(&mut text).map_err(broken)?;
    seen.insert(name.to_owned(), hex::encode(Sha256::digest(&text)));
    serde_json::from_slice(&text).map_err(broken)
}
