// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import dev.steward.trace.Batch;
import dev.steward.trace.span.SpanKey;
import java.util.List;

/// Where facts are seen before they are loaded.
public interface Tail {
  /// A tail that nobody looks at.
  Tail NONE =
      new Tail() {
        @Override
        public void see(Batch batch) {}

        @Override
        public void loaded(Batch batch) {}
      };

  /// Shows what one record says. Called in journal order; after a restart or a failure also for
  /// records that were shown before and had not been loaded.
  void see(Batch batch);

  /// Says that a batch of what was shown is about to be written to the span store. A throw puts
  /// that off, as a failing store does.
  default void loading(Batch batch) {}

  /// Says that the span store refused spans that were shown, because they are another sender's.
  default void refused(List<SpanKey> spans) {}

  /// Says that a batch, which holds one record or more of those shown, has left the journal: its
  /// facts can be asked of the span store, or became dead letters.
  void loaded(Batch batch);
}
