//! Charts: one look, one file a chart, SVG and PNG from the same drawing. They receive finished numbers and compute none.

pub mod area_savings;
mod axis;
mod data;
pub mod fan;
#[cfg(feature = "pictures")]
mod files;
pub mod force_npv;
#[cfg(feature = "pictures")]
mod glyphs;
mod inline;
pub mod matrix;
pub mod npv_curve;
pub mod over_years;
pub mod overlay;
#[cfg(feature = "pictures")]
mod paint;
pub mod panels;
pub mod payback;
pub mod ranges;
pub mod reported;
pub mod risk_return;
pub mod savings_overlay;
pub mod scene;
pub mod series;
pub mod sweep_line;
#[cfg(all(test, feature = "pictures"))]
mod tests;
mod text;
mod theme;
pub mod tornado;
mod widths;

#[cfg(feature = "pictures")]
pub use files::{ChartError, Format, draw_all};
pub use inline::inline;
pub use text::Weight;
pub use theme::{ALONE, BLUE, Heading, INK, PLAN, Swatch, option_colour};

use super::data::Report;
use super::grid::Table;
use super::words::thousands;
use scene::Scene;
use series::Series;

/// Most rows of a chart; the largest are shown.
const ROWS: usize = 40;

/// Most panels of a chart.
const PANELS: usize = 24;

/// The largest of many rows, in their order, and what is said of the others; nothing where none is left out.
fn largest<T>(rows: &[T], most: usize, size: impl Fn(&T) -> f64) -> (Vec<&T>, String) {
    let left_out = rows.len().saturating_sub(most);
    if left_out == 0 {
        return (rows.iter().collect(), String::new());
    }
    let mut sizes: Vec<(usize, f64)> = rows.iter().map(|row| size(row).abs()).enumerate().collect();
    sizes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut shown: Vec<usize> = sizes.into_iter().take(most).map(|(position, _)| position).collect();
    shown.sort_unstable();
    let said = format!("the {most} largest, and {} more", thousands(left_out as u64));
    (shown.into_iter().filter_map(|position| rows.get(position)).collect(), said)
}

/// A chart of a report.
pub trait Chart: Sync {
    /// Name of its files, without an ending.
    fn name(&self) -> String;
    /// Its finding and what it shows.
    fn heading(&self) -> &Heading;
    /// The drawing, with `foot` below it.
    fn scene(&self, foot: &str) -> Scene;
    /// What is drawn, as tables.
    fn data(&self) -> Vec<Table>;
    /// The same for a program that draws by itself, where such a one can.
    fn series(&self) -> Option<Series> {
        None
    }
}

/// Names of the charts of a report, without endings, in the order of reading.
#[must_use]
pub fn names(report: &Report) -> Vec<String> {
    report.charts.all().iter().map(|chart| chart.name()).collect()
}
