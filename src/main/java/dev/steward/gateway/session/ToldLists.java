// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import dev.steward.domain.Digest;
import dev.steward.gateway.tool.ListView;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a client knows of its lists: as they were when it began, or when it was told last that they
/// have changed. It outlives the connections by which it is told.
public final class ToldLists {
  public static final String TOOLS = "notifications/tools/list_changed";
  public static final String RESOURCES = "notifications/resources/list_changed";
  public static final String PROMPTS = "notifications/prompts/list_changed";

  private @Nullable Lists known;
  private @Nullable Object teller;

  private record Lists(Digest tools, Digest features) {
    private static Lists of(ListView view) {
      return new Lists(Digest.of(view.tools()), Digest.of(view.features()));
    }
  }

  /// Looks for the first time, unless that was done.
  public synchronized void first(Supplier<ListView> look) {
    if (known == null) {
      known = Lists.of(look.get());
    }
  }

  /// Whoever tells the client from now on, in place of the one before.
  synchronized void by(Object who) {
    teller = who;
  }

  /// Methods of the notifications that are to be told now; none for one who tells no longer.
  synchronized List<String> changed(Object who, ListView view) {
    Lists before = known;
    if (teller != who || before == null) {
      return List.of();
    }
    Lists now = Lists.of(view);
    known = now;
    if (now.tools().equals(before.tools())) {
      return now.features().equals(before.features()) ? List.of() : List.of(RESOURCES, PROMPTS);
    }
    return now.features().equals(before.features())
        ? List.of(TOOLS)
        : List.of(TOOLS, RESOURCES, PROMPTS);
  }
}
