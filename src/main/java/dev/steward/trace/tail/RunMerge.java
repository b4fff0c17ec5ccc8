// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.tail;

import dev.steward.trace.SpanStore;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.tail.RunMatch.Hit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts one page together from the runs of the tail and those of the store. Of a trace that both
/// have, the one that knows more spans answers. What the tail held is looked at once, and who
/// answers for it is settled before the store is asked: a trace that goes from the one to the other
/// meanwhile is told by one of them, and never by none.
final class RunMerge {
  private final RunQuery query;
  private final RunMatch match;
  private final LiveTail.Held held;
  private final SpanStore store;
  private final Map<String, Boolean> tailAnswers = new HashMap<>();

  RunMerge(RunQuery query, LiveTail tail, SpanStore store) {
    this.query = query;
    this.match = new RunMatch(query);
    this.held = tail.held(query, match);
    this.store = store;
  }

  Page<Run> page() {
    List<Hit> live =
        held.hits().stream()
            .filter(hit -> tailAnswers(hit.run().traceId()))
            .limit(query.limit() + 1L)
            .toList();
    List<Hit> hits = new ArrayList<>();
    Page<Run> stored = store.runs(query);
    int kept = keep(stored, hits);
    while (kept < query.limit() && stored.next() != null) {
      stored = store.runs(query.behind(stored.next()));
      kept += keep(stored, hits);
    }
    hits.addAll(live);
    hits.sort(match.order());
    boolean more = hits.size() > query.limit() || stored.next() != null;
    List<Hit> page = hits.stream().limit(query.limit()).toList();
    return new Page<>(
        page.stream().map(Hit::run).toList(),
        more && !page.isEmpty() ? match.cursorBehind(page.getLast()) : null);
  }

  private int keep(Page<Run> stored, List<Hit> hits) {
    int kept = 0;
    for (Run run : stored.items()) {
      if (!tailAnswers(run.traceId())) {
        hits.add(match.hit(run));
        kept++;
      }
    }
    return kept;
  }

  private boolean tailAnswers(String traceId) {
    return tailAnswers.computeIfAbsent(
        traceId,
        id -> {
          int spans = held.sizes().getOrDefault(id, 0);
          return spans > 0 && spans >= store.size(id);
        });
  }
}
