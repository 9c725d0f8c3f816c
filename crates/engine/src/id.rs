//! Typed positions of forces, alliances and areas, so that one cannot be used as another.

/// Position of a force in [`Scenario::forces`](crate::alliance::Scenario).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ForceId(pub usize);

/// Position of an alliance in [`Scenario::alliances`](crate::alliance::Scenario).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AllianceId(pub usize);

/// Position of a business area in the areas of its alliance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaId(pub usize);
