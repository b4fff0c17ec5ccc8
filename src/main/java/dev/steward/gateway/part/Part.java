// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

import java.nio.charset.StandardCharsets;

/// One whole part of an answer.
///
/// @param raw as it came
/// @param name of the event, "" where it has none
/// @param root all of its JSON, absent where it holds none
/// @param json what it says: all of its JSON, or the member that is named like the event
/// @param form how it is put on the wire
public record Part(byte[] raw, String name, Json root, Json json, Form form) {

  /// How parts of one answer are put on the wire.
  public interface Form {
    /// The same part with other JSON.
    byte[] with(Part part, byte[] json);

    /// Another part, such as would stand beside it.
    byte[] fresh(Part part, String name, String json);
  }

  /// Whether the text stands in it.
  public boolean says(String text) {
    return new String(raw, StandardCharsets.UTF_8).contains(text);
  }

  /// As it is written now.
  public byte[] bytes() {
    return root.edited() ? form.with(this, root.bytes()) : raw;
  }

  /// Another part, such as would stand beside it.
  public byte[] fresh(String event, String other) {
    return form.fresh(this, event, other);
  }
}
