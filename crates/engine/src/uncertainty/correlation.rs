//! Correlation between quantities: a Gaussian copula (MODEL section 1.1).

mod matrix;
mod pattern;

use super::copula::Loadings;
use super::draws::DrawsError;
use super::sampler::Source;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Most rows of a matrix of which the nearest valid one is sought.
const PROPOSED: usize = 12;

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
    /// Whether names that fit nothing are left out instead of refused: what is simulated is a part of what they were written for.
    pub partial: bool,
}

/// A key that a correlation may name.
pub(super) struct Candidate<'a> {
    pub key: &'a str,
    /// Its position among the draws; none where it is fixed.
    pub draw: Option<usize>,
    pub yearly: bool,
}

/// A draw's part in a correlation.
pub(super) struct Linked {
    /// Position of the correlation.
    pub correlation: usize,
    /// What its score is mixed of.
    pub loadings: Loadings,
}

/// Links draws by every correlation: the part of each correlated draw, by position, and what is wrong with each correlation, alone or
/// beside those before it. Candidates stand in the order of their keys.
pub(super) fn link(
    correlations: &[Correlation],
    candidates: &[Candidate<'_>],
) -> (HashMap<usize, Linked>, Vec<Vec<DrawsError>>) {
    let mut linked: HashMap<usize, Linked> = HashMap::new();
    let mut wrong = Vec::with_capacity(correlations.len());
    for (k, correlation) in correlations.iter().enumerate() {
        let mut errors = Vec::new();
        let absent = correlation.absent(candidates);
        let members = correlation.members(candidates, &absent, &mut errors).unwrap_or_default();
        let loadings = match &correlation.structure {
            _ if members.is_empty() => Vec::new(),
            Structure::Common(rho) => correlation.common(*rho, &members, &mut errors),
            Structure::Matrix(rows) => correlation.matrix(rows, &members, &mut errors),
        };
        for (member, loadings) in members.iter().zip(loadings) {
            let Some(position) = member.draw else { continue };
            if linked.insert(position, Linked { correlation: k, loadings }).is_some() {
                errors.push(DrawsError::Twice(member.key.to_owned()));
            }
        }
        wrong.push(errors);
    }
    (linked, wrong)
}

impl Correlation {
    /// The correlation of any two of them, where it is the same for all.
    #[must_use]
    pub fn rho(&self) -> Option<f64> {
        match &self.structure {
            Structure::Common(rho) => Some(*rho),
            Structure::Matrix(rows) if rows.len() == 2 => rows[0].get(1).copied(),
            Structure::Matrix(_) => None,
        }
    }

    /// Names that fit nothing, where they may: they keep their places, so that the draws of the others stay what they were.
    fn absent(&self, candidates: &[Candidate<'_>]) -> Vec<Candidate<'_>> {
        let names = if self.partial { self.quantities.as_slice() } else { &[] };
        let absent = names.iter().filter(|name| self.fitting(name, candidates).is_empty());
        absent.map(|name| Candidate { key: name, draw: None, yearly: false }).collect()
    }

    /// The keys that are named, in the order listed, none twice.
    fn members<'a>(
        &self,
        candidates: &'a [Candidate<'a>],
        absent: &'a [Candidate<'a>],
        errors: &mut Vec<DrawsError>,
    ) -> Option<Vec<&'a Candidate<'a>>> {
        let before = errors.len();
        let mut members: Vec<&Candidate<'_>> = Vec::new();
        let mut known: HashSet<&str> = HashSet::new();
        for pattern in &self.quantities {
            let absent = absent.iter().filter(|c| self.names(pattern, c.key));
            let mut found = self.fitting(pattern, candidates).into_iter().chain(absent).peekable();
            if found.peek().is_none() {
                errors.push(DrawsError::NothingDrawn(pattern.clone()));
            }
            for candidate in found {
                if known.insert(candidate.key) {
                    members.push(candidate);
                } else if matches!(self.structure, Structure::Matrix(_)) {
                    errors.push(DrawsError::Twice(candidate.key.to_owned()));
                }
            }
        }
        let drawn: Vec<_> = members.iter().filter(|m| m.draw.is_some()).collect();
        if let (Some(yearly), Some(once)) = (drawn.iter().find(|m| m.yearly), drawn.iter().find(|m| !m.yearly)) {
            errors.push(DrawsError::Mixed(yearly.key.to_owned(), once.key.to_owned()));
        }
        (errors.len() == before).then_some(members)
    }

    /// Keys of what varies among what it names, in their order, each once.
    pub(super) fn tied<'b>(&self, candidates: &[Candidate<'b>]) -> Vec<&'b str> {
        let named = self.quantities.iter().flat_map(|pattern| self.fitting(pattern, candidates));
        let varying: BTreeSet<&str> = named.filter(|c| c.draw.is_some()).map(|c| c.key).collect();
        varying.into_iter().collect()
    }

    /// Those that a name or pattern fits.
    fn fitting<'a, 'b>(&self, pattern: &str, candidates: &'a [Candidate<'b>]) -> Vec<&'a Candidate<'b>> {
        self.near(pattern, candidates).iter().filter(|c| self.names(pattern, c.key)).collect()
    }

    /// How many keys its names and patterns are held against, each as often as by one of them.
    pub(super) fn held(&self, candidates: &[Candidate<'_>]) -> usize {
        self.quantities.iter().map(|pattern| self.near(pattern, candidates).len()).sum()
    }

    /// Those that begin with what stands before a pattern's first star.
    fn near<'a, 'b>(&self, pattern: &str, candidates: &'a [Candidate<'b>]) -> &'a [Candidate<'b>] {
        let prefix = match self.structure {
            Structure::Common(_) => pattern.split('*').next().unwrap_or_default(),
            Structure::Matrix(_) => pattern,
        };
        let first = candidates.partition_point(|candidate| candidate.key < prefix);
        let rest = candidates.get(first..).unwrap_or_default();
        rest.get(..rest.partition_point(|candidate| candidate.key.starts_with(prefix))).unwrap_or_default()
    }

    fn names(&self, pattern: &str, key: &str) -> bool {
        match self.structure {
            Structure::Common(_) => pattern::matches(pattern, key),
            Structure::Matrix(_) => pattern == key,
        }
    }

    /// One factor, whose key is made of the listed names in alphabetical order, never of positions.
    fn common(&self, rho: f64, members: &[&Candidate<'_>], errors: &mut Vec<DrawsError>) -> Vec<Loadings> {
        if !(0.0..1.0).contains(&rho) {
            errors.push(DrawsError::Malformed(format!("rho is {rho}: give a number from 0 to below 1")));
            return Vec::new();
        }
        let factor = Source::new(&self.factor_key());
        members.iter().map(|m| vec![((1.0 - rho).sqrt(), Source::new(m.key)), (rho.sqrt(), factor)]).collect()
    }

    /// Key of the common factor.
    pub(super) fn factor_key(&self) -> String {
        let mut names: Vec<&str> = self.quantities.iter().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        format!("correlation[{}]", names.join(","))
    }

    /// `z = L·ζ` with the Cholesky factor `L` and independent `ζ` under the members' own keys.
    fn matrix(&self, rows: &[Vec<f64>], members: &[&Candidate<'_>], errors: &mut Vec<DrawsError>) -> Vec<Loadings> {
        if let Err(problem) = matrix::check_form(rows, members.len()) {
            errors.push(DrawsError::Malformed(problem));
            return Vec::new();
        }
        let Some(factor) = matrix::cholesky(rows) else {
            // Of a large one nobody would type the nearest.
            let nearest = if rows.len() <= PROPOSED { matrix::nearest_correlation(rows) } else { Vec::new() };
            errors.push(DrawsError::NotACorrelation(nearest));
            return Vec::new();
        };
        let sources: Vec<Source> = members.iter().map(|m| Source::new(m.key)).collect();
        let loadings =
            |row: &Vec<f64>| row.iter().copied().zip(sources.iter().copied()).filter(|(w, _)| *w != 0.0).collect();
        factor.iter().map(loadings).collect()
    }
}
