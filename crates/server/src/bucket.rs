//! From what an operator says to the client of a bucket. Keys are read from a file or the environment and go nowhere else.

use crate::settings::BucketArgs;
use anyhow::{Context, bail};
use store::files::{Bucket, BucketSettings};

/// The bucket, if one is named. Asks nobody yet.
pub fn of(args: &BucketArgs) -> anyhow::Result<Option<Bucket>> {
    let Some(name) = args.s3_bucket.clone().filter(|name| !name.is_empty()) else { return Ok(None) };
    let Some(endpoint) = args.s3_endpoint.clone() else { bail!("--s3-bucket needs --s3-endpoint") };
    let (access_key, secret_key, session_token) = keys(args)?;
    let authority = args.s3_authority.as_ref();
    let authority = authority.map(|file| std::fs::read(file).with_context(|| file.display().to_string()));
    let settings = BucketSettings {
        endpoint,
        name,
        region: args.s3_region.clone(),
        path_style: !args.s3_virtual_host,
        prefix: args.s3_prefix.clone(),
        access_key,
        secret_key,
        session_token,
        authority: authority.transpose()?,
    };
    Ok(Some(Bucket::new(&settings)?))
}

fn keys(args: &BucketArgs) -> anyhow::Result<(String, String, Option<String>)> {
    if let Some(file) = &args.s3_credentials {
        let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        let (Some(access), Some(secret)) = (lines.next(), lines.next()) else {
            bail!("{} should have two lines: access key, secret key", file.display());
        };
        return Ok((access, secret, lines.next()));
    }
    match (&args.s3_access_key, &args.s3_secret_key) {
        (Some(access), Some(secret)) => Ok((access.clone(), secret.clone(), None)),
        _ => bail!(
            "--s3-bucket needs --s3-credentials, or CHUANGCHENG_S3_ACCESS_KEY and CHUANGCHENG_S3_SECRET_KEY"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args() -> BucketArgs {
        BucketArgs {
            s3_bucket: Some("wm".to_owned()),
            s3_endpoint: Some("http://127.0.0.1:9".to_owned()),
            ..BucketArgs::default()
        }
    }

    #[test]
    fn keys_come_from_a_file_or_the_environment_and_are_never_shown() {
        assert!(of(&BucketArgs::default()).unwrap().is_none());
        assert!(of(&args()).unwrap_err().to_string().contains("--s3-credentials"));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys");
        std::fs::write(&file, "AKIAEXAMPLE\n").unwrap();
        let with_file = BucketArgs { s3_credentials: Some(file.clone()), ..args() };
        assert!(of(&with_file).unwrap_err().to_string().contains("two lines"));
        std::fs::write(&file, "AKIAEXAMPLE\nvery-secret\n").unwrap();
        let bucket = of(&with_file).unwrap().unwrap();
        let shown = format!("{bucket:?}");
        assert!(shown.contains("wm") && !shown.contains("very-secret") && !shown.contains("AKIA"), "{shown}");
        let said =
            BucketArgs { s3_access_key: Some("a".to_owned()), s3_secret_key: Some("b".to_owned()), ..args() };
        assert!(of(&said).unwrap().is_some());
        let nowhere = BucketArgs { s3_endpoint: None, ..said };
        assert!(of(&nowhere).unwrap_err().to_string().contains("--s3-endpoint"));
    }

    #[test]
    fn an_address_or_a_certificate_that_cannot_be_used_is_refused_at_the_start() {
        let said =
            BucketArgs { s3_access_key: Some("a".to_owned()), s3_secret_key: Some("b".to_owned()), ..args() };
        for wrong in ["ftp://h/", "no address", ""] {
            assert!(
                of(&BucketArgs { s3_endpoint: Some(wrong.to_owned()), ..said.clone() }).is_err(),
                "{wrong}"
            );
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        std::fs::write(&file, "no certificate").unwrap();
        assert!(of(&BucketArgs { s3_authority: Some(file), ..said }).is_err());
    }
}
