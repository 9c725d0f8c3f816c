//! The one page for those who decide, as HTML: it fits on a sheet of A4.

use maud::{Markup, html};

use super::{of_chart, unbroken};
use crate::brief::{Brief, Drawn};

/// The page as a part of another; `note` stands below the values of its chart.
pub(super) fn section(brief: &Brief, note: &str) -> Markup {
    html! {
        section.brief aria-label="In one page" {
            @if let Some(marking) = &brief.marking { p.marking { (marking) } }
            h1 { (brief.title) }
            p.question { (brief.question) }
            p.answer { (unbroken(&brief.answer)) }
            dl.figures {
                @for told in &brief.figures {
                    div {
                        dt { (told.name) }
                        dd { strong { (unbroken(&told.value)) } @if !told.error.is_empty() { " " span.error { (told.error) } } }
                        @if !told.beside.is_empty() { dd.beside { (unbroken(&told.beside)) } }
                    }
                }
            }
            (sentences("What this supports", &brief.advice))
            @if let Some(Drawn { svg, title, data }) = &brief.chart { (of_chart(svg, title, data, note)) }
            (sentences(&format!("What {} hangs on", brief.outcome), &brief.hangs_on))
            (sentences("What would change it", &brief.turns))
            (sentences("What it leaves open", &brief.caveats))
            dl.signed {
                @for (what, who) in &brief.signed { div { dt { (what) } dd { (who) } } }
            }
            @if let Some(marking) = &brief.marking { p.marking { (marking) } }
        }
    }
}

fn sentences(head: &str, all: &[String]) -> Markup {
    html! {
        @if !all.is_empty() {
            h2 { (head) }
            ul { @for sentence in all { li { (unbroken(sentence)) } } }
        }
    }
}
