// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.domain.Digest;
import dev.steward.ledger.storage.LedgerStore;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredBlob;
import dev.steward.ledger.storage.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Holds what a server says of recorded calls against the activity ledger's own file. The server is
/// believed in nothing but where to look: digests are computed here.
public final class CallCheck {
  private CallCheck() {}

  /// What the check found.
  ///
  /// @param calls that fit
  /// @param wrong what does not, in words
  public record Found(int calls, List<String> wrong) {
    public Found {
      wrong = List.copyOf(wrong);
    }

    public boolean holds() {
      return wrong.isEmpty();
    }

    public String inWords() {
      return holds()
          ? "all %d of the run say what they said when they were recorded".formatted(calls)
          : "BROKEN: " + String.join("; ", wrong);
    }
  }

  /// @param told the items of `/api/v1/runs/{id}/evidence`
  /// @param activity verified by itself before
  public static Found check(JsonNode told, LedgerStore activity) {
    List<String> wrong = new ArrayList<>();
    int fit = 0;
    try (LedgerView view = activity.view()) {
      for (JsonNode call : told) {
        String span = call.path("spanId").asString();
        Digest bound = call.path("entry").isNumber() ? bound(view, call, span) : null;
        if (bound == null) {
          wrong.add("no entry binds the call " + span);
        } else if (!bound.equals(Digest.of(call.path("text").asString()))) {
          wrong.add(
              "the call %s says something else than entry %s binds"
                  .formatted(span, call.path("entry").asString()));
        } else {
          fit++;
        }
      }
    }
    return new Found(fit, wrong);
  }

  private static @Nullable Digest bound(LedgerView view, JsonNode call, String span) {
    long index = call.path("entry").asLong();
    for (StoredEntry entry : view.entries(index, 1)) {
      Optional<StoredBlob> body =
          CallEntry.read(entry.data()).flatMap(read -> view.blob(read.digests()));
      if (entry.index() == index && body.isPresent()) {
        return CallEntry.lines(body.get().bytes()).get(span);
      }
    }
    return null;
  }
}
