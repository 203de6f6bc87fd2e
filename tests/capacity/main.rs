//! What calls cost, as the library adds it up, limits it, predicts it and reports it.

mod budget;
mod explain;
mod ledger;
mod model;
mod pieces;
mod rates;
mod things;
mod throttled;
