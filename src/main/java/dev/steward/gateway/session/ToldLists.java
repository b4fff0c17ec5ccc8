// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import dev.steward.domain.Digest;
import dev.steward.gateway.tool.ListView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a client knows of its lists: as they were when it began, or when it was told last that they
/// have changed. It outlives the connections by which it is told; what did not get out by one of
/// them is told by the next.
public final class ToldLists {
  public static final String TOOLS = "notifications/tools/list_changed";
  public static final String RESOURCES = "notifications/resources/list_changed";
  public static final String PROMPTS = "notifications/prompts/list_changed";

  private final Map<String, Digest> known = new LinkedHashMap<>();

  /// What the one who tells has to tell, or has told.
  private Map<String, Digest> seen = Map.of();

  private @Nullable Object teller;

  /// Looks for the first time, unless that was done.
  public synchronized void first(Supplier<ListView> look) {
    if (known.isEmpty()) {
      known.putAll(lists(look.get()));
    }
  }

  /// Whoever tells the client from now on, in place of the one before.
  synchronized void by(Object who) {
    teller = who;
    seen = Map.copyOf(known);
  }

  /// Methods of the notifications that are to be told now; none for one who tells no longer.
  synchronized List<String> changed(Object who, ListView view) {
    List<String> changed = new ArrayList<>();
    if (teller == who && !known.isEmpty()) {
      Map<String, Digest> now = lists(view);
      for (Map.Entry<String, Digest> each : now.entrySet()) {
        if (!each.getValue().equals(seen.get(each.getKey()))) {
          changed.add(each.getKey());
        }
      }
      seen = now;
    }
    return changed;
  }

  /// What the client knows once it is told what was seen so far.
  synchronized Map<String, Digest> seen() {
    return seen;
  }

  /// Says that the client was told of one list.
  ///
  /// @param then what had been seen when the telling began
  synchronized void told(Object who, String method, Map<String, Digest> then) {
    Digest list = then.get(method);
    if (teller == who && list != null) {
      known.put(method, list);
    }
  }

  private static Map<String, Digest> lists(ListView view) {
    Digest features = Digest.of(view.features());
    Map<String, Digest> lists = new LinkedHashMap<>();
    lists.put(TOOLS, Digest.of(view.tools()));
    lists.put(RESOURCES, features);
    lists.put(PROMPTS, features);
    return lists;
  }
}
