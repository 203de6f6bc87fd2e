//! What calls cost, as the library adds it up, limits it, predicts it and reports it.

mod ledger;
mod model;
mod throttled;
