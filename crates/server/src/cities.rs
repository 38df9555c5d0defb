//! Where cities' data lie: `DIR/<code>/city.toml`, `city.db`, `files/`, `secret.key`, `data-keys.json`.

use crate::bucket;
use crate::settings::DataArgs;
use anyhow::{Context, bail};
use kernel::ctx::CityCode;
use kernel::time::SystemClock;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Db, Location, Options};
use web::{App, City};

/// `city.toml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CityFile {
    pub code: CityCode,
    pub name: String,
    #[serde(default)]
    pub database: Database,
}

/// Which database holds the city.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Database {
    Server {
        url: String,
        schema: String,
    },
    Named(Builtin),
    #[default]
    #[serde(skip)]
    Unsaid,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Builtin {
    Embedded,
}

impl CityFile {
    fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("city.toml");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        toml::from_str(&text).with_context(|| path.display().to_string())
    }

    /// Writes the file whole or not at all.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let path = folder.join("city.toml");
        let partial = folder.join("city.toml.partial");
        std::fs::write(&partial, toml::to_string(self)?).with_context(|| partial.display().to_string())?;
        std::fs::rename(&partial, &path).with_context(|| path.display().to_string())
    }
}

pub fn folder(args: &DataArgs, code: &CityCode) -> PathBuf {
    args.data.join(code.as_str())
}

/// Where a city's database is: on the server that the command line names, else where its file says.
pub fn location(args: &DataArgs, code: &CityCode, database: &Database) -> Location {
    let schema = format!("city_{code}");
    match (&args.database_url, database) {
        (Some(url), _) => Location::Server { url: url.clone(), schema },
        (None, Database::Server { url, schema }) => {
            Location::Server { url: url.clone(), schema: schema.clone() }
        }
        (None, Database::Named(Builtin::Embedded) | Database::Unsaid) => {
            Location::Embedded { file: folder(args, code).join("city.db") }
        }
    }
}

/// The cities of the data folder, by code.
pub fn list(args: &DataArgs) -> anyhow::Result<Vec<CityFile>> {
    let mut cities = Vec::new();
    if !args.data.is_dir() {
        bail!(
            "{} is no folder; found a city with `chuangcheng city create`, or run `chuangcheng demo`",
            args.data.display()
        );
    }
    for entry in std::fs::read_dir(&args.data).with_context(|| args.data.display().to_string())? {
        let folder = entry?.path();
        if folder.join("city.toml").is_file() {
            cities.push(CityFile::read(&folder)?);
        }
    }
    cities.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(cities)
}

pub fn find(args: &DataArgs, code: &CityCode) -> anyhow::Result<CityFile> {
    let folder = folder(args, code);
    if !folder.join("city.toml").is_file() {
        bail!("there is no city {code} in {}", args.data.display());
    }
    CityFile::read(&folder)
}

/// Opens a city's database, bringing its tables up to date.
pub fn open(args: &DataArgs, app: &App, file: &CityFile) -> anyhow::Result<City> {
    let location = location(args, &file.code, &file.database);
    let folder = folder(args, &file.code);
    let options = Options { seal_with: args.seal_with, ..Options::default() };
    let db = Db::open(location, &folder, Arc::new(SystemClock), &app.migrations(), options)
        .with_context(|| format!("city {}", file.code))?;
    if let Some(bucket) = bucket::of(&args.bucket)? {
        db.use_bucket(bucket.for_city(file.code.as_str()));
    }
    Ok(City::new(file.code.clone(), &file.name, db))
}

/// Opens one city and has `app` serve it.
pub fn open_one(args: &DataArgs, app: &App, code: &CityCode) -> anyhow::Result<City> {
    let city = open(args, app, &find(args, code)?)?;
    serve(app, city.clone())?;
    Ok(city)
}

/// Opens every city and has `app` serve it; refuses when there is none.
pub fn open_all(args: &DataArgs, app: &App) -> anyhow::Result<()> {
    let files = list(args)?;
    if files.is_empty() {
        bail!("there is no city in {}; found one with `chuangcheng city create`", args.data.display());
    }
    for file in files {
        let city = open(args, app, &file)?;
        serve(app, city)?;
    }
    Ok(())
}

fn serve(app: &App, city: City) -> anyhow::Result<()> {
    let context = format!("city {}", city.code());
    crate::wiring::open(&city);
    app.open_city(city).with_context(|| context)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::BucketArgs;
    use store::sealed::Algorithm;

    #[test]
    fn city_files_say_where_the_data_are() {
        let embedded: CityFile =
            toml::from_str("code = '620200'\nname = '甲'\ndatabase = 'embedded'").unwrap();
        assert!(matches!(embedded.database, Database::Named(Builtin::Embedded)));
        let unsaid: CityFile = toml::from_str("code = '620200'\nname = '甲'").unwrap();
        assert!(matches!(unsaid.database, Database::Unsaid));
        let server: CityFile =
            toml::from_str("code = '620200'\nname = '甲'\n[database]\nurl = 'postgres://h'\nschema = 's'")
                .unwrap();
        let data = DataArgs {
            data: "d".into(),
            database_url: None,
            seal_with: Algorithm::Aes,
            bucket: BucketArgs::default(),
        };
        assert!(matches!(
            location(&data, &server.code, &server.database),
            Location::Server { url, schema } if url == "postgres://h" && schema == "s"
        ));
        let over = DataArgs { database_url: Some("postgres://o".to_owned()), ..data };
        assert!(matches!(
            location(&over, &embedded.code, &embedded.database),
            Location::Server { schema, .. } if schema == "city_620200"
        ));
        assert!(toml::from_str::<CityFile>("code = '62'\nname = '甲'").is_err());
    }
}
