//! One look for every chart: colours told apart by every eye (Okabe and Ito 2008), sizes, the frame with title and foot.

use super::scene::{Anchor, Colour, Scene, Size};
use super::text::{self, Weight};

/// Titles and values.
pub const INK: Colour = Colour(0x1f, 0x23, 0x28);
/// Everything that steps back.
pub const MUTED: Colour = Colour(0x5f, 0x67, 0x70);
/// Lines of the grid.
pub const GRID: Colour = Colour(0xe4, 0xe7, 0xeb);
/// Axes and zero.
pub const AXIS: Colour = Colour(0x9a, 0xa2, 0xab);
/// The simulation.
pub const BLUE: Colour = Colour(0x00, 0x72, 0xb2);
/// Half of futures.
pub const BLUE_MIDDLE: Colour = Colour(0x9c, 0xc7, 0xe2);
/// Eight futures in ten.
pub const BLUE_PALE: Colour = Colour(0xd3, 0xe6, 0xf2);
/// The plan.
pub const PLAN: Colour = Colour(0xd5, 0x5e, 0x00);
/// Every force alone.
pub const ALONE: Colour = Colour(0xa8, 0x6a, 0x00);
/// Loss, and what never comes.
pub const GREY: Colour = Colour(0xb4, 0xba, 0xc1);
/// Paper.
pub const WHITE: Colour = Colour(0xff, 0xff, 0xff);

/// Options side by side: told apart by every eye, and dark enough for their own names.
const OPTIONS: [Colour; 8] = [
    INK,
    BLUE,
    PLAN,
    Colour(0x00, 0x7a, 0x5a),
    Colour(0xa3, 0x4b, 0x7d),
    Colour(0x8a, 0x6d, 0x00),
    Colour(0x2f, 0x8f, 0xc4),
    MUTED,
];

/// The colour of an option; the baseline's is ink.
#[must_use]
pub const fn option_colour(option: usize) -> Colour {
    OPTIONS[option % OPTIONS.len()]
}

/// Pixels to the em of titles.
pub const TITLE: f64 = 22.0;
/// Of subtitles and labels of lines.
pub const BODY: f64 = 13.5;
/// Of ticks.
pub const SMALL: f64 = 12.0;
/// Of the foot.
pub const FOOT: f64 = 10.5;
/// White around everything.
pub const MARGIN: f64 = 28.0;

/// A chart as wide as a page or a slide.
pub const WIDE: Size = Size { width: 960.0, height: 540.0 };

/// A rectangle on the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

/// What is said about a whole chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heading {
    /// The finding.
    pub title: String,
    /// What is drawn, and in which unit.
    pub subtitle: String,
}

/// An entry of a legend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Swatch {
    /// A band: its colour.
    Band(Colour),
    /// A line: its colour and whether it is dashed.
    Line(Colour, bool),
    /// A diamond.
    Diamond(Colour),
    /// A ring.
    Ring(Colour),
    /// A dot.
    Dot(Colour),
    /// A short upright stroke.
    Stroke(Colour),
}

/// Title, subtitle and foot; returns the drawing and the room that is left between them.
#[must_use]
pub fn frame(size: Size, heading: &Heading, foot: &str) -> (Scene, Room) {
    let mut scene = Scene::new(size, &heading.title, &format!("{}. {foot}", heading.subtitle));
    let (left, right) = (MARGIN, size.width - MARGIN);
    let mut y = MARGIN + TITLE * 0.75;
    for line in text::balance(&heading.title, TITLE, Weight::Bold, right - left) {
        scene.text(&line, (left, y), Anchor::Left, (TITLE, Weight::Bold, INK));
        y += TITLE * 1.25;
    }
    y -= TITLE * 0.15;
    for line in text::wrap(&heading.subtitle, BODY, Weight::Regular, right - left) {
        scene.text(&line, (left, y), Anchor::Left, (BODY, Weight::Regular, MUTED));
        y += BODY * 1.35;
    }
    let lines = text::wrap(foot, FOOT, Weight::Regular, right - left);
    let mut bottom = size.height - 16.0 - FOOT * 1.35 * (lines.len() as f64 - 1.0);
    let top_of_foot = bottom - FOOT;
    for line in lines {
        scene.text(&line, (left, bottom), Anchor::Left, (FOOT, Weight::Regular, MUTED));
        bottom += FOOT * 1.35;
    }
    (scene, Room { left, top: y, right, bottom: top_of_foot - 12.0 })
}

/// A legend in rows from the top of the room; the room shrinks by it.
pub fn legend(scene: &mut Scene, room: &mut Room, entries: &[(Swatch, &str)]) {
    let (mut x, mut y) = (room.left, room.top + 6.0);
    for (swatch, label) in entries {
        let wide = 30.0 + text::width(label, SMALL, Weight::Regular);
        if x > room.left && x + wide > room.right {
            x = room.left;
            y += 19.0;
        }
        match *swatch {
            Swatch::Band(colour) => scene.bar((x, y - 5.0), (x + 22.0, y + 5.0), colour),
            Swatch::Line(colour, false) => scene.line(vec![(x, y), (x + 22.0, y)], 2.4, colour),
            Swatch::Line(colour, true) => scene.dashes(&[(x, y), (x + 22.0, y)], 2.0, colour, (5.0, 3.0)),
            Swatch::Diamond(colour) => scene.diamond((x + 11.0, y), 5.0, colour),
            Swatch::Ring(colour) => {
                scene.dot((x + 11.0, y), 6.0, colour);
                scene.dot((x + 11.0, y), 4.0, WHITE);
            }
            Swatch::Dot(colour) => scene.dot((x + 11.0, y), 5.0, colour),
            Swatch::Stroke(colour) => scene.bar((x + 9.4, y - 7.0), (x + 12.6, y + 7.0), colour),
        }
        scene.text(label, (x + 28.0, y + 4.3), Anchor::Left, (SMALL, Weight::Regular, INK));
        x += wide + 22.0;
    }
    room.top = y + 16.0;
}

/// The legend of a fan, and of what lies on it.
pub fn fan_legend(scene: &mut Scene, room: &mut Room, more: &[(Swatch, String)]) {
    let mut entries = vec![(Swatch::Band(BLUE_PALE), "8 futures in 10"), (Swatch::Band(BLUE_MIDDLE), "5 in 10")];
    entries.extend(more.iter().map(|(swatch, label)| (*swatch, label.as_str())));
    legend(scene, room, &entries);
}
