//! Charts: one look, one file a chart, SVG and PNG from the same drawing. They receive finished numbers and compute none.

pub mod area_savings;
mod axis;
mod data;
pub mod fan;
pub mod force_npv;
mod inline;
pub mod matrix;
pub mod npv_curve;
pub mod over_years;
pub mod overlay;
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
#[cfg(test)]
mod tests;
mod text;
mod theme;
pub mod tornado;
pub mod yearly_chances;

use std::fmt;
use std::path::{Path, PathBuf};

pub use inline::inline;
pub use text::Weight;
pub use theme::{ALONE, BLUE, Heading, INK, PLAN, Swatch, option_colour};

use super::data::Report;
use super::grid::Table;
use super::words::thousands;
use engine::team::Team;
use foreign::guarded::guarded;
use scene::Scene;
use series::Series;

/// Most rows of a chart; the largest are shown.
const ROWS: usize = 40;

/// Most panels of a chart.
const PANELS: usize = 24;

/// Memory for pixels while charts are drawn, in bytes.
const MEMORY: f64 = 4e8;

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

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Scalable vector graphics.
    Svg,
    /// Portable network graphics, two pixels to a pixel of the drawing.
    Png,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Svg, Self::Png];

    const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// Why a chart could not be made.
#[derive(Debug)]
pub enum ChartError {
    /// The drawing failed.
    Draw(String),
    /// A file could not be written.
    Write(PathBuf, std::io::Error),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draw(why) => write!(f, "a chart could not be drawn: {why}"),
            Self::Write(path, why) => {
                // Where it is filled is nobody's folder.
                write!(f, "{} could not be written: {why}", Path::new(path.file_name().unwrap_or_default()).display())
            }
        }
    }
}

impl std::error::Error for ChartError {}

/// Names of the charts of a report, without endings, in the order of reading.
#[must_use]
pub fn names(report: &Report) -> Vec<String> {
    report.charts.all().iter().map(|chart| chart.name()).collect()
}

/// Draws every chart into the folder, which must exist, with `foot` below each; returns the files.
///
/// # Errors
/// Where a drawing fails or a file cannot be written.
pub fn draw_all(
    charts: &[&dyn Chart],
    foot: &str,
    folder: &Path,
    formats: &[Format],
) -> Result<Vec<PathBuf>, ChartError> {
    let scenes: Vec<Scene> = charts.iter().map(|chart| chart.scene(foot)).collect();
    // So many at a time that their pixels fit into memory.
    let largest = scenes.iter().map(paint::bytes).fold(1.0, f64::max);
    let workers = ((MEMORY / largest) as usize).clamp(1, charts.len().max(1));
    let one = |k: usize| {
        let stopped = || Err(ChartError::Draw("the drawing stopped".to_owned()));
        guarded(|| draw(&charts[k].name(), &scenes[k], folder, formats)).unwrap_or_else(stopped)
    };
    let drawn = Team::at_most(workers).each(charts.len(), one);
    Ok(drawn.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}

fn draw(name: &str, scene: &Scene, folder: &Path, formats: &[Format]) -> Result<Vec<PathBuf>, ChartError> {
    let mut files = Vec::new();
    for format in formats {
        let path = folder.join(format!("{name}.{}", format.ending()));
        let bytes = match format {
            Format::Svg => paint::svg(scene)?.into_bytes(),
            Format::Png => paint::png(scene)?,
        };
        std::fs::write(&path, bytes).map_err(|why| ChartError::Write(path.clone(), why))?;
        files.push(path);
    }
    Ok(files)
}
