// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.ProofCheck;
import dev.steward.ledger.note.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The invariant LedgerOnlyGrows of one ledger, looked at again and again: what was in it is in it
/// still, at the same place, and its newest checkpoint extends the one seen before.
public final class Growth {
  private static final String NAME = "LedgerOnlyGrows";

  private final List<Digest> seen = new ArrayList<>();
  private @Nullable Checkpoint signed;

  /// @param ledger the same as before, also when it was opened anew
  public void look(Ledger ledger) {
    int size = (int) ledger.size();
    assertThat(size).as(NAME).isGreaterThanOrEqualTo(seen.size());
    List<Digest> now = new ArrayList<>();
    for (int from = 0; from < size; from = now.size()) {
      ledger.read(from, size - from).forEach(entry -> now.add(Digest.of(entry)));
    }
    assertThat(now.subList(0, seen.size())).as(NAME).isEqualTo(seen);
    seen.clear();
    seen.addAll(now);
    extend(ledger);
  }

  private void extend(Ledger ledger) {
    Checkpoint newest = ledger.checkpoint();
    Checkpoint before = signed;
    if (before != null && before.size() > 0) {
      assertThat(newest.size()).as(NAME).isGreaterThanOrEqualTo(before.size());
      assertThat(
              ProofCheck.isConsistent(
                  ledger.consistencyProof(before.size(), newest.size()),
                  before.root(),
                  newest.root()))
          .as(NAME)
          .isTrue();
    }
    signed = newest;
  }
}
