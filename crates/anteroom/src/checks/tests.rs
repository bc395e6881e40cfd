//! What is found is told in figures, and stays as it is.

use super::*;
use crate::wiring::Installation;
use desk::Caller;
use domain::change::{Change, IdempotencyKey};
use metrics_exporter_prometheus::PrometheusBuilder;
use store::contract::fixtures::{Maker, claim, slot};

/// A place that nobody has is told by the figures, and is told again at the next look: nothing was mended.
#[tokio::test]
async fn what_does_not_hold_is_a_figure_until_somebody_sets_it_right() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation::bare(dir.path()).await.unwrap();
    let desk = &installation.desk;
    let place = slot("LOS", 0);
    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    let look = async || {
        let checked = desk.look_over(place.start).await.unwrap();
        metrics::with_local_recorder(&recorder, || report(&checked));
        figures.render()
    };
    let sound = look().await;
    assert!(sound.contains(r#"anteroom_broken_invariants{kind="stray"} 0"#), "{sound}");
    let key = IdempotencyKey::of("test", "stray");
    let mut change = Change::new(Caller::new(desk::Who::System("test"), key, place.start).command());
    change.claims.push(claim(&place, Maker::default().holder(), 1));
    desk.store().commit(change).await.unwrap();
    for _ in 0..2 {
        let broken = look().await;
        for line in [
            r#"anteroom_broken_invariants{kind="stray"} 1"#.to_owned(),
            r#"anteroom_broken_invariants{kind="chain"} 0"#.to_owned(),
            format!("anteroom_check_timestamp_seconds {}", place.start.as_second()),
        ] {
            assert!(broken.contains(&line), "{line} is not in {broken}");
        }
    }
    assert_eq!(desk.checked().unwrap().broken, desk.store().check().await.unwrap());
    installation.store.close().await;
}
