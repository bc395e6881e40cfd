//! Traces by OpenTelemetry: a span for each request, act, commit and notice, sent to a collector by OTLP over HTTP.
//! Spans hold codes, routes and times, never what is personal.

#[cfg(not(feature = "otel"))]
pub use without::Traces;

#[cfg(feature = "otel")]
pub use with::Traces;

#[cfg(not(feature = "otel"))]
mod without {
    use crate::fault::Faults;
    use tracing_subscriber::layer::Identity;

    /// No traces: this program was built without them.
    pub struct Traces;

    impl Traces {
        /// Refuses an endpoint, which nobody would send to.
        pub fn to(endpoint: Option<&str>) -> Result<Self, Faults> {
            match endpoint {
                None => Ok(Self),
                Some(_) => Err(Faults::one(
                    "trace.endpoint: this program was built without traces; build it with --features otel",
                )),
            }
        }

        /// Nothing.
        #[expect(clippy::unused_self, reason = "with the feature there is something")]
        pub fn layer(&self) -> Identity {
            Identity::new()
        }

        /// Nothing is left to be sent.
        #[expect(clippy::unused_async, reason = "with the feature there is something")]
        pub async fn end(self) {}
    }
}

#[cfg(feature = "otel")]
mod with {
    use crate::fault::Faults;
    use async_trait::async_trait;
    use axum::{
        body::Bytes,
        http::{Request, Response},
    };
    use opentelemetry::trace::TracerProvider;
    use opentelemetry_http::{HttpClient, HttpError};
    use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
    use opentelemetry_sdk::{
        Resource,
        trace::{SdkTracer, SdkTracerProvider},
    };
    use std::time::Duration;
    use tokio::runtime::Handle;
    use tracing::Subscriber;
    use tracing_opentelemetry::OpenTelemetryLayer;
    use tracing_subscriber::{EnvFilter, Layer, registry::LookupSpan};

    /// How long a batch of spans may take on its way.
    const LONGEST: Duration = Duration::from_secs(5);
    /// Our own rooms' spans; what libraries would tell is not for a collector.
    const OURS: &str = "off,anteroom=info,desk=info";

    /// Where traces go.
    pub struct Traces(Option<SdkTracerProvider>);

    impl Traces {
        /// Sends to this endpoint, `http://127.0.0.1:4318/v1/traces` say. Spans wait in a bounded queue and are sent in the
        /// background; when the collector is away they are dropped.
        pub fn to(endpoint: Option<&str>) -> Result<Self, Faults> {
            let Some(endpoint) = endpoint else { return Ok(Self(None)) };
            let exporter = SpanExporter::builder()
                .with_http()
                .with_http_client(Client::new()?)
                .with_protocol(Protocol::HttpBinary)
                .with_endpoint(endpoint)
                .with_timeout(LONGEST)
                .build()
                .map_err(|error| Faults::of(&error))?;
            let whose = Resource::builder_empty().with_service_name("anteroom").build();
            Ok(Self(Some(
                SdkTracerProvider::builder().with_resource(whose).with_batch_exporter(exporter).build(),
            )))
        }

        /// What turns spans into traces.
        pub fn layer<S>(&self) -> Option<impl Layer<S> + use<S>>
        where
            S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
        {
            let tracer: SdkTracer = self.0.as_ref()?.tracer("anteroom");
            let layer = OpenTelemetryLayer::new(tracer)
                // Where in the source, and on which thread: nobody asked, and it makes each span twice as large.
                .with_location(false)
                .with_threads(false)
                .with_tracked_inactivity(false);
            Some(layer.with_filter(EnvFilter::new(OURS)))
        }

        /// Sends what is left.
        pub async fn end(self) {
            let Some(provider) = self.0 else { return };
            // It waits for its own thread, which sends on this runtime.
            let ended = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(LONGEST)).await;
            if !matches!(ended, Ok(Ok(()))) {
                tracing::warn!("the last traces were not sent");
            }
        }
    }

    /// Sends with the same HTTP client and TLS as everything else here, on the program's own runtime: the batches are made
    /// on a thread that has none.
    #[derive(Debug, Clone)]
    struct Client {
        http: reqwest::Client,
        on: Handle,
    }

    impl Client {
        fn new() -> Result<Self, Faults> {
            // An error means that a provider is chosen already, which is ours.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let http = reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .timeout(LONGEST)
                .build()
                .map_err(|error| Faults::of(&error))?;
            Ok(Self { http, on: Handle::current() })
        }
    }

    #[async_trait]
    impl HttpClient for Client {
        async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
            let http = self.http.clone();
            let sent = self.on.spawn(async move {
                let response = http.execute(request.try_into()?).await?.error_for_status()?;
                let status = response.status();
                let mut answer = Response::new(response.bytes().await?);
                *answer.status_mut() = status;
                Ok::<_, reqwest::Error>(answer)
            });
            Ok(sent.await??)
        }
    }
}
