//! A report as one page of HTML that needs nothing else: no network, no script, no font of its own. For a browser, a phone, and paper.

pub mod answers;
mod brief;
mod forecast;
mod style;

pub use forecast::{board, forecast, method};
pub use style::STYLE;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::brief::Brief;
use super::chart::{self, Chart};
use super::grid::Table;

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What it is about.
    pub title: String,
    /// The question that it answers.
    pub question: String,
    /// One line: trials, seed, version, scenario.
    pub made: String,
    /// What goes before all: one page for those who decide.
    pub brief: Option<Brief>,
    /// The sections in the order of reading.
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What it holds.
    pub parts: Vec<Part>,
    /// Whether it says how the figures came about instead of what was found.
    pub terms: bool,
}

/// A part of a section.
#[derive(Debug, Clone)]
pub enum Part {
    /// A paragraph.
    Text(String),
    /// Sentences, one a bullet.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A chart with the values that it shows.
    Chart {
        /// The drawing.
        svg: String,
        /// Its finding.
        title: String,
        /// Its values.
        data: Vec<Table>,
    },
}

impl Section {
    /// An empty section.
    #[must_use]
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }

    /// An empty section on how the figures came about.
    #[must_use]
    pub fn terms(title: &str) -> Self {
        Self { terms: true, ..Self::new(title) }
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Text(text.into()));
    }

    /// Adds sentences, one a bullet, unless there are none.
    pub fn list(&mut self, sentences: Vec<String>) {
        if !sentences.is_empty() {
            self.parts.push(Part::List(sentences));
        }
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.parts.push(Part::Table(table));
        }
    }

    /// Adds charts, with `foot` below each.
    pub fn charts<'a>(&mut self, charts: impl IntoIterator<Item = &'a dyn Chart>, foot: &str) {
        self.parts.extend(charts.into_iter().map(|drawn| Part::Chart {
            svg: chart::inline(&drawn.scene(foot)),
            title: drawn.heading().title.clone(),
            data: drawn.data(),
        }));
    }
}

impl Page {
    /// The page as HTML.
    #[must_use]
    pub fn render(&self) -> String {
        let sections: Vec<&Section> = self.sections.iter().filter(|section| !section.parts.is_empty()).collect();
        let body = html! {
            @if let Some(brief) = &self.brief { (brief::section(brief, IN_A_FOLDER)) }
            header {
                // A page has one heading of the first order: the brief's, where there is one.
                @if self.brief.is_some() { p.title { (self.title) } } @else { h1 { (self.title) } }
                p.question { (self.question) }
                p.made { (self.made) }
            }
            nav aria-label="Sections" {
                ol {
                    @for (i, section) in sections.iter().enumerate() {
                        li { a href={ "#s" (i + 1) } { (section.title) } }
                    }
                }
            }
            main id="content" {
                @for (i, section) in sections.iter().enumerate() {
                    section id={ "s" (i + 1) } aria-labelledby={ "h" (i + 1) } {
                        h2 id={ "h" (i + 1) } { (section.title) }
                        @for part in &section.parts { (of_part(part, IN_A_FOLDER)) }
                    }
                }
            }
        };
        document(&self.title, &body)
    }
}

/// The one page for those who decide, by itself, as HTML.
#[must_use]
pub fn brief_alone(brief: &Brief) -> String {
    document(&brief.title, &html! { main id="content" { (brief::section(brief, IN_A_FOLDER)) } })
}

fn document(title: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content="alliance";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#content" { "Skip to the findings" }
                (body)
            }
        }
    }
    .into_string()
}

/// What is said below the values of a chart on a page that lies in a folder of results.
const IN_A_FOLDER: &str = "As drawn. Figures with their Monte Carlo errors are in summary.json and, most of them, in the tables of the folder.";

impl Section {
    /// What it holds as HTML, for a page that lies in no folder.
    #[must_use]
    pub fn html(&self) -> String {
        html! { @for part in &self.parts { (of_part(part, "As drawn.")) } }.into_string()
    }
}

fn of_part(part: &Part, note: &str) -> Markup {
    match part {
        Part::Text(text) => html! { p { (unbroken(text)) } },
        Part::List(items) => html! { ul { @for item in items { li { (unbroken(item)) } } } },
        Part::Table(table) => of_table(table),
        Part::Chart { svg, title, data } => of_chart(svg, title, data, note),
    }
}

/// A drawing, with the values that it shows behind it.
fn of_chart(svg: &str, title: &str, data: &[Table], note: &str) -> Markup {
    html! {
        figure {
            div.picture tabindex="0" role="group" aria-label=(title) { (PreEscaped(svg)) }
            details {
                summary { "The values: " (title) }
                @for table in data { (of_table(table)) }
                p.note { (note) }
            }
        }
    }
}

/// A browser may end a line between a minus and what it belongs to, unless a word joiner (U+2060) forbids it.
fn unbroken(text: &str) -> String {
    text.replace("−£", "−\u{2060}£")
}

/// Tables of so many rows are kept on one page.
const ON_ONE_PAGE: usize = 14;
/// Longer cells are sentences, which want a wider column.
const LONG: usize = 60;
/// Longer cells are text.
const LONGEST_FIGURE: usize = 18;

fn of_table(table: &Table) -> Markup {
    let head = table.head.iter().find(|head| !head.is_empty()).map_or("", String::as_str);
    let name = if table.title.is_empty() { head } else { &table.title };
    // Figures stand to the right; what must be read stands to the left and may take several lines.
    let longest = |i: usize| table.rows.iter().filter_map(|row| row.get(i)).map(|cell| cell.chars().count()).max();
    let classes: Vec<Option<&str>> = (0..table.head.len())
        .map(|i| match longest(i) {
            Some(length) if i > 0 && length > LONG => Some("words long"),
            Some(length) if i > 0 && length > LONGEST_FIGURE => Some("words"),
            _ => None,
        })
        .collect();
    let class = |i: usize| classes.get(i).copied().flatten();
    html! {
        div class={ "table" @if table.rows.len() <= ON_ONE_PAGE { " small" } } tabindex="0" role="group" aria-label=(name) {
            table {
                @if !table.title.is_empty() { caption { (table.title) } }
                thead {
                    @if !table.groups.is_empty() {
                        tr {
                            @for (head, columns) in &table.groups {
                                @if head.is_empty() { td colspan=(columns) {} }
                                @else { th scope="colgroup" colspan=(columns) { (head) } }
                            }
                        }
                    }
                    tr {
                        @for (i, head) in table.head.iter().enumerate() {
                            @if head.is_empty() { td {} } @else { th scope="col" class=[class(i)] { (head) } }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (i, cell) in row.iter().enumerate() {
                                @if i == 0 { th scope="row" { (cell) } } @else { td class=[class(i)] { (cell) } }
                            }
                        }
                    }
                }
            }
            @if !table.note.is_empty() { p.note { (table.note) } }
        }
    }
}
