//! The cases as a table with every digit: a row a programme and factor.

use super::{CaseReport, LearningReport};
use crate::sheet::{Cell, Sheet};

/// The cases, each drawn towards the class.
#[must_use]
pub fn table(report: &LearningReport) -> Sheet {
    let head = [
        "programme",
        "class",
        "quantity",
        "low",
        "high",
        "failed",
        "p10",
        "p50",
        "p90",
        "shrinkage",
        "failing_by_others",
        "rank_by_others",
        "score",
        "score_of_all",
        "source",
        "confidence",
        "note",
    ];
    let mut sheet = Sheet::new("cases", head);
    sheet.rows.extend(report.cases.iter().map(row));
    sheet
}

fn row(case: &CaseReport) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![case.programme.as_str().into(), case.class.as_str().into(), case.quantity.into()];
    cells.extend([case.low, case.high].map(Cell::from));
    cells.push(case.failed.map_or(Cell::Nothing, Cell::Flag));
    let figures = [case.p10, case.p50, case.p90, case.shrinkage, case.failing_by_others, case.rank_by_others];
    cells.extend(figures.into_iter().chain([case.score, case.score_of_all]).map(Cell::from));
    cells.extend([&case.source, &case.confidence, &case.note].map(|text| Cell::from(text.as_str())));
    cells
}
