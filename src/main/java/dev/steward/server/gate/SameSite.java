// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.gate;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.http.Exchange;
import java.util.Optional;

/// Refuses a browser's request that a page of another site made. It is for forms that nobody is
/// logged in for, where no session has a proof of its own: another site's page could log its
/// visitor in here as somebody else. Programs send neither header and are let through.
public final class SameSite {
  private SameSite() {}

  /// @throws ApiException FORBIDDEN when the browser says that another site asks
  public static void require(Exchange exchange) {
    Optional<String> site = exchange.header("Sec-Fetch-Site");
    boolean ours = site.isEmpty() || site.get().equals("same-origin") || site.get().equals("none");
    boolean origin =
        exchange
            .header("Origin")
            .map(o -> o.equalsIgnoreCase(place(exchange, "http")) || https(exchange, o))
            .orElse(true);
    if (!ours || !origin) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          "The form came from a page of another site ("
              + exchange.header("Origin").orElse("origin not said")
              + "): open the login page of this server and log in there.");
    }
  }

  /// A proxy in front may speak TLS where we do not.
  private static boolean https(Exchange exchange, String origin) {
    return origin.equalsIgnoreCase(place(exchange, "https"));
  }

  private static String place(Exchange exchange, String scheme) {
    return scheme + "://" + exchange.header("Host").orElse("");
  }
}
