// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.domain.Digest;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Shadow;
import dev.steward.gateway.identity.Trial;
import java.util.List;
import java.util.Optional;

/// What holds for the result of a call that its server does as a task, until that result is
/// fetched.
///
/// @param pin digest of the tool's definition when it was called
/// @param redact fields that policy hides
/// @param promised whether the tool has an output schema
/// @param tried the version that the call was given, empty where that was the one in force
/// @param shadow what the call was a copy of, empty for one whose effects happen
public record TaskTerms(
    String server,
    String tool,
    Digest pin,
    List<String> redact,
    boolean promised,
    Optional<Tried> tried,
    Optional<Shadow> shadow) {
  public TaskTerms {
    redact = List.copyOf(redact);
  }

  /// A version that was given while a release was tried, which has its say as long as that is.
  public record Tried(Trial trial, Digest version) {
    static Optional<Tried> of(Caller caller) {
      return caller.trial().map(trial -> new Tried(trial, caller.version().digest()));
    }
  }

  /// Whether the caller may change what becomes of it: a copy may that of its own tasks only.
  boolean changes(Caller caller) {
    return caller.shadow().isEmpty() || caller.shadow().equals(shadow);
  }

  /// Whether its result may be shown as it comes.
  public boolean plain() {
    return redact.isEmpty() && !promised;
  }
}
