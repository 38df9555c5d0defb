//! A whole collection as one file, written while it is read: some hundred rows at a time, each in a reading of its own, so that a
//! slow reader holds up nobody.

use crate::collection::{Collection, named};
use crate::described::OgcWhole;
use crate::item::Item;
use crate::layers::{self, Words};
use crate::shape::Axes;
use axum::body::Body;
use axum::http::header;
use axum::response::IntoResponse;
use cases::queries::{OpenFilter, OpenOrder, open_cases};
use futures::stream::{self, StreamExt};
use kernel::problem::{Problem, Result};
use std::sync::Arc;
use web::error::OrFail;
use web::list::Cursor;
use web::{Answer, Path, Req};

/// Items written at a time.
const AT_ONCE: usize = 500;

/// How far the file has come.
enum From {
    Start,
    Cases(Option<Cursor>),
    Register(usize),
    End,
}

struct Writing {
    req: Req,
    from: From,
    words: Option<Words>,
    register: Arc<Vec<Item>>,
    first: bool,
}

impl Writing {
    async fn next(&mut self) -> Result<Option<String>> {
        match self.from {
            From::Start => {
                self.from = if self.words.is_some() { From::Cases(None) } else { From::Register(0) };
                Ok(Some("{\"type\":\"FeatureCollection\",\"features\":[\n".to_owned()))
            }
            From::Cases(after) => {
                let limit = i64::try_from(AT_ONCE).unwrap_or(1);
                let read = move |_: &kernel::ctx::Ctx, tx: &mut store::Tx<'_>| {
                    open_cases(tx, &OpenFilter::default(), OpenOrder::Reported, after, 0, limit)
                };
                let some = self.req.read(read).await?;
                let next =
                    some.last().filter(|_| some.len() == AT_ONCE).map(|c| c.cursor(OpenOrder::Reported));
                self.from = next.map_or(From::Register(0), |c| From::Cases(Some(c)));
                let words = self.words.as_ref().ok_or_else(|| Problem::internal("no words"))?;
                let items: Vec<Item> = some.iter().map(|c| layers::case_item(words, c)).collect();
                Ok(Some(self.write(&items)))
            }
            From::Register(at) if at < self.register.len() => {
                let end = (at + AT_ONCE).min(self.register.len());
                self.from = From::Register(end);
                let all = Arc::clone(&self.register);
                Ok(Some(self.write(&all[at..end])))
            }
            From::Register(_) => {
                self.from = From::End;
                Ok(Some("\n]}\n".to_owned()))
            }
            From::End => Ok(None),
        }
    }

    fn write(&mut self, items: &[Item]) -> String {
        let mut out = String::new();
        for item in items {
            if !std::mem::take(&mut self.first) {
                out.push_str(",\n");
            }
            out.push_str(&item.geojson(Axes::LngLat).to_string());
        }
        out
    }
}

fn named_file(file: &str) -> Option<&'static Collection> {
    named(file.strip_suffix(".geojson")?)
}

/// A whole collection as GeoJSON.
#[utoipa::path(get, path = "/ogc/download/{file}", tag = "open-data", operation_id = "downloadCollection",
    params(("file" = String, Path, description = "such as cases.geojson")),
    responses((status = 200, description = "a FeatureCollection", body = OgcWhole, content_type = "application/geo+json"),
        (status = 404, description = "no such file")))]
pub(super) async fn whole(req: Req, Path(file): Path<String>) -> Answer {
    let of = named_file(&file).ok_or_else(Problem::not_found).or_fail(&req)?;
    let (words, register) = if of.id == "cases" {
        (Some(layers::words(&req).await.or_fail(&req)?), Arc::default())
    } else {
        (None, layers::register(&req, of).await.or_fail(&req)?)
    };
    let writing = Writing { req, from: From::Start, words, register, first: true };
    // whoever compresses asks once more after the end
    let chunks = stream::unfold(writing, |mut writing| async move {
        match writing.next().await {
            Ok(text) => text.map(|text| (Ok::<_, std::io::Error>(text), writing)),
            // the file breaks off, so that nobody takes a part for the whole
            Err(problem) => {
                writing.from = From::End;
                Some((Err(std::io::Error::other(problem.to_string())), writing))
            }
        }
    })
    .fuse();
    let headers = [
        (header::CONTENT_TYPE, "application/geo+json".to_owned()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.geojson\"", of.id)),
    ];
    Ok((headers, Body::from_stream(chunks)).into_response())
}
