// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads `key=value` parameters.
public final class Labels {
  private Labels() {}

  public static Map<String, String> of(List<String> written) {
    Map<String, String> labels = new HashMap<>();
    for (String label : written) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw Asked.malformed("label", label, "key=value");
      }
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }
}
