//! What of WCAG 2.2 AA a program can tell of a page: language, headings, names, tables, links, keyboard, contrast.

use std::collections::BTreeSet;

/// Every part of the page between `from` and the next `to`.
fn between<'a>(page: &'a str, from: &str, to: char) -> Vec<&'a str> {
    page.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

/// Relative luminance of `#rrggbb` (WCAG 2.2, definition of relative luminance).
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let own = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal")) / 255.0;
        if own <= 0.040_45 { own / 12.92 } else { ((own + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

/// Contrast with white, from 1 to 21.
fn contrast(colour: &str) -> f64 {
    1.05 / (luminance(colour) + 0.05)
}

/// Panics with the rule that the page breaks.
pub fn check(page: &str) {
    // 3.1.1 and 2.4.2: language and title.
    assert!(page.contains("<html lang=\"en-GB\">") && !page.contains("<title></title>"));
    // 1.3.1: one h1, then headings that leave no level out.
    let levels: Vec<u32> = between(page, "<h", '>').iter().filter_map(|tag| tag.chars().next()?.to_digit(10)).collect();
    assert!(levels.first() == Some(&1) && levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    // 4.1.1 of older versions, and every link within the page: ids are unique and there.
    let ids = between(page, " id=\"", '"');
    let each: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), each.len(), "an id is given twice");
    for target in between(page, "href=\"#", '"') {
        assert!(each.contains(target), "a link leads to #{target}");
    }
    // 1.1.1: every picture is named; 1.3.1: every table says what its heads are of.
    for svg in between(page, "<svg", '>') {
        assert!(
            svg.contains("role=\"img\"") && svg.contains("aria-label=\"") && !svg.contains("aria-label=\"\""),
            "{svg}"
        );
    }
    for table in page.split("<table>").skip(1).filter_map(|rest| rest.split("</table>").next()) {
        let heads = table.matches("<th ").count();
        assert!(heads > 0 && table.matches("<th scope=").count() == heads && table.contains("<thead>"), "{table}");
    }
    // 2.1.1 and 4.1.2: what scrolls can be reached by keyboard and has a name; nothing jumps the order.
    for region in between(page, "tabindex=\"", '>') {
        assert!(region.starts_with("0\" role=\"group\" aria-label=\"") && !region.contains("label=\"\""), "{region}");
    }
    for scrolls in ["<div class=\"table", "<div class=\"picture"] {
        assert!(between(page, scrolls, '>').iter().all(|div| div.contains("tabindex=\"0\"")), "{scrolls} by keyboard");
    }
    // 2.4.1: a way past the navigation, and landmarks.
    assert!(page.contains("class=\"skip\" href=\"#content\"") && page.contains("<main id=\"content\">"));
    assert!(page.contains("<nav aria-label="));
    // 1.4.3: text on white at 4.5 to 1 at least, in the page and in its pictures.
    for name in ["--ink: ", "--muted: ", "--link: "] {
        let colours = between(page, name, ';');
        assert!(!colours.is_empty() && colours.iter().all(|own| contrast(own) >= 4.5), "{name}{colours:?}");
    }
    for text in between(page, "<text", '>') {
        let fill = text.split("fill=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert!(fill.is_none_or(|own| own == "#FFFFFF" || own == "#ffffff" || contrast(own) >= 4.5), "{text}");
    }
}

#[test]
fn contrast_is_that_of_the_standard() {
    // Black on white is 21 to 1; #767676 is the lightest grey that passes at 4.5 (4.54 by the formula).
    assert!((contrast("#000000") - 21.0).abs() < 1e-9 && (contrast("#767676") - 4.54).abs() < 0.005);
    assert!(contrast("#777777") < 4.5);
}
