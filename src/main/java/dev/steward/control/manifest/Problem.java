// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

/// Something wrong in a manifest, and where.
///
/// @param file "" when the resource did not come from a file
/// @param line counted from 1, 0 when not known
/// @param field path such as `spec.owner`, "" for the whole resource
/// @param message cause and remedy
public record Problem(String file, int line, String field, String message) {
  /// `refunds.yaml:7: spec.owner: message`
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (!file.isEmpty()) {
      text.append(file).append(':');
      if (line > 0) {
        text.append(line).append(':');
      }
      text.append(' ');
    }
    if (!field.isEmpty()) {
      text.append(field).append(": ");
    }
    return text.append(message).toString();
  }
}
