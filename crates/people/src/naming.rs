//! Units by what people call them: when a city is opened, what was there before names were written down is added.

use crate::store::units;
use ::store::naming;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use names::Kind;
use web::City;

pub(crate) fn bring_up_to_date(city: &City) -> Result<()> {
    if city.db().read_now(|tx| naming::is_current(tx, Kind::Unit))? {
        return Ok(());
    }
    let ctx = Ctx::system(city.code().clone(), "naming", city.db().now());
    city.db().write_now(&ctx, |tx| {
        if naming::renew(tx, Kind::Unit)? {
            let all = units::all(tx)?.into_iter();
            let called = all.flat_map(|unit| [(unit.id.raw(), unit.name), (unit.id.raw(), unit.short_name)]);
            naming::fill(tx, Kind::Unit, called)?;
        }
        Ok(())
    })
}
