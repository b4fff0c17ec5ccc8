// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.start;

import dev.steward.console.frame.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to send a first span, and whether one has come.
///
/// @param variables the three to set, whatever the language
/// @param grpcPort for who sends over gRPC, in words
/// @param ways what else each language needs
public record StartPage(
    Frame frame, Arrival arrival, String variables, String grpcPort, List<LanguageWay> ways) {

  /// What has come so far.
  ///
  /// @param run address of the newest run, null while none has come
  public record Arrival(@Nullable String run, String agent, String words) {}

  /// One language.
  ///
  /// @param key for its anchor
  public record LanguageWay(String key, String name, String words, String lines) {}
}
