// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

import dev.steward.domain.resource.Resource;
import java.util.Map;

/// A resource as somebody declares it, and where its fields stand.
///
/// @param file "" when it did not come from a file
/// @param lines line of each field by its path, such as `spec.owner`
public record Declaration(Resource resource, String file, int line, Map<String, Integer> lines) {
  public Declaration {
    lines = Map.copyOf(lines);
  }

  /// A resource that was made by a program.
  public static Declaration of(Resource resource) {
    return new Declaration(resource, "", 0, Map.of());
  }

  /// A problem with one field of it.
  public Problem problem(String field, String message) {
    String name = resource.kind() + " " + resource.name();
    return new Problem(
        file,
        lines.getOrDefault(field, line),
        field,
        file.isEmpty() ? name + ": " + message : message);
  }
}
