// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.util.List;
import java.util.Optional;

/// One header line, its name as it came.
public record Header(String name, String value) {

  /// The first value of the header, whatever its name's case.
  public static Optional<String> first(List<Header> headers, String name) {
    for (Header header : headers) {
      if (header.name.equalsIgnoreCase(name)) {
        return Optional.of(header.value);
      }
    }
    return Optional.empty();
  }
}
