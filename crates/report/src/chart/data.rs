//! What charts hold, as tables: the values as drawn, a name a row.

use super::fan::Panel;
use super::ranges::Row;
use crate::grid::Table;

/// A value as a chart can show it: three digits or so.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let decimals = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    if text.bytes().any(|b| (b'1'..=b'9').contains(&b)) { text.replace('-', "−") } else { "0".to_owned() }
}

/// Panels over the years, a table each.
pub(super) fn panels(panels: &[Panel]) -> Vec<Table> {
    panels.iter().map(of_panel).collect()
}

fn of_panel(panel: &Panel) -> Table {
    let first = if panel.name.is_empty() { panel.unit.clone() } else { format!("{}, {}", panel.name, panel.unit) };
    let of_fan = ["P10", "P25", "median", "P75", "P90"].map(str::to_owned);
    let heads = panel.fan.iter().flat_map(|_| of_fan.clone()).chain(panel.lines.iter().map(|line| line.name.clone()));
    let mut table = Table { head: std::iter::once(first).chain(heads).collect(), ..Table::default() };
    for (t, year) in panel.years.iter().enumerate() {
        let at = |values: &Vec<f64>| number(values.get(t).copied().unwrap_or(f64::NAN));
        let fan = panel.fan.iter().flat_map(|fan| [&fan.p10, &fan.p25, &fan.p50, &fan.p75, &fan.p90].map(at));
        let lines = panel.lines.iter().map(|line| number(line.values.get(t).copied().flatten().unwrap_or(f64::NAN)));
        table.push(std::iter::once(year.clone()).chain(fan).chain(lines));
    }
    table
}

/// Rows of ranges.
pub(super) fn ranges(rows: &[Row], unit: &str, stroke: &str, middle: &str, says: &str) -> Vec<Table> {
    let mut table = Table::new(&[unit, stroke, "P10", middle, "P90", says]);
    for row in rows {
        let plan = number(row.plan.unwrap_or(f64::NAN));
        table.push([row.name.clone(), plan, number(row.p10), number(row.middle), number(row.p90), row.says.clone()]);
    }
    vec![table]
}

/// Points of a curve, some of them: amount and chance in per cent.
pub(super) fn curve(name: &str, chance: &str, points: &[(f64, f64)]) -> Table {
    let mut table = Table::new(&[name, &format!("% of futures {chance}")]);
    for (value, chance) in points.iter().step_by((points.len() / 20).max(1)) {
        table.push([number(*value), number(chance * 100.0)]);
    }
    table
}

/// A row of a table as one line: `2018/19: P10 0.53, median 4.67`.
pub(super) fn line(table: &Table, row: usize) -> String {
    let Some(cells) = table.rows.get(row) else { return String::new() };
    let told = table.head.iter().zip(cells).skip(1).filter(|(_, cell)| *cell != "–");
    let each: Vec<String> = told.map(|(head, cell)| format!("{head} {cell}").trim().to_owned()).collect();
    format!("{}: {}", cells.first().map_or("", String::as_str), each.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_digits_that_a_chart_can_show() {
        let told = [0.004, -0.456, 9.994, 12.34, -123.4, f64::NAN].map(number);
        assert_eq!(told, ["0", "−0.46", "9.99", "12.3", "−123", "–"]);
    }

    #[test]
    fn a_row_reads_as_a_line_without_what_is_missing() {
        let mut table = Table::new(&["£m", "P10", "median", "plan"]);
        table.push(["2018/19", "0.5", "–", "12.1"].map(str::to_owned));
        assert_eq!(line(&table, 0), "2018/19: P10 0.5, plan 12.1");
        assert_eq!(line(&table, 1), "");
    }
}
