// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import java.util.List;

/// One field that differs.
///
/// @param path such as `spec.tools[refund].inputSchema`, list items by their name
/// @param before "" when it was not there
/// @param after "" when it is gone
public record FieldDiff(String path, String before, String after) {
  public boolean added() {
    return before.isEmpty();
  }

  public boolean removed() {
    return after.isEmpty();
  }

  /// The two texts line by line: removed begin with `- `, added with `+ `, the rest with spaces.
  public List<String> lines() {
    return LineDiff.of(before, after);
  }
}
