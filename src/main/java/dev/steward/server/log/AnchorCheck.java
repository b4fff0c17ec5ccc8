// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Event;
import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.CompactRange;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.storage.LedgerStore;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.storage.StoredEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Holds the activity log against what the control ledger says it was: an activity log that was cut
/// off or written anew together with its checkpoints and its key is found out by this alone.
public final class AnchorCheck {
  private static final int BATCH = 1_000;

  private AnchorCheck() {}

  /// What the check found.
  public sealed interface Found {
    /// All anchors hold.
    record Consistent(int anchors) implements Found {}

    /// One does not.
    record Contradicted(String what) implements Found {}
  }

  /// Both ledgers must have been verified by themselves before.
  public static Found check(LedgerStore control, LedgerStore activity) {
    Map<Long, Digest> anchors;
    try (LedgerView view = control.view()) {
      anchors = anchors(view);
    }
    try (LedgerView view = activity.view()) {
      return check(anchors, view);
    }
  }

  private static Map<Long, Digest> anchors(LedgerView control) {
    Map<Long, Digest> anchors = new TreeMap<>();
    for (long from = 0; from < control.size(); from += BATCH) {
      for (StoredEntry entry : control.entries(from, BATCH)) {
        for (Event event : EnvelopeCodec.read(entry.data()).events()) {
          if (event instanceof Event.CheckpointAnchored anchor
              && anchor.log().equals(Anchoring.ACTIVITY)) {
            anchors.put(anchor.size(), anchor.root());
          }
        }
      }
    }
    return anchors;
  }

  private static Found check(Map<Long, Digest> anchors, LedgerView activity) {
    CompactRange range = new CompactRange();
    for (Map.Entry<Long, Digest> anchor : anchors.entrySet()) {
      long size = anchor.getKey();
      if (size > activity.size()) {
        return new Found.Contradicted(
            "the control ledger says that the activity log had %d entries, it has %d: its end was cut off"
                .formatted(size, activity.size()));
      }
      append(range, activity, size);
      if (!range.root().equals(anchor.getValue())) {
        return new Found.Contradicted(
            "the control ledger says that the activity log had root %s at %d entries, it is %s: it was written anew"
                .formatted(anchor.getValue(), size, range.root()));
      }
    }
    return new Found.Consistent(anchors.size());
  }

  private static void append(CompactRange range, LedgerView activity, long size) {
    while (range.size() < size) {
      int count = (int) Math.min(BATCH, size - range.size());
      List<StoredEntry> entries = activity.entries(range.size(), count);
      if (entries.isEmpty()) {
        throw new IllegalStateException("entry " + range.size() + " of a verified log is missing");
      }
      entries.forEach(entry -> range.append(MerkleHash.leaf(entry.data()), (_, _, _) -> {}));
    }
  }
}
