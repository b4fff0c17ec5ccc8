// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.shelf.PeopleDirectory;
import dev.steward.control.shelf.SealedText;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A people directory for tests, whose disk can be full.
public final class InMemoryPeople implements PeopleDirectory {
  private final Map<Digest, SealedText> texts = new ConcurrentHashMap<>();
  private volatile boolean full;

  /// Whether nothing more can be kept.
  public void full(boolean now) {
    full = now;
  }

  @Override
  public void keep(List<SealedText> kept) {
    if (full && !kept.isEmpty()) {
      throw new ApiException(ErrorCode.STORAGE_FAILED, "there is no room on the disk");
    }
    kept.forEach(text -> texts.put(text.commitment(), text));
  }

  @Override
  public Optional<String> text(Digest commitment) {
    return Optional.ofNullable(texts.get(commitment)).map(SealedText::text);
  }

  @Override
  public void erase(String subject, List<String> words) {
    texts
        .values()
        .removeIf(text ->
            text.subject().equals(subject)
                || (text.subject().isEmpty()
                    && words.stream().anyMatch(word -> holds(text.text(), word))));
  }

  @Override
  public void close() {}

  private static boolean holds(String text, String word) {
    return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
  }
}
