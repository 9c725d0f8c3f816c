//! The one page for those who decide, as HTML: it fits on a sheet of A4.

use maud::{Markup, PreEscaped, html};

use super::unbroken;
use crate::brief::Brief;

/// The page as a part of another.
pub(super) fn section(brief: &Brief) -> Markup {
    html! {
        section.brief aria-labelledby="brief" {
            @if let Some(marking) = &brief.marking { p.marking { (marking) } }
            h1 id="brief" { (brief.title) }
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
            @if let Some((svg, title)) = &brief.chart {
                figure { div.picture role="group" aria-label=(title) { (PreEscaped(svg)) } }
            }
            div.columns {
                div { (sentences(&format!("What {} hangs on", brief.outcome), &brief.hangs_on)) }
                div { (sentences("What would change it", &brief.turns)) }
            }
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
