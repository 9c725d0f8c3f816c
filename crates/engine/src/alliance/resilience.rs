//! Surges, mutual help and contact management (MODEL section 7).

use crate::id::{AllianceId, AreaId, ForceId};
use crate::uncertainty::Quantity;

/// What surges cost and how they coincide, `[resilience]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Resilience {
    /// Share of a partner's own worst surge that coincides, `χ`, in [0, 1]. Default 1.
    pub chi: Quantity,
    /// Largest surge, officers. Default 2500.
    pub x_max: Quantity,
    /// Cost of an officer called out, £m in start prices. Default 0.
    pub incident_cost: Quantity,
    /// Share of that cost which the government pays back, in [0, 1]. Default 0.
    pub reimbursed: Quantity,
}

/// Contact management in one force.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactForce {
    /// Which force.
    pub force: ForceId,
    /// Calls in the busy hour.
    pub calls: Quantity,
    /// Mean handling time, seconds.
    pub aht_s: Quantity,
    /// Agents on duty, whole.
    pub agents: u32,
}

/// Contact management, alone and pooled, `[contact]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// The alliance that pools it.
    pub alliance: AllianceId,
    /// The business area that must be live.
    pub area: AreaId,
    /// Target time to answer, seconds. Default 10.
    pub target_s: Quantity,
    /// Share of agents saved by pooling, in [0, 1). Default 0.
    pub agents_saved: Quantity,
    /// The forces with contact data; each a member of the alliance.
    pub forces: Vec<ContactForce>,
}
