//! What is put on one call of the SDK.

use aws_sdk_dynamodb::config::{Builder, Intercept, SharedInterceptor};

use super::attempts::Attempts;

/// The interceptors of one call, which are nobody's to turn off: so the SDK need not look, at each of its twenty
/// hooks, whether somebody did.
pub(super) struct Watch {
    pub(super) attempts: Attempts,
    pub(super) config: Builder,
}

impl Default for Watch {
    fn default() -> Self {
        let mut watch = Self { attempts: Attempts::default(), config: Builder::default() };
        watch.push(Some(watch.attempts.clone()));
        watch
    }
}

impl Watch {
    pub(super) fn push(&mut self, interceptor: Option<impl Intercept + 'static>) {
        if let Some(interceptor) = interceptor {
            self.config.push_interceptor(SharedInterceptor::permanent(interceptor));
        }
    }
}
