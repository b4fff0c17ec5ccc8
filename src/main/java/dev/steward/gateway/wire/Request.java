// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.util.List;
import java.util.Optional;

/// A model call as it came over HTTP.
///
/// @param path still encoded, without the query
/// @param query still encoded, without its question mark, "" when there is none
/// @param headers in the order they came
/// @param body decompressed
public record Request(String method, String path, String query, List<Header> headers, byte[] body) {
  public Request {
    headers = List.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Header.first(headers, name);
  }

  /// The value of a parameter in the query, still encoded.
  public Optional<String> parameter(String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return Optional.of(pair.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }
}
