// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.incident;

import java.util.Locale;

/// What of an incident can change once it is opened.
public enum Aspect {
  SEVERITY,
  COMMANDER,
  STATUS;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException when there is none such
  public static Aspect of(String word) {
    for (Aspect aspect : values()) {
      if (aspect.word().equals(word)) {
        return aspect;
      }
    }
    throw new IllegalArgumentException("nothing of an incident is called " + word);
  }
}
