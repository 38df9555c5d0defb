use super::Options;
use super::cells::{self, Causes};
use crate::columns::{CODE, GEOMETRY};
use crate::index::PlaceIndex;
use crate::model::{AreaText, GridCell, GridCode};
use crate::policy::{Act, POLICY};
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::Result;
use sheets::{Report, Source};
use store::Tx;

/// Reads the unit grid: a code of 15 digits and a polygon. A cell belongs to the community its code names, else to the
/// division in which its middle lies.
pub fn grids(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    source: &mut Source,
    options: &Options,
) -> Result<Report> {
    POLICY.require(ctx, Act::Shape, &Standing::city(), true)?;
    cells::each_row(source, |row| {
        let mut causes = Causes::default();
        let code = GridCode::parse(CODE.of(row));
        if code.is_none() {
            causes.add(CODE.name, "place_grid_code");
        }
        let area = cells::area(&mut causes, row, options.crs);
        if area.is_none() && causes.is_empty() {
            causes.add(GEOMETRY.name, "blank");
        }
        let (Some(code), Some(area)) = (code, area) else { return Ok(Err(causes)) };
        if rows::cell_exists(tx, code.as_str())? {
            return Ok(Err(Causes::one(CODE.name, "duplicate_id")));
        }
        let middle = area.centroid();
        if !index.inside_city(middle) {
            return Ok(Err(Causes::one(GEOMETRY.name, "place-outside-city")));
        }
        let named = index.by_code(code.community()).or_else(|| index.by_code(code.street()));
        let division_id = named.map(|node| node.id).or_else(|| index.locate(middle).division);
        let id = tx.new_id();
        tx.insert(&GridCell {
            id,
            code: code.as_str().to_owned(),
            division_id,
            area: AreaText(area),
            version: 1,
        })?;
        Ok(Ok(Vec::new()))
    })
}
