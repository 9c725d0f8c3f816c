//! What compiling draws finds wrong, in the words of a scenario's author.

use engine::uncertainty::DrawsError;

/// What is wrong, and what would be right.
#[must_use]
pub fn words(error: &DrawsError) -> (String, String) {
    let text = error.to_string();
    let text = text.strip_prefix("correlation: ").unwrap_or(&text);
    let what = text.split_once("; ").map_or(text, |(what, _)| what).to_owned();
    (what, remedy(error))
}

fn remedy(error: &DrawsError) -> String {
    let remedy = match error {
        DrawsError::NothingDrawn(_) => {
            "Write keys of uncertain numbers, such as alliance.\"Southern hub\".area.*.saving, or of series, such as economy.inflation"
        }
        DrawsError::Twice(_) => "A quantity may be in one correlation",
        DrawsError::Mixed(..) => "Correlate what is drawn every year and what is drawn once separately",
        DrawsError::Malformed(_) => {
            "A correlation matrix is symmetric, with 1 on its diagonal and all entries from −1 to 1"
        }
        DrawsError::Inexact(_) => "Give it a milder shape, or min and max",
        DrawsError::TooManyTables => {
            "Numbers of one family and one proportion, such as a tenth either way, share a table, and a steep tail takes four: give more of them the same proportion, or fewer of them a spread"
        }
        DrawsError::Collision(..) | DrawsError::Conflict(_) => "Rename one of them",
        DrawsError::NotACorrelation(nearest) if nearest.is_empty() => "Bring its correlations nearer to 0 until it is",
        DrawsError::NotACorrelation(nearest) => {
            let row = |row: &Vec<f64>| row.iter().map(|entry| format!("{entry:.4}")).collect::<Vec<_>>().join(", ");
            let rows: Vec<String> = nearest.iter().map(|entries| format!("[{}]", row(entries))).collect();
            return format!("The nearest valid one is [{}]", rows.join(", "));
        }
    };
    remedy.to_owned()
}
