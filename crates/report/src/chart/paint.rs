//! From a finished drawing to SVG and PNG: the same shapes through plotters, the same glyphs from the same font.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ab_glyph::{Font, GlyphId, OutlineCurve, PxScale, point};
use image::codecs::png::PngEncoder;
use image::{ColorType, ImageEncoder};
use plotters::coord::Shift;
use plotters::prelude::*;

use super::files::ChartError;
use super::glyphs::{font, layout};
use super::scene::{Scene, Shape, Text};
use super::text::Weight;
use super::widths::UNITS_PER_EM;
use foreign::safe_text::markup;

/// SVG shapes are placed on a grid this much finer than a pixel.
const SVG_GRID: f64 = 10.0;
/// Shapes of a PNG are painted this much larger, then averaged down: plotters does not smooth every edge.
const SMOOTHING: usize = 2;
/// Pixels of a PNG to a pixel of the drawing: sharp on today's screens and on paper.
const PNG_SCALE: usize = 2;

fn shapes<B: DrawingBackend>(scene: &Scene, area: &DrawingArea<B, Shift>, scale: f64) -> Result<(), ChartError> {
    let at = |&(x, y): &(f64, f64)| ((x * scale).round() as i32, (y * scale).round() as i32);
    let colour = |c: super::scene::Colour| RGBColor(c.0, c.1, c.2);
    let failed = |error: &dyn std::fmt::Display| ChartError::Draw(error.to_string());
    for shape in &scene.shapes {
        match shape {
            Shape::Area(points, fill) => {
                let points: Vec<_> = points.iter().map(at).collect();
                area.draw(&Polygon::new(points, colour(*fill).filled())).map_err(|e| failed(&e))?;
            }
            Shape::Line(points, width, stroke) => {
                let points: Vec<_> = points.iter().map(at).collect();
                let style = colour(*stroke).stroke_width((width * scale).round().max(1.0) as u32);
                area.draw(&PathElement::new(points, style)).map_err(|e| failed(&e))?;
            }
            Shape::Dot(centre, radius, fill) => {
                let radius = (radius * scale).round() as i32;
                area.draw(&Circle::new(at(centre), radius, colour(*fill).filled())).map_err(|e| failed(&e))?;
            }
            Shape::Text(_) | Shape::Hint(..) => {}
        }
    }
    Ok(())
}

/// The drawing as SVG. Text is outlines, so that it looks alike on every machine; what it says is in `aria-label`.
///
/// # Errors
/// Where plotters cannot draw.
pub(super) fn svg(scene: &Scene) -> Result<String, ChartError> {
    let (width, height) = (scene.size.width, scene.size.height);
    let mut drawn = String::new();
    {
        let size = ((width * SVG_GRID) as u32, (height * SVG_GRID) as u32);
        let root = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
        root.fill(&WHITE).map_err(|e| ChartError::Draw(e.to_string()))?;
        shapes(scene, &root, SVG_GRID)?;
        root.present().map_err(|e| ChartError::Draw(e.to_string()))?;
    }
    let grid = format!("<svg width=\"{}\" height=\"{}\"", width * SVG_GRID, height * SVG_GRID);
    let head = format!("<svg width=\"{width}\" height=\"{height}\" role=\"img\"");
    let drawn = drawn.replacen(&grid, &head, 1);
    let words = format!("<title>{}</title>\n<desc>{}</desc>\n", markup(&scene.title), markup(&scene.description));
    let (Some(opened), Some(closed)) = (drawn.find('>'), drawn.rfind("</svg>")) else {
        return Err(ChartError::Draw("plotters wrote no SVG".to_owned()));
    };
    let (first, rest) = (&drawn[..=opened], &drawn[opened + 1..closed]);
    Ok(format!("{first}\n{words}{}{}</svg>\n", rest.trim_start(), svg_text(scene)))
}

fn svg_text(scene: &Scene) -> String {
    let mut used: BTreeMap<(Weight, u16), GlyphId> = BTreeMap::new();
    let mut runs = String::new();
    for text in scene.texts() {
        let glyphs = layout(&text.text, text.weight);
        let scale = text.size * SVG_GRID / f64::from(UNITS_PER_EM);
        let (x, y) = (text.x * SVG_GRID, text.y * SVG_GRID);
        let (red, green, blue) = (text.colour.0, text.colour.1, text.colour.2);
        let label = markup(&text.text);
        _ = write!(
            runs,
            "<g aria-label=\"{label}\" fill=\"#{red:02x}{green:02x}{blue:02x}\" \
             transform=\"translate({x:.1} {y:.1}) scale({scale:.4} -{scale:.4})\">"
        );
        for (glyph, at) in glyphs {
            if font(text.weight).outline(glyph).is_some() {
                used.insert((text.weight, glyph.0), glyph);
                _ = write!(runs, "<use href=\"#{}\" x=\"{at:.0}\"/>", glyph_name(text.weight, glyph));
            }
        }
        runs.push_str("</g>\n");
    }
    let mut defined = String::from("<defs>\n");
    for ((weight, _), glyph) in &used {
        _ = writeln!(defined, "<path id=\"{}\" d=\"{}\"/>", glyph_name(*weight, *glyph), outline(*weight, *glyph));
    }
    format!("{defined}</defs>\n{runs}")
}

