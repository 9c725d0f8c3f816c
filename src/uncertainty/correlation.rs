//! Correlation between quantities: a Gaussian copula (MODEL section 1.1).

/// How the quantities of a correlation hang together.
#[derive(Debug, Clone, PartialEq)]
pub enum Structure {
    /// One common factor: `z = √rho·z_group + √(1−rho)·z_own`, rho in [0, 1).
    Common(f64),
    /// A full correlation matrix, row by row, in the order in which the quantities are listed.
    Matrix(Vec<Vec<f64>>),
}

/// A correlation, `[[correlation]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    /// Keys of quantities; globs (`*` stands for any text) where the structure is common.
    pub quantities: Vec<String>,
    /// How they hang together.
    pub structure: Structure,
}
