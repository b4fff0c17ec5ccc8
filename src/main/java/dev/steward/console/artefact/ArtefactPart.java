// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.artefact;

import dev.steward.console.diff.TextDiff;
import java.util.List;

/// An artefact that differs.
///
/// @param texts what is long enough to be compared line by line
/// @param fields what is not
public record ArtefactPart(String name, String words, List<Text> texts, List<Field> fields) {
  public ArtefactPart {
    texts = List.copyOf(texts);
    fields = List.copyOf(fields);
  }

  /// A text that differs.
  public record Text(String path, TextDiff diff) {}

  /// A value that differs.
  ///
  /// @param change added, removed or changed
  public record Field(String path, String change, String before, String after) {}
}