fn glyph_name(weight: Weight, glyph: GlyphId) -> String {
    match weight {
        Weight::Regular => format!("r{}", glyph.0),
        Weight::Bold => format!("b{}", glyph.0),
    }
}

fn outline(weight: Weight, glyph: GlyphId) -> String {
    let mut path = String::new();
    let Some(outline) = font(weight).outline(glyph) else { return path };
    let mut at = None;
    for curve in outline.curves {
        let (start, end, part) = match curve {
            OutlineCurve::Line(a, b) => (a, b, format!("L{} {}", b.x, b.y)),
            OutlineCurve::Quad(a, c, b) => (a, b, format!("Q{} {} {} {}", c.x, c.y, b.x, b.y)),
            OutlineCurve::Cubic(a, c, d, b) => (a, b, format!("C{} {} {} {} {} {}", c.x, c.y, d.x, d.y, b.x, b.y)),
        };
        if at != Some(start) {
            _ = write!(path, "M{} {}", start.x, start.y);
        }
        path.push_str(&part);
        at = Some(end);
    }
    path
}

/// Longest side of a drawing, in pixels as people see it: what is larger no program shows.
const LONGEST: f64 = 10_000.0;

/// Memory that its pixels take while it is painted, in bytes.
pub(super) fn bytes(scene: &Scene) -> f64 {
    let large = (PNG_SCALE * SMOOTHING) as f64;
    scene.size.width * large * scene.size.height * large * 3.0
}

/// The drawing as the pixels of a PNG: red, green, blue, row by row, with its width and height.
///
/// # Errors
/// Where plotters cannot draw.
pub(super) fn pixels(scene: &Scene) -> Result<(Vec<u8>, u32, u32), ChartError> {
    let large = PNG_SCALE * SMOOTHING;
    if !(1.0..=LONGEST).contains(&scene.size.width) || !(1.0..=LONGEST).contains(&scene.size.height) {
        return Err(ChartError::Draw(format!("a chart is at most {LONGEST} pixels wide and high")));
    }
    let (width, height) = (scene.size.width as usize, scene.size.height as usize);
    let (wide, high) = (width * large, height * large);
    let mut fine = vec![255_u8; wide * high * 3];
    {
        let root = BitMapBackend::with_buffer(&mut fine, (wide as u32, high as u32)).into_drawing_area();
        shapes(scene, &root, large as f64)?;
        root.present().map_err(|e| ChartError::Draw(e.to_string()))?;
    }
    let (columns, rows) = (width * PNG_SCALE, height * PNG_SCALE);
    let mut out = average(&fine, wide, columns, rows);
    for text in scene.texts() {
        glyphs(text, &mut out, columns, rows);
    }
    Ok((out, columns as u32, rows as u32))
}

/// Averages squares of pixels.
fn average(fine: &[u8], wide: usize, columns: usize, rows: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(columns * rows * 3);
    let count = (SMOOTHING * SMOOTHING) as u32;
    let mut sums = vec![0_u32; columns * 3];
    for band in fine.chunks_exact(wide * 3 * SMOOTHING).take(rows) {
        sums.fill(count / 2);
        for row in band.chunks_exact(wide * 3) {
            for (sum, square) in sums.chunks_exact_mut(3).zip(row.chunks_exact(3 * SMOOTHING)) {
                for pixel in square.chunks_exact(3) {
                    sum[0] += u32::from(pixel[0]);
                    sum[1] += u32::from(pixel[1]);
                    sum[2] += u32::from(pixel[2]);
                }
            }
        }
        out.extend(sums.iter().map(|sum| (sum / count) as u8));
    }
    out
}

/// Paints a line of text over the pixels.
fn glyphs(text: &Text, out: &mut [u8], columns: usize, rows: usize) {
    let own = font(text.weight);
    let upem = UNITS_PER_EM;
    let size = text.size as f32 * PNG_SCALE as f32;
    let scale = PxScale::from(size * own.height_unscaled() / upem);
    let (left, baseline) = (text.x as f32 * PNG_SCALE as f32, text.y as f32 * PNG_SCALE as f32);
    let ink = [text.colour.0, text.colour.1, text.colour.2];
    for (glyph, at) in layout(&text.text, text.weight) {
        let placed = glyph.with_scale_and_position(scale, point(left + at * size / upem, baseline));
        let Some(outlined) = own.outline_glyph(placed) else { continue };
        let corner = outlined.px_bounds().min;
        outlined.draw(|x, y, cover| {
            let (column, row) = (corner.x as i64 + i64::from(x), corner.y as i64 + i64::from(y));
            if (0..columns as i64).contains(&column) && (0..rows as i64).contains(&row) {
                let pixel = (row as usize * columns + column as usize) * 3;
                for (value, ink) in out[pixel..pixel + 3].iter_mut().zip(ink) {
                    let mixed = f32::from(*value) + (f32::from(ink) - f32::from(*value)) * cover.clamp(0.0, 1.0);
                    *value = mixed.round() as u8;
                }
            }
        });
    }
}

/// A drawing as the bytes of a PNG.
///
/// # Errors
/// Where plotters cannot draw.
pub(super) fn png(scene: &Scene) -> Result<Vec<u8>, ChartError> {
    let (pixels, width, height) = pixels(scene)?;
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(&pixels, width, height, ColorType::Rgb8)
        .map_err(|error| ChartError::Draw(error.to_string()))?;
    Ok(bytes)
}
