//! Tables behind a proxy, which sees what is sent and lets it go wrong.

use std::time::Duration;

use monotable::testing::{Calls, Fault, Proxy};
use monotable::{Handle, Table};

/// The same table, through a proxy.
pub fn proxied<T: Table>(table: &Handle<T>) -> (Handle<T>, Proxy) {
    let proxy = Proxy::new();
    (proxy.attach(table), proxy)
}

/// The same table, through a proxy and a network: calls are under way together, and answers come in another order.
/// The time that they take is not of the proxy's clock.
pub fn networked<T: Table>(table: &Handle<T>) -> (Handle<T>, Proxy) {
    let (table, network) = proxied(table);
    let milliseconds = Duration::from_millis;
    network.inject(Calls::all(), Fault::latency_between(milliseconds(1), milliseconds(9)));
    proxied(&table)
}

/// A table with no engine: nothing may be sent.
pub fn unsent<T: Table>() -> (Handle<T>, Proxy) {
    let proxy = Proxy::new();
    (proxy.open(), proxy)
}

/// A table with no engine, to whose every call this is the answer.
pub fn answering<T: Table>(fault: Fault) -> (Handle<T>, Proxy) {
    let (table, proxy) = unsent();
    proxy.inject(Calls::all(), fault);
    (table, proxy)
}

/// How many keys each request was for.
pub fn sizes(proxy: &Proxy) -> Vec<usize> {
    proxy.requests().iter().map(|request| request.keys().len()).collect()
}
