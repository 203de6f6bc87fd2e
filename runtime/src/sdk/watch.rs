//! What is put on one call of the SDK.

use std::fmt;

use aws_sdk_dynamodb::config::interceptors::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextMut,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
    FinalizerInterceptorContextRef,
};
use aws_sdk_dynamodb::config::{Builder, ConfigBag, Intercept, RuntimeComponents, SharedInterceptor};
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_types::config_bag::{Storable, StoreReplace};

use super::attempts::Attempts;
use crate::error::BoxError;

/// What of a call is done here instead of by the SDK.
pub(super) trait Part: Send + Sync + 'static {
    /// Before the request is made of its input.
    fn before_request(&self, _: &mut ConfigBag) {}

    /// Before an answer is read, that of a success or of an error.
    fn before_answer(&self, _succeeded: bool, _: &mut ConfigBag) {}
}

/// Nothing.
impl Part for () {}

impl<P: Part> Part for Option<P> {
    fn before_request(&self, config: &mut ConfigBag) {
        self.iter().for_each(|part| part.before_request(config));
    }

    fn before_answer(&self, succeeded: bool, config: &mut ConfigBag) {
        self.iter().for_each(|part| part.before_answer(succeeded, config));
    }
}

impl<P: Part, Q: Part> Part for (P, Q) {
    fn before_request(&self, config: &mut ConfigBag) {
        self.0.before_request(config);
        self.1.before_request(config);
    }

    fn before_answer(&self, succeeded: bool, config: &mut ConfigBag) {
        self.0.before_answer(succeeded, config);
        self.1.before_answer(succeeded, config);
    }
}

/// The configuration of one call that does this, and its attempts.
pub(super) fn watched(part: impl Part) -> (Builder, Attempts) {
    let (attempts, mut config) = (Attempts::default(), Builder::default());
    let watch = Watch { attempts: attempts.clone(), part };
    // Nobody's to turn off: so the SDK need not look, at each of its twenty hooks, whether somebody did.
    config.push_interceptor(SharedInterceptor::permanent(watch));
    (config, attempts)
}

/// All that is put on a call. It is one interceptor, because the SDK asks each of them twenty times.
struct Watch<P> {
    attempts: Attempts,
    part: P,
}

/// The mark of this library's own calls, for a guard on the same client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ours;

impl Storable for Ours {
    type Storer = StoreReplace<Self>;
}

#[dyn_dispatch_hint]
impl<P: Part> Intercept for Watch<P> {
    fn name(&self) -> &'static str {
        "monotable::Watch"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config.interceptor_state().store_put(Ours);
        Ok(())
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.part.before_request(config);
        Ok(())
    }

    // Not `read_before_attempt`: an attempt may find no region or no credentials, and send nothing.
    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.attempts.begin(components);
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.part.before_answer(context.response().status().is_success(), config);
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.attempts.end(context.response());
        Ok(())
    }
}

impl<P> fmt::Debug for Watch<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}
