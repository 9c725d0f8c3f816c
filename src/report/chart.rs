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
pub mod risk_return;
pub mod savings_overlay;
pub mod scene;
pub mod series;
pub mod surge;
pub mod sweep_line;
#[cfg(test)]
mod tests;
mod text;
mod theme;
pub mod tornado;

use std::fmt;
use std::path::{Path, PathBuf};

pub use inline::inline;
pub use text::Weight;
pub use theme::{ALONE, BLUE, Heading, INK, PLAN, Swatch, option_colour};

use super::data::Report;
use super::grid::Table;
use scene::Scene;
use series::Series;

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
    let drawn = std::thread::scope(|scope| {
        let started: Vec<_> =
            charts.iter().map(|chart| scope.spawn(move || draw(*chart, foot, folder, formats))).collect();
        let failed = || Err(ChartError::Draw("the drawing stopped".to_owned()));
        started.into_iter().map(|thread| thread.join().unwrap_or_else(|_| failed())).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(drawn.into_iter().flatten().collect())
}

fn draw(chart: &dyn Chart, foot: &str, folder: &Path, formats: &[Format]) -> Result<Vec<PathBuf>, ChartError> {
    let scene = chart.scene(foot);
    let mut files = Vec::new();
    for format in formats {
        let path = folder.join(format!("{}.{}", chart.name(), format.ending()));
        let bytes = match format {
            Format::Svg => paint::svg(&scene)?.into_bytes(),
            Format::Png => paint::png(&scene)?,
        };
        std::fs::write(&path, bytes).map_err(|why| ChartError::Write(path.clone(), why))?;
        files.push(path);
    }
    Ok(files)
}
