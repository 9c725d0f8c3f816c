//! A drawing as SVG for a page: text stays text, and what is pointed at says its value.

use std::fmt::Write as _;

use super::scene::{Colour, Scene, Shape, Text};
use super::text::{self, Weight};
use foreign::safe_text::markup;

/// The drawing as an element of HTML. Every text is set to the width that it was laid out with, whatever font a reader has.
#[must_use]
pub fn inline(scene: &Scene) -> String {
    let (width, height) = (scene.size.width, scene.size.height);
    let mut out = format!(
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">",
        markup(&format!("{}. {}", scene.title, scene.description))
    );
    for shape in &scene.shapes {
        match shape {
            Shape::Area(points, fill) => {
                _ = write!(out, "<polygon points=\"{}\" fill=\"{}\"/>", list(points), hex(*fill));
            }
            Shape::Line(points, wide, stroke) => {
                let (points, stroke) = (list(points), hex(*stroke));
                _ = write!(
                    out,
                    "<polyline points=\"{points}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{wide}\" stroke-linejoin=\"round\"/>"
                );
            }
            Shape::Dot((x, y), radius, fill) => {
                _ = write!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{}\"/>", hex(*fill));
            }
            Shape::Text(text) => write_text(&mut out, text),
            Shape::Hint(..) => {}
        }
    }
    // What is pointed at lies over everything.
    for shape in &scene.shapes {
        if let Shape::Hint((x0, y0), (x1, y1), says) = shape {
            let (wide, high) = (x1 - x0, y1 - y0);
            _ = write!(
                out,
                "<rect x=\"{x0:.1}\" y=\"{y0:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" class=\"hint\"><title>{}</title></rect>",
                markup(says)
            );
        }
    }
    out.push_str("</svg>");
    out
}

fn write_text(out: &mut String, text: &Text) {
    let wide = text::width(&text.text, text.size, text.weight);
    let weight = if text.weight == Weight::Bold { " font-weight=\"700\"" } else { "" };
    _ = write!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{}\" textLength=\"{wide:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{weight}>{}</text>",
        text.x,
        text.y,
        text.size,
        hex(text.colour),
        markup(&text.text)
    );
}

fn list(points: &[(f64, f64)]) -> String {
    points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

fn hex(colour: Colour) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.0, colour.1, colour.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::scene::{Anchor, Size};

    #[test]
    fn text_stays_text_and_a_hint_says_its_value() {
        let mut scene = Scene::new(Size { width: 100.0, height: 50.0 }, "A & B", "of <all>");
        scene.text("5 < 6", (10.0, 20.0), Anchor::Left, (12.0, Weight::Bold, Colour(1, 2, 3)));
        scene.hint((0.0, 0.0), (10.0, 10.0), "2018/19: 4.7".to_owned());
        let svg = inline(&scene);
        assert!(svg.contains("aria-label=\"A &amp; B. of &lt;all&gt;\"") && svg.contains(">5 &lt; 6</text>"), "{svg}");
        assert!(svg.contains("<title>2018/19: 4.7</title></rect></svg>"), "{svg}");
    }
}
