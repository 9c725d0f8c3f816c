//! Lines and columns of plain text.

use super::WIDTH;
use crate::figure::Figure;
use crate::grid::Table;

/// The narrowest that a column of names becomes.
const NARROWEST_NAME: usize = 20;

/// Breaks text into lines of at most `width` characters; lines after the first start with `indent`.
#[must_use]
pub fn wrap(text: &str, width: usize, indent: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
        } else if !line.trim().is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// A row of cells: the first to the left, the others to the right of their columns.
#[must_use]
pub fn row(cells: &[String], widths: &[usize]) -> String {
    let mut text = String::new();
    for (i, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let cell = cut(cell, if i == 0 { *width } else { width.saturating_sub(1) });
        let room = " ".repeat(width.saturating_sub(cell.chars().count()));
        if i == 0 {
            text.push_str(&cell);
            text.push_str(&room);
        } else {
            text.push_str(&room);
            text.push_str(&cell);
        }
    }
    text
}

/// A row, its name whole where that is asked for: what does not fit goes on below.
fn rows(cells: &[String], widths: &[usize], whole: bool) -> Vec<String> {
    let (Some(name), Some(width)) = (cells.first(), widths.first()) else { return Vec::new() };
    if !whole || name.chars().count() < *width {
        return vec![row(cells, widths)];
    }
    let mut names = wrap(name, width.saturating_sub(1), "  ").into_iter();
    let first = names.next().into_iter().chain(cells.iter().skip(1).cloned()).collect::<Vec<_>>();
    std::iter::once(row(&first, widths)).chain(names).collect()
}

/// The heads of columns: those that are longer than their columns go on over more lines, the last of each beside the others.
fn heads(head: &[String], widths: &[usize]) -> Vec<String> {
    let of = |(i, (cell, width)): (usize, (&String, &usize))| match i {
        0 => vec![cell.clone()],
        _ => wrap(cell, width.saturating_sub(1), ""),
    };
    let cells: Vec<Vec<String>> = head.iter().zip(widths).enumerate().map(of).collect();
    let high = cells.iter().map(Vec::len).max().unwrap_or_default();
    let line = |k: usize| {
        let part =
            |lines: &Vec<String>| (k + lines.len()).checked_sub(high).map_or_else(String::new, |at| lines[at].clone());
        row(&cells.iter().map(part).collect::<Vec<_>>(), widths)
    };
    (0..high).map(|k| line(k).trim_end().to_owned()).collect()
}

/// A table by the widths of its columns; nothing where it has no rows.
#[must_use]
pub fn lines(table: &Table, widths: &[usize], width: usize) -> Vec<String> {
    if table.rows.is_empty() {
        return Vec::new();
    }
    let mut lines = if table.title.is_empty() { Vec::new() } else { wrap(&table.title, width, "  ") };
    if !table.groups.is_empty() {
        lines.push(spanned(&table.groups, widths));
    }
    lines.extend(heads(&table.head, widths));
    lines.extend(table.rows.iter().flat_map(|cells| rows(cells, widths, table.whole_names)));
    if !table.note.is_empty() {
        lines.extend(wrap(&table.note, width, ""));
    }
    lines
}

/// A table with the widths of its columns on the screen.
pub type Laid = (Table, Vec<usize>);

/// Tables below one another, an empty line before each.
#[must_use]
pub fn blocks(tables: &[Laid], width: usize) -> Vec<String> {
    let each = tables.iter().map(|laid| within(laid, width)).filter(|lines| !lines.is_empty());
    each.flat_map(|lines| std::iter::once(String::new()).chain(lines)).collect()
}

/// The widths of a table's columns on a screen: its own, but where the screen is narrower no more than its cells need, and where the screen
/// is wider than is usual with room for longer names.
fn fitted(table: &Table, widths: &[usize], width: usize) -> Vec<usize> {
    let (Some(name), total) = (widths.first(), widths.iter().sum::<usize>()) else { return Vec::new() };
    let cells = |i: usize| table.rows.iter().filter_map(move |row| row.get(i)).map(|cell| cell.chars().count() + 1);
    let longest = cells(0).max().unwrap_or_default();
    if total <= width {
        let spare = width.saturating_sub(total.max(WIDTH));
        return std::iter::once(longest.clamp(*name, name + spare)).chain(widths[1..].iter().copied()).collect();
    }
    let words =
        |i: usize| table.head.get(i).into_iter().flat_map(|head| head.split(' ')).map(|word| word.chars().count() + 1);
    let narrow = |i: usize| match i {
        0 => longest.max(NARROWEST_NAME).min(widths[0]),
        _ => cells(i).chain(words(i)).max().unwrap_or_default().min(widths[i]),
    };
    let mut fitted = widths.to_vec();
    let mut over = total - width;
    // The widest gives way first: room is taken where there is most.
    while over > 0 {
        let most = (0..fitted.len()).max_by_key(|i| fitted[*i] - narrow(*i)).filter(|i| fitted[*i] > narrow(*i));
        let Some(i) = most else { return widths.to_vec() };
        fitted[i] -= 1;
        over -= 1;
    }
    fitted
}

