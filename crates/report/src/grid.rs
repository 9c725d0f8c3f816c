//! A table of finished cells: the same on the screen, on a page, in a workbook.

/// A table whose first column names the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows, where the head of the first column does not say it.
    pub title: String,
    /// Heads over several columns each, with how many; none where there are none.
    pub groups: Vec<(String, usize)>,
    /// Heads of the columns; that of the first names the table, unless it has a title.
    pub head: Vec<String>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Vec<String>>,
    /// What is said below; empty: nothing.
    pub note: String,
    /// Whether the name of a row that is longer than its column goes on over more lines of the screen; else it is cut.
    pub whole_names: bool,
    /// What has the columns that a screen has no room for: a file of the results, a format; empty where nothing has them by itself.
    pub whole_in: &'static str,
}

impl Table {
    /// An empty table with these heads.
    #[must_use]
    pub fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|cell| (*cell).to_owned()).collect(), ..Self::default() }
    }

    /// The same under a title.
    #[must_use]
    pub fn titled(title: impl Into<String>, head: &[&str]) -> Self {
        Self { title: title.into(), ..Self::new(head) }
    }

    /// The same, all of whose columns are elsewhere too.
    #[must_use]
    pub fn whole_in(self, place: &'static str) -> Self {
        Self { whole_in: place, ..self }
    }

    /// Adds a row.
    pub fn push(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}
