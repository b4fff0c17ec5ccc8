// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The alerts and the silences. It never changes; the next one is another. All that are open are
/// kept, and the newest of those that are over; the ledger has them all.
///
/// @param all the oldest first
/// @param silences that nobody has lifted, the oldest first
public record Alerts(List<Alert> all, List<Silence> silences) {
  public static final Alerts NONE = new Alerts(List.of(), List.of());

  /// So many are open at once.
  public static final int OPEN_MAX = 2_000;

  private static final int RESOLVED_MAX = 1_000;
  private static final int SILENCES_MAX = 2_000;

  public Alerts {
    all = List.copyOf(all);
    silences = List.copyOf(silences);
  }

  public Optional<Alert> find(String id) {
    return all.stream().filter(alert -> alert.id().equals(id)).findFirst();
  }

  public List<Alert> open() {
    return all.stream().filter(Alert::open).toList();
  }

  /// Whether no other may be raised until one is over.
  public boolean full() {
    return all.stream().filter(Alert::open).count() >= OPEN_MAX;
  }

  /// The alert of the rule and the group that is not over.
  public Optional<Alert> open(String rule, String group) {
    return all.stream()
        .filter(Alert::open)
        .filter(alert -> alert.rule().equals(rule) && alert.group().equals(group))
        .findFirst();
  }

  public Optional<Silence> silence(String id) {
    return silences.stream().filter(silence -> silence.id().equals(id)).findFirst();
  }

  /// How many silences hold.
  public long silencing(Instant now) {
    return silences.stream().filter(silence -> silence.active(now)).count();
  }

  /// The silence that hides the alert the longest, empty where people are told of it.
  public Optional<Silence> silencing(Alert alert, Instant now) {
    return silences.stream()
        .filter(silence -> silence.active(now) && silence.covers(alert))
        .max(Comparator.comparing(Silence::until));
  }

  public Alerts raised(Alert alert) {
    List<Alert> next = new ArrayList<>(all);
    next.add(alert);
    return new Alerts(next, silences);
  }

  /// The same with another form of one of them.
  public Alerts changed(String id, UnaryOperator<Alert> change) {
    return new Alerts(
        all.stream().map(alert -> alert.id().equals(id) ? change.apply(alert) : alert).toList(),
        silences);
  }

  public Alerts resolved(String id, Instant at) {
    return changed(id, alert -> alert.resolved(at)).withoutOldest();
  }

  /// With another silence; those that were over long ago are forgotten with it, and the one that
  /// ends first where there are very many, which is over as fewer may hold at once.
  public Alerts silenced(Silence silence, Instant forgotten) {
    List<Silence> next = new ArrayList<>();
    for (Silence each : silences) {
      if (each.until().isAfter(forgotten)) {
        next.add(each);
      }
    }
    if (next.size() >= SILENCES_MAX) {
      next.stream().min(Comparator.comparing(Silence::until)).ifPresent(next::remove);
    }
    next.add(silence);
    return new Alerts(all, next);
  }

  public Alerts lifted(String id) {
    return new Alerts(all, silences.stream().filter(silence -> !silence.id().equals(id)).toList());
  }

  private Alerts withoutOldest() {
    long over = all.stream().filter(alert -> !alert.open()).count() - RESOLVED_MAX;
    List<Alert> kept = new ArrayList<>();
    for (Alert alert : all) {
      if (over > 0 && !alert.open()) {
        over--;
      } else {
        kept.add(alert);
      }
    }
    return new Alerts(kept, silences);
  }
}
