// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.gateway.wire.Request;
import dev.steward.server.http.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// The two segments that calls of agents and of data begin with. A route is found by the decoded
/// path, without its `..`; what is passed on is cut from the path as it came. Both must begin
/// alike, else somebody else is asked than was decided on.
final class Prefix {
  private static final int SEGMENTS = 3;

  private Prefix() {}

  /// The request as it came, without its body.
  ///
  /// @param root first segment
  /// @param name as the route names the second segment
  /// @throws ApiException MALFORMED where its path does not begin with both
  static Request head(Exchange exchange, String root, String name) {
    Request head = exchange.rawRequest(new byte[0]);
    String[] segments = head.path().split("/", SEGMENTS + 1);
    if (segments.length < SEGMENTS
        || !segments[0].isEmpty()
        || !decoded(segments[1]).equals(root)
        || !decoded(segments[2]).equals(exchange.pathParameter(name))) {
      throw new ApiException(
          ErrorCode.MALFORMED,
          "The path can be read in two ways: write '/"
              + root
              + "/NAME' at its beginning, without '..', '//', ';' or an encoded slash.");
    }
    return head;
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ErrorCode.MALFORMED, "The path is not encoded as paths are: " + e.getMessage() + ".", e);
    }
  }
}
