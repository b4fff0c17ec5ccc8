// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import dev.steward.control.live.UndeclaredChanges;
import dev.steward.domain.LastUsed;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.diary.DiaryLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Remembers the differences that were seen, those of the last ones if they are too many; when each
/// began is known after a restart too.
final class Undeclared implements UndeclaredChanges {
  private static final int FIELDS = 7;

  private final Diary diary;

  private final Map<List<String>, Change> changes = new LastUsed<>(Declarations.CHANGES_MAX);

  Undeclared(Diary diary) {
    this.diary = diary;
    for (String line : diary.read()) {
      learn(line);
    }
  }

  void saw(
      String agent,
      String environment,
      String version,
      String part,
      String what,
      Instant at,
      String run) {
    boolean first;
    synchronized (this) {
      first = note(agent, environment, version, part, what, at, run).calls() == 1;
    }
    if (first) {
      diary.add(
          List.of(
              DiaryLine.of(List.of(at.toString(), agent, environment, version, part, what, run))));
    }
  }

  private Change note(
      String agent,
      String environment,
      String version,
      String part,
      String what,
      Instant at,
      String run) {
    return changes.merge(
        List.of(agent, environment, version, part, what),
        new Change(agent, environment, version, part, what, at, at, 1, run),
        (before, _) ->
            new Change(
                agent,
                environment,
                version,
                part,
                what,
                before.since(),
                at,
                before.calls() + 1,
                run));
  }

  /// A line that was cut off is left out.
  private synchronized void learn(String line) {
    Optional<Change> _ =
        DiaryLine.read(
            line,
            FIELDS,
            fields ->
                note(
                    fields.get(1),
                    fields.get(2),
                    fields.get(3),
                    fields.get(4),
                    fields.get(5),
                    Instant.parse(fields.get(0)),
                    fields.get(6)));
  }

  @Override
  public synchronized List<Change> all() {
    return List.copyOf(changes.values());
  }
}
