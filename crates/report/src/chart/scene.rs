//! A chart as a list of finished shapes: what the painters draw and what tests look at.

use super::text::{self, Weight};
use crate::number::{exp, ln};

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(
    /// Red, 0 to 255.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

impl Colour {
    /// Relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance).
    fn luminance(self) -> f64 {
        let part = |own: u8| {
            let own = f64::from(own) / 255.0;
            if own <= 0.040_45 { own / 12.92 } else { exp(2.4 * ln((own + 0.055) / 1.055)) }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }

    /// The same colour, as dark as text on white must be: a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3).
    #[must_use]
    pub fn legible(self) -> Self {
        let mut own = self;
        while 1.05 / (own.luminance() + 0.05) < 4.5 {
            let darker = |part: u8| (f64::from(part) * 0.96) as u8;
            own = Self(darker(own.0), darker(own.1), darker(own.2));
        }
        own
    }
}

/// Width and height in pixels as people see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Which point of a text its position names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// A line of text; `y` is its baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Left end, after anchoring.
    pub x: f64,
    /// Baseline.
    pub y: f64,
    /// Pixels to the em.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub colour: Colour,
}

impl Text {
    /// The box that its letters may touch: left, top, right, bottom.
    #[must_use]
    pub fn bounds(&self) -> (f64, f64, f64, f64) {
        let right = self.x + text::width(&self.text, self.size, self.weight);
        (self.x, self.y - 0.76 * self.size, right, self.y + 0.22 * self.size)
    }
}

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled polygon.
    Area(Vec<(f64, f64)>, Colour),
    /// A line through points with its width.
    Line(Vec<(f64, f64)>, f64, Colour),
    /// A filled circle: centre, radius.
    Dot((f64, f64), f64, Colour),
    /// Text.
    Text(Text),
    /// A rectangle, corner to corner, that says something to whoever points at it: nothing is drawn.
    Hint((f64, f64), (f64, f64), String),
}

/// A finished drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Its size.
    pub size: Size,
    /// The finding, for readers who cannot see it.
    pub title: String,
    /// Everything else that is said about the whole: units, source.
    pub description: String,
    /// The shapes, the first at the back.
    pub shapes: Vec<Shape>,
}

impl Scene {
    /// An empty drawing.
    #[must_use]
    pub fn new(size: Size, title: &str, description: &str) -> Self {
        Self { size, title: title.to_owned(), description: description.to_owned(), shapes: Vec::new() }
    }

    /// A filled polygon; none where there are no three points.
    pub fn area(&mut self, points: Vec<(f64, f64)>, colour: Colour) {
        if points.len() > 2 {
            self.shapes.push(Shape::Area(points, colour));
        }
    }

    /// A filled rectangle from corner to corner.
    pub fn bar(&mut self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), colour: Colour) {
        self.area(vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour);
    }

    /// A line.
    pub fn line(&mut self, points: Vec<(f64, f64)>, width: f64, colour: Colour) {
        if points.len() > 1 {
            self.shapes.push(Shape::Line(points, width, colour));
        }
    }

    /// A line of dashes, `on` drawn and `off` left out.
    pub fn dashes(&mut self, points: &[(f64, f64)], width: f64, colour: Colour, (on, off): (f64, f64)) {
        let mut run = vec![];
        let (mut left, mut drawn) = (on, true);
        for pair in points.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let length = ((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)).sqrt();
            let at = |s: f64| (x0 + (x1 - x0) * s / length, y0 + (y1 - y0) * s / length);
            let mut done = 0.0;
            if drawn && run.is_empty() {
                run.push((x0, y0));
            }
            while length - done > left {
                done += left;
                if drawn {
                    run.push(at(done));
                    self.line(std::mem::take(&mut run), width, colour);
                } else {
                    run.push(at(done));
                }
                drawn = !drawn;
                left = if drawn { on } else { off };
            }
            left -= length - done;
            if drawn {
                run.push((x1, y1));
            }
        }
        if drawn {
            self.line(run, width, colour);
        }
    }

    /// A dot.
    pub fn dot(&mut self, centre: (f64, f64), radius: f64, colour: Colour) {
        self.shapes.push(Shape::Dot(centre, radius, colour));
    }

    /// A diamond.
    pub fn diamond(&mut self, (x, y): (f64, f64), radius: f64, colour: Colour) {
        self.area(vec![(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)], colour);
    }

    /// A line of text, its baseline at `y`.
    pub fn text(&mut self, text: &str, (x, y): (f64, f64), anchor: Anchor, style: (f64, Weight, Colour)) {
        let (size, weight, colour) = style;
        let width = text::width(text, size, weight);
        let x = match anchor {
            Anchor::Left => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::Right => x - width,
        };
        let colour = colour.legible();
        self.shapes.push(Shape::Text(Text { text: text.to_owned(), x, y, size, weight, colour }));
    }

    /// What is said where somebody points at a rectangle; an empty text says nothing.
    pub fn hint(&mut self, from: (f64, f64), to: (f64, f64), text: String) {
        if !text.is_empty() && from.0 < to.0 && from.1 < to.1 {
            self.shapes.push(Shape::Hint(from, to, text));
        }
    }

    /// Its texts.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(text) => Some(text),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_dark_enough_to_be_read_and_what_is_dark_stays_as_it_is() {
        assert_eq!(Colour(0x1f, 0x23, 0x28).legible(), Colour(0x1f, 0x23, 0x28));
        // Orange has 3.9 to 1 on white; some steps of 4 % darker it passes, and is still orange.
        let orange = Colour(0xd5, 0x5e, 0x00).legible();
        assert!(1.05 / (orange.luminance() + 0.05) >= 4.5 && orange.0 > 0xb0 && orange.2 == 0, "{orange:?}");
    }

    #[test]
    fn dashes_cover_their_share_of_a_straight_line() {
        let mut scene = Scene::new(Size { width: 200.0, height: 10.0 }, "", "");
        scene.dashes(&[(0.0, 0.0), (40.0, 0.0), (100.0, 0.0)], 1.0, Colour(0, 0, 0), (6.0, 4.0));
        let drawn: f64 = scene
            .shapes
            .iter()
            .map(|shape| match shape {
                Shape::Line(points, _, _) => points.windows(2).map(|p| p[1].0 - p[0].0).sum(),
                _ => 0.0,
            })
            .sum();
        // Ten periods of 10 px, 6 px of each drawn.
        assert!((drawn - 60.0).abs() < 1e-9, "{drawn}");
    }
}
