//! Which of several scenarios is better, and for whom: all on the same draws, over one stated horizon.

use std::sync::Arc;

use analysis::{Alignment, Refused, align};
use engine::alliance::Scenario;
use engine::model::{Basis, Model};
use engine::outcomes::OutcomeId;
use engine::run::{self, Stopped};
use engine::statistics;
use language::Loaded;
use report::comparison::{self, Comparison, Told};

use crate::countable::Known;
use crate::error::Error;
use crate::refused::Field;
use crate::study::{Desk, facts};

/// What the options of a comparison are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    /// By their titles.
    Titles,
    /// Variants of one scenario, which share its title, by what they were named; the scenario as the base.
    Variants,
    /// By their names.
    Names,
}

/// Scenarios made comparable, and what was done for that.
#[derive(Debug)]
pub struct Aligned {
    /// The scenarios over the common horizon.
    pub scenarios: Vec<Scenario>,
    /// The same compiled.
    pub models: Vec<Model>,
    /// What was done.
    pub alignment: Alignment,
    /// The models over the longest horizon of any scenario, where that is longer than the one of the comparison.
    further: Vec<Model>,
}

/// Makes scenarios comparable over so many years, else the longest of their own, and compiles them.
///
/// # Errors
/// Why they cannot be compared, or do not compile.
pub fn aligned(loaded: &[Loaded], years: Option<usize>) -> Result<Aligned, Error> {
    aligned_like(loaded, years, None)
}

/// The same where the model of the first is `known`.
fn aligned_like(loaded: &[Loaded], years: Option<usize>, known: Option<&Model>) -> Result<Aligned, Error> {
    let mut scenarios: Vec<Scenario> = loaded.iter().map(|loaded| loaded.scenario.clone()).collect();
    let alignment = align(&mut scenarios, years).map_err(|why| Field::Years.refused(why))?;
    let compiled = |scenarios: &[Scenario]| -> Result<Vec<Model>, Error> {
        let each = scenarios.iter().zip(&alignment.bases).zip(loaded);
        let one = |own: &Scenario, basis: &Basis| match (known, loaded.first()) {
            (Some(known), Some(first)) if *basis == Basis::default() && *own == first.scenario => Ok(known.clone()),
            (Some(known), _) => Model::compile_like(own, *basis, known),
            (None, _) => Model::compile_on(own, *basis),
        };
        each.map(|((own, basis), of)| one(own, basis).map_err(|error| Error::uncompiled_of(of, &error))).collect()
    };
    let (models, further) = (compiled(&scenarios)?, compiled(&alignment.further)?);
    Ok(Aligned { scenarios, models, alignment, further })
}

impl Aligned {
    /// Whether the first scenario is compared as it was read.
    fn stands(&self, first: &Loaded) -> bool {
        let same = self.scenarios.first().is_some_and(|own| *own == first.scenario);
        same && self.alignment.bases.first().is_some_and(|basis| *basis == Basis::default())
    }

    /// The models side by side, the baseline first, by the usual measures and those `asked` for.
    ///
    /// # Errors
    /// Why they cannot be compared.
    pub fn in_one_row(&mut self, asked: &[OutcomeId]) -> Result<analysis::Comparison, Error> {
        let Some(base) = self.scenarios.first() else { return Err(too_large(&Refused::TooFew)) };
        let (models, further) = (std::mem::take(&mut self.models), std::mem::take(&mut self.further));
        let regimes = base.funding.regimes.len();
        analysis::Comparison::over(models, regimes, asked, &self.alignment.others, further)
            .map_err(|why| too_large(&why))
    }
}

/// Why scenarios cannot be held side by side.
pub fn too_large(why: &Refused) -> Error {
    Field::Scenarios.refused(why).into()
}

/// Compares scenarios.
///
/// # Errors
/// Why there is no answer.
pub fn compared(desk: &Desk<'_>, years: Option<usize>) -> Result<Comparison, Error> {
    side_by_side(desk, years, &[], Called::Titles)
}

/// Runs scenarios on the same draws, the baseline first.
///
/// # Errors
/// Why there is no answer.
pub fn side_by_side(
    desk: &Desk<'_>,
    years: Option<usize>,
    asked: &[OutcomeId],
    called: Called,
) -> Result<Comparison, Error> {
    let ready = Ready::of(desk, years, asked, None)?;
    desk.means.interrupt.begin("Running the options", desk.draws.trials);
    let (forecast, stopped) = run::run(&ready.options, &desk.settings(), &desk.means.interrupt, None)?;
    Ok(ready.told(desk, (asked, called), &forecast, stopped))
}

/// Scenarios ready to be run side by side.
#[derive(Debug)]
pub struct Ready {
    aligned: Aligned,
    /// What is run.
    pub options: analysis::Comparison,
}

impl Ready {
    /// Makes scenarios ready; what is `known` of the first is not worked out again.
    ///
    /// # Errors
    /// Why they cannot be compared, or do not compile.
    pub fn of(
        desk: &Desk<'_>,
        years: Option<usize>,
        asked: &[OutcomeId],
        known: Option<&Known>,
    ) -> Result<Self, Error> {
        let mut aligned = aligned_like(desk.scenarios, years, known.map(|known| &known.model))?;
        let options = aligned.in_one_row(asked)?;
        let is_known = desk.scenarios.first().is_some_and(|first| aligned.stands(first));
        let options = match known.filter(|_| is_known) {
            Some(known) => options.remembering(Arc::clone(&known.remembered)),
            None => options,
        };
        Ok(Self { aligned, options })
    }

    /// What a run of them says.
    #[must_use]
    pub fn told(
        &self,
        desk: &Desk<'_>,
        (asked, called): (&[OutcomeId], Called),
        forecast: &statistics::Forecast,
        stopped: Stopped,
    ) -> Comparison {
        let Aligned { scenarios, alignment, .. } = &self.aligned;
        let each = scenarios.iter().zip(desk.scenarios).map(|(own, loaded)| facts(own, loaded)).collect();
        let run = desk.ran(forecast.trials(), stopped);
        let labels = labels(called, scenarios, alignment);
        let titles = called == Called::Titles && alignment.horizon.same_forces;
        let differing = if titles { comparison::differing(desk.scenarios) } else { Vec::new() };
        let told = Told { alignment, labels, variants: called == Called::Variants, differing, asked };
        Comparison::build(scenarios, self.options.measures(), forecast, (each, run), told)
    }
}

fn labels(called: Called, scenarios: &[Scenario], alignment: &Alignment) -> Vec<String> {
    let named = |own: &Scenario| own.name.clone();
    match called {
        Called::Variants => {
            let base = scenarios.iter().take(1).map(|_| comparison::BASE.to_owned());
            base.chain(scenarios.iter().skip(1).map(named)).collect()
        }
        Called::Names => scenarios.iter().map(named).collect(),
        Called::Titles => comparison::titles(scenarios, alignment.horizon.same_forces),
    }
}