/// Heads over several columns each, of the first `columns` alone.
fn groups_of(groups: &[(String, usize)], columns: usize) -> Vec<(String, usize)> {
    let start = groups.iter().scan(0, |sum, (_, own)| Some(std::mem::replace(sum, *sum + own)));
    let each =
        groups.iter().zip(start).map(|((head, own), start)| (head.clone(), (*own).min(columns.saturating_sub(start))));
    each.filter(|(_, own)| *own > 0).collect()
}

/// A table's lines with as many of its columns as there is room for, and how many more there are.
fn within((table, widths): &Laid, width: usize) -> Vec<String> {
    let widths = &fitted(table, widths, width);
    let room = widths.iter().scan(0, |sum, own| Some(std::mem::replace(sum, *sum + own) + own));
    let fit = room.take_while(|sum| *sum <= width).count().max(1);
    if fit >= widths.len() {
        return lines(table, widths, width);
    }
    let mut shown = table.clone();
    shown.head.truncate(fit);
    shown.rows.iter_mut().for_each(|row| row.truncate(fit));
    shown.groups = groups_of(&table.groups, fit);
    let place = if table.whole_in.is_empty() { String::new() } else { format!(": {} has them all", table.whole_in) };
    shown.note = format!("And {} more{place}. {}", widths.len() - fit, table.note);
    lines(&shown, &widths[..fit], width)
}

/// Heads over several columns each, in the middle of theirs.
fn spanned(groups: &[(String, usize)], widths: &[usize]) -> String {
    let mut widths = widths.iter();
    let each = |(head, columns): &(String, usize)| {
        let span: usize = widths.by_ref().take(*columns).sum();
        let head = cut(head, span);
        let room = span.saturating_sub(head.chars().count());
        format!("{}{head}{}", " ".repeat(room - room / 3), " ".repeat(room / 3))
    };
    groups.iter().map(each).collect()
}

/// The text, cut with an ellipsis where it is longer than `width` characters.
#[must_use]
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        text.to_owned()
    } else if width == 0 {
        String::new()
    } else {
        text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
    }
}

/// A figure with its error, to the digits earned; the error is left out where it is below the last digit.
#[must_use]
pub fn with_error(figure: Option<Figure>, most: usize, missing: &str) -> String {
    let Some(figure) = figure else { return missing.to_owned() };
    let decimals = figure.decimals(most);
    let error = format!("{:.decimals$}", figure.error);
    if error.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        format!("{} ±{error}", figure.rounded(most))
    } else {
        figure.rounded(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_longer_than_the_screen_and_keep_every_word() {
        let text = "It is highly unlikely that cashable saving reaches £12m in 2018/19";
        let lines = wrap(text, 20, "  ");
        assert!(lines.len() > 2 && lines.iter().all(|line| line.chars().count() <= 20), "{lines:?}");
        let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
        assert_eq!(words.join(" "), text);
    }

    #[test]
    fn a_name_that_is_longer_than_its_column_goes_on_below_it() {
        let cells = ["An alliance of two forces".to_owned(), "8.3".to_owned()];
        assert_eq!(rows(&cells, &[14, 6], true), ["An alliance      8.3", "  of two", "  forces"]);
        assert_eq!(rows(&cells, &[14, 6], false), ["An alliance o…   8.3"]);
    }

    #[test]
    fn columns_give_way_before_one_is_left_out_and_a_table_says_where_it_is_whole() {
        let mut table = Table::new(&["", "mean or chance", "P10", "missing in"]).whole_in("--format csv");
        table.push(["Net present value, £m", "4.1 ±0.1", "−13.1", "–"].map(str::to_owned));
        let laid = (table, vec![36, 16, 13, 11]);
        assert_eq!(
            within(&laid, 76).last().map(String::as_str),
            Some("Net present value, £m                       4.1 ±0.1        −13.1          –")
        );
        let lines = within(&laid, 60);
        assert!(lines[1].ends_with("missing in") && lines.iter().all(|line| line.chars().count() <= 60), "{lines:?}");
        let lines = within(&laid, 40);
        assert_eq!(lines.last().map(String::as_str), Some("And 3 more: --format csv has them all."), "{lines:?}");
        let anonymous = (Table { whole_in: "", ..laid.0 }, laid.1);
        assert_eq!(within(&anonymous, 40).last().map(String::as_str), Some("And 3 more."));
    }

    #[test]
    fn heads_that_would_be_cut_to_the_same_go_on_over_more_lines() {
        let head = ["Promise", "£12m a year by 2018/19", "£12m a year by 2022/23", "ended"].map(str::to_owned);
        assert_eq!(
            heads(&head, &[10, 15, 15, 8]),
            ["           £12m a year by £12m a year by", "Promise           2018/19        2022/23   ended"]
        );
        assert_eq!(heads(&["".to_owned(), "P10".to_owned()], &[4, 6]), ["       P10"]);
    }

    #[test]
    fn an_error_below_the_last_digit_is_left_out() {
        assert_eq!(with_error(Some(Figure { value: 4.921, error: 0.02 }), 2, "–"), "4.92 ±0.02");
        assert_eq!(with_error(Some(Figure { value: 4.921, error: 0.002 }), 2, "–"), "4.92");
        assert_eq!(with_error(None, 2, "never"), "never");
    }
}
