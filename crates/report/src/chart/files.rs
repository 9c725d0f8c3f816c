//! Charts as files: SVG and PNG.

use std::fmt;
use std::path::{Path, PathBuf};

use super::scene::Scene;
use super::{Chart, paint};
use engine::team::Team;
use foreign::guarded::guarded;

/// Memory for pixels while charts are drawn, in bytes.
const MEMORY: f64 = 4e8;

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
