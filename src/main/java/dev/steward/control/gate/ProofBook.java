// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.domain.LastUsed;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers what was proved, so that nothing is proved twice on the same basis, whoever asks and
/// at whatever time. Who asks for what is being found out waits for it.
public final class ProofBook implements Proving {
  private static final int KEPT_MAX = 32;

  private final Proving proving;
  private final Map<Basis, Page> pages = new LastUsed<>(KEPT_MAX);

  /// @param proving finds out what is not known yet
  public ProofBook(Proving proving) {
    this.proving = proving;
  }

  @Override
  public Optional<Proved> proved(Provable question) {
    Page page;
    synchronized (pages) {
      page = pages.computeIfAbsent(question.basis(), _ -> new Page());
    }
    return page.proved(question);
  }

  private final class Page {
    private @Nullable Proved answer;

    private synchronized Optional<Proved> proved(Provable question) {
      if (answer == null) {
        answer = proving.proved(question).orElse(null);
      }
      return Optional.ofNullable(answer);
    }
  }
}
