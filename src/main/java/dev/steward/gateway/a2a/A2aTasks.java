// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import dev.steward.domain.Digest;
import dev.steward.domain.LastUsed;
import dev.steward.gateway.agent.AgentForm.Owner;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.diary.DiaryLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whose task is whose, and to which conversation of ours each task and each context of an agent
/// belongs: an agent gives their ids with its first answer, when the call was given its version
/// already.
public final class A2aTasks {
  public static final int REMEMBERED_MAX = 50_000;

  private static final int PARTS = 3;

  private final Map<String, Known> known = new LastUsed<>(REMEMBERED_MAX);

  private final Diary diary;

  /// What is known of a task or a context.
  record Known(String caller, String conversation) {}

  public A2aTasks(Diary diary) {
    this.diary = diary;
    for (String line : diary.read()) {
      DiaryLine.fields(line)
          .filter(parts -> parts.size() == PARTS)
          .ifPresent(parts -> known.put(parts.get(0), new Known(parts.get(1), parts.get(2))));
    }
  }

  Optional<Known> task(String agent, String environment, String id) {
    return id.isEmpty() ? Optional.empty() : find(mark(agent, environment, "task", id));
  }

  Optional<Known> context(String agent, String environment, String id) {
    return id.isEmpty() ? Optional.empty() : find(mark(agent, environment, "context", id));
  }

  private Optional<Known> find(String mark) {
    synchronized (known) {
      return Optional.ofNullable(known.get(mark));
    }
  }

  /// An agent has answered with these ids; the first answer counts.
  void learn(Owner owner, String context, String task) {
    if (!context.isEmpty()) {
      learn(owner, mark(owner.agent(), owner.environment(), "context", context));
    }
    if (!task.isEmpty()) {
      learn(owner, mark(owner.agent(), owner.environment(), "task", task));
    }
  }

  private void learn(Owner owner, String mark) {
    Known found = new Known(owner.caller(), owner.conversation());
    synchronized (known) {
      if (known.putIfAbsent(mark, found) != null) {
        return;
      }
    }
    diary.add(List.of(DiaryLine.of(List.of(mark, found.caller(), found.conversation()))));
  }

  private static String mark(String agent, String environment, String kind, String id) {
    return Digest.of(String.join("\n", agent, environment, kind, id)).hex();
  }
}
