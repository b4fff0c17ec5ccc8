// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.shelf;

import dev.steward.domain.Digest;
import java.util.List;
import java.util.Optional;

/// The table beside the ledger that holds people's names and addresses and free text, so that a
/// person can be erased while the ledger still verifies.
public interface PeopleDirectory extends AutoCloseable {
  /// Keeps the texts; they are durable when it returns.
  void keep(List<SealedText> texts);

  /// The text behind a commitment, empty once erased.
  Optional<String> text(Digest commitment);

  /// Erases every text about the person, and every other text that holds one of the words.
  void erase(String subject, List<String> words);

  @Override
  void close();
}
