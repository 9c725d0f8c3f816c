//! A table of shaded cells: what each option brings each force, or a measure over two swept keys.

use super::scene::{Anchor, Colour, Scene, Size};
use super::text::{self, Weight};
use super::theme::{self, BODY, GRID, Heading, INK, MUTED, SMALL, WIDE};
use super::{Chart, largest};
use crate::grid::Table;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// −1 (the largest loss of the table) to 1 (the largest gain).
    pub shade: f64,
    /// What is printed large.
    pub value: String,
    /// What is printed below it.
    pub note: String,
}

/// The table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matrix {
    /// Name of its files.
    pub file: String,
    /// Finding.
    pub heading: Heading,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// The rows, each with its head.
    pub rows: Vec<(String, Vec<Cell>)>,
}

/// The deepest colours of loss and gain; text on them stays legible.
const LOSS: Colour = Colour(0xf0, 0xb4, 0x8c);
const GAIN: Colour = Colour(0x9c, 0xc7, 0xe2);

/// From white to a colour.
fn tint(colour: Colour, part: f64) -> Colour {
    let mix = |full: u8| (255.0 + (f64::from(full) - 255.0) * part.clamp(0.0, 1.0)).round() as u8;
    Colour(mix(colour.0), mix(colour.1), mix(colour.2))
}

/// Most rows: as many as a sweep has values.
const MOST_ROWS: usize = 41;

/// Widest name of a row.
const NAMES: f64 = 400.0;

impl Chart for Matrix {
    fn name(&self) -> String {
        self.file.clone()
    }

    fn heading(&self) -> &Heading {
        &self.heading
    }

    fn scene(&self, foot: &str) -> Scene {
        // Without notes rows are lower.
        let notes = self.rows.iter().flat_map(|row| &row.1).any(|cell| !cell.note.is_empty());
        let row_height = if notes { 58.0 } else { 34.0 };
        let shade = |row: &(String, Vec<Cell>)| row.1.iter().map(|cell| cell.shade.abs()).fold(0.0, f64::max);
        let (rows, left_out) = largest(&self.rows, MOST_ROWS, shade);
        let height = (210.0 + row_height * rows.len() as f64).max(WIDE.height * 0.6).round();
        let (mut scene, mut room) = theme::frame(Size { width: WIDE.width, height }, &self.heading, foot);
        room.top += 26.0;
        let widest = rows.iter().map(|row| text::width(&row.0, BODY, Weight::Regular)).fold(0.0, f64::max);
        let names = widest.min(NAMES) + 16.0;
        scene.text(&left_out, (room.left, room.top - 8.0), Anchor::Left, (SMALL, Weight::Regular, MUTED));
        let wide = (room.right - room.left - names) / self.columns.len().max(1) as f64;
        let high = ((room.bottom - room.top) / rows.len().max(1) as f64).min(1.4 * row_height);
        for (c, column) in self.columns.iter().enumerate() {
            let middle = room.left + names + wide * (c as f64 + 0.5);
            let name = text::shorten(column, SMALL, Weight::Bold, wide - 8.0);
            scene.text(&name, (middle, room.top - 8.0), Anchor::Middle, (SMALL, Weight::Bold, INK));
        }
        for (r, (force, cells)) in rows.into_iter().enumerate() {
            let top = room.top + high * r as f64;
            let middle = top + high / 2.0;
            let force = text::shorten(force, BODY, Weight::Regular, names);
            scene.text(&force, (room.left, middle + 4.5), Anchor::Left, (BODY, Weight::Regular, INK));
            for (c, cell) in cells.iter().enumerate() {
                let left = room.left + names + wide * c as f64;
                let colour = tint(if cell.shade < 0.0 { LOSS } else { GAIN }, cell.shade.abs());
                scene.bar((left + 2.0, top + 2.0), (left + wide - 2.0, top + high - 2.0), colour);
                let centre = left + wide / 2.0;
                let raised = if notes { -1.0 } else { 4.5 };
                let value = text::shorten(&cell.value, BODY, Weight::Bold, wide - 6.0);
                scene.text(&value, (centre, middle + raised), Anchor::Middle, (BODY, Weight::Bold, INK));
                if !notes {
                    continue;
                }
                let note = text::shorten(&cell.note, SMALL, Weight::Regular, wide - 10.0);
                scene.text(&note, (centre, middle + 16.0), Anchor::Middle, (SMALL, Weight::Regular, MUTED));
            }
            scene.line(vec![(room.left, top + high), (room.right, top + high)], 1.0, GRID);
        }
        scene
    }

    fn data(&self) -> Vec<Table> {
        let mut table = Table::new(&[""]);
        table.head.extend(self.columns.iter().cloned());
        for (name, cells) in &self.rows {
            let says = |cell: &Cell| {
                if cell.note.is_empty() { cell.value.clone() } else { format!("{} ({})", cell.value, cell.note) }
            };
            table.push(std::iter::once(name.clone()).chain(cells.iter().map(says)));
        }
        vec![table]
    }
}
