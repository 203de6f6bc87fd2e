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
        let (attempts, config) = (Attempts::default(), Builder::default());
        Self { attempts: attempts.clone(), config }.and(Some(attempts))
    }
}

impl Watch {
    pub(super) fn and(mut self, interceptor: Option<impl Intercept + 'static>) -> Self {
        if let Some(interceptor) = interceptor {
            self.config.push_interceptor(SharedInterceptor::permanent(interceptor));
        }
        self
    }
}
