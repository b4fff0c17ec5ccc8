// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import dev.steward.domain.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One version of an agent on its way one stage on.
///
/// @param from environment in which the version is in force
/// @param to environment of the next stage
/// @param stage of `to`
/// @param terms of a canary as `CanaryTerms` are written, none for a direct release
public record Release(
    String id,
    String agent,
    Digest version,
    String from,
    String to,
    Stage stage,
    Strategy strategy,
    Map<String, String> terms) {
  /// @param terms null in what was written before there were any
  public Release(
      String id,
      String agent,
      Digest version,
      String from,
      String to,
      Stage stage,
      Strategy strategy,
      @Nullable Map<String, String> terms) {
    this.id = id;
    this.agent = agent;
    this.version = version;
    this.from = from;
    this.to = to;
    this.stage = stage;
    this.strategy = strategy;
    this.terms = terms == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(terms));
  }

  public boolean canary() {
    return strategy == Strategy.CANARY;
  }

  /// Whether its version proposes before it acts by itself.
  public boolean copilot() {
    return strategy == Strategy.COPILOT;
  }

  /// Whether its version stands by beside the one in force until a command switches to it.
  public boolean blueGreen() {
    return strategy == Strategy.BLUE_GREEN;
  }

  /// Whether its version gets copies of live calls first.
  public boolean shadow() {
    return strategy == Strategy.SHADOW;
  }

  /// How it is tried, of a canary only.
  ///
  /// @throws dev.steward.domain.ApiException INVALID when its terms cannot be read
  public CanaryTerms canaryTerms() {
    if (!canary()) {
      throw new IllegalStateException("release " + id + " is no canary");
    }
    return CanaryTerms.of(terms);
  }
}
