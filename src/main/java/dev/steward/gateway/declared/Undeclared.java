// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import dev.steward.control.live.UndeclaredChanges;
import dev.steward.trace.diary.Diary;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Remembers the differences that were seen, those of the last ones if they are too many; when each
/// began is known after a restart too.
final class Undeclared implements UndeclaredChanges {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int FIELDS = 7;

  private final Diary diary;

  private final Map<List<String>, Change> changes =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Change> eldest) {
          return size() > Declarations.CHANGES_MAX;
        }
      };

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
              JSON.writeValueAsString(
                  List.of(at.toString(), agent, environment, version, part, what, run))));
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
    try {
      JsonNode node = JSON.readTree(line);
      if (node.isArray() && node.size() >= FIELDS) {
        List<String> fields = new ArrayList<>();
        node.forEach(field -> fields.add(field.asString("")));
        note(
            fields.get(1),
            fields.get(2),
            fields.get(3),
            fields.get(4),
            fields.get(5),
            Instant.parse(fields.get(0)),
            fields.get(6));
      }
    } catch (JacksonException | DateTimeException e) {
      System.getLogger(Undeclared.class.getName())
          .log(System.Logger.Level.DEBUG, "a line of the diary is left out", e);
    }
  }

  @Override
  public synchronized List<Change> all() {
    return List.copyOf(changes.values());
  }
}
