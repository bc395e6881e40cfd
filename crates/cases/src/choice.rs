//! Which source an installation uses.

use crate::{
    api::{ApiConfig, Budget, CaseStatusApi, ConfigFault, LocalBudget},
    imported::ImportedCases,
    source::CaseSource,
};
use serde::Deserialize;
use std::sync::Arc;
use store::Store;

/// The section `[cases]` of the configuration, told by its key `source`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(tag = "source", rename_all = "kebab-case")]
pub enum CasesConfig {
    /// What was imported from a file.
    #[default]
    Imported,
    /// The USCIS Case Status API.
    CaseStatusApi(Box<ApiConfig>),
}

/// The source that the configuration names. `budget` is the counter that several nodes share; without one, this
/// process counts for itself.
///
/// # Errors
/// What is wrong with the configuration of the API, its files included.
pub fn case_source(
    config: &CasesConfig,
    store: Arc<dyn Store>,
    budget: Option<Arc<dyn Budget>>,
) -> Result<Arc<dyn CaseSource>, ConfigFault> {
    Ok(match config {
        CasesConfig::Imported => Arc::new(ImportedCases::new(store)),
        CasesConfig::CaseStatusApi(config) => {
            let budget = match budget {
                Some(budget) => budget,
                None => Arc::new(LocalBudget::new(config.limits()?)),
            };
            Arc::new(CaseStatusApi::new(config, budget)?)
        }
    })
}
