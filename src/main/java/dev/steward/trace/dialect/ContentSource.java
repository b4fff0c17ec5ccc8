// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonPointer;

/// Where the content of a slot may lie.
public sealed interface ContentSource {

  /// A place of `Content` that the table says where to find.
  enum Slot {
    INPUT,
    OUTPUT,
    INSTRUCTIONS,
    TOOLS,
    ARGUMENTS,
    RESULT,
    DOCUMENTS;

    static Slot named(String inTable) {
      return valueOf(inTable.toUpperCase(Locale.ROOT));
    }
  }

  /// One attribute: a structured value, JSON text, or plain text.
  record Whole(String key) implements ContentSource {}

  /// A part of one structured attribute, which stays where it is.
  record Within(String key, JsonPointer path) implements ContentSource {}

  /// Many attributes `prefix.N.rest`, one list together.
  record Flattened(String prefix) implements ContentSource {}

  /// Several attributes that are parts of one message.
  ///
  /// @param keys attribute by what it is: text, reasoning, tool_calls, json
  record Parts(Map<String, String> keys) implements ContentSource {}

  /// An attribute with the address of content that was uploaded elsewhere.
  record Reference(String key) implements ContentSource {}
}
