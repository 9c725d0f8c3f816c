//! Uncertain quantities: distributions, draws by key, samplers and correlation (MODEL section 1.1).

mod copula;
mod correlation;
pub mod distribution;
mod draws;
pub mod elementary;
mod form;
pub mod key;
pub mod lanes;
pub mod philox;
mod quantile_table;
mod quantity;
mod sampler;
mod shape;
mod tables;

pub use correlation::{Correlation, Structure};
pub use distribution::{Distribution, DistributionError, Family};
pub use draws::{Again, DrawInfo, Draws, DrawsBuilder, DrawsError, Given, Input, Standard, Stream};
pub use quantity::{Confidence, DEFAULT_SOURCE, Provenance, Quantity, Value, names_of_key, plainly_quoted, quote_key};
pub use sampler::Sampler;
