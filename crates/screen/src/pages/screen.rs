//! `/screen`: the wall for who has signed in, with what they may see themselves. `?display=SD-0001` shows it as that display is
//! arranged, `?area=620200` a part of the city.

use super::map;
use super::wall::{Wall, WallPage, Wish, dark};
use crate::area::Area;
use crate::figures::{self, Known};
use crate::model::Panel;
use crate::policy::{self, Act};
use crate::queries;
use cases::desk::Desk;
use kernel::id::Id;
use kernel::problem::Problem;
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Req};

/// The catalogue and the places of the city.
pub(super) async fn known(req: &Req) -> Answer<Known> {
    let desk = Desk::of(&req.city).await.or_fail(req)?;
    let index = places::kept::index(&req.city).await.or_fail(req)?;
    Ok(Known { desk, index })
}

/// What the address asks for.
async fn wish(req: &Req, known: &Known) -> Answer<Wish> {
    let params = Params::parse(&req.query);
    let mut wish = Wish {
        title: String::new(),
        panels: Panel::usual(),
        area: Area::city(),
        linked: true,
        base: "/screen".to_owned(),
        query: if params.is_empty() { String::new() } else { format!("?{}", params.to_query()) },
    };
    match params.get("display") {
        "" => {}
        number => {
            let number = number.to_owned();
            let display = req.read(move |_, tx| queries::display(tx, &number)).await.or_fail(req)?;
            wish.area = Area::of(&known.index, display.division_id);
            wish.title = display.title;
            wish.panels = display.panels.0;
        }
    }
    match params.get("area") {
        "" => {}
        named => {
            let by_id = || known.index.division(Id::new(named.parse().ok()?));
            let node = known.index.by_code(named).or_else(by_id);
            let node = node.ok_or_else(|| Problem::field("area", "not-a-choice")).or_fail(req)?;
            wish.area = Area::of(&known.index, Some(node.id));
        }
    }
    Ok(wish)
}

async fn wall(req: &Req) -> Answer<Wall> {
    policy::somewhere(&req.ctx, Act::Look).or_fail(req)?;
    let known = known(req).await?;
    let wish = wish(req, &known).await?;
    let (with, area) = (known.clone(), wish.area.clone());
    let read = req.read(move |ctx, tx| figures::read(ctx, tx, &with, &area));
    let figures = read.await.or_fail(req)?;
    Ok(Wall::new(req, &known, &figures, wish))
}

pub(super) async fn page_of(req: Req) -> Answer {
    let req = dark(req, false);
    let wall = wall(&req).await?;
    page(&req, &WallPage::new(&req, wall))
}

/// The panels alone, for the page that is there already.
pub(super) async fn panels(req: Req) -> Answer {
    let req = dark(req, false);
    page(&req, &wall(&req).await?)
}

pub(super) async fn spots(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Look).or_fail(&req)?;
    let known = known(&req).await?;
    let wish = wish(&req, &known).await?;
    map::answer(&req, &known, &wish.area).await
}
