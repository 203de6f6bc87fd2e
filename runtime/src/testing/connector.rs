//! The proxy as the SDK's HTTP client.

use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::config::{AsyncSleep, SharedAsyncSleep, SharedHttpClient};
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::testing::answer::{Behind, body};
use crate::testing::operation::Operation;
use crate::testing::proxy::Proxy;
use crate::testing::record::{Outcome, Request};

/// A proxy and what is behind it.
#[derive(Debug)]
pub(super) struct Front {
    pub(super) proxy: Proxy,
    pub(super) engine: Option<SharedHttpClient>,
}

impl HttpClient for Front {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        // Behind another proxy, the components have that one's clock.
        let (sleep, time) = match self.proxy.own_clock() {
            Some(clock) => (Some(SharedAsyncSleep::new(clock.clone())), Some(SharedTimeSource::new(clock))),
            None => (components.sleep_impl(), components.time_source()),
        };
        let connector = self.engine.as_ref().map(|engine| engine.http_connector(settings, components));
        SharedHttpConnector::new(Connector {
            proxy: self.proxy.clone(),
            behind: Behind { connector, clock: self.proxy.clock().clone() },
            sleep,
            time,
        })
    }
}

#[derive(Debug, Clone)]
struct Connector {
    proxy: Proxy,
    behind: Behind,
    sleep: Option<SharedAsyncSleep>,
    time: Option<SharedTimeSource>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connector = self.clone();
        // On first poll, not before: a request that is never awaited is not sent.
        HttpConnectorFuture::new(async move { connector.answer(request).await })
    }
}

impl Connector {
    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let operation = Operation::of(request.headers().get("x-amz-target").unwrap_or_default());
        let seen = Request { operation, body: body(request.body()), sent_at: self.now() };
        let (plan, mut passage) = self.proxy.begin(seen);
        for (held, number) in plan.holds {
            held.wait(number).await;
        }
        self.sleep(plan.latency.0).await?;
        let answer = match &plan.fault {
            None => self.behind.pass(request).await,
            Some(fault) => self.behind.fail(fault, &passage.exchange.request, request).await,
        };
        self.sleep(plan.latency.1).await?;
        passage.exchange.outcome = self.outcome(&answer);
        answer
    }

    fn now(&self) -> SystemTime {
        self.time.as_ref().map_or_else(SystemTime::now, TimeSource::now)
    }

    async fn sleep(&self, time: Duration) -> Result<(), ConnectorError> {
        if time.is_zero() {
            return Ok(());
        }
        let cannot = || ConnectorError::user("`Fault::latency` needs a client with a `sleep_impl`".into());
        self.sleep.as_ref().ok_or_else(cannot)?.sleep(time).await;
        Ok(())
    }

    fn outcome(&self, answer: &Result<HttpResponse, ConnectorError>) -> Outcome {
        let at = self.now();
        match answer {
            Ok(answer) if self.proxy.looks() => {
                Outcome::Answered { status: answer.status().as_u16(), body: body(answer.body()), at }
            }
            Ok(answer) => {
                Outcome::Answered { status: answer.status().as_u16(), body: Default::default(), at }
            }
            Err(error) => Outcome::Unanswered { why: DisplayErrorContext(error).to_string(), at },
        }
    }
}
