// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import dev.steward.trace.JournalPosition;
import dev.steward.trace.reading.Facts;

/// Where facts are seen before they are loaded.
public interface Tail {

  /// Shows what one record says. Called in journal order; after a restart also for records that
  /// were shown before and had not been loaded.
  ///
  /// @param at position behind the record
  void see(Facts facts, JournalPosition at);

  /// Says that everything before the position can now be asked of the span store.
  void loaded(JournalPosition upTo);

  /// A tail that nobody looks at.
  Tail NONE =
      new Tail() {
        @Override
        public void see(Facts facts, JournalPosition at) {}

        @Override
        public void loaded(JournalPosition upTo) {}
      };
}
