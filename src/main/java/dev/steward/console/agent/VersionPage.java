// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.diff.TextDiff;
import dev.steward.console.frame.Frame;
import java.util.List;

/// What differs between two versions of an agent, artefact by artefact.
///
/// @param same how many of the seven do not differ, in words
/// @param turned address of the same the other way round
public record VersionPage(
    Frame frame,
    String name,
    Side before,
    Side after,
    String lede,
    List<Part> parts,
    String same,
    String turned) {

  /// One of the two versions.
  public record Side(String shown, String digest, String words) {}

  /// An artefact that differs.
  ///
  /// @param texts what is long enough to be compared line by line
  /// @param fields what is not
  public record Part(String name, String words, List<Text> texts, List<Field> fields) {}

  /// A text that differs.
  public record Text(String path, TextDiff diff) {}

  /// A value that differs.
  ///
  /// @param change added, removed or changed
  public record Field(String path, String change, String before, String after) {}
}
