// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import java.util.Locale;

/// A place of `Content` that the table says where to find.
public enum Slot {
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
