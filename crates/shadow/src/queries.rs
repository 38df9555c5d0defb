//! What a scheme comes to today.

use crate::model::{Plan, ShadowDay};
use crate::outlook::{Outlook, Span, outlook};
use crate::policy::{self, Act};
use crate::repairs::{Efforts, Repair, repairs, what_if};
use crate::sources::{self, Gathered};
use crate::store as rows;
use ::store::Tx;
use assessment::scheme::model::Scheme;
use assessment::scheme::seam::{self, Tree};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use scoring::Exact;
use web::City;

/// Days that the way there is shown for.
const DAYS: i64 = 90;

/// Everything that is known of a scheme today.
#[derive(Clone, Debug)]
pub struct Today {
    pub tree: Tree,
    pub plan: Option<Plan>,
    pub gathered: Gathered,
    pub outlook: Outlook,
    /// Every repair, the worthiest first.
    pub repairs: Vec<Repair>,
    /// How many of the first repairs reach the target, worked out together; none where not even all of them do.
    pub enough: Option<usize>,
}

impl Today {
    pub fn scheme(&self) -> &Scheme {
        &self.tree.scheme
    }

    pub fn span(&self) -> Option<Span> {
        self.outlook.span()
    }

    pub fn target(&self) -> Option<Exact> {
        self.plan.as_ref().and_then(Plan::target)
    }

    /// How far the rate is below the target, as a share; negative where it is above. None without one of them.
    pub fn gap(&self) -> Option<Exact> {
        Some(self.target()? - self.outlook.sums.total.rate()?)
    }

    /// What it would come to with these repairs made: points and rate.
    pub fn what_if(&self, made: &[(usize, u64)]) -> (Exact, Option<Exact>) {
        what_if(&self.tree.tree, &self.gathered.seen(), &self.gathered.given(), made)
    }

    fn enough(&self) -> Option<usize> {
        let (target, all) = (self.target()?, &self.repairs);
        let reaches = |count: usize| {
            let made: Vec<(usize, u64)> = all.iter().take(count).map(|r| (r.part, r.point)).collect();
            self.what_if(&made).1.is_some_and(|rate| rate >= target)
        };
        if !reaches(all.len()) {
            return None;
        }
        // more repairs never bring less
        let (mut low, mut high) = (0, all.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if reaches(middle) { high = middle } else { low = middle + 1 }
        }
        Some(low)
    }
}

/// # Errors
/// 404 for a number that is no published scheme's, or that the actor may not see.
pub fn today(ctx: &Ctx, tx: &mut Tx<'_>, city: &City, number: &str) -> Result<Today> {
    if !policy::may(ctx, Act::See) {
        return Err(Problem::not_found());
    }
    let tree = seam::tree(tx, number)?.ok_or_else(Problem::not_found)?;
    let mut today = work_out(tx, Some(city), tree)?;
    let efforts = today.plan.iter().flat_map(|plan| &plan.efforts.0);
    let efforts: Efforts = efforts.map(|e| ((e.code.clone(), e.way.clone()), e.effort.clone())).collect();
    today.repairs = repairs(&today.tree.tree, &today.gathered.seen(), &efforts);
    today.enough = today.enough();
    Ok(today)
}

/// Without asking who wants to know, and without repairs: for the nightly line.
pub(crate) fn work_out(tx: &mut Tx<'_>, city: Option<&City>, tree: Tree) -> Result<Today> {
    let plan = rows::plan(tx, tree.scheme.id)?;
    let gathered = sources::gather(tx, city, &tree, plan.as_ref())?;
    let outlook = outlook(&tree.tree, &gathered.seen(), &gathered.given());
    Ok(Today { tree, plan, gathered, outlook, repairs: Vec::new(), enough: None })
}

/// A scheme with its plan and the last line that was written of it.
pub type Listed = (Scheme, Option<Plan>, Option<ShadowDay>);

/// Published schemes with the last line that was written of each: newest edition first.
pub fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Listed>> {
    policy::require(ctx, Act::See)?;
    let mut all = Vec::new();
    for scheme in seam::published(tx)? {
        let plan = rows::plan(tx, scheme.id)?;
        let last = rows::days(tx, scheme.id, 1)?.into_iter().next();
        all.push((scheme, plan, last));
    }
    Ok(all)
}

/// The way there, the oldest day first.
pub fn days(ctx: &Ctx, tx: &mut Tx<'_>, scheme: &Scheme) -> Result<Vec<ShadowDay>> {
    policy::require(ctx, Act::See)?;
    let mut days = rows::days(tx, scheme.id, DAYS)?;
    days.reverse();
    Ok(days)
}
