//! Futures polled by hand.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// Polls once.
pub async fn poll_once<F: Future>(mut future: Pin<&mut F>) -> Option<F::Output> {
    match poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
        Poll::Ready(out) => Some(out),
        Poll::Pending => None,
    }
}

/// Polls until there is an outcome, or nothing moves any more.
pub async fn nudge<F: Future>(mut future: Pin<&mut F>) -> Option<F::Output> {
    for _ in 0..16 {
        if let Some(out) = poll_once(future.as_mut()).await {
            return Some(out);
        }
        tokio::task::yield_now().await;
    }
    None
}
