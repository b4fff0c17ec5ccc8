// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The incidents. It never changes; the next one is another. All that are open are kept, and the
/// newest of those that are resolved; the ledger has them all.
///
/// @param all the oldest first
public record Incidents(List<Incident> all) {
  public static final Incidents NONE = new Incidents(List.of());

  private static final int RESOLVED_MAX = 1_000;

  public Incidents {
    all = List.copyOf(all);
  }

  public Optional<Incident> find(String id) {
    return all.stream().filter(incident -> incident.id().equals(id)).findFirst();
  }

  public List<Incident> open() {
    return all.stream().filter(Incident::open).toList();
  }

  public Incidents opened(Incident incident) {
    List<Incident> next = new ArrayList<>(all);
    next.add(incident);
    return new Incidents(next);
  }

  public Incidents noted(String id, Incident.Note note) {
    return changed(id, incident -> incident.noted(note));
  }

  /// @param to what the aspect is from now on, as a word, of a commander the id
  /// @throws IllegalArgumentException when it is none of its words
  public Incidents changed(String id, Aspect aspect, String to, Instant at) {
    return switch (aspect) {
      case SEVERITY -> changed(id, incident -> incident.of(Severity.of(to).orElseThrow()));
      case COMMANDER -> changed(id, incident -> incident.led(to));
      case STATUS -> {
        IncidentStatus status = IncidentStatus.of(to).orElseThrow();
        yield changed(id, incident -> incident.moved(status, at)).withoutOldest();
      }
    };
  }

  private Incidents changed(String id, UnaryOperator<Incident> change) {
    return new Incidents(
        all.stream()
            .map(incident -> incident.id().equals(id) ? change.apply(incident) : incident)
            .toList());
  }

  /// Without the oldest of the resolved ones where there are too many.
  private Incidents withoutOldest() {
    long over = all.stream().filter(incident -> !incident.open()).count() - RESOLVED_MAX;
    List<Incident> kept = new ArrayList<>();
    for (Incident incident : all) {
      if (over > 0 && !incident.open()) {
        over--;
      } else {
        kept.add(incident);
      }
    }
    return new Incidents(kept);
  }
}
