//! A business area: what it costs, what it is to save, and how it is to be delivered.

use crate::id::AreaId;
use crate::uncertainty::Quantity;

/// Yearly in-scope cost, £m in start prices.
#[derive(Debug, Clone, PartialEq)]
pub enum AreaCost {
    /// One total, split over the members by budget.
    Total(Quantity),
    /// A cost for each member, in the order of the alliance's members.
    ByMember(Vec<Quantity>),
}

/// A business area of an alliance, `[[alliance.area]]` or a line of its CSV file.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its name, unique in the alliance.
    pub name: String,
    /// Prefix of the keys of its draws: `alliance."Southern hub".area."Finance"`.
    pub key: String,
    /// In-scope cost.
    pub cost: AreaCost,
    /// Cashable saving, share of cost. At most 1.
    pub saving: Quantity,
    /// Non-cashable saving, share of cost. Default 0.
    pub noncashable: Quantity,
    /// When the business case is submitted, years of programme time. At least 0.
    pub submit: Quantity,
    /// Implementation, years. At least 0.
    pub implement: Quantity,
    /// Factor on the implementation's length. Above 0. Default 1.
    pub slip: Quantity,
    /// Chance that the case is not dropped, in [0, 1]. Default 1.
    pub approve: Quantity,
    /// Consultation of this area besides the alliance's, years. Default 0.
    pub consultation: Quantity,
    /// One-off cost of implementation, £m in start prices. Default 0.
    pub oneoff: Quantity,
    /// Cost of running it once it is live, £m a year in start prices. Default 0.
    pub running: Quantity,
    /// Years from live to full saving. Default 0.
    pub ramp: Quantity,
    /// Whether the full saving waits for the common ICT platform. Default no.
    pub needs_ict: bool,
    /// Whether its officers can help a partner in a surge. Default no.
    pub operational: bool,
    /// Areas of the same alliance that must be live first.
    pub after: Vec<AreaId>,
    /// Smaller goes first where slots are short. Default 0.
    pub priority: f64,
}
