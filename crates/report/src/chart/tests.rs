//! Every chart of every sample: nothing is cut, nothing overlaps, files are whole.

use super::scene::{Scene, Text};
use super::{Format, draw_all, names};
use crate::sample::{Sample, report};

const SAMPLES: [Sample; 4] = [Sample::TwoForce, Sample::FiveForce, Sample::Merger, Sample::Alone];

fn scenes() -> Vec<(String, Scene)> {
    let each = |which| {
        let report = report(which);
        let scene =
            |chart: &dyn super::Chart| (format!("{which:?} {}", chart.name()), chart.scene(&report.charts.foot));
        report.charts.all().into_iter().map(scene).collect::<Vec<_>>()
    };
    SAMPLES.into_iter().flat_map(each).collect()
}

fn meet(a: &Text, b: &Text) -> bool {
    let ((a0, a1, a2, a3), (b0, b1, b2, b3)) = (a.bounds(), b.bounds());
    a0 < b2 && b0 < a2 && a1 < b3 && b1 < a3
}

#[test]
fn of_many_rows_the_largest_are_drawn_in_their_order_and_the_others_counted() {
    let rows: Vec<f64> = (0..2000).map(|i| f64::from((i * 37) % 2000)).collect();
    let (shown, said) = super::largest(&rows, 40, |row| *row);
    assert_eq!((shown.len(), said.as_str()), (40, "the 40 largest, and 1,960 more"));
    assert!(shown.iter().all(|row| **row >= 1960.0) && *shown[0] < 2000.0);
    assert_eq!(super::largest(&rows[..40], 40, |row| *row).1, "");
}

#[test]
fn a_drawing_of_any_size_is_drawn_or_refused() {
    for (width, height) in [(0.0, 100.0), (100.0, 1e5), (1e9, 1e9), (f64::NAN, 100.0), (100.0, f64::INFINITY)] {
        let scene = Scene::new(super::scene::Size { width, height }, "title", "");
        assert!(super::paint::pixels(&scene).is_err(), "{width} x {height}");
    }
    let scene = Scene::new(super::scene::Size { width: 1.0, height: 10_000.0 }, "title", "");
    assert!(super::paint::pixels(&scene).is_ok());
}

#[test]
fn no_text_is_cut_by_the_edge_of_its_chart() {
    for (name, scene) in scenes() {
        for text in scene.texts() {
            let (left, top, right, bottom) = text.bounds();
            let inside = left >= 0.0 && top >= 0.0 && right <= scene.size.width && bottom <= scene.size.height;
            assert!(inside, "{name}: '{}' leaves the chart: {:?}", text.text, text.bounds());
        }
    }
}

#[test]
fn no_text_overlaps_another() {
    for (name, scene) in scenes() {
        let texts: Vec<&Text> = scene.texts().filter(|text| !text.text.is_empty()).collect();
        for (i, a) in texts.iter().enumerate() {
            for b in &texts[i + 1..] {
                assert!(!meet(a, b), "{name}: '{}' meets '{}'", a.text, b.text);
            }
        }
    }
}

#[test]
fn every_chart_names_its_finding_its_unit_and_its_source() {
    for (name, scene) in scenes() {
        assert!(!scene.title.is_empty(), "{name} has no title");
        let all: String = scene.texts().map(|text| format!("{} ", text.text)).collect();
        assert!(
            all.contains("seed 1") && all.contains("100,000 trials") && all.contains("3fa9c1d27b60"),
            "{name}: {all}"
        );
        assert!(all.contains('£') || all.contains('%') || all.contains("areas"), "{name} has no unit: {all}");
    }
}

#[test]
fn files_are_written_in_both_formats_and_the_same_each_time() {
    let folder = std::env::var_os("CHART_FOLDER").map_or_else(std::env::temp_dir, std::path::PathBuf::from);
    let folder = folder.join(format!("charts-{}", std::process::id()));
    for which in SAMPLES {
        let own = folder.join(format!("{which:?}"));
        std::fs::create_dir_all(&own).expect("a folder");
        let report = report(which);
        let files = draw_all(&report.charts.all(), &report.charts.foot, &own, &Format::ALL).expect("drawn");
        assert_eq!(files.len(), 2 * names(&report).len());
        for file in files {
            let bytes = std::fs::read(&file).expect("written");
            let start: &[u8] = if file.extension().is_some_and(|e| e == "svg") { b"<?xml" } else { b"\x89PNG" };
            assert!(
                bytes.len() > 5000 && (bytes.starts_with(start) || bytes.starts_with(b"<svg")),
                "{}",
                file.display()
            );
        }
    }
    if std::env::var_os("CHART_FOLDER").is_none() {
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
