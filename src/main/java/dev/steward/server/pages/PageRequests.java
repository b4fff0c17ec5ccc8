// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Session;
import dev.steward.server.http.Exchange;
import java.util.Map;

/// Requests as the console wants them.
final class PageRequests {
  private PageRequests() {}

  static PageRequest of(Exchange exchange) {
    return of(exchange, exchange.form());
  }

  /// For a page about a request that may be unreadable: its body is left alone.
  static PageRequest withoutForm(Exchange exchange) {
    return of(exchange, Map.of());
  }

  private static PageRequest of(Exchange exchange, Map<String, String> form) {
    return new PageRequest(
        exchange.method().equals("POST") ? "POST" : "GET",
        exchange.path(),
        exchange.query(),
        form,
        exchange.knownCaller().map(PageRequests::reader).orElse(null),
        exchange.knownCaller().flatMap(Caller::session).map(Session::csrf).orElse(""),
        exchange.cookies(),
        exchange.header("HX-Request").map("true"::equals).orElse(false)
            && exchange.header("HX-History-Restore-Request").isEmpty());
  }

  private static Reader reader(Caller caller) {
    return new Reader(caller.actor(), caller.name(), caller::may);
  }
}
